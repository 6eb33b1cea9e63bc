import ColumnarCore

/// How far a scan has come: the states, and the keys that they belong to.
///
/// `@unchecked Sendable`: one thread works on it at a time.
package final class ScanProgress: @unchecked Sendable {
  private let scan: ScanRun
  private let function: UserFunction
  private let table: GroupTable?

  /// A run that has seen no row.
  package init(_ call: ScanCall) throws {
    guard case .scan(let make) = call.function.special else {
      throw ColumnarError(.internal, "\"\(call.function.name)\" is no scan.")
    }
    scan = make()
    function = call.function
    table = call.keyTypes.isEmpty ? nil : GroupTable(keyTypes: call.keyTypes)
  }

  /// The results of the next rows.
  ///
  /// They are never repeated as a batch: the states have moved on.
  package func step(_ rows: ScanCall.Rows, _ query: QueryContext) throws -> Column {
    if rows.count == 0 { return .empty(function.resultType) }
    let groups = table?.assign(rows.keys)
    if let table { scan.grow(to: table.groupCount) }
    let run = query.evaluation.run(of: function)
    let called = function.callableRows(rows.arguments)?.setCount ?? rows.count
    let call = UDFCall(
      run: run, columns: rows.arguments, states: [], count: rows.count,
      cancellation: query.cancellation)
    let outer = NestedQuery.Outer(cancellation: query.cancellation, isParallel: true)
    let result = try run.batch(called: called, skipped: rows.count - called) {
      try NestedQuery.$outer.withValue(outer) { try scan.step(call, groups?.pointer) }
    }
    withExtendedLifetime(groups) {}
    return result.typed(function.resultType, count: rows.count)
  }
}
