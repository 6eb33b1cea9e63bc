import ColumnarCore

/// What a file's footer says about the part of a column in one row group.
package struct ParquetChunkSummary: Sendable {
  /// The place of the row group in the file.
  package let rowGroup: Int
  /// The names from the root down, with dots between them.
  package let column: String
  package let type: DataType
  package let rows: Int
  package let nulls: Int?
  /// Columns of one row; nil where there is none that can be relied upon.
  package let minimum: Column?
  package let maximum: Column?
  package let encodings: [String]
  package let codec: String
  package let compressedSize: Int
  package let uncompressedSize: Int
}

extension ParquetFile {
  /// All columns of all row groups, in the order of the file; those whose types are not read are left
  /// out.
  package var chunkSummaries: [ParquetChunkSummary] {
    metadata.rowGroups.enumerated().flatMap { number, group in
      schema.leaves.compactMap { $0 }.map { leaf in
        let chunk = group.chunks[leaf.index]
        let order = leaf.index < metadata.orders.count ? metadata.orders[leaf.index] : 0
        let bounds = ParquetBounds(leaf, group, order: order)
        return ParquetChunkSummary(
          rowGroup: number, column: leaf.path, type: leaf.type, rows: group.rowCount,
          nulls: chunk.statistics.nullCount, minimum: bounds.minimum, maximum: bounds.maximum,
          encodings: chunk.encodings.map(\.name), codec: chunk.codec.name,
          compressedSize: chunk.compressedSize, uncompressedSize: chunk.uncompressedSize)
      }
    }
  }
}
