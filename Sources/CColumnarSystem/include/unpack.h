// Bit-packed values, as Parquet has them: value i takes the `width` bits from bit i * width on, the
// lowest bit of each byte first. Sixteen bytes behind the last value must be readable.
#ifndef COLUMNAR_UNPACK_H
#define COLUMNAR_UNPACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Writes values `first` to `first + count - 1` of `width` bits (0 to 32) to `out`.
void columnar_unpack32(
    const uint8_t *in, size_t first, size_t count, int width, uint32_t *out);

/// As above, of 0 to 8 bits.
void columnar_unpack8(const uint8_t *in, size_t first, size_t count, int width, uint8_t *out);

/// As above, of 0 to 64 bits.
void columnar_unpack64(
    const uint8_t *in, size_t first, size_t count, int width, uint64_t *out);

/// Unpacks `count` differences of 0 to 64 bits, adds `minimum` to each, and writes the sums of `*last`
/// and all so far; `*last` is moved on.
void columnar_delta64(
    const uint8_t *in, size_t count, int width, uint64_t minimum, uint64_t *last, uint64_t *out);

/// As above, sums cut to 32 bits.
void columnar_delta32(
    const uint8_t *in, size_t count, int width, uint64_t minimum, uint64_t *last, uint32_t *out);

/// What was read of several runs of differences: how many runs, and their bytes.
typedef struct {
  size_t parts, bytes;
} columnar_delta_parts;

/// As `columnar_delta64` of up to `parts` runs of `size` differences that stand one after the other,
/// each of a width of its own; ends before a run whose width is over 64, or whose bytes are not all
/// among the `available`.
columnar_delta_parts columnar_delta_runs64(
    const uint8_t *in, size_t available, const uint8_t *widths, size_t parts, size_t size,
    uint64_t minimum, uint64_t *last, uint64_t *out);

/// As above, sums cut to 32 bits.
columnar_delta_parts columnar_delta_runs32(
    const uint8_t *in, size_t available, const uint8_t *widths, size_t parts, size_t size,
    uint64_t minimum, uint64_t *last, uint32_t *out);

/// Writes what `count` codes of 0 to 32 bits, from code `first` on, stand for among `limit` values;
/// false if one of them is no code, and then what is written means nothing.
bool columnar_lookup32(
    const uint8_t *in, size_t first, size_t count, int width, const uint32_t *values,
    uint32_t limit, uint32_t *out);

/// As above, values of 64 bits.
bool columnar_lookup64(
    const uint8_t *in, size_t first, size_t count, int width, const uint64_t *values,
    uint32_t limit, uint64_t *out);

/// Puts together values of `width` bytes whose k-th bytes lie at `in + k * stride`.
void columnar_unsplit(
    const uint8_t *in, size_t stride, size_t first, size_t count, size_t width, uint8_t *out);

#endif
