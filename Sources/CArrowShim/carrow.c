#include "columnar_arrow.h"

#include <stdio.h>
#include <string.h>

#ifdef COLUMNAR_LIBARROW
#include "columnar_arrow_cxx.h"
#endif

#ifdef COLUMNAR_ARROW_GLIB
#include "carrow_glib.h"
#endif

unsigned columnar_arrow_providers(void) {
  unsigned built = 0;
#ifdef COLUMNAR_ARROW_GLIB
  built |= 1u << COLUMNAR_ARROW_GLIB_PROVIDER;
#endif
#ifdef COLUMNAR_LIBARROW
  built |= 1u << COLUMNAR_ARROW_CXX_PROVIDER;
#endif
  return built;
}

static int pick(int provider) {
  unsigned built = columnar_arrow_providers();
  if (provider == 0)
    provider = built & (1u << COLUMNAR_ARROW_CXX_PROVIDER) ? COLUMNAR_ARROW_CXX_PROVIDER
                                                           : COLUMNAR_ARROW_GLIB_PROVIDER;
  return provider > 0 && provider < 8 && built & (1u << provider) ? provider : 0;
}

static int absent(char *error, size_t error_size) {
  snprintf(error, error_size, "this build has no such provider of Arrow");
  return -1;
}

int columnar_arrow_open(int provider, int format, const char *path,
                        const struct columnar_arrow_options *options,
                        struct ArrowArrayStream *stream, char *error, size_t error_size) {
  memset(stream, 0, sizeof *stream);
  switch (pick(provider)) {
#ifdef COLUMNAR_ARROW_GLIB
  case COLUMNAR_ARROW_GLIB_PROVIDER:
    return carrow_glib_open(format, path, options, stream, error, error_size);
#endif
#ifdef COLUMNAR_LIBARROW
  case COLUMNAR_ARROW_CXX_PROVIDER:
    return columnar_arrow_cxx_open(format, path, options, stream, error, error_size);
#endif
  default:
    return absent(error, error_size);
  }
}

int columnar_arrow_write(int provider, int format, const char *path,
                         const struct columnar_arrow_options *options,
                         struct ArrowArrayStream *stream, char *error, size_t error_size) {
  int result;
  switch (pick(provider)) {
#ifdef COLUMNAR_ARROW_GLIB
  case COLUMNAR_ARROW_GLIB_PROVIDER:
    result = carrow_glib_write(format, path, options, stream, error, error_size);
    break;
#endif
#ifdef COLUMNAR_LIBARROW
  case COLUMNAR_ARROW_CXX_PROVIDER:
    result = columnar_arrow_cxx_write(format, path, options, stream, error, error_size);
    break;
#endif
  default:
    result = absent(error, error_size);
  }
  if (stream->release) stream->release(stream);
  return result;
}
