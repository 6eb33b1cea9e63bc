import ColumnarTesting
import Testing

@testable import Columnar
@testable import ColumnarCore

/// Which row an error names: the lowest that fails, counted in the failing operator's input, in
/// every run.
@Suite struct ErrorRowTests {
  /// Rows 0 ..< 1000 in many batches; `x` is zero in rows 403 and 777, `y` in row 640.
  private func frame() throws -> LazyFrame {
    let rows = 0..<1000
    let all = try DataFrame([
      "n": Array(rows), "x": rows.map { $0 == 403 || $0 == 777 ? 0 : 1 },
      "y": rows.map { $0 == 640 ? 0 : 1 },
    ])
    let batches = stride(from: 0, to: 1000, by: 17).map { all.batch.slice($0..<min(1000, $0 + 17)) }
    return DataFrame(schema: all.schema, partitions: [batches]).lazy
  }

  private func row(_ frame: LazyFrame, _ engine: ColumnarEngine) -> Int? {
    do {
      _ = try frame.collect(on: engine)
      return nil
    } catch { return (error as? ColumnarError)?.row }
  }

  private static let fails = UDF.row("fails") { (x: Int) in
    if x == 0 { throw ColumnarError(.udf, "zero") }
    return x
  }
  private static let failsInSlots = UDF.row("failsInSlots", options: UDFOptions(maxConcurrency: 3))
  {
    (x: Int) in
    if x == 0 { throw ColumnarError(.udf, "zero") }
    return x
  }

  @Test(arguments: [1, 2, 4], [1, 3, 7, 8192])
  func lowestRowInEveryRun(_ threads: Int, _ batchRows: Int) throws {
    let frame = try frame()
    func division(_ name: String) -> Expr { lit(12).integerDivided(by: col(name)) }
    let queries: [(String, LazyFrame, Int)] = [
      ("project", frame.select(division("x")), 403),
      ("filter", frame.filter(division("x") > 0), 403),
      ("behind a filter", frame.filter(col("n") >= 400).select(division("x").as("d"), col("n")), 3),
      ("function", frame.select(Self.fails("x")), 403),
      ("function in slots", frame.select(Self.failsInSlots("x")), 403),
      ("aggregate", frame.groupBy("y").aggregate(division("x").sum()), 403),
      ("whole aggregate", frame.select(division("x").sum()), 403),
      (
        "aggregate behind a filter",
        frame.filter(col("n") >= 400).groupBy("y").aggregate(Self.fails("x").sum()), 3
      ),
      ("group key", frame.groupBy(division("x")).aggregate(rowCount()), 403),
      ("sort key", frame.sort(by: division("x")), 403),
      ("join key", frame.join(frame, leftOn: [division("x")], rightOn: ["n"]), 403),
      ("build key", frame.join(frame, leftOn: ["n"], rightOn: [division("x")]), 403),
      ("repartition key", frame.repartition(3, by: division("x")), 403),
      (
        "behind a concat",
        LazyFrame.concat([frame.filter(col("x") != 0), frame]).select(division("x")), 998 + 403
      ),
      (
        "one input of a concat",
        LazyFrame.concat([
          frame.filter(col("x") != 0).with((col("n") + 1).as("n")),
          frame.with(division("x").as("x")),
        ]), 403
      ),
      (
        "of two functions the first row",
        frame.with(Self.failsInSlots("y").as("b")).with(Self.fails("x").as("a")), 403
      ),
    ]
    for (name, query, expected) in queries {
      for attempt in 0..<4 {
        let engine = ColumnarEngine(
          threads: threads, batchRows: batchRows, disabledRules: attempt % 2 == 0 ? [] : ["all"])
        let found = row(query, engine)
        #expect(found == expected, "\(name), \(threads) threads, batches of \(batchRows)")
      }
    }
  }

  /// An error behind the last row that a limit wants is not met by chance.
  @Test func limitsDecideTheSameWayInEveryRun() throws {
    let frame = try frame()
    for threads in [1, 2, 4] {
      for function in [Self.fails, Self.failsInSlots] {
        for _ in 0..<20 {
          let engine = ColumnarEngine(threads: threads, batchRows: 5)
          let query = frame.select(function("x").as("x"))
          #expect(try query.limit(300).collect(on: engine).count == 300)
          #expect(row(query.limit(500), engine) == 403)
        }
      }
    }
  }

  /// A condition that guards another is looked at first, also where a file checks conditions while
  /// it is read.
  @Test func guardsHoldInScansOfFiles() throws {
    let path = "/tmp/columnar-guard-\(UInt64.random(in: 0 ... .max)).csv"
    try #require(TestFile.write("a,b\n0,1\n2,3\n0,5\n4,7\n", path))
    defer { TestFile.remove(path) }
    for disabled in [[], ["all"]] as [Set<String>] {
      let result = try LazyFrame.scan(csv: path)
        .filter(col("a") != 0).filter(lit(4).integerDivided(by: col("a")) > 1)
        .collect(on: ColumnarEngine(disabledRules: disabled))
      #expect(try Array(result["b", as: Int.self]) == [3])
    }
  }
}
