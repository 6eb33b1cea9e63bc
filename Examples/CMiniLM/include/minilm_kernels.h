// The arithmetic of a small BERT, in vectors of whatever width the processor has.
//
// Matrices are row by row; an `ld…` is the number of floats from one row to the next. Weights are
// packed into panels of 32 columns, so that the innermost loop reads them one after the other.
// Each row of a result is computed by the same operations in the same order however many rows there
// are, so a text's embedding doesn't depend on the batch it comes in.

#pragma once

#include <stddef.h>

/// Columns in a panel of packed weights, which is also the width of an attention head.
enum { minilm_panel_width = 32 };

/// The kernels in one kind of vector instructions. The functions below call the best of them that
/// the machine has.
struct minilm_kernels {
  /// "avx512", "avx2" or "baseline".
  const char *name;
  void (*product)(
      const float *a, size_t lda, size_t rows, size_t depth, const float *b, size_t panels,
      const float *bias, float *c, size_t ldc);
  void (*attention)(
      const float *qkv, size_t tokens, size_t heads, float *out, float *scratch);
  void (*add_norm)(
      float *x, const float *y, size_t rows, size_t width, const float *scale, const float *shift);
  void (*gelu)(float *x, size_t count);
  void (*mean_unit)(const float *x, size_t rows, size_t width, float *out);
  void (*scores)(
      const float *vectors, size_t count, size_t width, const float *query, float *out);
};

/// The kernels this machine has, the best first; null at the end.
const struct minilm_kernels *minilm_kernels_at(size_t index);

/// Turns a matrix of `rows` × `depth` round into panels: `panels[p][k][i]` is `matrix[32 p + i][k]`,
/// 0 behind the last row.
void minilm_pack(const float *matrix, size_t ld, size_t rows, size_t depth, float *panels);

/// c = a · b + bias: `rows` × `depth` by `depth` × (32 · `panels`). The panels of `b` stand one
/// after the other; `bias` may be null.
void minilm_product(
    const float *a, size_t lda, size_t rows, size_t depth, const float *b, size_t panels,
    const float *bias, float *c, size_t ldc);

/// Attention of the tokens of one text: `qkv` has a row per token, with the queries of all heads,
/// then keys, then values. `scratch` has room for `minilm_attention_scratch(tokens)` floats.
void minilm_attention(
    const float *qkv, size_t tokens, size_t heads, float *out, float *scratch);
size_t minilm_attention_scratch(size_t tokens);

/// x = normalised(x + y) · scale + shift, each row by its own mean and variance. `width` is a
/// multiple of 16.
void minilm_add_norm(
    float *x, const float *y, size_t rows, size_t width, const float *scale, const float *shift);

/// x = x · Φ(x), with the error function itself and not the tanh that is like it. `count` is a
/// multiple of 16.
void minilm_gelu(float *x, size_t count);

/// The mean of `rows` rows, made a vector of length 1.
void minilm_mean_unit(const float *x, size_t rows, size_t width, float *out);

/// For each of `count` vectors that follow each other, its scalar product with `query`. `width` is
/// a multiple of 16.
void minilm_scores(
    const float *vectors, size_t count, size_t width, const float *query, float *out);
