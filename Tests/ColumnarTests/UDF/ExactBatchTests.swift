import ColumnarCore
import Testing

@testable import Columnar

/// A batch size is exact wherever a call stands: in a branch, in a key, behind what thins rows out
/// or multiplies them.
@Suite struct ExactBatchTests {
  typealias Shape = @Sendable (LazyFrame, (any ColumnSelecting) -> Expr) throws -> LazyFrame

  static let shapes: [(String, Shape)] = [
    (
      "choice",
      { f, c in f.select(when(col("x") % 3 == 0).then(c("x")).otherwise(lit(-1)).as("r")) }
    ),
    (
      "otherwise",
      { f, c in f.select(when(col("x") % 3 == 0).then(lit(-1)).otherwise(c("x")).as("r")) }
    ),
    (
      "rare choice",
      { f, c in f.select(when(col("x") % 100 == 0).then(c("x")).otherwise(lit(-1)).as("r")) }
    ),
    ("filter", { f, c in f.filter(col("x") % 3 == 0 && c("x") >= 0) }),
    (
      "join key",
      { f, c in
        f.filter(col("x") % 7 == 0).join(
          f.filter(col("x") % 3 == 0), leftOn: [c("x")], rightOn: ["x"])
      }
    ),
    (
      "right join key",
      { f, c in f.join(f.filter(col("x") % 3 == 0), leftOn: ["x"], rightOn: [c("x")]) }
    ),
    ("sort key", { f, c in f.filter(col("x") % 3 == 0).sort(by: c("x")) }),
    (
      "group key",
      { f, c in f.filter(col("x") % 3 == 0).groupBy(c("x").as("k")).aggregate(rowCount().as("n")) }
    ),
    (
      "aggregate input",
      { f, c in f.filter(col("x") % 3 == 0).groupBy("y").aggregate(c("x").sum().as("n")) }
    ),
    (
      "behind an expand",
      { f, c in
        let e = UDF.expand("e") { (x: Int) in Array(repeating: x, count: x % 4) }
        return f.expand(e("x").as("z")).with(c("z").as("r"))
      }
    ),
    (
      "behind a keyed scan",
      { f, c in
        let s = UDF.scan("s", initial: 0) { (a: inout Int, x: Int) in
          a &+= x
          return a
        }
        return f.filter(col("x") % 3 == 0).with(s("x").over("y").as("z")).with(c("z").as("r"))
      }
    ),
    (
      "concat",
      { f, c in
        LazyFrame.concat([f.filter(col("x") % 3 == 0), f.filter(col("x") % 5 == 0)]).with(
          c("x").as("r"))
      }
    ),
    (
      "repartition",
      { f, c in f.filter(col("x") % 3 == 0).repartition(5, by: "y").with(c("x").as("r")) }
    ),
    (
      "nested",
      { f, c in
        let g = UDF.batch("g", options: .init(batchSize: 13)) { (x: ColumnView<Int>) in x.map { $0 }
        }
        return f.filter(col("x") % 3 == 0).with(c(g("x")).as("r"))
      }
    ),
  ]

  @Test(arguments: shapes.indices) func batchesAreExact(_ k: Int) throws {
    let (name, shape) = Self.shapes[k]
    for engine in [
      ColumnarEngine(threads: 2, batchRows: 64), ColumnarEngine(threads: 1, batchRows: 7),
      ColumnarEngine(threads: 2, batchRows: 33, disabledRules: ["all"]),
    ] {
      for slots in [nil, 3] as [Int?] {
        let calls = CallRecorder()
        let f = UDF.batch("f", options: .init(batchSize: 10, maxConcurrency: slots)) {
          (a: ColumnView<Int>) -> [Int] in calls.call(batch: a.count) { a.map { $0 } }
        }
        let all = try DataFrame(["x": Array(0..<1000), "y": (0..<1000).map { $0 % 5 }])
        _ = try shape(all.lazy, { f($0) }).collect(on: engine)
        let sizes = calls.batchSizes
        let total = sizes.reduce(0, +)
        let wrong = sizes.count { $0 != 10 }
        #expect(
          sizes.count == (total + 9) / 10 && wrong <= 1 && !sizes.contains(0),
          "\(name): \(sizes.count) calls for \(total) rows, \(wrong) not of 10")
      }
    }
  }
}
