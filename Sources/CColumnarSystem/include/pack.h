// Bit-packs values as Parquet has them, and takes values apart into streams of their bytes: what
// unpack.h undoes.
#ifndef COLUMNAR_PACK_H
#define COLUMNAR_PACK_H

#include <stddef.h>
#include <stdint.h>

/// Packs `count` values of `width` bits (0 to 32), none of which has more. Writes whole groups of
/// eight, the last one filled up with zeros: (count + 7) / 8 * width bytes.
void columnar_pack32(const uint32_t *in, size_t count, int width, uint8_t *out);

/// As above, of 0 to 8 bits.
void columnar_pack8(const uint8_t *in, size_t count, int width, uint8_t *out);

/// As above, of 0 to 64 bits.
void columnar_pack64(const uint64_t *in, size_t count, int width, uint8_t *out);

/// Writes the k-th bytes of all values of `width` bytes at `out + k * count`.
void columnar_split(const uint8_t *in, size_t count, size_t width, uint8_t *out);

#endif
