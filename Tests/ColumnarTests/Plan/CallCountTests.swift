import ColumnarTesting
import Testing

@testable import Columnar
@testable import ColumnarCore

/// How often user-defined functions are called: what their contracts promise, whatever the
/// optimizer does.
@Suite struct CallCountTests {
  final class Counter: Sendable {
    private let calls = Monitor<[Int: Int]>([:])
    func call(_ row: Int) { calls.withLock { $0[row, default: 0] += 1 } }
    var byRow: [Int: Int] { calls.withLock { $0 } }
  }

  static let rows = 50
  static let ruleSets: [Set<String>] = [[], ["all"]] + Optimizer.rules.map { [$0.name] }

  /// Rows 0 ..< 50 in batches of ten.
  static func frame() throws -> LazyFrame {
    let all = try DataFrame(["x": Array(0..<rows), "y": (0..<rows).map { $0 % 7 }])
    let batches = stride(from: 0, to: rows, by: 10).map { all.batch.slice($0..<($0 + 10)) }
    return DataFrame(schema: all.schema, partitions: [batches]).lazy
  }

  typealias Shape = @Sendable (LazyFrame, (any ColumnSelecting) -> Expr) throws -> LazyFrame

  /// What may stand behind a call that all rows reach.
  static let behind: [(name: String, query: Shape)] = [
    ("nothing", { f, call in f.with(call("x").as("c")) }),
    ("filter", { f, call in f.with(call("x").as("c")).filter(col("x") < 5) }),
    ("filter on it", { f, call in f.with(call("x").as("c")).filter(col("c") < 5 && col("x") > 2) }),
    ("pruned", { f, call in f.with(call("x").as("c")).select("y") }),
    ("dropped", { f, call in f.with(call("x").as("c")).drop("c") }),
    ("limit", { f, call in f.with(call("x").as("c")).limit(3) }),
    ("limit of nothing", { f, call in f.with(call("x").as("c")).limit(0) }),
    ("limit behind a filter", { f, call in f.filter(call("x") >= 0).limit(3) }),
    ("filter behind a filter", { f, call in f.filter(call("x") >= 0).filter(col("x") < 5) }),
    (
      "used twice",
      { f, call in
        f.with(call("x").as("c")).select((col("c") + 1).as("a"), (col("c") + 2).as("b"), col("c"))
      }
    ),
    (
      "used twice in a filter",
      { f, call in
        f.with(call("x").as("c")).filter(col("c") > 3 && col("c") < 30).select("c")
      }
    ),
    ("sort", { f, call in f.sort(by: call("x")).filter(col("y") > 3).limit(2) }),
    ("sort with a limit", { f, call in f.sort(by: call("x"), descending: true).limit(2) }),
    (
      "aggregate",
      { f, call in
        f.groupBy("y").aggregate(call("x").sum().as("s"), rowCount().as("n"))
          .filter(col("y") == 3).select("n")
      }
    ),
    (
      "group key",
      { f, call in
        f.groupBy(call("x").as("c")).aggregate(rowCount().as("n")).filter(col("c") < 5)
      }
    ),
    (
      "join key",
      { f, call in
        f.join(try frame(), leftOn: [call("x")], rightOn: ["x"]).filter(col("y") > 3).limit(2)
      }
    ),
    (
      "join",
      { f, call in
        f.with(call("x").as("c")).join(try frame(), on: "x").filter(col("y") > 3).select("y")
      }
    ),
    (
      "build side",
      { f, call in
        try frame().join(f.with(call("x").as("c")), on: "x").filter(col("c") > 3).select("y")
      }
    ),
    (
      "concat",
      { f, call in
        LazyFrame.concat([f.with(call("x").as("c")), try frame().with(lit(1).as("c"))])
          .filter(col("y") > 3).select("y").limit(4)
      }
    ),
    ("distinct", { f, call in f.with(call("x").as("c")).distinct("y").select("y") }),
    ("repartition", { f, call in f.with(call("x").as("c")).repartition(3).select("y").limit(1) }),
    ("constant false", { f, call in f.select((lit(false) && call("x") > 0).as("c")) }),
    (
      "another call",
      { f, call in
        f.with(call("x").as("c")).filter(col("y") > 3).with((col("c") + col("x")).as("d")).select(
          "d")
      }
    ),
  ]

  private func counts(
    _ shape: Shape, _ options: UDFOptions, _ engine: ColumnarEngine
  ) throws -> [Int: Int] {
    let counter = Counter()
    let counted = UDF.row("counted", options: options) { (x: Int) -> Int in
      counter.call(x)
      return x
    }
    _ = try shape(Self.frame(), { counted($0) }).collect(on: engine)
    return counter.byRow
  }

  @Test(arguments: behind.indices)
  func onceMeansOnce(_ number: Int) throws {
    let (name, shape) = Self.behind[number]
    for contract in [UDFOptions.Contract.once, .ordered] {
      for slots in [nil, 2] as [Int?] {
        for disabled in Self.ruleSets {
          let engine = ColumnarEngine(threads: 2, batchRows: 7, disabledRules: disabled)
          let counts = try counts(
            shape, UDFOptions(maxConcurrency: slots, contract: contract), engine)
          let wrong = (0..<Self.rows).filter { counts[$0] != 1 }
          #expect(
            wrong.isEmpty,
            "\(name), \(contract), slots \(slots ?? 0), without \(disabled): \(wrong.count) rows not once"
          )
        }
      }
    }
  }

  @Test(arguments: behind.indices)
  func pureIsCalledAtMostOnce(_ number: Int) throws {
    let (name, shape) = Self.behind[number]
    for slots in [nil, 3] as [Int?] {
      for disabled in Self.ruleSets {
        let engine = ColumnarEngine(threads: 2, batchRows: 7, disabledRules: disabled)
        let counts = try counts(shape, UDFOptions(maxConcurrency: slots), engine)
        let most = counts.values.max() ?? 0
        #expect(most <= 1, "\(name), slots \(slots ?? 0), without \(disabled): \(most) calls")
      }
    }
  }

  @Test func pureCallsAreLeftOut() throws {
    let engine = ColumnarEngine(threads: 1)
    let pure = UDFOptions()
    #expect(try counts({ f, call in f.with(call("x").as("c")).select("y") }, pure, engine).isEmpty)
    let filtered = try counts(
      { f, call in f.with(call("x").as("c")).filter(col("x") < 5) }, pure, engine)
    #expect(filtered.count == 5)
  }

  @Test func engineDefaultContractBinds() throws {
    let engine = ColumnarEngine(threads: 2, defaults: UDFOptions(contract: .once))
    for (name, shape) in Self.behind {
      let counts = try counts(shape, UDFOptions(), engine)
      #expect(counts.count == Self.rows && counts.values.allSatisfy { $0 == 1 }, "\(name)")
    }
  }

  @Test func choicesCallForTheirRowsAlone() throws {
    for options in [UDFOptions(), UDFOptions(contract: .once), UDFOptions(maxConcurrency: 2)] {
      let counts = try counts(
        { f, call in f.select(when(col("x") < 5).then(call("x")).otherwise(lit(0)).as("c")) },
        options, ColumnarEngine(threads: 2, batchRows: 7))
      #expect(counts.count == 5 && counts.values.allSatisfy { $0 == 1 })
    }
  }

  @Test func nullsMakeNoCall() throws {
    let counter = Counter()
    let counted = UDF.row("counted") { (x: Int) -> Int in
      counter.call(x)
      return x
    }
    let frame = try DataFrame(["x": [1, nil, 3, nil] as [Int?]])
    let result = try frame.lazy.select(counted("x").as("c")).collect()
    #expect(try Array(result["c", as: Int?.self]) == [1, nil, 3, nil])
    #expect(counter.byRow == [1: 1, 3: 1])
  }
}
