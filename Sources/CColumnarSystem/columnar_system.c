#define _GNU_SOURCE
#include "columnar_system.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>
#include <string.h>

ptrdiff_t columnar_find(const void *text, size_t length, const void *pattern, size_t size) {
  const char *found = memmem(text, length, pattern, size);
  return found ? found - (const char *)text : -1;
}

int columnar_processor_count(void) {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof(set), &set) == 0 && CPU_COUNT(&set) > 0) return CPU_COUNT(&set);
#endif
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? (int)online : 1;
}

long columnar_thread_waits(void) {
#if defined(RUSAGE_THREAD)
  struct rusage usage;
  return getrusage(RUSAGE_THREAD, &usage) == 0 ? usage.ru_nvcsw : 0;
#else
  return 0;
#endif
}

const char *columnar_image_of(uintptr_t address, uintptr_t *offset) {
  Dl_info info;
  *offset = address;
  if (dladdr((const void *)address, &info) == 0 || info.dli_fname == NULL) return NULL;
  *offset = address - (uintptr_t)info.dli_fbase;
  return info.dli_fname;
}

int columnar_exchange(const char *a, const char *b) {
#if defined(__linux__) && defined(RENAME_EXCHANGE)
  return renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE);
#else
  errno = ENOSYS;
  return -1;
#endif
}
