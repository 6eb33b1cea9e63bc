#include "decode.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define ALWAYS static inline __attribute__((always_inline))

// What is read of a page's header: Thrift's compact protocol, as far as it occurs there.
typedef struct {
  const uint8_t *at;
  int64_t kind, size, values, encoding;
} page;

static uint64_t varint(const uint8_t **at) {
  uint64_t value = 0;
  for (int shift = 0;; shift += 7) {
    uint8_t byte = *(*at)++;
    value |= (uint64_t)(byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
}

static int64_t zigzag(const uint8_t **at) {
  uint64_t value = varint(at);
  return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

// `depth` 0 is the header, 1 what it has of a kind of page, beyond that all is passed over.
static void structure(page *p, int depth) {
  int field = 0;
  for (uint8_t head; (head = *p->at++) != 0;) {
    field = head >> 4 ? field + (head >> 4) : (int)zigzag(&p->at);
    int type = head & 15;
    if (type == 12) {
      structure(p, depth + 1);
    } else if (type == 8) {
      p->at += varint(&p->at);
    } else if (type > 2) {
      int64_t value = zigzag(&p->at);
      if (depth == 0 && field == 1) p->kind = value;
      if (depth == 0 && field == 3) p->size = value;
      if (depth == 1 && field == 1) p->values = value;
      if (depth == 1 && field == 2) p->encoding = value;
    }
  }
}

ALWAYS uint64_t load64(const uint8_t *p) {
  uint64_t word;
  memcpy(&word, p, 8);
  return word;
}

// Eight values of a constant width at a time, each used where it is unpacked.
#define BITS(I) ((load64(in + (I) * width / 8) >> ((I) * width % 8)) & (((uint64_t)1 << width) - 1))

ALWAYS void look_up(
    const uint8_t *in, size_t groups, const int width, const int64_t *values, int64_t *out) {
  for (; groups > 0; groups--, in += width, out += 8)
    for (int i = 0; i < 8; i++) out[i] = values[BITS(i)];
}

ALWAYS uint64_t add_up(
    const uint8_t *in, size_t groups, const int width, uint64_t minimum, uint64_t last,
    int64_t *out) {
  for (; groups > 0; groups--, in += width, out += 8)
    for (int i = 0; i < 8; i++) out[i] = (int64_t)(last += BITS(i) + minimum);
  return last;
}

#define EACH(CASE)                                                                           \
  CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6) CASE(7) CASE(8) CASE(9) CASE(10) CASE(11)  \
  CASE(12) CASE(13) CASE(14) CASE(15) CASE(16) CASE(17) CASE(18) CASE(19) CASE(20)

static int64_t *dictionary_page(
    const uint8_t *in, const uint8_t *end, const int64_t *values, int64_t *out, int64_t *limit) {
  int width = *in++;
  while (in < end && out < limit) {
    uint64_t head = varint(&in);
    size_t groups = head >> 1;
    if (!(head & 1)) {
      size_t code = 0;
      memcpy(&code, in, (size_t)(width + 7) / 8);
      in += (width + 7) / 8;
      for (; groups > 0; groups--) *out++ = values[code];
      continue;
    }
    switch (width) {
#define CASE(B) case B: look_up(in, groups, B, values, out); break;
      EACH(CASE)
#undef CASE
      default: return NULL;
    }
    in += groups * (size_t)width;
    out += groups * 8;
  }
  return out < limit ? out : limit;
}

static int64_t *delta_page(const uint8_t *in, int64_t *out) {
  size_t block = varint(&in), parts = varint(&in), count = varint(&in), size = block / parts;
  uint64_t last = (uint64_t)zigzag(&in);
  int64_t *end = out + count;
  *out++ = (int64_t)last;
  while (out < end) {
    uint64_t minimum = (uint64_t)zigzag(&in);
    const uint8_t *widths = in;
    in += parts;
    for (size_t part = 0; part < parts && out < end; part++) {
      switch (widths[part]) {
#define CASE(B) case B: last = add_up(in, size / 8, B, minimum, last, out); break;
        EACH(CASE)
#undef CASE
        default: return NULL;
      }
      in += size / 8 * widths[part];
      out += size;
    }
  }
  return end;
}

static size_t decode(const uint8_t *in, int64_t *out, size_t rows) {
  static int64_t values[1 << 20];
  int64_t *start = out;
  in += 4;
  while (out != NULL && (size_t)(out - start) < rows) {
    page p = {.at = in};
    structure(&p, 0);
    const uint8_t *body = p.at;
    in = body + p.size;
    if (p.kind == 2) {
      if (p.values > 1 << 20) return 0;
      memcpy(values, body, (size_t)p.values * 8);
      continue;
    }
    // Levels, which are all the same, behind their size.
    uint32_t levels;
    memcpy(&levels, body, 4);
    body += 4 + levels;
    if (p.encoding == 0) {
      memcpy(out, body, (size_t)p.values * 8);
      out += p.values;
    } else if (p.encoding == 5) {
      out = delta_page(body, out);
    } else {
      out = dictionary_page(body, in, values, out, out + p.values);
    }
  }
  return out == NULL ? 0 : (size_t)(out - start);
}

static void *map(const char *path, size_t *size) {
  int file = open(path, O_RDONLY);
  if (file < 0) return NULL;
  struct stat status;
  void *bytes = MAP_FAILED;
  if (fstat(file, &status) == 0) {
    *size = (size_t)status.st_size;
    bytes = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, file, 0);
  }
  close(file);
  return bytes == MAP_FAILED ? NULL : bytes;
}

size_t reference_decode(const char *path, int64_t *out, size_t rows) {
  size_t size;
  void *bytes = map(path, &size);
  if (bytes == NULL) return 0;
  size_t count = decode(bytes, out, rows);
  munmap(bytes, size);
  return count;
}

int64_t reference_sum_words(const int64_t *words, size_t count) {
  int64_t a = 0, b = 0, c = 0, d = 0;
  size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    a += words[i];
    b += words[i + 1];
    c += words[i + 2];
    d += words[i + 3];
  }
  for (; i < count; i++) a += words[i];
  return a + b + c + d;
}

typedef struct {
  const uint8_t *in;
  size_t read;
  uint8_t *out;
  size_t written;
  uint64_t seen;
} look;

// Reads and writes in turns, a piece that stays in cache at a time.
static void *look_at(void *context) {
  look *l = context;
  enum { piece = 1 << 16 };
  for (size_t at = 0, done = 0; at < l->read; at += piece) {
    size_t count = l->read - at < piece ? l->read - at : piece;
    for (size_t i = 0; i + 8 <= count; i += 8) l->seen |= load64(l->in + at + i);
    size_t upto = (size_t)((double)(at + count) / (double)l->read * (double)l->written);
    memset(l->out + done, (int)(l->seen & 1), upto - done);
    done = upto;
  }
  return NULL;
}

uint64_t reference_look(const char *path, size_t read, uint8_t *out, size_t written) {
  size_t size;
  uint8_t *bytes = map(path, &size);
  if (bytes == NULL) return 0;
  if (read > size) read = size;
  size_t middle = read / 2 & ~(size_t)4095, half = written / 2;
  look first = {bytes, middle, out, half, 1};
  look second = {bytes + middle, read - middle, out + half, written - half, 1};
  pthread_t other;
  bool isShared = pthread_create(&other, NULL, look_at, &first) == 0;
  if (!isShared) look_at(&first);
  look_at(&second);
  if (isShared) pthread_join(other, NULL);
  munmap(bytes, size);
  return first.seen | second.seen;
}
