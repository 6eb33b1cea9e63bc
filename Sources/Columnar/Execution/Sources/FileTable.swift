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

  /// Enough that starting a split costs little, and few enough that all threads get several.
  private static let splitBytes = 1 << 20

  package func morsels(_ request: ScanRequest) throws -> [Morsel] {
    let schema = Schema(unchecked: request.columns.map { source.schema[$0] })
    let reading = ReadRequest(
      columns: request.columns, limit: request.limit,
      selection: request.selection.map { .init(columns: $0.columns, keep: $0.keep) })
    return try source.splits(targetBytes: Self.splitBytes).map { split in
      Morsel(partition: 0) { [source] emit in
        try source.read(split, reading) { batch in
          try Self.emit(batch, schema, request.batchRows, emit)
        }
      }
    }
  }

  /// Hands a batch on in slices of at most `size` rows.
  private static func emit(
    _ batch: Batch, _ schema: Schema, _ size: Int, _ emit: (Batch) throws -> Flow
  ) throws -> Bool {
    let renamed = Batch(unchecked: schema, columns: batch.columns, count: batch.count)
    for start in stride(from: 0, to: batch.count, by: size) {
      let slice = renamed.slice(start..<min(batch.count, start + size))
      if try emit(slice) == .done { return false }
    }
    return true
  }
}
