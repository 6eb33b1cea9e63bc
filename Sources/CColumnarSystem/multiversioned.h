// Functions that are compiled for several kinds of processors; the right one is picked at the start.
#ifndef COLUMNAR_MULTIVERSIONED_H
#define COLUMNAR_MULTIVERSIONED_H

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define COLUMNAR_THREAD_SANITIZER 1
#endif
#endif

// The function that picks a version runs while the program is linked, before the thread sanitizer,
// which would instrument it, is there: the program would crash before its first line.
#if defined(__x86_64__) && defined(__linux__) && !defined(COLUMNAR_THREAD_SANITIZER)
#define MULTIVERSIONED(...) __attribute__((target_clones("default", __VA_ARGS__)))
#else
#define MULTIVERSIONED(...)
#endif

#endif
