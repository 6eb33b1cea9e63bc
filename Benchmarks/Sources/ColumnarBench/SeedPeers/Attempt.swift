import Columnar
import Glibc
import Harness
import Pipelines

/// One way to do one of the seed's tests, ready to be run as often as asked.
struct Attempt {
  /// Runs once; what came of it is checked outside of the timed part.
  let run: () throws -> Outcome

  /// What a run took, and what its values are known by.
  struct Outcome {
    let milliseconds: Double
    let digest: Digest
  }

  /// A way to do a test.
  ///
  /// - Parameters:
  ///   - scale: what to multiply the time by, where only a sample of the rows is run.
  ///   - body: what is timed.
  ///   - values: the values of its result, in order.
  init<Output, Value: Digestible>(
    scale: Double = 1, _ body: @escaping () throws -> Output,
    values: @escaping (Output) throws -> [Value]
  ) {
    run = {
      let start = Self.nanoseconds()
      let output = try body()
      let time = Self.nanoseconds() - start
      return Outcome(
        milliseconds: Double(time) / 1e6 * scale, digest: Digest(try values(output)))
    }
  }

  private static func nanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

extension Attempt {
  /// From a list to records, as a pipeline of one node.
  static func records<Input: ColumnValue & Sendable, Value: ColumnValue & Recorded>(
    _ inputs: [Input], scale: Double = 1, on engine: ColumnarEngine = .columnar,
    _ node: (Pipelines.Input<Input>) -> Node<Value>
  ) throws -> Attempt {
    let input = Pipelines.Input<Input>("input")
    let pipeline = try Pipeline(outputs: node(input)).on(engine)
    return Attempt(scale: scale) {
      try pipeline.map(input.each(inputs)).rows(as: Value.Record.self)
    } values: {
      $0.map { Value.result(of: $0) }
    }
  }

  /// From a list to records, as a query with one expression.
  static func query<Input: ColumnValue & Sendable, Value: Recorded>(
    _ inputs: [Input], of type: Value.Type, _ expression: Expr
  ) -> Attempt {
    Attempt {
      try DataFrame(["input": inputs]).lazy.select(expression.as("result")).collect()
        .rows(as: Value.Record.self)
    } values: {
      $0.map { Value.result(of: $0) }
    }
  }

  /// From a column to a column, as a query with one expression.
  static func columns<Input: ColumnValue & Sendable, Value: ColumnValue & Digestible>(
    _ inputs: [Input], of type: Value.Type, scale: Double = 1,
    on engine: ColumnarEngine = .columnar, _ expression: Expr
  ) throws -> Attempt {
    let frame = try DataFrame(["input": inputs])
    return Attempt(scale: scale) {
      try frame.lazy.select(expression.as("result")).collect(on: engine)
    } values: {
      try $0.values("result", as: Value.self)
    }
  }
}

extension DataFrame {
  /// The values of a column.
  fileprivate func values<Value: ColumnValue>(_ name: String, as type: Value.Type) throws -> [Value]
  {
    try batches.flatMap { Array(try ColumnView<Value>($0.column(name))) }
  }
}
