import ColumnarCore

/// Writes batches as a Parquet file that appears under its name only when it is whole.
///
/// Used by one thread at a time; several threads may make chunks with `encoder` and hand row groups
/// in in order.
package final class ParquetWriter {
  /// Makes chunks of columns.
  package let encoder: ColumnEncoder
  private let file: OutputFile
  private var footer: ParquetFooter
  private var position = 0
  private let rowGroups: RowGroupCutter
  private var waiting = RowGroupCutter.Waiting()

  /// Starts the file; columns that cannot be written and unsuitable options are errors before
  /// anything is made.
  ///
  /// Errors call the file `name` if that is where it will be seen in the end.
  package init(
    path: String, shownAs name: String? = nil, schema: Schema,
    options: ParquetWriteOptions = ParquetWriteOptions()
  ) throws {
    let made = try ParquetWriteSchema(schema, path: path)
    encoder = try ColumnEncoder(made, options, path: path)
    for column in options.sortedColumns { _ = try schema.index(of: column.column) }
    footer = try ParquetFooter(made, options)
    rowGroups = RowGroupCutter(options)
    file = try OutputFile(path, shownAs: name)
    try put(ParquetMetadata.magic)
  }

  /// Appends the rows of a batch; after an error the file is given up and nothing of it is left.
  package func write(_ batch: Batch) throws {
    try guarding {
      for group in rowGroups.add(batch, to: &waiting) { try append(encoded(group)) }
    }
  }

  /// Appends a row group whose chunks `encoder` made.
  package func write(_ group: EncodedRowGroup) throws {
    try guarding { try append(group) }
  }

  /// Writes the rest and makes the file appear.
  package func finish() throws {
    try guarding {
      if let group = rowGroups.rest(of: &waiting) { try append(encoded(group)) }
      try put(footer.pageIndex(at: position))
      let metadata = footer.metadata()
      try put(metadata)
      let length = UInt32(truncatingIfNeeded: metadata.count)
      try put((0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * UInt32($0))) })
      try put(ParquetMetadata.magic)
    }
    try file.commit(isDurable: encoder.options.isDurable)
  }

  /// Gives the file up; nothing of it is left.
  package func discard() { file.discard() }

  private func encoded(_ group: RowGroupCutter.RowGroup) throws -> EncodedRowGroup {
    let chunks = try (0..<encoder.columnCount).flatMap { k in
      try encoder.encode(column: k, group.batches.map { $0.columns[k] })
    }
    return EncodedRowGroup(rowCount: group.rowCount, chunks: chunks)
  }

  private func append(_ group: EncodedRowGroup) throws {
    footer.add(group, at: position)
    for chunk in group.chunks { try chunk.bytes.withBytes { try put($0) } }
    for chunk in group.chunks { try put(chunk.bloomFilter) }
  }

  private func guarding(_ body: () throws -> Void) throws {
    do { try body() } catch {
      file.discard()
      throw error
    }
  }

  private func put(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try put($0) } }

  private func put(_ bytes: UnsafeRawBufferPointer) throws {
    try file.write(bytes)
    position += bytes.count
  }
}
