#include "csv_index.h"

#include "multiversioned.h"

#include <string.h>

#define INLINE static inline __attribute__((always_inline))

typedef uint8_t bytes64 __attribute__((vector_size(64), aligned(1)));
typedef bool bits64 __attribute__((ext_vector_type(64)));

// A bit per byte of the block that equals `byte`.
#define EQUAL_MASK(block, byte) \
  __builtin_bit_cast(uint64_t, __builtin_convertvector((block) == (byte), bits64))

// Bit i becomes the parity of bits 0 to i.
INLINE uint64_t prefix_xor(uint64_t x) {
  x ^= x << 1;
  x ^= x << 2;
  x ^= x << 4;
  x ^= x << 8;
  x ^= x << 16;
  x ^= x << 32;
  return x;
}

// What is outside of quotes in a block, and the state behind it.
//
// The rule: a quote opens a quoted field only at the field's start; within quotes the next quote closes it, and one
// right behind that opens it again (a doubled quote). Any other quote is an ordinary byte. Parity alone is right as
// long as each opening quote stands behind a separator or a closing quote; where one does not, bit by bit.
INLINE uint64_t outside_of_quotes(uint64_t quotes, uint64_t separators, columnar_csv_state *state) {
  uint64_t inside = prefix_xor(quotes) ^ (0 - (uint64_t)state->inside);
  uint64_t opening = quotes & inside;
  uint64_t closing = quotes & ~inside;
  uint64_t allowed = (((separators & ~inside) | closing) << 1) | state->boundary;
  if (__builtin_expect((opening & ~allowed) != 0, 0)) {
    uint64_t in = state->inside;
    uint64_t left = quotes | separators, kept = 0, closed = 0;
    while (left) {
      uint64_t bit = left & (0 - left);
      left ^= bit;
      if (quotes & bit) {
        if (in) {
          in = 0;
          closed |= bit;
        } else if (bit == 1 ? state->boundary : ((kept | closed) & (bit >> 1)) != 0) {
          in = 1;
        }
      } else if (!in) {
        kept |= bit;
      }
    }
    state->inside = (uint8_t)in;
    state->boundary = (uint8_t)((kept | closed) >> 63);
    return kept;
  }
  state->inside = (uint8_t)(inside >> 63);
  state->boundary = (uint8_t)(((separators & ~inside) | closing) >> 63);
  return separators & ~inside;
}

INLINE void index_block(const uint8_t *bytes, uint64_t used, uint32_t base,
                        const columnar_csv_dialect *dialect, columnar_csv_state *state,
                        columnar_csv_output *out, bytes64 *high) {
  bytes64 block;
  memcpy(&block, bytes, 64);
  *high |= block;
  uint64_t newlines = EQUAL_MASK(block, (uint8_t)'\n') & used;
  uint64_t separators = (EQUAL_MASK(block, dialect->delimiter) & used) | newlines;
  uint64_t quotes = dialect->has_quote ? EQUAL_MASK(block, dialect->quote) & used : 0;
  if (quotes | state->inside) {
    separators = outside_of_quotes(quotes, separators, state);
    newlines &= separators;
  } else {
    state->boundary = (uint8_t)(separators >> 63);
  }
  size_t first = out->ends_count;
  while (newlines) {
    uint64_t bit = newlines & (0 - newlines);
    out->row_ends[out->row_count++] =
        (uint32_t)(first + (size_t)__builtin_popcountll(separators & (bit - 1)));
    newlines ^= bit;
  }
  uint32_t *target = out->ends + first;
  size_t total = (size_t)__builtin_popcountll(separators);
  out->ends_count = first + total;
  // Groups of eight without a branch in between; what is written too much is overwritten later.
  for (size_t k = 0; k < total; k += 8) {
    for (int j = 0; j < 8; j++) {
      target[k + j] = base + (uint32_t)__builtin_ctzll(separators | (1ull << 63));
      separators &= separators - 1;
    }
  }
}

MULTIVERSIONED("arch=x86-64-v3", "arch=x86-64-v4")
static size_t index_fast(const uint8_t *bytes, size_t count, const columnar_csv_dialect *dialect,
                         columnar_csv_state *state, columnar_csv_output *out) {
  columnar_csv_state now = *state;
  columnar_csv_output result = *out;
  bytes64 high = {0};
  size_t at = 0;
  while (at < count && result.ends_count + 72 <= result.ends_capacity &&
         result.row_count + 64 <= result.row_capacity) {
    if (count - at >= 64) {
      index_block(bytes + at, ~0ull, (uint32_t)at, dialect, &now, &result, &high);
      at += 64;
    } else {
      uint8_t rest[64] = {0};
      memcpy(rest, bytes + at, count - at);
      uint64_t last = 1ull << (count - at - 1);
      index_block(rest, last | (last - 1), (uint32_t)at, dialect, &now, &result, &high);
      at = count;
    }
  }
  uint8_t all = 0;
  for (int k = 0; k < 64; k++) all |= high[k];
  result.high |= all & 0x80;
  *out = result;
  *state = now;
  return at;
}

// One byte at a time, for the dialects with escapes or comments.
INLINE void step(uint8_t byte, const uint8_t *here, size_t available,
                 const columnar_csv_dialect *dialect, columnar_csv_state *state, bool *separator,
                 bool *newline) {
  *separator = *newline = false;
  if (state->row_start) {
    state->row_start = 0;
    state->commented = dialect->comment_count > 0 && available >= dialect->comment_count &&
                       memcmp(here, dialect->comment, dialect->comment_count) == 0;
  }
  if (state->commented) {
    state->boundary = 0;
    if (byte != '\n') return;
    *separator = *newline = true;
    *state = (columnar_csv_state){.boundary = 1, .row_start = 1};
    return;
  }
  if (state->inside) {
    if (state->escaped) {
      state->escaped = 0;
    } else if (dialect->has_escape && byte == dialect->escape) {
      state->escaped = 1;
    } else if (byte == dialect->quote) {
      state->inside = 0;
      state->boundary = 1;
    }
    return;
  }
  if (dialect->has_quote && byte == dialect->quote && state->boundary) {
    state->inside = 1;
    state->boundary = 0;
    return;
  }
  *newline = byte == '\n';
  *separator = *newline || byte == dialect->delimiter;
  state->boundary = *separator;
  state->row_start = *newline;
}

static size_t index_general(const uint8_t *bytes, size_t count, size_t available,
                            const columnar_csv_dialect *dialect, columnar_csv_state *state,
                            columnar_csv_output *out) {
  size_t at = 0;
  while (at < count && out->ends_count + 72 <= out->ends_capacity &&
         out->row_count + 64 <= out->row_capacity) {
    bool separator, newline;
    out->high |= bytes[at] & 0x80;
    step(bytes[at], bytes + at, available - at, dialect, state, &separator, &newline);
    if (newline) out->row_ends[out->row_count++] = (uint32_t)out->ends_count;
    if (separator) out->ends[out->ends_count++] = (uint32_t)at;
    at++;
  }
  return at;
}

size_t columnar_csv_index(const uint8_t *bytes, size_t count, size_t available,
                          const columnar_csv_dialect *dialect, columnar_csv_state *state,
                          columnar_csv_output *output) {
  if (dialect->is_general)
    return index_general(bytes, count, available, dialect, state, output);
  return index_fast(bytes, count, dialect, state, output);
}

MULTIVERSIONED("arch=x86-64-v3", "arch=x86-64-v4")
static void skip_fast(const uint8_t *bytes, size_t count, const columnar_csv_dialect *dialect,
                      columnar_csv_state *state) {
  columnar_csv_state now = *state;
  size_t at = 0;
  for (; at + 64 <= count; at += 64) {
    bytes64 block;
    memcpy(&block, bytes + at, 64);
    uint64_t quotes = EQUAL_MASK(block, dialect->quote);
    if (quotes == 0) {
      // Only the last byte matters, and only outside of quotes.
      uint8_t last = bytes[at + 63];
      now.boundary = !now.inside && (last == '\n' || last == dialect->delimiter);
      continue;
    }
    uint64_t separators =
        EQUAL_MASK(block, dialect->delimiter) | EQUAL_MASK(block, (uint8_t)'\n');
    outside_of_quotes(quotes, separators, &now);
  }
  for (; at < count; at++) {
    uint8_t byte = bytes[at];
    if (now.inside) {
      if (byte == dialect->quote) now.inside = 0, now.boundary = 1;
    } else if (byte == dialect->quote && now.boundary) {
      now.inside = 1, now.boundary = 0;
    } else {
      now.boundary = byte == '\n' || byte == dialect->delimiter;
    }
  }
  if (count > 0) now.row_start = !now.inside && bytes[count - 1] == '\n';
  *state = now;
}

void columnar_csv_skip(const uint8_t *bytes, size_t count, size_t available,
                       const columnar_csv_dialect *dialect, columnar_csv_state *state) {
  if (count == 0) return;
  if (dialect->is_general) {
    for (size_t at = 0; at < count; at++) {
      bool separator, newline;
      step(bytes[at], bytes + at, available - at, dialect, state, &separator, &newline);
    }
  } else if (dialect->has_quote) {
    skip_fast(bytes, count, dialect, state);
  } else {
    state->boundary = 1;
    state->row_start = bytes[count - 1] == '\n';
  }
}

MULTIVERSIONED("arch=x86-64-v3", "arch=x86-64-v4")
size_t columnar_count_byte(const uint8_t *bytes, size_t count, uint8_t byte) {
  size_t total = 0, at = 0;
  for (; at + 64 <= count; at += 64) {
    bytes64 block;
    memcpy(&block, bytes + at, 64);
    total += (size_t)__builtin_popcountll(EQUAL_MASK(block, byte));
  }
  for (; at < count; at++) total += bytes[at] == byte;
  return total;
}
