import ColumnarCore
import Testing

@testable import Columnar

/// How often `.once` calls are made where a side of a join is empty, a result is not used, or a
/// condition stands before them.
@Suite struct GuardedCallTests {
  typealias Shape = @Sendable (LazyFrame, (any ColumnSelecting) -> Expr) throws -> LazyFrame

  static func empty() throws -> LazyFrame {
    try DataFrame(["x": [] as [Int], "y": [] as [Int]]).lazy
  }

  /// What may stand behind, or beside, a call that all rows reach.
  static let behind: [(String, Shape)] = [
    ("empty build side", { f, c in f.with(c("x").as("c")).join(try empty(), on: "x") }),
    ("key, empty build", { f, c in f.join(try empty(), leftOn: [c("x")], rightOn: ["x"]) }),
    ("empty probe side", { f, c in try empty().join(f.with(c("x").as("c")), on: "x") }),
    (
      "right key, empty probe",
      { f, c in try empty().join(f, leftOn: ["x"], rightOn: [c("x")]) }
    ),
    (
      "left join pruned",
      { f, c in f.join(f.with(c("x").as("c")), on: "x", kind: .left).select("x") }
    ),
    (
      "limit 0 behind aggregate",
      { f, c in
        f.groupBy("y").aggregate(c("x").sum().as("s"), rowCount().as("n")).select("n").limit(0)
      }
    ),
    (
      "concat limit 0",
      { f, c in LazyFrame.concat([f.with(c("x").as("c")), f.with(lit(1).as("c"))]).limit(0) }
    ),
    ("two limits", { f, c in f.with(c("x").as("c")).limit(5).limit(2) }),
    ("second sort key", { f, c in f.sort(by: "y", c("x")).limit(1) }),
    (
      "inner of a pruned pure call",
      { f, c in
        let g = UDF.row("g") { (x: Int) in x }
        return f.with(g(c("x")).as("c")).select("y")
      }
    ),
    (
      "argument of a choice condition",
      { f, c in f.select(when(c("x") >= 0).then(lit(1)).otherwise(lit(2)).as("r")) }
    ),
    ("false behind", { f, c in f.with(c("x").as("c")).filter(lit(false)) }),
    ("false twice", { f, c in f.with(c("x").as("c")).filter(lit(false)).select("y").limit(0) }),
    ("count only", { f, c in f.with(c("x").as("c")).select(rowCount().as("n")) }),
    ("distinct", { f, c in f.with(c("x").as("c")).select("y").distinct() }),
    (
      "scan over",
      { f, c in
        let s = UDF.scan("s", initial: 0) { (a: inout Int, x: Int) in
          a += x
          return a
        }
        return f.with(s(c("x")).over("y").as("r")).select("y")
      }
    ),
    (
      "expand argument",
      { f, c in
        let e = UDF.expand("e") { (x: Int) in [x] }
        return f.expand(e(c("x")).as("r")).limit(1)
      }
    ),
  ]

  func frame() throws -> LazyFrame {
    let all = try DataFrame(["x": Array(0..<50), "y": (0..<50).map { $0 % 7 }])
    let batches = stride(from: 0, to: 50, by: 10).map { all.batch.slice($0..<($0 + 10)) }
    return DataFrame(schema: all.schema, partitions: [batches]).lazy
  }

  func counts(_ shape: Shape, _ options: UDFOptions, _ engine: any Engine) throws -> [Int: Int] {
    let calls = Monitor<[Int: Int]>([:])
    let f = UDF.row("counted", options: options) { (x: Int) -> Int in
      calls.withLock { $0[x, default: 0] += 1 }
      return x
    }
    _ = try shape(frame(), { f($0) }).collect(on: engine)
    return calls.withLock { $0 }
  }

  static let ruleSets: [Set<String>] = [[], ["all"]] + Optimizer.rules.map { [$0.name] }

  @Test(arguments: behind.indices) func onceMeansOnce(_ k: Int) throws {
    let (name, shape) = Self.behind[k]
    for slots in [nil, 2] as [Int?] {
      for disabled in Self.ruleSets {
        let engine = ColumnarEngine(threads: 2, batchRows: 7, disabledRules: disabled)
        let counts = try counts(shape, UDFOptions(maxConcurrency: slots, contract: .once), engine)
        let wrong = (0..<50).filter { counts[$0] != 1 }
        #expect(
          wrong.isEmpty, "\(name) slots \(slots ?? 0) without \(disabled): \(wrong.count) wrong")
      }
    }
    let counts = try counts(shape, UDFOptions(contract: .once), SequentialEngine())
    #expect((0..<50).allSatisfy { counts[$0] == 1 }, "\(name) sequential \(counts.count)")
  }

  /// Calls that conditions keep rows from: the same rows, whatever the optimizer does.
  static let guarded: [(String, Shape)] = [
    ("filter and", { f, c in f.filter(col("x") < 5 && c("x") >= 0) }),
    ("filter and reversed", { f, c in f.filter(c("x") >= 0 && col("x") < 5) }),
    ("filter false and", { f, c in f.filter(lit(false) && c("x") >= 0) }),
    ("filter or", { f, c in f.filter(col("x") < 5 || c("x") >= 0) }),
    ("filter true or", { f, c in f.filter(lit(true) || c("x") >= 0) }),
    ("two filters", { f, c in f.filter(col("x") < 5).filter(c("x") >= 0) }),
    ("two filters reversed", { f, c in f.filter(c("x") >= 0).filter(col("x") < 5) }),
    ("select and", { f, c in f.select((col("x") < 5 && c("x") >= 0).as("r")) }),
    ("choice", { f, c in f.select(when(col("x") < 5).then(c("x")).otherwise(lit(0)).as("r")) }),
    (
      "constant choice",
      { f, c in f.select(when(lit(true)).then(lit(0)).otherwise(c("x")).as("r")) }
    ),
    (
      "filter choice",
      { f, c in f.filter(when(col("x") < 5).then(c("x") > 1).otherwise(lit(false))) }
    ),
    ("filter then sort key", { f, c in f.filter(col("x") < 5).sort(by: c("x")) }),
    ("sort, filter on key", { f, c in f.with(c("x").as("c")).sort(by: "c").filter(col("x") < 5) }),
    ("three conjuncts", { f, c in f.filter(col("y") < 3 && c("x") >= 0 && col("x") < 20) }),
    (
      "with then and",
      { f, c in f.with((col("x") + 1).as("z")).filter(col("z") < 5 && c("z") >= 0) }
    ),
    (
      "join then and",
      { f, c in f.join(f.select("x"), on: "x").filter(col("y") < 3 && c("x") >= 0) }
    ),
  ]

  @Test(arguments: guarded.indices) func guardedCountsAgree(_ k: Int) throws {
    let (name, shape) = Self.guarded[k]
    var seen: [String: [String]] = [:]
    for slots in [nil, 2] as [Int?] {
      for disabled in Self.ruleSets {
        let engine = ColumnarEngine(threads: 2, batchRows: 7, disabledRules: disabled)
        let counts = try counts(shape, UDFOptions(maxConcurrency: slots, contract: .once), engine)
        #expect(counts.values.allSatisfy { $0 == 1 })
        seen["\(counts.keys.sorted())", default: []].append("slots \(slots ?? 0) -\(disabled)")
      }
    }
    let counts = try counts(shape, UDFOptions(contract: .once), SequentialEngine())
    seen["\(counts.keys.sorted())", default: []].append("sequential")
    #expect(seen.count == 1, "\(name): \(seen)")
  }
}
