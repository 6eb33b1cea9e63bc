import Testing

@testable import Columnar
@testable import ColumnarCore

/// A column under two names is two columns: what happens to one leaves the other alone.
@Suite struct PassedOnTwiceTests {
  private func twice() throws -> [LazyFrame] {
    let frame = try DataFrame(["a": [1, 2, 2], "z": [7, 8, 9]]).lazy
    return [
      frame.select("a", col("a").as("b"), "z"), frame.with(col("a").as("b")).select("a", "b", "z"),
    ]
  }

  private static let ruleSets: [Set<String>] = [[], ["all"]] + Optimizer.rules.map { [$0.name] }

  private func values(_ frame: LazyFrame, _ name: String) throws -> [[Int]] {
    try Self.ruleSets.map {
      try Array(frame.collect(on: ColumnarEngine(disabledRules: $0))[name, as: Int.self])
    }
  }

  @Test func dropsOne() throws {
    for frame in try twice() {
      #expect(try frame.drop("a").schema().names == ["b", "z"])
      #expect(try values(frame.drop("a"), "b").allSatisfy { $0 == [1, 2, 2] })
      #expect(try values(frame.drop("b"), "a").allSatisfy { $0 == [1, 2, 2] })
    }
  }

  @Test func distinctJoinAndGroups() throws {
    for frame in try twice() {
      #expect(try frame.distinct("a").schema().names == ["a", "b", "z"])
      #expect(
        try values(frame.distinct("a", maintainOrder: true), "b").allSatisfy { $0 == [1, 2] })
      let joined = frame.join(frame, on: "a").filter(col("z") > 7)
      #expect(try joined.schema().names == ["a", "b", "z", "b_right", "z_right"])
      #expect(
        try values(joined.sort(by: "z", "z_right"), "b_right").allSatisfy { $0 == [2, 2, 2, 2] })
      let grouped = frame.groupBy("a", "b", maintainOrder: true)
        .aggregate(col("b").sum().as("s"), col("a").as("again"))
      #expect(try values(grouped.drop("a"), "again").allSatisfy { $0 == [1, 2] })
      let stacked = LazyFrame.concat([frame, frame]).with((col("b") * 10).as("b"))
      #expect(try values(stacked, "a").allSatisfy { $0 == [1, 2, 2, 1, 2, 2] })
    }
  }
}
