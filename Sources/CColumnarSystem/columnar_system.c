#define _GNU_SOURCE
#include "columnar_system.h"

#include <string.h>

ptrdiff_t columnar_find(const void *text, size_t length, const void *pattern, size_t size) {
  const char *found = memmem(text, length, pattern, size);
  return found ? found - (const char *)text : -1;
}
