#include "unpack.h"

#include <string.h>

#include "unpack_wide.h"

#define ALWAYS static inline __attribute__((always_inline))

ALWAYS uint64_t load64(const uint8_t *p) {
  uint64_t word;
  memcpy(&word, p, 8);
  return word;
}

// One value of up to 57 bits; of more, two words are needed.
ALWAYS uint64_t one(const uint8_t *in, size_t i, int width) {
  size_t bit = i * (size_t)width;
  unsigned shift = bit & 7;
  uint64_t word = load64(in + (bit >> 3)) >> shift;
  if (width > 57 && shift != 0) word |= (uint64_t)in[(bit >> 3) + 8] << (64 - shift);
  return width == 64 ? word : word & (((uint64_t)1 << width) - 1);
}

// Groups of eight values begin at whole bytes: with a constant width the compiler unrolls them.
#define GROUPS(NAME, TYPE)                                                              \
  ALWAYS void NAME##_groups(const uint8_t *in, size_t groups, const int width, TYPE *out) { \
    for (size_t g = 0; g < groups; g++) {                                               \
      for (int i = 0; i < 8; i++) out[i] = (TYPE)one(in, (size_t)i, width);             \
      in += width;                                                                      \
      out += 8;                                                                         \
    }                                                                                   \
  }

#define W(NAME, B) \
  case B:          \
    NAME##_groups(in, groups, B, out); \
    break;
#define W8(NAME) W(NAME, 1) W(NAME, 2) W(NAME, 3) W(NAME, 4) W(NAME, 5) W(NAME, 6) W(NAME, 7) W(NAME, 8)
#define W32(NAME)                                                                              \
  W8(NAME) W(NAME, 9) W(NAME, 10) W(NAME, 11) W(NAME, 12) W(NAME, 13) W(NAME, 14) W(NAME, 15)  \
  W(NAME, 16) W(NAME, 17) W(NAME, 18) W(NAME, 19) W(NAME, 20) W(NAME, 21) W(NAME, 22)          \
  W(NAME, 23) W(NAME, 24) W(NAME, 25) W(NAME, 26) W(NAME, 27) W(NAME, 28) W(NAME, 29)          \
  W(NAME, 30) W(NAME, 31) W(NAME, 32)

#define PLAIN_GROUPS(NAME, WIDTHS)                       \
  switch (width) {                                       \
    WIDTHS(NAME)                                         \
    default: NAME##_groups(in, groups, width, out);      \
  }

#if COLUMNAR_HAS_WIDE
#define WIDE_GROUPS(NAME, WIDTHS)                        \
  if (columnar_is_wide(width)) {                         \
    columnar_wide_unpack32(in, groups, width, out);      \
  } else {                                               \
    PLAIN_GROUPS(NAME, WIDTHS)                           \
  }
#else
#define WIDE_GROUPS PLAIN_GROUPS
#endif

// The values before the first and behind the last whole group are taken one by one.
#define UNPACK(NAME, TYPE, WIDTHS, ALL)                                                  \
  GROUPS(NAME, TYPE)                                                                     \
  void NAME(const uint8_t *in, size_t first, size_t count, int width, TYPE *out) {       \
    if (width == 0) {                                                                    \
      memset(out, 0, count * sizeof(TYPE));                                              \
      return;                                                                            \
    }                                                                                    \
    for (; count > 0 && (first & 7) != 0; count--) *out++ = (TYPE)one(in, first++, width); \
    in += (first >> 3) * (size_t)width;                                                  \
    size_t groups = count >> 3;                                                          \
    ALL(NAME, WIDTHS)                                                                    \
    in += groups * (size_t)width;                                                        \
    out += groups << 3;                                                                  \
    for (size_t i = 0; i < (count & 7); i++) out[i] = (TYPE)one(in, i, width);           \
  }

UNPACK(columnar_unpack8, uint8_t, W8, PLAIN_GROUPS)
UNPACK(columnar_unpack32, uint32_t, W32, WIDE_GROUPS)
UNPACK(columnar_unpack64, uint64_t, W32, PLAIN_GROUPS)

// Groups that go by vectors are taken off first.
#if COLUMNAR_HAS_WIDE
#define WIDE_START(CALL)                             \
  if (columnar_is_wide(width)) {                     \
    size_t groups = count >> 3;                      \
    CALL;                                            \
    in += groups * (size_t)width;                    \
    out += groups << 3;                              \
    count &= 7;                                      \
  }
#else
#define WIDE_START(CALL)
#endif

#define DELTA(NAME, TYPE, WIDE)                                                          \
  void NAME(                                                                             \
      const uint8_t *in, size_t count, int width, uint64_t minimum, uint64_t *last,      \
      TYPE *out) {                                                                       \
    uint64_t differences[256];                                                           \
    WIDE_START(*last = WIDE(in, groups, width, minimum, *last, out))                     \
    uint64_t value = *last;                                                              \
    for (size_t first = 0; first < count; first += 256) {                                \
      size_t taken = count - first < 256 ? count - first : 256;                          \
      columnar_unpack64(in, first, taken, width, differences);                           \
      for (size_t i = 0; i < taken; i++) {                                               \
        value += differences[i] + minimum;                                               \
        out[first + i] = (TYPE)value;                                                    \
      }                                                                                  \
    }                                                                                    \
    *last = value;                                                                       \
  }

DELTA(columnar_delta64, uint64_t, columnar_wide_delta64)
DELTA(columnar_delta32, uint32_t, columnar_wide_delta32)

#define DELTA_RUNS(NAME, TYPE, ONE)                                                      \
  columnar_delta_parts NAME(                                                             \
      const uint8_t *in, size_t available, const uint8_t *widths, size_t parts,          \
      size_t size, uint64_t minimum, uint64_t *last, TYPE *out) {                        \
    columnar_delta_parts done = {0, 0};                                                  \
    for (; done.parts < parts; done.parts++, out += size) {                              \
      size_t width = widths[done.parts], bytes = size / 8 * width;                       \
      if (width > 64 || bytes > available - done.bytes) break;                           \
      ONE(in + done.bytes, size, (int)width, minimum, last, out);                        \
      done.bytes += bytes;                                                               \
    }                                                                                    \
    return done;                                                                         \
  }

DELTA_RUNS(columnar_delta_runs64, uint64_t, columnar_delta64)
DELTA_RUNS(columnar_delta_runs32, uint32_t, columnar_delta32)

// Values before the first and behind the last whole group, and all where there are no vectors, are
// unpacked in pieces and looked up.
#define LOOKUP(NAME, TYPE, WIDE)                                                         \
  static bool NAME##_pieces(                                                             \
      const uint8_t *in, size_t first, size_t count, int width, const TYPE *values,      \
      uint32_t limit, TYPE *out) {                                                       \
    uint32_t codes[512];                                                                 \
    while (count > 0) {                                                                  \
      size_t taken = count < 512 ? count : 512;                                          \
      columnar_unpack32(in, first, taken, width, codes);                                 \
      uint32_t most = 0;                                                                 \
      for (size_t i = 0; i < taken; i++) most = codes[i] > most ? codes[i] : most;       \
      if (most >= limit) return false;                                                   \
      for (size_t i = 0; i < taken; i++) out[i] = values[codes[i]];                      \
      first += taken;                                                                    \
      out += taken;                                                                      \
      count -= taken;                                                                    \
    }                                                                                    \
    return true;                                                                         \
  }                                                                                      \
  bool NAME(                                                                             \
      const uint8_t *in, size_t first, size_t count, int width, const TYPE *values,      \
      uint32_t limit, TYPE *out) {                                                       \
    if (count == 0) return true;                                                         \
    if (limit == 0) return false;                                                        \
    size_t head = (8 - (first & 7)) & 7;                                                 \
    if (head > count) head = count;                                                      \
    if (!NAME##_pieces(in, first, head, width, values, limit, out)) return false;        \
    in += ((first + head) >> 3) * (size_t)width;                                         \
    out += head;                                                                         \
    count -= head;                                                                       \
    bool are_codes = true;                                                               \
    WIDE_START(are_codes = WIDE(in, groups, width, values, limit, out) < limit)          \
    return are_codes && NAME##_pieces(in, 0, count, width, values, limit, out);          \
  }

LOOKUP(columnar_lookup32, uint32_t, columnar_wide_lookup32)
LOOKUP(columnar_lookup64, uint64_t, columnar_wide_lookup64)

void columnar_unsplit(
    const uint8_t *in, size_t stride, size_t first, size_t count, size_t width, uint8_t *out) {
  in += first;
  if (width == 4) {
    for (size_t i = 0; i < count; i++) {
      uint32_t word = (uint32_t)in[i] | (uint32_t)in[i + stride] << 8 |
                      (uint32_t)in[i + 2 * stride] << 16 | (uint32_t)in[i + 3 * stride] << 24;
      memcpy(out + 4 * i, &word, 4);
    }
  } else if (width == 8) {
    for (size_t i = 0; i < count; i++) {
      uint64_t word = 0;
      for (int k = 0; k < 8; k++) word |= (uint64_t)in[i + (size_t)k * stride] << (8 * k);
      memcpy(out + 8 * i, &word, 8);
    }
  } else {
    for (size_t i = 0; i < count; i++)
      for (size_t k = 0; k < width; k++) out[i * width + k] = in[i + k * stride];
  }
}
