import ColumnarCore

/// A Parquet file, mapped, with its metadata read.
package final class ParquetFile: Sendable {
  package let path: String
  package let metadata: ParquetMetadata
  let schema: ParquetSchema
  let bytes: Buffer
  let origin: ParquetOrigin
  let options: ParquetReadOptions

  /// Maps a file and reads its footer.
  package convenience init(path: String, options: ParquetReadOptions = .init()) throws {
    try self.init(try MappedFile.open(path), path: path, options: options)
  }

  /// Reads the footer of a file in memory, behind which 64 bytes may be read.
  package init(_ bytes: Buffer, path: String, options: ParquetReadOptions = .init()) throws {
    let origin = ParquetOrigin(name: path)
    self.path = path
    self.bytes = bytes
    self.origin = origin
    self.options = options
    metadata = try ParquetMetadata(file: bytes, origin)
    schema = try ParquetSchema(metadata, options, origin)
    let leaves = schema.leaves.count
    for (number, group) in metadata.rowGroups.enumerated() where group.chunks.count != leaves {
      throw origin.at(metadata.dataEnd).corrupt(
        "row group \(number) has \(group.chunks.count) columns where the schema has \(leaves)")
    }
  }

  private init(_ file: ParquetFile, _ schema: ParquetSchema) {
    path = file.path
    metadata = file.metadata
    bytes = file.bytes
    origin = file.origin
    options = file.options
    self.schema = schema
  }

  /// The same file, of whose columns the fields are not read that the types given by name lack.
  package func narrowed(to types: [String: DataType]) -> ParquetFile {
    ParquetFile(self, schema.narrowed(to: types))
  }

  /// The names and types of the columns that are read.
  package var columns: Schema { schema.schema }

  /// The columns that are left out because of their types, and why.
  package var omitted: [(name: String, reason: String)] { schema.omitted }

  /// Whether some rows of a row group can be read without what comes before them, so that it can be
  /// cut: not where columns have lists.
  package func isCuttable(_ positions: [Int]) -> Bool {
    positions.allSatisfy { position in
      schema.nodes[position].leaves.allSatisfy { (schema.leaves[$0]?.repetition ?? 0) == 0 }
    }
  }
}
