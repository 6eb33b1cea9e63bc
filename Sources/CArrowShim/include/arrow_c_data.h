// The structs of Arrow's C Data and C Stream interfaces, as their specification gives them: how
// libraries in one process hand columns to each other without a copy.
//
// The guards are the specification's too, so that this header and another library's can be included
// together.

#ifndef COLUMNAR_ARROW_C_DATA_H
#define COLUMNAR_ARROW_C_DATA_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  // Frees everything; null once that is done or the struct was moved elsewhere.
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  // Each returns 0 or an errno value.
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
  // At the end `out` has no release.
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
  // Text about the last error, valid until the next call; may be null.
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

#endif

#ifdef __cplusplus
}
#endif

#endif
