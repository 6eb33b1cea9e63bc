import ColumnarTesting
import Testing

@testable import Columnar
@testable import ColumnarCore

/// A query that is cancelled between the phases of a breaker, or inside one, does none of the later
/// ones.
@Suite struct CancelledPhasesTests {
  private let rows = 20_000

  /// A frame whose last row, when it is read, cancels the query; then all rows go into the breaker.
  private func frame(_ token: Cancellation) throws -> LazyFrame {
    let last = rows - 1
    let mark = UDF.row("mark") { (x: Int) -> Int in
      if x == last { token.cancel() }
      return (x &* 7_919) % 65_537
    }
    return try DataFrame(["x": Array(0..<rows)]).lazy.with(mark("x").as("k"))
  }

  private static let breakers: [(String, @Sendable (LazyFrame) -> LazyFrame)] = [
    ("sort", { $0.sort(by: "k", "x") }),
    ("sort one column", { $0.select("k").sort(by: "k") }),
    ("first", { $0.sort(by: "k").limit(10) }),
    ("join", { LazyFrame.values($0).join($0, on: "k") }),
    ("group", { $0.groupBy("k").aggregate(col("x").sum().as("x")) }),
    ("ordered group", { $0.groupBy("k", maintainOrder: true).aggregate(col("x").sum().as("x")) }),
    ("one group", { $0.select(col("k").sum().as("k")) }),
    ("repartition", { $0.repartition(3, by: "k") }),
  ]

  @Test(arguments: breakers.indices, [1, 2])
  func nothingRunsBehindACancelledBreaker(_ number: Int, _ threads: Int) throws {
    let (name, body) = Self.breakers[number]
    let token = Cancellation()
    let behind = Monitor(0)
    let after = UDF.row("after") { (k: Int) -> Int in
      behind.withLock { $0 += 1 }
      return k
    }
    let query = try Query(
      body(frame(token)).with(after("k").as("z")), ColumnarEngine(threads: threads))
    let error = #expect(throws: ColumnarError.self, "\(name)") { try query.run(token) }
    #expect(error?.code == .cancelled)
    #expect(behind.withLock { $0 } == 0, "\(name)")
  }

  /// The phases by themselves, as they are called when the stage before them is done.
  @Test func phasesOfACancelledQuery() throws {
    let token = Cancellation()
    let query = QueryContext(EngineConfiguration(threads: 2), cancellation: token)
    let schema = Schema(unchecked: [Field("x", .int64)])
    let batches = (0..<3).map { k in
      Batch(unchecked: schema, columns: [Int.column(of: [k, 1, 5])], count: 3)
    }
    #expect(try query.concatenated(batches, schema).count == 9)
    let sort = FrameSort(keys: [], order: [], limit: nil)
    let repartitioning = Repartitioning(
      count: 2,
      keys: [
        Evaluator(
          .column(ColumnID(raw: 0), .int64),
          inputs: [
            BoundColumn(id: ColumnID(raw: 0), name: "x", type: .int64)
          ])
      ])
    #expect(try repartitioning.partitions(of: batches, query).count == 2)
    #expect(!query.lending.isCancelled())
    token.cancel()
    #expect(query.lending.isCancelled())
    #expect(throws: ColumnarError.self) { try query.concatenated(batches, schema) }
    #expect(throws: ColumnarError.self) { try sort.sorted(batches, schema, query) }
    #expect(throws: ColumnarError.self) { try repartitioning.partitions(of: batches, query) }
  }
}

extension LazyFrame {
  /// A small left side for joins with the frame.
  fileprivate static func values(_ frame: LazyFrame) -> LazyFrame {
    (try? DataFrame(["k": Array(0..<10)]).lazy) ?? frame
  }
}
