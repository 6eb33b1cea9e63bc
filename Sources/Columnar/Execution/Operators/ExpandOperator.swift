import ColumnarCore

/// Makes a row of every element that a row has, with the other columns repeated; what goes on is
/// bounded in rows, however many elements one row has.
package struct ExpandOperator: PhysicalOperator {
  package let label: String
  package let metrics = OperatorMetrics()
  /// Nil: the only argument is a list.
  private let function: UserFunction?
  private let arguments: [Evaluator]
  private let keepsEmpty: Bool
  /// The positions of the columns that go on.
  private let kept: [Int]
  private let elementType: DataType
  private let schema: Schema

  package init(
    _ expand: LogicalPlan.Expand, input: [BoundColumn], kept: [Int], text: String
  ) {
    function = expand.function
    arguments = expand.arguments.map { Evaluator($0, inputs: input) }
    keepsEmpty = expand.keepsEmpty
    self.kept = kept
    elementType = expand.element.type
    schema = Schema(
      unchecked: (kept.map { input[$0] } + [expand.element]).map { Field($0.name, $0.type) })
    label = "Expand \(text)"
  }

  package func prepare(_ query: QueryContext) throws {
    guard let function else { return }
    // A call keeps its state while its rows go on, perhaps to a function that asks for the same
    // one: besides those that calls keep there must be one to be had. So many calls there are at once
    // at most: what is stated, else those of the threads and of functions before with more.
    let stated = query.evaluation.run(of: function).options.maxConcurrency.value
    query.evaluation.holdStates(of: function, slots: stated ?? 8 * query.configuration.threads)
  }

  package func push(
    _ batch: Batch, _ query: QueryContext, _ emit: (Batch) throws -> Flow
  ) throws -> Flow {
    let columns = try arguments.map { try $0.evaluate(batch, query.evaluation) }
    var flow = Flow.more
    var failure: (any Error)?
    // An error from further down is not one of the function, which would give it a row.
    try withoutActuallyEscaping(emit) { emit in
      let output = ExpandOutput(
        limit: query.configuration.batchRows, keepsEmpty: keepsEmpty, query.cancellation
      ) { elements, rows in
        do { flow = try emit(expanded(batch, elements, rows)) } catch {
          failure = error
          flow = .done
        }
        return flow
      }
      if let function {
        try call(function, columns, batch.count, output, query)
      } else {
        try columns[0].explode(to: output)
      }
    }
    if let failure { throw failure }
    return flow
  }

  private func expanded(_ batch: Batch, _ elements: Column, _ rows: RowIndices) -> Batch {
    let elements = elements.typed(elementType, count: rows.count)
    return Batch(
      unchecked: schema, columns: kept.map { batch.columns[$0].taking(rows) } + [elements],
      count: rows.count)
  }

  private func call(
    _ function: UserFunction, _ columns: [Column], _ count: Int, _ output: ExpandOutput,
    _ query: QueryContext
  ) throws {
    guard case .expand(let body) = function.special else {
      throw ColumnarError(.internal, "\"\(function.name)\" makes no rows.")
    }
    let run = query.evaluation.run(of: function)
    let called = function.callableRows(columns)?.setCount ?? count
    let expand = { (states: [Any]) in
      let call = UDFCall(
        run: run, columns: columns, states: states, count: count,
        cancellation: query.cancellation)
      let outer = NestedQuery.Outer(cancellation: query.cancellation, isParallel: true)
      try NestedQuery.$outer.withValue(outer) { try body(call, output) }
    }
    let factories = function.states
    try run.batch(called: called, skipped: count - called) {
      if factories.isEmpty { return try expand([]) }
      try query.evaluation.states.withStates(
        factories, for: function, query.cancellation, expand)
    }
  }
}

/// Adds a column of row numbers; it must see the batches one after the other, in order.
package final class NumberRowsOperator: PhysicalOperator {
  package let label: String
  package let metrics = OperatorMetrics()
  private let schema: Schema
  private let next = Monitor<Int64>(0)

  package init(_ column: BoundColumn, input: [BoundColumn]) {
    schema = Schema(unchecked: (input + [column]).map { Field($0.name, $0.type) })
    label = "Number rows \(column.name)"
  }

  package func prepare(_ query: QueryContext) throws { next.withLock { $0 = 0 } }

  package func push(
    _ batch: Batch, _ query: QueryContext, _ emit: (Batch) throws -> Flow
  ) throws -> Flow {
    let first = next.withLock { next in
      defer { next += Int64(batch.count) }
      return next
    }
    return try emit(
      Batch(
        unchecked: schema,
        columns: batch.columns + [.rowNumbers(from: first, count: batch.count)], count: batch.count)
    )
  }
}

extension Column {
  /// Sends the elements of a list column.
  fileprivate func explode(to output: ExpandOutput) throws {
    let lists = ListView(self)
    var slice = ListSlice(output.limit)
    for row in 0..<count {
      let range = lists.validity?.isSet(row) ?? true ? lists.range(row) : 0..<0
      if range.isEmpty, output.keepsEmpty {
        slice.append(-1, row: row)
        guard try slice.sendIfFull(lists.elements, output) else { return }
      }
      var start = range.lowerBound
      while start < range.upperBound {
        let length = Swift.min(range.upperBound - start, output.limit - slice.count)
        for element in start..<(start + length) { slice.append(element, row: row) }
        start += length
        guard try slice.sendIfFull(lists.elements, output) else { return }
      }
    }
    _ = try slice.send(lists.elements, output)
  }
}

/// Elements of a list column on their way out: their positions, -1 for a null, and their rows.
private struct ListSlice {
  private let limit: Int
  private var elements: [Int] = []
  private var rows: [Int32] = []

  init(_ limit: Int) { self.limit = limit }

  var count: Int { elements.count }

  mutating func append(_ element: Int, row: Int) {
    elements.append(element)
    rows.append(Int32(truncatingIfNeeded: row))
  }

  mutating func sendIfFull(_ source: Column, _ output: ExpandOutput) throws -> Bool {
    count < limit ? true : try send(source, output)
  }

  /// Sends what was appended; false if no more is wanted.
  mutating func send(_ source: Column, _ output: ExpandOutput) throws -> Bool {
    guard count > 0 else { return true }
    defer {
      elements.removeAll(keepingCapacity: true)
      rows.removeAll(keepingCapacity: true)
    }
    return try output.send(values(source), Buffer(copying: rows), count: count)
  }

  private func values(_ source: Column) -> Column {
    let present = elements.lazy.filter { $0 >= 0 }
    guard let first = present.first, let last = elements.last(where: { $0 >= 0 }) else {
      return .nulls(of: source.type, count: count)
    }
    // Lists lie one after the other, so a slice of elements is one window on them.
    let window = source.slice(first..<(last + 1))
    if window.count == count { return window }
    let indices = elements.map { Int32(truncatingIfNeeded: $0 < 0 ? -1 : $0 - first) }
    return window.taking(RowIndices(indices, mayBeAbsent: indices.contains(-1)))
  }
}
