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

/// Writes views of values that lie one behind the other, value k from `offsets[k]` to
/// `offsets[k + 1]` of `data`, which is block 0; `*largest` is at least the greatest length. False where
/// an offset is less than the one before it or beyond `data_count`, and with `is_text`, which is for
/// data that is valid UTF-8 as a whole, where one is within a character.
bool columnar_offset_views32(
    const int32_t *offsets, const uint8_t *data, size_t data_count, size_t count, bool is_text,
    columnar_byte_view *out, uint32_t *largest);

/// As above; there must be less than 2^31 bytes of data.
bool columnar_offset_views64(
    const int64_t *offsets, const uint8_t *data, size_t data_count, size_t count, bool is_text,
    columnar_byte_view *out, uint32_t *largest);

/// The first view from number `from` on that has more than twelve bytes, has other bytes than zeros
/// behind its value, or with `is_text` has a byte above 127; `count` if there is none.
size_t columnar_plain_short_views(
    const columnar_byte_view *views, size_t from, size_t count, bool is_text);

/// Whether no byte is above 127.
bool columnar_is_ascii(const uint8_t *in, size_t count);

#endif
