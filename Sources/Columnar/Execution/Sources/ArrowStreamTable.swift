import ColumnarCore
import ColumnarIO

/// Arrow streams of other libraries as a table of one morsel: a new one is opened for each run.
struct ArrowStreamTable: TableSource {
  let name: String
  let schema: Schema
  let rowCount: Int? = nil
  private let open: @Sendable () throws -> ArrowCStreamReader

  /// A table of what `open` gives; its columns must be those of `schema`, with other names at most.
  init(
    name: String, schema: Schema, open: @escaping @Sendable () throws -> ArrowCStreamReader
  ) {
    self.name = name
    self.schema = schema
    self.open = open
  }

  func morsels(_ request: ScanRequest) throws -> [Morsel] {
    let wanted = Schema(unchecked: request.columns.map { schema[$0] })
    return [
      Morsel(partition: 0, firstRow: 0) { [open] emit in
        let reader = try open()
        var left = request.limit ?? .max
        while left > 0, let batch = try reader.next(columns: request.columns) {
          let rows = min(batch.count, left)
          left -= rows
          let named = Batch(unchecked: wanted, columns: batch.columns, count: batch.count)
          for start in stride(from: 0, to: rows, by: request.batchRows) {
            let slice = named.slice(start..<min(rows, start + request.batchRows))
            if try emit(slice) == .done { return }
          }
        }
      }
    ]
  }
}
