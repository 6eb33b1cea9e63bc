import Columnar
import ColumnarCore

extension UDFBody {
  /// The body of a batch closure that stands beside a row closure: it is called with the rows that
  /// the row closure would be called for, those without a null where it takes none, and not at all if
  /// there are none.
  package static func present(
    _ body: @escaping @Sendable (UDFCall) throws -> Column
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      guard let validity = call.validity else { return try body(call) }
      let rows = RowIndices(selectedBy: validity)
      if rows.count == call.count { return try body(call) }
      if rows.count == 0 { return .nulls(of: call.resultType, count: call.count) }
      let inner = UDFCall(
        run: call.run, columns: call.columns.map { $0.taking(rows) }, states: call.states,
        count: rows.count, cancellation: call.cancellation)
      do {
        return try ItemPlace.choosing(rows) { try body(inner) }
          .taking(rows.inverted(count: call.count))
      } catch let error as ColumnarError {
        // The row is counted among those that were called.
        let row = min(error.row ?? 0, rows.count - 1)
        throw error.shiftingRow(by: rows.row(at: row) - row)
      }
    }
  }
}
