import ColumnarCore

/// Drives batches of one morsel through a run of operators.
package struct OperatorChain {
  let operators: [any PhysicalOperator]
  let query: QueryContext
  /// Rows that each operator has taken of this morsel.
  private(set) var taken: [Int]

  package init(_ operators: [any PhysicalOperator], _ query: QueryContext) {
    self.operators = operators
    self.query = query
    taken = [Int](repeating: 0, count: operators.count)
  }

  /// An error with the operator that it came from.
  struct Failure: Error {
    let position: Int
    let error: ColumnarError
  }

  /// Sends a batch through all operators, and what comes out to `deliver`.
  package mutating func push(
    _ batch: Batch, _ deliver: (Batch) throws -> Flow
  ) throws -> Flow {
    try query.cancellation.check()
    return try step(0, batch, deliver)
  }

  private mutating func step(
    _ position: Int, _ batch: Batch, _ deliver: (Batch) throws -> Flow
  ) throws -> Flow {
    guard position < operators.count else { return try deliver(batch) }
    let op = operators[position]
    let before = taken[position]
    taken[position] += batch.count
    op.metrics.countInput(batch.count)
    let began = query.isAnalyzing ? MonotonicClock.nanoseconds() : 0
    var elsewhere: UInt64 = 0
    do {
      let flow = try op.push(batch, query) { out in
        op.metrics.countOutput(out.count)
        guard query.isAnalyzing else { return try step(position + 1, out, deliver) }
        let left = MonotonicClock.nanoseconds()
        defer { elsewhere += MonotonicClock.nanoseconds() - left }
        return try step(position + 1, out, deliver)
      }
      if query.isAnalyzing {
        op.metrics.add(nanoseconds: MonotonicClock.nanoseconds() - began - elsewhere)
      }
      return flow
    } catch let failure as Failure {
      throw failure
    } catch {
      let known = ColumnarError.wrapping(error, as: .udf)
      throw Failure(position: position, error: known.shiftingRow(by: before))
    }
  }
}
