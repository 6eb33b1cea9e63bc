#include "reference.h"

#include <pthread.h>

void reference_numeric(const int64_t *a, const double *b, double *out, size_t count) {
  for (size_t i = 0; i < count; i++)
    out[i] = a[i] > 0 ? (double)a[i] * b[i] + 1.5 : b[i] - (double)a[i];
}

struct numeric_part {
  const int64_t *a;
  const double *b;
  double *out;
  size_t count;
};

static void *run_numeric(void *argument) {
  const struct numeric_part *part = argument;
  reference_numeric(part->a, part->b, part->out, part->count);
  return NULL;
}

void reference_numeric_on_two_threads(
    const int64_t *a, const double *b, double *out, size_t count) {
  size_t half = count / 2;
  struct numeric_part second = {a + half, b + half, out + half, count - half};
  pthread_t thread;
  int failed = pthread_create(&thread, NULL, run_numeric, &second);
  reference_numeric(a, b, out, half);
  if (failed) run_numeric(&second);
  else pthread_join(thread, NULL);
}

void reference_normalize(
    const int64_t *values, double mean, double std, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = ((double)values[i] - mean) / std;
}

void reference_multiply_add(
    const double *a, const double *b, const double *c, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = a[i] * b[i] + c[i];
}

static int is_blank(char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

void reference_strip_lower(
    const char *bytes, const int64_t *offsets, char *out, int64_t *ends, size_t count) {
  int64_t end = 0;
  for (size_t i = 0; i < count; i++) {
    int64_t from = offsets[i], to = offsets[i + 1];
    while (from < to && is_blank(bytes[from])) from++;
    while (from < to && is_blank(bytes[to - 1])) to--;
    for (; from < to; from++) {
      char byte = bytes[from];
      out[end++] = byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
    }
    ends[i] = end;
  }
}

double reference_sum(const double *values, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += values[i];
  return sum;
}
