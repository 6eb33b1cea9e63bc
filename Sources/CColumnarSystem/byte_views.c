#include "byte_views.h"

#include <string.h>

#if defined(__x86_64__) && defined(__linux__)
#define CLONES __attribute__((target_clones("default", "arch=x86-64-v3")))
#else
#define CLONES
#endif

static inline uint64_t load64(const uint8_t *p) {
  uint64_t word;
  memcpy(&word, p, 8);
  return word;
}

// What is left of the first four and of the next eight bytes of a value of so many.
static const uint64_t first_mask[13] = {
    0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF,
    0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF};
static const uint64_t rest_mask[13] = {
    0, 0, 0, 0, 0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF,
    0xFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF};

size_t columnar_plain_views(
    const uint8_t *in, size_t *at, size_t end, size_t count, uint32_t block,
    columnar_byte_view *out, uint32_t *largest) {
  size_t next = *at, k = 0;
  uint32_t most = *largest;
  for (; k < count; k++) {
    if (end - next < 4) break;
    // Length and first four bytes lie in one word.
    uint64_t word = load64(in + next);
    uint32_t length = (uint32_t)word;
    if (length > end - next - 4) break;
    uint32_t row = length < 12 ? length : 12;
    uint64_t rest = load64(in + next + 8) & rest_mask[row];
    uint64_t place = (uint64_t)block | (uint64_t)(next + 4) << 32;
    out[k].low = (uint64_t)length | (word >> 32 & first_mask[row]) << 32;
    // No branch: values of eleven and of thirteen bytes come as they please.
    out[k].high = length <= 12 ? rest : place;
    most = length > most ? length : most;
    next += 4 + (size_t)length;
  }
  *at = next;
  *largest = most;
  return k;
}

CLONES bool columnar_is_ascii(const uint8_t *in, size_t count) {
  size_t i = 0;
  // Pieces, so that text which is not is known early.
  for (; i + 4096 <= count; i += 4096) {
    uint8_t seen = 0;
    for (size_t k = 0; k < 4096; k++) seen |= in[i + k];
    if (seen & 0x80) return false;
  }
  uint8_t seen = 0;
  for (; i < count; i++) seen |= in[i];
  return (seen & 0x80) == 0;
}
