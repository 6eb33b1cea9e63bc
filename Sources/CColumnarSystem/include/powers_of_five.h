// The powers of five that correctly rounded reading and shortest writing of floating-point text need.
#ifndef COLUMNAR_POWERS_OF_FIVE_H
#define COLUMNAR_POWERS_OF_FIVE_H

#include <stdint.h>

#define COLUMNAR_POWERS_FIRST (-342)
#define COLUMNAR_POWERS_LAST 324

extern const uint64_t
    columnar_powers_of_five[2 * (COLUMNAR_POWERS_LAST - COLUMNAR_POWERS_FIRST + 1)];

/// High and low word of 5^power scaled to 128 bits; `power` lies within -342...324.
static inline const uint64_t *_Nonnull columnar_power_of_five(int power) {
  return columnar_powers_of_five + 2 * (power - COLUMNAR_POWERS_FIRST);
}

#endif
