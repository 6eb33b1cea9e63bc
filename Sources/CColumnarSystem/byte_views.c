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

// The bits that must be clear in a view, by its length, 13 for longer ones: those behind the value, and
// INSIDE of each byte of it. A longer one has a bit of its length among them.
#define BITS_OF(COUNT) (((uint64_t)1 << (8 * ((COUNT) & 7))) - 1)
#define FIRST(LENGTH) ((LENGTH) >= 4 ? 0xFFFFFFFF : BITS_OF(LENGTH))
#define REST(LENGTH) ((LENGTH) <= 4 ? 0 : (LENGTH) >= 12 ? ~(uint64_t)0 : BITS_OF((LENGTH) - 4))
#define WRONG(LENGTH, INSIDE)                                                             \
  {((INSIDE & FIRST(LENGTH)) | (~FIRST(LENGTH) & 0xFFFFFFFF)) << 32,                      \
   (INSIDE & REST(LENGTH)) | ~REST(LENGTH)}
#define EACH_WRONG(INSIDE)                                                                \
  {WRONG(0, INSIDE), WRONG(1, INSIDE), WRONG(2, INSIDE), WRONG(3, INSIDE),                \
   WRONG(4, INSIDE), WRONG(5, INSIDE), WRONG(6, INSIDE), WRONG(7, INSIDE),                \
   WRONG(8, INSIDE), WRONG(9, INSIDE), WRONG(10, INSIDE), WRONG(11, INSIDE),              \
   WRONG(12, INSIDE), {~(uint64_t)0, ~(uint64_t)0}}

static const columnar_byte_view wrong_in_text[14] = EACH_WRONG((uint64_t)0x8080808080808080);
static const columnar_byte_view wrong_in_bytes[14] = EACH_WRONG((uint64_t)0);

typedef uint64_t two_words __attribute__((vector_size(16), aligned(8), may_alias));

static inline __attribute__((always_inline)) two_words wrong_bits(
    const columnar_byte_view *view, const columnar_byte_view *wrong) {
  uint32_t length = (uint32_t)view->low;
  return *(const two_words *)view & *(const two_words *)&wrong[length < 13 ? length : 13];
}

size_t columnar_plain_short_views(
    const columnar_byte_view *views, size_t from, size_t count, bool is_text) {
  const columnar_byte_view *wrong = is_text ? wrong_in_text : wrong_in_bytes;
  for (; from + 8 <= count; from += 8) {
    two_words seen = {0, 0};
    for (int k = 0; k < 8; k++) seen |= wrong_bits(views + from + k, wrong);
    if (seen[0] | seen[1]) break;
  }
  for (; from < count; from++) {
    two_words seen = wrong_bits(views + from, wrong);
    if (seen[0] | seen[1]) return from;
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
