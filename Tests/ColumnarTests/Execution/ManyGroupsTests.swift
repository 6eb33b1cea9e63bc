import Columnar
import Testing

/// More groups than a thread's table takes before it only splits rows by their hash.
@Suite struct ManyGroupsTests {
  static let rows = 400_000
  static let frame: DataFrame? = try? DataFrame([
    "key": (0..<rows).map { ($0 &* 7_919) % 150_000 }, "row": Array(0..<rows),
  ])

  @Test(arguments: [1, 2, 4], [false, true])
  func everyAggregateIsRight(_ threads: Int, _ maintainOrder: Bool) throws {
    let frame = try #require(Self.frame)
    var result = frame.lazy.groupBy("key", maintainOrder: maintainOrder).aggregate(
      rowCount().as("n"), col("row").sum().as("sum"), col("row").first().as("first"),
      col("row").last().as("last"), col("row").max().as("max"))
    if !maintainOrder { result = result.sort(by: "first") }
    let groups = try result.collect(on: .columnar(threads: threads))

    var sums: [Int: (n: Int, sum: Int, first: Int, last: Int)] = [:]
    var order: [Int] = []
    for (row, key) in try frame["key", as: Int.self].enumerated() {
      if sums[key] == nil { order.append(key) }
      let old = sums[key] ?? (0, 0, row, row)
      sums[key] = (old.n + 1, old.sum + row, old.first, row)
    }
    #expect(try Array(groups["key", as: Int.self]) == order)
    #expect(try Array(groups["n", as: Int.self]) == order.map { sums[$0]?.n })
    #expect(try Array(groups["sum", as: Int.self]) == order.map { sums[$0]?.sum })
    #expect(try Array(groups["first", as: Int.self]) == order.map { sums[$0]?.first })
    #expect(try Array(groups["last", as: Int.self]) == order.map { sums[$0]?.last })
    #expect(try Array(groups["max", as: Int.self]) == order.map { sums[$0]?.last })
  }

  @Test func distinctKeepsTheFirstRow() throws {
    let frame = try #require(Self.frame)
    let result = try frame.lazy.distinct("key", maintainOrder: true).collect()
    #expect(try Array(result["row", as: Int.self]) == Array(0..<150_000))
  }
}
