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

#define OFFSET_VIEWS(NAME, TYPE)                                                          \
  bool NAME(                                                                              \
      const TYPE *offsets, const uint8_t *data, size_t data_count, size_t count,          \
      bool is_text, columnar_byte_view *out, uint32_t *largest) {                         \
    TYPE start = offsets[0];                                                              \
    if (start < 0) return false;                                                          \
    uint32_t most = *largest;                                                             \
    for (size_t k = 0; k < count; k++) {                                                  \
      TYPE end = offsets[k + 1];                                                          \
      if (end < start || (size_t)end > data_count) return false;                          \
      uint8_t room[16] = {0};                                                             \
      const uint8_t *from = data + start;                                                 \
      size_t left = data_count - (size_t)start;                                           \
      /* The last values are copied, so that nothing behind the data is read. */          \
      if (left < 16) {                                                                    \
        if (left > 0) memcpy(room, from, left);                                           \
        from = room;                                                                      \
      }                                                                                   \
      uint32_t length = (uint32_t)(end - start), row = length < 12 ? length : 12;         \
      if (is_text && length > 0 &&                                                        \
          ((*from & 0xC0) == 0x80 ||                                                      \
           ((size_t)end < data_count && (data[end] & 0xC0) == 0x80)))                     \
        return false;                                                                     \
      uint64_t rest = load64(from + 4) & rest_mask[row];                                  \
      out[k].low = (uint64_t)length | (load64(from) & first_mask[row]) << 32;             \
      out[k].high = length <= 12 ? rest : (uint64_t)start << 32;                          \
      most = length > most ? length : most;                                               \
      start = end;                                                                        \
    }                                                                                     \
    *largest = most;                                                                      \
    return true;                                                                          \
  }

OFFSET_VIEWS(columnar_offset_views32, int32_t)
OFFSET_VIEWS(columnar_offset_views64, int64_t)

size_t columnar_plain_short_views(
    const columnar_byte_view *views, size_t from, size_t count, bool is_text) {
  uint64_t high_bits = is_text ? 0x8080808080808080 : 0;
  for (; from < count; from++) {
    uint64_t low = views[from].low, high = views[from].high;
    uint32_t length = (uint32_t)low;
    if (length > 12) return from;
    // Two tests in one: no byte above 127, and none behind the value.
    uint64_t wrong = ((low >> 32 | high) & high_bits) | (low >> 32 & ~first_mask[length]) |
                     (high & ~rest_mask[length]);
    if (wrong) return from;
  }
  return count;
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
