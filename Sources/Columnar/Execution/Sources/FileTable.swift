import ColumnarCore
import ColumnarIO

/// A file as a table: its splits are the morsels, and conditions are checked while it is read.
package struct FileTable: TableSource {
  package let name: String
  private let source: any FileSource

  package init(_ source: any FileSource, format: String) {
    self.init(source, name: "\(format) \(source.path)")
  }

  private init(_ source: any FileSource, name: String) {
    self.source = source
    self.name = name
  }

  package var schema: Schema { source.schema }
  package var rowCount: Int? { nil }
  package var selects: Bool { true }

  package func narrowed(to types: [Int: DataType]) -> (any TableSource)? {
    source.narrowed(to: types).map { FileTable($0, name: name) }
  }

  package func morsels(_ request: ScanRequest) throws -> [Morsel] {
    let schema = Schema(unchecked: request.columns.map { source.schema[$0] })
    let reading = ReadRequest(
      columns: request.columns, limit: request.limit,
      selection: request.selection.map { .init(columns: $0.columns, keep: $0.keep) })
    return try Self.morsels(source, reading, partition: 0, batchRows: request.batchRows) {
      Batch(unchecked: schema, columns: $0.columns, count: $0.count)
    }
  }

  /// Enough that starting a split costs little, and few enough that all threads get several.
  private static let splitBytes = 1 << 20

  /// The splits of a file as morsels, whose batches `convert` makes those of a table; at most
  /// `batchRows` rows are handed on at a time.
  static func morsels(
    _ source: any FileSource, _ reading: ReadRequest, partition: Int, batchRows: Int,
    as convert: @escaping @Sendable (Batch) throws -> Batch
  ) throws -> [Morsel] {
    try source.splits(targetBytes: splitBytes).map { split in
      Morsel(partition: partition) { emit in
        try source.read(split, reading) { batch in
          let batch = try convert(batch)
          for start in stride(from: 0, to: batch.count, by: batchRows) {
            let slice = batch.slice(start..<min(batch.count, start + batchRows))
            if try emit(slice) == .done { return false }
          }
          return true
        }
      }
    }
  }
}
