#include "byte_views.h"

#include "multiversioned.h"

#include <string.h>

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

// The view of a value whose length and first four bytes are in `word`.
static inline __attribute__((always_inline)) columnar_byte_view view(
    const uint8_t *in, size_t next, uint64_t word, uint32_t length, uint32_t block) {
  uint32_t row = length < 12 ? length : 12;
  uint64_t rest = load64(in + next + 8) & rest_mask[row];
  uint64_t place = (uint64_t)block | (uint64_t)(next + 4) << 32;
  // No branch: values of eleven and of thirteen bytes come as they please.
  columnar_byte_view made = {
      (uint64_t)length | (word >> 32 & first_mask[row]) << 32, length <= 12 ? rest : place};
  return made;
}

size_t columnar_plain_views(
    const uint8_t *in, size_t *at, size_t end, size_t count, uint32_t block,
    columnar_byte_view *out, uint32_t *largest) {
  size_t next = *at, k = 0;
  uint32_t most = *largest;
  // As long as all have the same length no value waits for the length of the one before it.
  if (count > 0 && end - next >= 4) {
    uint32_t same = (uint32_t)load64(in + next);
    size_t size = 4 + (size_t)same;
    for (; k < count && end - next >= size; k++) {
      uint64_t word = load64(in + next);
      if ((uint32_t)word != same) break;
      out[k] = view(in, next, word, same, block);
      next += size;
    }
    if (k > 0 && same > most) most = same;
  }
  for (; k < count; k++) {
    if (end - next < 4) break;
    uint64_t word = load64(in + next);
    uint32_t length = (uint32_t)word;
    if (length > end - next - 4) break;
    out[k] = view(in, next, word, length, block);
    most = length > most ? length : most;
    next += 4 + (size_t)length;
  }
  *at = next;
  *largest = most;
  return k;
}

MULTIVERSIONED("arch=x86-64-v3") bool columnar_is_ascii(const uint8_t *in, size_t count) {
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
