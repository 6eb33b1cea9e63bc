#include "unsnap.h"

#include "multiversioned.h"

#include <string.h>

#define ALWAYS static inline __attribute__((always_inline))

#define RARELY(x) __builtin_expect(!!(x), 0)

typedef struct {
  const uint8_t *in, *in_end;
  uint8_t *out, *out_start, *out_end;
  bool is_broken;
} stream;

typedef struct {
  uint64_t words[4];
} thirty_two;

ALWAYS uint32_t load32(const uint8_t *p) {
  uint32_t word;
  memcpy(&word, p, 4);
  return word;
}

// Thirty-two bytes, all of them read before any is written.
ALWAYS void copy32(uint8_t *to, const uint8_t *from) {
  thirty_two bytes;
  memcpy(&bytes, from, 32);
  memcpy(to, &bytes, 32);
}

// By an element's first byte: its length, 255 for literals whose length follows, and the bits of the
// offset that are in that byte.
static const uint16_t elements[256] = {
    1, 4, 1, 1, 2, 5, 2, 2, 3, 6, 3, 3, 4, 7, 4, 4, 5, 8, 5, 5, 6, 9, 6, 6, 7, 10, 7, 7, 8, 11, 8,
    8, 9, 260, 9, 9, 10, 261, 10, 10, 11, 262, 11, 11, 12, 263, 12, 12, 13, 264, 13, 13, 14, 265,
    14, 14, 15, 266, 15, 15, 16, 267, 16, 16, 17, 516, 17, 17, 18, 517, 18, 18, 19, 518, 19, 19,
    20, 519, 20, 20, 21, 520, 21, 21, 22, 521, 22, 22, 23, 522, 23, 23, 24, 523, 24, 24, 25, 772,
    25, 25, 26, 773, 26, 26, 27, 774, 27, 27, 28, 775, 28, 28, 29, 776, 29, 29, 30, 777, 30, 30,
    31, 778, 31, 31, 32, 779, 32, 32, 33, 1028, 33, 33, 34, 1029, 34, 34, 35, 1030, 35, 35, 36,
    1031, 36, 36, 37, 1032, 37, 37, 38, 1033, 38, 38, 39, 1034, 39, 39, 40, 1035, 40, 40, 41,
    1284, 41, 41, 42, 1285, 42, 42, 43, 1286, 43, 43, 44, 1287, 44, 44, 45, 1288, 45, 45, 46,
    1289, 46, 46, 47, 1290, 47, 47, 48, 1291, 48, 48, 49, 1540, 49, 49, 50, 1541, 50, 50, 51,
    1542, 51, 51, 52, 1543, 52, 52, 53, 1544, 53, 53, 54, 1545, 54, 54, 55, 1546, 55, 55, 56,
    1547, 56, 56, 57, 1796, 57, 57, 58, 1797, 58, 58, 59, 1798, 59, 59, 60, 1799, 60, 60, 255,
    1800, 61, 61, 255, 1801, 62, 62, 255, 1802, 63, 63, 255, 1803, 64, 64,
};
static const uint32_t offset_mask[4] = {0, 0xFF, 0xFFFF, 0xFFFFFFFF};
static const uint8_t element_size[4] = {1, 2, 3, 5};

// The most that an element of the common kinds reads and writes beyond its first byte is 65.
enum { room = 80 };

ALWAYS bool has_room(const stream *s) {
  return s->in_end - s->in >= room && s->out_end - s->out >= room;
}

// Long literals and copies that overlap themselves, with `room` on both sides.
static void rare_element(stream *s) {
  uint32_t tag = *s->in, type = tag & 3;
  if (type == 0) {
    size_t length = (tag >> 2) + 1;
    if (length > 60) {
      uint32_t bytes = (uint32_t)length - 60;
      length = (size_t)(load32(s->in + 1) & (uint32_t)(((uint64_t)1 << (8 * bytes)) - 1)) + 1;
      s->in += bytes;
    }
    s->in += 1;
    if (length > (size_t)(s->in_end - s->in) || length > (size_t)(s->out_end - s->out)) {
      s->is_broken = true;
      return;
    }
    memcpy(s->out, s->in, length);
    s->in += length;
    s->out += length;
    return;
  }
  size_t length = elements[tag] & 0xFF;
  size_t offset = (elements[tag] & 0x700) + (load32(s->in + 1) & offset_mask[type]);
  if (offset == 0 || offset > (size_t)(s->out - s->out_start)) {
    s->is_broken = true;
    return;
  }
  const uint8_t *from = s->out - offset;
  if (offset >= 8) {
    for (size_t k = 0; k < length; k += 8) memcpy(s->out + k, from + k, 8);
  } else {
    for (size_t k = 0; k < length; k++) s->out[k] = from[k];
  }
  s->in += element_size[type];
  s->out += length;
}

// One element, with `room` on both sides. No branch on its kind: that would be guessed wrong every
// other time.
ALWAYS void element(stream *s) {
  uint32_t tag = *s->in, type = tag & 3, entry = elements[tag];
  size_t length = entry & 0xFF;
  size_t offset = (entry & 0x700) + (load32(s->in + 1) & offset_mask[type]);
  size_t literal = (size_t)0 - (size_t)(type == 0);
  uintptr_t copied = (uintptr_t)s->out - offset, given = (uintptr_t)(s->in + 1);
  const uint8_t *from = (const uint8_t *)((copied & ~literal) | (given & literal));
  size_t size = (element_size[type] & ~literal) | ((length + 1) & literal);
  // Literals have no offset.
  if (RARELY((length > (offset | literal)) | (offset > (size_t)(s->out - s->out_start)) |
             (length == 255))) {
    rare_element(s);
    return;
  }
  copy32(s->out, from);
  if (RARELY(length > 32)) copy32(s->out + 32, from + 32);
  s->in += size;
  s->out += length;
}

// The head: the length, seven bits in each byte.
static stream begin(const columnar_snappy_block *block) {
  stream s = {block->in, block->in + block->in_count, block->out, block->out,
              block->out + block->out_count, true};
  uint64_t length = 0;
  for (int shift = 0; shift < 35 && s.in < s.in_end; shift += 7) {
    uint8_t byte = *s.in++;
    length |= (uint64_t)(byte & 0x7F) << shift;
    if (byte < 0x80) {
      s.is_broken = length != block->out_count;
      break;
    }
  }
  return s;
}

// What is left, byte by byte.
static bool finish(stream *s) {
  while (!s->is_broken && s->in < s->in_end) {
    uint32_t tag = *s->in++, type = tag & 3;
    size_t length = (tag >> 2) + 1, left = (size_t)(s->in_end - s->in);
    size_t more = type == 0 ? (length > 60 ? length - 60 : 0) : (size_t)element_size[type] - 1;
    if (more > left) return false;
    uint32_t number = 0;
    for (size_t k = 0; k < more; k++) number |= (uint32_t)s->in[k] << (8 * k);
    s->in += more;
    if (type == 0) {
      if (more > 0) length = (size_t)number + 1;
      if (length > left - more || length > (size_t)(s->out_end - s->out)) return false;
      memcpy(s->out, s->in, length);
      s->in += length;
      s->out += length;
      continue;
    }
    length = elements[tag] & 0xFF;
    size_t offset = (elements[tag] & 0x700) + number;
    if (offset == 0 || offset > (size_t)(s->out - s->out_start) ||
        length > (size_t)(s->out_end - s->out))
      return false;
    const uint8_t *from = s->out - offset;
    for (size_t k = 0; k < length; k++) s->out[k] = from[k];
    s->out += length;
  }
  return !s->is_broken && s->out == s->out_end;
}

ALWAYS void run(stream *s) {
  while (!s->is_broken && has_room(s)) element(s);
}

void columnar_unsnap(columnar_snappy_block *block) {
  stream s = begin(block);
  run(&s);
  block->is_done = finish(&s);
}

MULTIVERSIONED("arch=x86-64-v3") void columnar_unsnap_two(columnar_snappy_block *first, columnar_snappy_block *second) {
  stream a = begin(first), b = begin(second);
  while (!(a.is_broken | b.is_broken) && has_room(&a) && has_room(&b)) {
    element(&a);
    element(&b);
  }
  run(&a);
  run(&b);
  first->is_done = finish(&a);
  second->is_done = finish(&b);
}
