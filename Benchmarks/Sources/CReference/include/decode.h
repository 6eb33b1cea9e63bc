// The one column of a Parquet file of the simplest kind, decoded by loops in C.
#ifndef COLUMNAR_BENCH_DECODE_H
#define COLUMNAR_BENCH_DECODE_H

#include <stddef.h>
#include <stdint.h>

/// Maps a file that has one column of 64-bit integers without nulls, not packed, in pages of the first
/// version, plain, as a dictionary or as differences of up to 20 bits, and decodes it. What the file
/// says is believed. The number of values; 0 if there is something else in it. `out` has room for 512
/// values more than `rows`.
size_t reference_decode(const char *path, int64_t *out, size_t rows);

/// The sum of words, which is as fast as they come from memory.
int64_t reference_sum_words(const int64_t *words, size_t count);

/// Maps a file, looks at its first `read` bytes and writes `written` bytes to `out`, on two threads:
/// what any reader of so many bytes that makes so many takes at least. 0 if there is no such file.
uint64_t reference_look(const char *path, size_t read, uint8_t *out, size_t written);

#endif
