import ColumnarCore

/// Drives batches of one morsel through a run of operators.
package struct OperatorChain {
  let operators: [any PhysicalOperator]
  let query: QueryContext
  /// Rows that each operator, and last the chain's end, has taken of this morsel.
  private var taken: [Int]
  /// What stands for the chain's end among the operators.
  private let end: ObjectIdentifier
  /// The morsel's number.
  private let sequence: Int
  /// Which items the morsel's rows are, where that is known.
  private let items: ItemPlace?
  /// Whether somebody listens, so that items count.
  private let isObserved: Bool

  package init(
    _ operators: [any PhysicalOperator], end: ObjectIdentifier, sequence: Int,
    items: ItemPlace?, _ query: QueryContext
  ) {
    self.items = items
    isObserved = query.evaluation.observer != nil
    self.sequence = sequence
    self.operators = operators
    self.end = end
    self.query = query
    taken = [Int](repeating: 0, count: operators.count + 1)
  }

  /// Rows taken so far.
  ///
  /// An operator is known by what it counts in: it is one also where it stands behind several inputs.
  package var rows: [(place: ObjectIdentifier, count: Int)] {
    taken.indices.map { (place($0), taken[$0]) }
  }

  private func place(_ position: Int) -> ObjectIdentifier {
    position < operators.count ? ObjectIdentifier(operators[position].metrics) : end
  }

  /// An error with the operator that it came from.
  struct Failure: Error {
    let place: ObjectIdentifier
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
    let before = taken[position]
    taken[position] += batch.count
    guard isObserved else { return try noting(position, before, batch, deliver) }
    let isKnown = operators[..<position].allSatisfy(\.keepsRows)
    return try ItemPlace.from(isKnown ? items?.shifted(by: before) : nil) {
      try noting(position, before, batch, deliver)
    }
  }

  private mutating func noting(
    _ position: Int, _ before: Int, _ batch: Batch, _ deliver: (Batch) throws -> Flow
  ) throws -> Flow {
    guard query.collectsFailures else {
      return try take(position, before, batch, deliver)
    }
    let scope = FailedRows.Scope()
    let flow = try FailedRows.noting(in: scope) { try take(position, before, batch, deliver) }
    query.evaluation.failedRows.add(
      scope, place: place(position), sequence: sequence, before: before)
    return flow
  }

  /// Hands a batch to the operator at `position`, or at the chain's end to `deliver`.
  private mutating func take(
    _ position: Int, _ before: Int, _ batch: Batch, _ deliver: (Batch) throws -> Flow
  ) throws -> Flow {
    guard position < operators.count else {
      do { return try deliver(batch) } catch { throw failure(error, position, before) }
    }
    let op = operators[position]
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
      throw failure(error, position, before)
    }
  }

  private func failure(_ error: any Error, _ position: Int, _ before: Int) -> Failure {
    let known = ColumnarError.wrapping(error, as: .udf)
    return Failure(place: place(position), error: known.shiftingRow(by: before))
  }
}
