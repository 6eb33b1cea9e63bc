import Columnar
import ColumnarCore

/// A table as rows of values, for code that is slow and obvious: what frames are held against.
public struct RowTable: Sendable {
  /// The names and types of the columns.
  public var fields: [Field]
  /// The rows; each has a value per column.
  public var rows: [[Value]]

  /// A table of rows that are already there.
  public init(fields: [Field], rows: [[Value]]) {
    self.fields = fields
    self.rows = rows
  }

  /// The rows of a frame.
  ///
  /// Cost: several allocations per row.
  public init(_ frame: DataFrame) {
    fields = frame.schema.fields
    rows = frame.batches.flatMap { batch in
      let columns = batch.columns.map(Value.rows)
      return (0..<batch.count).map { row in columns.map { $0[row] } }
    }
  }

  /// The position of a column, which must be there.
  public func position(_ name: String) -> Int {
    guard let position = fields.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("no column \(name) in \(fields.map(\.name))")
    }
    return position
  }

  /// What differs between this table and the one it should be; nil if nothing does.
  ///
  /// Floating-point numbers may differ by a part in 10^9, because sums depend on the order of
  /// adding. Without `ordered` both tables are sorted first, by the columns not named in `inexact`,
  /// then by those.
  public func difference(
    from expected: RowTable, ordered: Bool = true, inexact: Set<String> = []
  ) -> String? {
    guard fields.map(\.name) == expected.fields.map(\.name) else {
      return "columns \(fields.map(\.name)) instead of \(expected.fields.map(\.name))"
    }
    guard fields.map(\.type) == expected.fields.map(\.type) else {
      return "types \(fields.map(\.type)) instead of \(expected.fields.map(\.type))"
    }
    guard rows.count == expected.rows.count else {
      return "\(rows.count) rows instead of \(expected.rows.count)"
    }
    let mine = ordered ? rows : sortedRows(inexact)
    let wanted = ordered ? expected.rows : expected.sortedRows(inexact)
    for (number, (row, other)) in zip(mine, wanted).enumerated() {
      for (k, (a, b)) in zip(row, other).enumerated() where !Self.isClose(a, b) {
        return "row \(number), column \"\(fields[k].name)\" is \(a) instead of \(b)"
      }
    }
    return nil
  }

  private func sortedRows(_ inexact: Set<String>) -> [[Value]] {
    let columns =
      fields.indices.filter { !inexact.contains(fields[$0].name) }
      + fields.indices.filter { inexact.contains(fields[$0].name) }
    let keys = columns.map { k in (rows.map { $0[k] }, false, false) }
    return Oracle.sortedRows(by: keys, count: rows.count).map { rows[$0] }
  }

  private static func isClose(_ a: Value, _ b: Value) -> Bool {
    guard case .double(let x) = a, case .double(let y) = b, x.isFinite, y.isFinite else {
      return a == b
    }
    return abs(x - y) <= 1e-9 * max(1, abs(x), abs(y))
  }
}
