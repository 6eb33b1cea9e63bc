// Finds the separators of delimited text: the first of the CSV reader's two passes.
#ifndef COLUMNAR_CSV_INDEX_H
#define COLUMNAR_CSV_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The bytes that give a text its structure.
typedef struct {
  uint8_t delimiter;
  uint8_t quote;
  uint8_t escape;
  bool has_quote;
  /// Escapes or comments: every byte is then looked at by itself.
  bool is_general;
  bool has_escape;
  const uint8_t *_Nullable comment;
  size_t comment_count;
} columnar_csv_dialect;

/// Where in a row the text before a position ended.
///
/// Between calls, and for rows that start here: all zero but `boundary`, which is 1.
typedef struct {
  /// 1 within quotes.
  uint8_t inside;
  /// 1 where a quote would open a quoted field (or, behind a closing one, double it).
  uint8_t boundary;
  /// 1 behind an escape within quotes.
  uint8_t escaped;
  /// 1 within a comment line.
  uint8_t commented;
  /// 1 behind a newline that ended a row, and at the start of the text.
  uint8_t row_start;
} columnar_csv_state;

typedef struct {
  /// Positions of delimiters and newlines outside of quotes.
  uint32_t *_Nonnull ends;
  size_t ends_count, ends_capacity;
  /// For each row the index in `ends` of its newline.
  uint32_t *_Nonnull row_ends;
  size_t row_count, row_capacity;
  /// Not zero when some byte was not ASCII.
  uint8_t high;
} columnar_csv_output;

/// Indexes `bytes[0..<count]`, stopping early when less than 64 places are left in either output.
/// Returns how far it got; `available` (at least `count`) bytes may be looked at to recognise a comment.
size_t columnar_csv_index(const uint8_t *_Nonnull bytes, size_t count, size_t available,
                          const columnar_csv_dialect *_Nonnull dialect,
                          columnar_csv_state *_Nonnull state,
                          columnar_csv_output *_Nonnull output);

/// Carries `state` over `bytes[0..<count]` without writing anything down.
void columnar_csv_skip(const uint8_t *_Nonnull bytes, size_t count, size_t available,
                       const columnar_csv_dialect *_Nonnull dialect,
                       columnar_csv_state *_Nonnull state);

/// The number of bytes equal to `byte`.
size_t columnar_count_byte(const uint8_t *_Nonnull bytes, size_t count, uint8_t byte);

#endif
