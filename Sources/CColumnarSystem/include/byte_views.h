// Values behind their lengths, as Parquet has them, as 16-byte views.
#ifndef COLUMNAR_BYTE_VIEWS_H
#define COLUMNAR_BYTE_VIEWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Two words of a view; see ByteView in ColumnarCore.
typedef struct {
  uint64_t low, high;
} columnar_byte_view;

/// Reads up to `count` values, each a 32-bit length and so many bytes, from `in + *at` on, and writes
/// a view of each: the value itself up to twelve bytes, else where it stands counted from `in`, in
/// block `block`. Gives how many there were before one that reaches beyond `in + end`; `*at` is moved
/// behind them, and `*largest` is at least the greatest length. Sixteen bytes behind the end must be
/// readable.
size_t columnar_plain_views(
    const uint8_t *in, size_t *at, size_t end, size_t count, uint32_t block,
    columnar_byte_view *out, uint32_t *largest);

/// Whether no byte is above 127.
bool columnar_is_ascii(const uint8_t *in, size_t count);

#endif
