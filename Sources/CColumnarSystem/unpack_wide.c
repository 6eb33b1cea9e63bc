#include "unpack_wide.h"

#if COLUMNAR_HAS_WIDE
#include <immintrin.h>

#define WIDE static inline __attribute__((always_inline, target("avx2")))
#define AVX2 __attribute__((target("avx2")))

// Four of eight values begin in the first sixteen bytes of a group, four in the sixteen from the byte
// on in which the fifth begins: where each does, and by how many bits it is shifted there.
#define PLACE(B, I) (((I) * (B)) / 8 - ((I) < 4 ? 0 : 4 * (B) / 8))
#define FOUR(B, I) PLACE(B, I), PLACE(B, I) + 1, PLACE(B, I) + 2, PLACE(B, I) + 3
#define SHIFT(B, I) (((I) * (B)) % 8)
#define WIDTH(B)                                                                         \
  {{FOUR(B, 0), FOUR(B, 1), FOUR(B, 2), FOUR(B, 3), FOUR(B, 4), FOUR(B, 5), FOUR(B, 6),  \
    FOUR(B, 7)},                                                                         \
   {SHIFT(B, 0), SHIFT(B, 1), SHIFT(B, 2), SHIFT(B, 3), SHIFT(B, 4), SHIFT(B, 5),        \
    SHIFT(B, 6), SHIFT(B, 7)}}

static const struct {
  uint8_t bytes[32];
  uint32_t shifts[8];
} places[columnar_widest + 1] = {
    {{0}, {0}}, WIDTH(1),  WIDTH(2),  WIDTH(3),  WIDTH(4),  WIDTH(5),  WIDTH(6),
    WIDTH(7),   WIDTH(8),  WIDTH(9),  WIDTH(10), WIDTH(11), WIDTH(12), WIDTH(13),
    WIDTH(14),  WIDTH(15), WIDTH(16), WIDTH(17), WIDTH(18), WIDTH(19), WIDTH(20),
    WIDTH(21),  WIDTH(22), WIDTH(23), WIDTH(24), WIDTH(25),
};

typedef struct {
  __m256i bytes, shifts, mask;
  size_t half;
} plan;

WIDE plan plan_of(int width) {
  plan made = {
      _mm256_loadu_si256((const __m256i *)places[width].bytes),
      _mm256_loadu_si256((const __m256i *)places[width].shifts),
      _mm256_set1_epi32((int)((1u << width) - 1)),
      (size_t)width * 4 / 8,
  };
  return made;
}

// Eight values.
WIDE __m256i group(const uint8_t *in, plan p) {
  __m256i bytes = _mm256_inserti128_si256(
      _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)in)),
      _mm_loadu_si128((const __m128i *)(in + p.half)), 1);
  return _mm256_and_si256(
      _mm256_srlv_epi32(_mm256_shuffle_epi8(bytes, p.bytes), p.shifts), p.mask);
}

AVX2 void columnar_wide_unpack32(const uint8_t *in, size_t groups, int width, uint32_t *out) {
  plan p = plan_of(width);
  for (size_t g = 0; g < groups; g++, in += width, out += 8)
    _mm256_storeu_si256((__m256i *)out, group(in, p));
}

WIDE uint32_t largest(__m256i codes) {
  uint32_t lanes[8], most = 0;
  _mm256_storeu_si256((__m256i *)lanes, codes);
  for (int k = 0; k < 8; k++) most = lanes[k] > most ? lanes[k] : most;
  return most;
}

// Codes beyond the values are looked up as the last one, and told by their being the largest.
AVX2 uint32_t columnar_wide_lookup32(
    const uint8_t *in, size_t groups, int width, const uint32_t *values, uint32_t limit,
    uint32_t *out) {
  plan p = plan_of(width);
  __m256i last = _mm256_set1_epi32((int)(limit - 1)), most = _mm256_setzero_si256();
  for (size_t g = 0; g < groups; g++, in += width, out += 8) {
    __m256i codes = group(in, p);
    most = _mm256_max_epu32(most, codes);
    codes = _mm256_min_epu32(codes, last);
    _mm256_storeu_si256((__m256i *)out, _mm256_i32gather_epi32((const int *)values, codes, 4));
  }
  return largest(most);
}

AVX2 uint32_t columnar_wide_lookup64(
    const uint8_t *in, size_t groups, int width, const uint64_t *values, uint32_t limit,
    uint64_t *out) {
  plan p = plan_of(width);
  __m256i last = _mm256_set1_epi32((int)(limit - 1)), most = _mm256_setzero_si256();
  const long long *base = (const long long *)values;
  for (size_t g = 0; g < groups; g++, in += width, out += 8) {
    __m256i codes = group(in, p);
    most = _mm256_max_epu32(most, codes);
    codes = _mm256_min_epu32(codes, last);
    __m256i first = _mm256_i32gather_epi64(base, _mm256_castsi256_si128(codes), 8);
    __m256i second = _mm256_i32gather_epi64(base, _mm256_extracti128_si256(codes, 1), 8);
    _mm256_storeu_si256((__m256i *)out, first);
    _mm256_storeu_si256((__m256i *)(out + 4), second);
  }
  return largest(most);
}

// Each of eight differences with all before it added: at most 28 bits.
WIDE __m256i sums(__m256i values) {
  values = _mm256_add_epi32(values, _mm256_slli_si256(values, 4));
  values = _mm256_add_epi32(values, _mm256_slli_si256(values, 8));
  __m256i fourth = _mm256_permutevar8x32_epi32(values, _mm256_set1_epi32(3));
  return _mm256_add_epi32(
      values, _mm256_blend_epi32(_mm256_setzero_si256(), fourth, 0xF0));
}

AVX2 uint64_t columnar_wide_delta64(
    const uint8_t *in, size_t groups, int width, uint64_t minimum, uint64_t last, uint64_t *out) {
  plan p = plan_of(width);
  long long m = (long long)minimum;
  uint64_t steps[8];
  for (int k = 0; k < 8; k++) steps[k] = (uint64_t)m * (uint64_t)(k + 1);
  __m256i low = _mm256_loadu_si256((const __m256i *)steps);
  __m256i high = _mm256_loadu_si256((const __m256i *)(steps + 4));
  __m256i base = _mm256_set1_epi64x((long long)last);
  for (size_t g = 0; g < groups; g++, in += width, out += 8) {
    __m256i values = sums(group(in, p));
    __m256i first = _mm256_add_epi64(
        _mm256_cvtepu32_epi64(_mm256_castsi256_si128(values)), low);
    __m256i second = _mm256_add_epi64(
        _mm256_cvtepu32_epi64(_mm256_extracti128_si256(values, 1)), high);
    _mm256_storeu_si256((__m256i *)out, _mm256_add_epi64(first, base));
    _mm256_storeu_si256((__m256i *)(out + 4), _mm256_add_epi64(second, base));
    // What the next group waits for is one addition.
    base = _mm256_add_epi64(base, _mm256_permute4x64_epi64(second, 0xFF));
  }
  return (uint64_t)_mm256_extract_epi64(base, 0);
}

AVX2 uint64_t columnar_wide_delta32(
    const uint8_t *in, size_t groups, int width, uint64_t minimum, uint64_t last, uint32_t *out) {
  plan p = plan_of(width);
  __m256i steps = _mm256_mullo_epi32(
      _mm256_set1_epi32((int)(uint32_t)minimum), _mm256_setr_epi32(1, 2, 3, 4, 5, 6, 7, 8));
  __m256i base = _mm256_set1_epi32((int)(uint32_t)last), ends = _mm256_set1_epi32(7);
  for (size_t g = 0; g < groups; g++, in += width, out += 8) {
    __m256i values = _mm256_add_epi32(sums(group(in, p)), steps);
    _mm256_storeu_si256((__m256i *)out, _mm256_add_epi32(values, base));
    base = _mm256_add_epi32(base, _mm256_permutevar8x32_epi32(values, ends));
  }
  // The upper half of what the decoder keeps is not told by values of 32 bits, and not needed.
  return (uint32_t)_mm256_extract_epi32(base, 0);
}
#endif
