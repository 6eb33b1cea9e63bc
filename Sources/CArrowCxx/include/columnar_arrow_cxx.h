// The calls of CArrowShim's columnar_arrow.h, as the C++ libraries answer them. Empty unless the
// package's trait LibArrow is on.

#ifndef COLUMNAR_ARROW_CXX_H
#define COLUMNAR_ARROW_CXX_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ArrowArrayStream;
struct columnar_arrow_options;

int columnar_arrow_cxx_open(int format, const char *path,
                            const struct columnar_arrow_options *options,
                            struct ArrowArrayStream *stream, char *error, size_t error_size);

int columnar_arrow_cxx_write(int format, const char *path,
                             const struct columnar_arrow_options *options,
                             struct ArrowArrayStream *stream, char *error, size_t error_size);

#ifdef __cplusplus
}
#endif

#endif
