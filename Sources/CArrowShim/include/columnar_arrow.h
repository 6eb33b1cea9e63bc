// What Columnar asks of a system Arrow library: files opened as Arrow streams, and streams written
// as files. Two providers can stand behind it, each built in by a trait of the package that is off by
// default: ArrowGLib (arrow-glib and parquet-glib, plain C) and LibArrow (the C++ libraries).
//
// No call aborts or throws: each returns 0, or another number and a text in `error`.

#ifndef COLUMNAR_ARROW_H
#define COLUMNAR_ARROW_H

#include "arrow_c_data.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Which library does the work; 0: any that is built in.
enum columnar_arrow_provider {
  COLUMNAR_ARROW_GLIB_PROVIDER = 1,
  COLUMNAR_ARROW_CXX_PROVIDER = 2
};

enum columnar_arrow_format {
  COLUMNAR_ARROW_PARQUET = 1,
  COLUMNAR_ARROW_ORC = 2,
  COLUMNAR_ARROW_IPC = 3
};

// A key of an encrypted Parquet file: of a column by its path, or of the footer where that is null.
struct columnar_arrow_key {
  const char *column;
  const uint8_t *bytes;
  size_t length;
};

struct columnar_arrow_options {
  // The most rows of a batch; 0: the library's own choice.
  int64_t batch_rows;
  const struct columnar_arrow_key *keys;
  size_t key_count;
  // What the file's modules are authenticated with besides; null if nothing or if the file says it.
  const char *aad_prefix;
};

// The providers that are built in, as bits: 1 << provider.
unsigned columnar_arrow_providers(void);

// Opens a file; `stream` is uninitialised, and its consumer releases it.
int columnar_arrow_open(int provider, int format, const char *path,
                        const struct columnar_arrow_options *options,
                        struct ArrowArrayStream *stream, char *error, size_t error_size);

// Writes a stream to a file, and releases the stream in any case. After an error there may be a part
// of a file.
int columnar_arrow_write(int provider, int format, const char *path,
                         const struct columnar_arrow_options *options,
                         struct ArrowArrayStream *stream, char *error, size_t error_size);

#ifdef __cplusplus
}
#endif

#endif
