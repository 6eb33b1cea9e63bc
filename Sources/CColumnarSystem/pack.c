#include "pack.h"

#include <string.h>

#define ALWAYS static inline __attribute__((always_inline))

// 32 values are `width` words of 32 bits: with a constant width the compiler unrolls the loop and
// knows every shift.
#define GROUP(NAME, TYPE)                                                        \
  ALWAYS void NAME##_group(const TYPE *in, const int width, uint8_t *out) {      \
    uint64_t word = 0;                                                           \
    int used = 0;                                                                \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < 32; i++) {            \
      word |= (uint64_t)in[i] << used;                                           \
      used += width;                                                             \
      if (used >= 32) {                                                          \
        uint32_t low = (uint32_t)word;                                           \
        memcpy(out, &low, 4);                                                    \
        out += 4;                                                                \
        word >>= 32;                                                             \
        used -= 32;                                                              \
      }                                                                          \
    }                                                                            \
  }

// As above with words of 64 bits; an odd width leaves half a word at the end.
#define GROUP_WIDE(NAME, TYPE)                                                   \
  ALWAYS void NAME##_group(const TYPE *in, const int width, uint8_t *out) {      \
    uint64_t word = 0;                                                           \
    int used = 0;                                                                \
    for (int i = 0; i < 32; i++) {                                               \
      word |= in[i] << used;                                                     \
      int next = used + width;                                                   \
      if (next >= 64) {                                                          \
        memcpy(out, &word, 8);                                                   \
        out += 8;                                                                \
        word = used == 0 ? 0 : in[i] >> (64 - used);                             \
        if (next == 64) word = 0;                                                \
        next -= 64;                                                              \
      }                                                                          \
      used = next;                                                               \
    }                                                                            \
    memcpy(out, &word, (size_t)(used >> 3));                                     \
  }

#define W(NAME, B)                                          \
  case B:                                                   \
    for (; count >= 32; count -= 32, in += 32, out += 4 * B) \
      NAME##_group(in, B, out);                             \
    break;
#define W8(NAME) W(NAME, 1) W(NAME, 2) W(NAME, 3) W(NAME, 4) W(NAME, 5) W(NAME, 6) W(NAME, 7) W(NAME, 8)
#define W32(NAME)                                                                              \
  W8(NAME) W(NAME, 9) W(NAME, 10) W(NAME, 11) W(NAME, 12) W(NAME, 13) W(NAME, 14) W(NAME, 15)  \
  W(NAME, 16) W(NAME, 17) W(NAME, 18) W(NAME, 19) W(NAME, 20) W(NAME, 21) W(NAME, 22)          \
  W(NAME, 23) W(NAME, 24) W(NAME, 25) W(NAME, 26) W(NAME, 27) W(NAME, 28) W(NAME, 29)          \
  W(NAME, 30) W(NAME, 31) W(NAME, 32)
#define NONE(NAME)

// What is left behind the groups of 32 is packed with zeros behind it, and only its groups of eight
// are kept.
#define PACK(NAME, TYPE, WIDTHS)                                                \
  void NAME(const TYPE *in, size_t count, int width, uint8_t *out) {            \
    if (width == 0) return;                                                     \
    switch (width) {                                                            \
      WIDTHS(NAME)                                                              \
      default:                                                                  \
        for (; count >= 32; count -= 32, in += 32, out += 4 * (size_t)width)    \
          NAME##_group(in, width, out);                                         \
    }                                                                           \
    if (count == 0) return;                                                     \
    TYPE rest[32] = {0};                                                        \
    uint8_t packed[264];                                                        \
    memcpy(rest, in, count * sizeof(TYPE));                                     \
    NAME##_group(rest, width, packed);                                          \
    memcpy(out, packed, (count + 7) / 8 * (size_t)width);                       \
  }

GROUP(columnar_pack8, uint8_t)
GROUP(columnar_pack32, uint32_t)
GROUP_WIDE(columnar_pack64, uint64_t)
PACK(columnar_pack8, uint8_t, W8)
PACK(columnar_pack32, uint32_t, W32)
PACK(columnar_pack64, uint64_t, NONE)

// Eight words of eight bytes, turned around their diagonal.
ALWAYS void turn8(uint64_t r[8]) {
  for (int i = 0; i < 8; i += 2) {
    uint64_t a = r[i], b = r[i + 1], m = 0x00FF00FF00FF00FFull;
    r[i] = (a & m) | ((b & m) << 8);
    r[i + 1] = ((a >> 8) & m) | (b & ~m);
  }
  for (int i = 0; i < 8; i += (i & 1) ? 3 : 1) {
    uint64_t a = r[i], b = r[i + 2], m = 0x0000FFFF0000FFFFull;
    r[i] = (a & m) | ((b & m) << 16);
    r[i + 2] = ((a >> 16) & m) | (b & ~m);
  }
  for (int i = 0; i < 4; i++) {
    uint64_t a = r[i], b = r[i + 4], m = 0x00000000FFFFFFFFull;
    r[i] = (a & m) | (b << 32);
    r[i + 4] = (a >> 32) | (b & ~m);
  }
}

void columnar_split(const uint8_t *in, size_t count, size_t width, uint8_t *out) {
  size_t i = 0;
  if (width == 8) {
    for (; i + 8 <= count; i += 8) {
      uint64_t r[8];
      memcpy(r, in + i * 8, 64);
      turn8(r);
      for (int k = 0; k < 8; k++) memcpy(out + (size_t)k * count + i, &r[k], 8);
    }
  } else if (width == 4) {
    for (; i + 4 <= count; i += 4) {
      uint32_t w[4], m = 0xFF;
      memcpy(w, in + i * 4, 16);
      for (int k = 0; k < 4; k++) {
        uint32_t word = ((w[0] >> (8 * k)) & m) | ((w[1] >> (8 * k)) & m) << 8 |
                        ((w[2] >> (8 * k)) & m) << 16 | ((w[3] >> (8 * k)) & m) << 24;
        memcpy(out + (size_t)k * count + i, &word, 4);
      }
    }
  }
  for (; i < count; i++)
    for (size_t k = 0; k < width; k++) out[k * count + i] = in[i * width + k];
}
