// Unpacking by vectors of 32 bytes, where the processor has them: the inside of unpack.c.
#ifndef COLUMNAR_UNPACK_WIDE_H
#define COLUMNAR_UNPACK_WIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__) && defined(__linux__)
#define COLUMNAR_HAS_WIDE 1
#else
#define COLUMNAR_HAS_WIDE 0
#endif

/// A value and the bits before it in its byte fit 32 bits up to this width.
enum { columnar_widest = 25 };

/// Whether values of `width` bits may be unpacked by what follows.
static inline bool columnar_is_wide(int width) {
#if COLUMNAR_HAS_WIDE
  return width > 0 && width <= columnar_widest && __builtin_cpu_supports("avx2");
#else
  (void)width;
  return false;
#endif
}

#if COLUMNAR_HAS_WIDE
/// `groups` times eight values of `width` bits. Sixteen bytes behind the last group may be read.
void columnar_wide_unpack32(const uint8_t *in, size_t groups, int width, uint32_t *out);

/// As above, looked up among `limit` values, at least one; the largest code, which may be none.
uint32_t columnar_wide_lookup32(
    const uint8_t *in, size_t groups, int width, const uint32_t *values, uint32_t limit,
    uint32_t *out);
uint32_t columnar_wide_lookup64(
    const uint8_t *in, size_t groups, int width, const uint64_t *values, uint32_t limit,
    uint64_t *out);

/// The sums of `groups` times eight differences, each with `minimum` added, on top of `last`; the
/// last of them.
uint64_t columnar_wide_delta64(
    const uint8_t *in, size_t groups, int width, uint64_t minimum, uint64_t last, uint64_t *out);
uint64_t columnar_wide_delta32(
    const uint8_t *in, size_t groups, int width, uint64_t minimum, uint64_t last, uint32_t *out);
#endif

#endif
