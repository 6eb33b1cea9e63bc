// Snappy's block format, two blocks at once.
#ifndef COLUMNAR_UNSNAP_H
#define COLUMNAR_UNSNAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// One block: where it stands, and where what it unpacks to belongs. All but the last are input; no
/// byte outside of either is touched.
typedef struct {
  const uint8_t *in;
  size_t in_count;
  uint8_t *out;
  size_t out_count;
  /// Whether `out` is what the block unpacks to. If not, the block is damaged or of another length.
  bool is_done;
} columnar_snappy_block;

/// Unpacks a block.
void columnar_unsnap(columnar_snappy_block *block);

/// Unpacks two blocks in turns, an element of one and an element of the other: each element waits for
/// bytes that the one before it wrote, so that two blocks take little longer than one.
void columnar_unsnap_two(columnar_snappy_block *a, columnar_snappy_block *b);

#endif
