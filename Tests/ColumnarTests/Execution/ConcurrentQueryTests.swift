import ColumnarTesting
import Testing

@testable import Columnar
@testable import ColumnarCore

@Suite struct ConcurrentQueryTests {
  private func numbers(_ count: Int) throws -> LazyFrame {
    try DataFrame(["x": Array(0..<count), "k": (0..<count).map { $0 % 10 }]).lazy
  }

  @Test func queriesInsideFunctions() throws {
    for options in [UDFOptions(), UDFOptions(maxConcurrency: 4)] {
      let inner = try numbers(100)
      let nested = UDF.row("nested", options: options) { (x: Int) throws -> Int in
        let result = try inner.filter(col("x") < x).sort(by: "k").select(col("x").sum()).collect()
        return try result["x", as: Int.self].first ?? -1
      }
      let result = try numbers(60).select(nested("x").as("s")).collect(
        on: ColumnarEngine(threads: 2))
      #expect(try Array(result["s", as: Int.self]) == (0..<60).map { $0 * ($0 - 1) / 2 })
    }
  }

  @Test func manyAtOnce() async throws {
    let frame = try numbers(5_000)
    let slots = UDF.row("slots", options: UDFOptions(maxConcurrency: 3)) { (x: Int) in x &* 2 }
    try await withThrowingTaskGroup(of: [Int].self) { group in
      for limit in 0..<40 {
        group.addTask {
          let result = try await frame.with(slots("x").as("d")).filter(col("x") < limit * 100)
            .groupBy("k", maintainOrder: true).aggregate(col("d").sum()).collect()
          return try Array(result["d", as: Int.self])
        }
      }
      for try await sums in group {
        let total = sums.reduce(0, +)
        // The sum of the even numbers below 200 n is one of n * 100 * (n * 100 - 1).
        #expect((0..<40).contains { total == $0 * 100 * ($0 * 100 - 1) } || sums.isEmpty)
      }
    }
  }

  /// More groups than one thread merges, in many batches, against a dictionary.
  @Test(arguments: [1, 2, 4])
  func manyGroups(_ threads: Int) throws {
    var random = SeededGenerator(seed: 7)
    let keys = (0..<90_000).map { _ in random.int(in: 0..<40_000) }
    let all = try DataFrame(["k": keys, "v": Array(keys.indices)])
    let batches = stride(from: 0, to: keys.count, by: 4_000).map {
      all.batch.slice($0..<min(keys.count, $0 + 4_000))
    }
    let frame = DataFrame(schema: all.schema, partitions: [batches]).lazy
    var (sums, firsts, order): ([Int: Int], [Int: Int], [Int]) = ([:], [:], [])
    for (row, key) in keys.enumerated() {
      sums[key, default: 0] += row
      if firsts[key] == nil {
        firsts[key] = row
        order.append(key)
      }
    }
    let result = try frame.groupBy("k", maintainOrder: true)
      .aggregate(col("v").sum().as("sum"), col("v").first().as("first"))
      .collect(on: ColumnarEngine(threads: threads))
    #expect(try Array(result["k", as: Int.self]) == order)
    #expect(try Array(result["sum", as: Int.self]) == order.map { sums[$0] ?? -1 })
    #expect(try Array(result["first", as: Int.self]) == order.map { firsts[$0] ?? -1 })
  }

  /// What each operator gives out is what the next takes, and the ends agree with the data.
  @Test(arguments: [1, 2])
  func figuresAddUp(_ threads: Int) throws {
    let call = UDF.row("call", options: UDFOptions(maxConcurrency: 2)) { (x: Int) in x }
    let frame = try numbers(1_000).filter(col("x") % 2 == 0).with((col("x") + 1).as("y"))
      .filter(call("y") > 101)
    let text = try frame.explain(
      on: ColumnarEngine(threads: threads, disabledRules: ["predicatePushdown"]), analyze: true)
    let figures = text.split(separator: "\n").compactMap { line -> (String, Int, Int)? in
      guard let start = line.range(of: "(rows in ") else { return nil }
      let numbers = line[start.upperBound...].split { !$0.isNumber }.compactMap { Int($0) }
      let label = line[..<start.lowerBound].split(separator: " ").first.map(String.init) ?? ""
      return (label, numbers[0], numbers[1])
    }
    #expect(figures.last.map { $0.1 } == 1_000, "\(text)")
    #expect(figures.first.map { $0.2 } == 449, "\(text)")
    for (above, below) in zip(figures, figures.dropFirst()) {
      #expect(above.1 == below.2, "\(above) takes what \(below) gives:\n\(text)")
    }
  }
}

extension Substring {
  fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}
