// C that Swift cannot say: prefetch, streaming stores, multi-versioned kernels.
#ifndef COLUMNAR_SYSTEM_H
#define COLUMNAR_SYSTEM_H

#include <stddef.h>
#include <stdint.h>

#include "byte_views.h"
#include "csv_index.h"
#include "pack.h"
#include "powers_of_five.h"
#include "unpack.h"
#include "worker.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

/// Asks for the cache line at `address` ahead of a read.
static inline __attribute__((always_inline)) void columnar_prefetch(const void *address) {
  __builtin_prefetch(address, 0, 1);
}

/// Writes one 64-byte line past the caches. Both addresses are 64-byte aligned.
static inline __attribute__((always_inline)) void columnar_stream_line(void *to, const void *from) {
#if defined(__x86_64__)
  __m128i *target = (__m128i *)to;
  const __m128i *source = (const __m128i *)from;
  __m128i a = _mm_load_si128(source), b = _mm_load_si128(source + 1);
  __m128i c = _mm_load_si128(source + 2), d = _mm_load_si128(source + 3);
  _mm_stream_si128(target, a);
  _mm_stream_si128(target + 1, b);
  _mm_stream_si128(target + 2, c);
  _mm_stream_si128(target + 3, d);
#else
  __builtin_memcpy(to, from, 64);
#endif
}

/// Makes all streamed lines visible to other threads.
static inline __attribute__((always_inline)) void columnar_stream_fence(void) {
#if defined(__x86_64__)
  _mm_sfence();
#else
  __atomic_thread_fence(__ATOMIC_RELEASE);
#endif
}

/// Full 64 x 64 to 128 bit multiplication folded to 64 bits: the mixing step of the row hash.
static inline __attribute__((always_inline)) uint64_t columnar_fold_multiply(uint64_t a, uint64_t b) {
  unsigned __int128 product = (unsigned __int128)a * b;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/// The offset at which `pattern` first occurs in `text`, or -1; linear time.
ptrdiff_t columnar_find(const void *text, size_t length, const void *pattern, size_t size);

/// The number of cores that this process may run on, at least one.
int columnar_processor_count(void);

/// The program or library that `address` lies in: its path, NULL if it lies in none. `offset` is how
/// far behind the image's beginning it lies, which is the same in every process.
const char *columnar_image_of(uintptr_t address, uintptr_t *offset);

/// Lets two files or folders change places in one step; -1 and errno where the system cannot.
int columnar_exchange(const char *a, const char *b);

/// How often this thread gave up its core of its own accord, to wait for something.
long columnar_thread_waits(void);

#endif
