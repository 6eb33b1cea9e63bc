// The calls of columnar_arrow.h, as arrow-glib and parquet-glib answer them. Only with the package's
// trait ArrowGLib.

#ifndef CARROW_GLIB_H
#define CARROW_GLIB_H

#include "columnar_arrow.h"

int carrow_glib_open(int format, const char *path, const struct columnar_arrow_options *options,
                     struct ArrowArrayStream *stream, char *error, size_t error_size);

int carrow_glib_write(int format, const char *path, const struct columnar_arrow_options *options,
                      struct ArrowArrayStream *stream, char *error, size_t error_size);

#endif
