import ColumnarCore

/// A row group on its way: its columns are encoded one by one, then it is written.
///
/// `@unchecked Sendable`: what changes is only touched while the owner's lock is held.
package final class RowGroupWork: @unchecked Sendable {
  package let group: RowGroupCutter.RowGroup
  /// The number of the file it belongs to.
  let file: Int
  /// The folder that the file stands in, of several.
  let folder: String
  /// Whether nothing more comes for the file.
  let isLast: Bool
  private var nextColumn = 0
  private var missing: Int
  private var chunks: [[EncodedChunk]]

  init(
    _ group: RowGroupCutter.RowGroup, columns: Int, file: Int = 0, folder: String = "",
    isLast: Bool = false
  ) {
    self.group = group
    self.file = file
    self.folder = folder
    self.isLast = isLast
    missing = columns
    chunks = [[EncodedChunk]](repeating: [], count: columns)
  }

  /// Whether all columns are encoded.
  package var isEncoded: Bool { missing == 0 }

  /// Whether there are columns that nobody has taken.
  package var hasColumns: Bool { nextColumn < chunks.count }

  /// A column to encode, nil if all are taken.
  package func takeColumn() -> Int? {
    guard hasColumns else { return nil }
    nextColumn += 1
    return nextColumn - 1
  }

  /// The rows of a column.
  package func parts(of column: Int) -> [Column] { group.batches.map { $0.columns[column] } }

  /// Takes the chunks of a column.
  package func finish(_ column: Int, _ encoded: [EncodedChunk]) {
    chunks[column] = encoded
    missing -= 1
  }

  /// The chunks of all columns.
  var encoded: EncodedRowGroup {
    EncodedRowGroup(rowCount: group.rowCount, chunks: chunks.flatMap { $0 })
  }
}
