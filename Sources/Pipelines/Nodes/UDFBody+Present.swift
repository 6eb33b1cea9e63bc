import Columnar
import ColumnarCore

extension UDFBody {
  /// The body of a batch closure that stands beside a row closure: it is called with the rows that
  /// the row closure would be called for, those without a null where it takes none, and not at all if
  /// there are none; listeners hear of each row, as they do of the row closure's.
  package static func present(
    _ body: @escaping @Sendable (UDFCall) throws -> Column
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      guard let validity = call.validity else { return try call.tellingItems(body) }
      let rows = RowIndices(selectedBy: validity)
      if rows.count == call.count { return try call.tellingItems(body) }
      if rows.count == 0 { return .nulls(of: call.resultType, count: call.count) }
      do {
        return try ItemPlace.choosing(rows) {
          let inner = UDFCall(
            run: call.run, columns: call.columns.map { $0.taking(rows) }, states: call.states,
            count: rows.count, cancellation: call.cancellation)
          return try inner.tellingItems(body)
        }
        .taking(rows.inverted(count: call.count))
      } catch let error as ColumnarError {
        // The row is counted among those that were called.
        let row = min(error.row ?? 0, rows.count - 1)
        throw error.shiftingRow(by: rows.row(at: row) - row)
      }
    }
  }
}

extension UDFCall {
  /// Runs `body` on the batch, and tells those who listen to items of each of its rows: one behind
  /// the other, with equal shares of the batch's time.
  fileprivate func tellingItems(_ body: (UDFCall) throws -> Column) throws -> Column {
    guard let meter = run.meter, meter.wantsItems else { return try body(self) }
    let began = MonotonicClock.nanoseconds()
    let result = try body(self)
    let taken = Double(MonotonicClock.nanoseconds() - began)
    func time(_ row: Int) -> UInt64 { began + UInt64(taken * Double(row) / Double(count)) }
    for row in 0..<count {
      meter.finishedItem(items?.path(of: row), from: time(row), to: time(row + 1))
    }
    return result
  }
}
