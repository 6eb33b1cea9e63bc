// The loops that a C programmer would write by hand, compiled as SwiftPM compiles C for release (-O2).
#ifndef COLUMNAR_BENCH_REFERENCE_H
#define COLUMNAR_BENCH_REFERENCE_H

#include <stddef.h>
#include <stdint.h>

#include "decode.h"

/// out[i] = a[i] > 0 ? a[i] * b[i] + 1.5 : b[i] - a[i]
void reference_numeric(const int64_t *a, const double *b, double *out, size_t count);

/// As `reference_numeric`, the second half on a thread of its own.
void reference_numeric_on_two_threads(
    const int64_t *a, const double *b, double *out, size_t count);

/// out[i] = (values[i] - mean) / std
void reference_normalize(
    const int64_t *values, double mean, double std, double *out, size_t count);

/// out[i] = a[i] * b[i] + c[i]
void reference_multiply_add(
    const double *a, const double *b, const double *c, double *out, size_t count);

/// Strips blanks, lowers ASCII; texts are `offsets[i] ..< offsets[i + 1]` of `bytes`. Results go to
/// `out` one after the other and their ends to `ends`.
void reference_strip_lower(
    const char *bytes, const int64_t *offsets, char *out, int64_t *ends, size_t count);

/// The sum in the order of the rows.
double reference_sum(const double *values, size_t count);

#endif
