#include "minilm_kernels.h"

#include <math.h>

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

void minilm_pack(const float *matrix, size_t ld, size_t rows, size_t depth, float *panels) {
  for (size_t first = 0; first < rows; first += minilm_panel_width) {
    size_t count = rows - first < minilm_panel_width ? rows - first : minilm_panel_width;
    for (size_t k = 0; k < depth; k++, panels += minilm_panel_width) {
      for (size_t i = 0; i < count; i++) panels[i] = matrix[(first + i) * ld + k];
      for (size_t i = count; i < minilm_panel_width; i++) panels[i] = 0;
    }
  }
}

#define NAME(x) baseline_##x
#define TITLE "baseline"
#define LANES 4
#define TILE_ROWS 6
#define TILE_VECTORS 2
#include "minilm_vectors.inc"
#undef NAME
#undef TITLE
#undef LANES
#undef TILE_ROWS
#undef TILE_VECTORS

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define NAME(x) avx2_##x
#define TITLE "avx2"
#define LANES 8
#define TILE_ROWS 6
#define TILE_VECTORS 2
#include "minilm_vectors.inc"
#undef NAME
#undef TITLE
#undef LANES
#undef TILE_ROWS
#undef TILE_VECTORS
#pragma clang attribute pop

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512vl,avx512dq,fma"))), apply_to = function)
#define NAME(x) avx512_##x
#define TITLE "avx512"
#define LANES 16
#define TILE_ROWS 14
#define TILE_VECTORS 2
#include "minilm_vectors.inc"
#undef NAME
#undef TITLE
#undef LANES
#undef TILE_ROWS
#undef TILE_VECTORS
#pragma clang attribute pop
#endif

const struct minilm_kernels *minilm_kernels_at(size_t index) {
  const struct minilm_kernels *all[4] = {0};
  size_t count = 0;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq"))
    all[count++] = &avx512_kernels;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    all[count++] = &avx2_kernels;
#endif
  all[count++] = &baseline_kernels;
  return index < count ? all[index] : 0;
}

static const struct minilm_kernels *best(void) { return minilm_kernels_at(0); }

void minilm_product(
    const float *a, size_t lda, size_t rows, size_t depth, const float *b, size_t panels,
    const float *bias, float *c, size_t ldc) {
  best()->product(a, lda, rows, depth, b, panels, bias, c, ldc);
}

void minilm_attention(
    const float *qkv, size_t tokens, size_t heads, float *out, float *scratch) {
  best()->attention(qkv, tokens, heads, out, scratch);
}

size_t minilm_attention_scratch(size_t tokens) {
  size_t padded = (tokens + minilm_panel_width - 1) / minilm_panel_width * minilm_panel_width;
  return padded * (minilm_panel_width + tokens);
}

void minilm_add_norm(
    float *x, const float *y, size_t rows, size_t width, const float *scale, const float *shift) {
  best()->add_norm(x, y, rows, width, scale, shift);
}

void minilm_gelu(float *x, size_t count) { best()->gelu(x, count); }

void minilm_mean_unit(const float *x, size_t rows, size_t width, float *out) {
  best()->mean_unit(x, rows, width, out);
}

void minilm_scores(
    const float *vectors, size_t count, size_t width, const float *query, float *out) {
  best()->scores(vectors, count, width, query, out);
}
