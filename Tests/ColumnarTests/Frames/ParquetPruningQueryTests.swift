import Columnar
import ColumnarCore
import ColumnarTesting
import Foundation
import Testing

/// Whatever is left out, a query's result is that of reading everything.
@Suite struct ParquetPruningQueryTests {
  static let folder = "\(ParquetQueryTests.folder)/../pruning"

  static func path(_ name: String) -> String { "\(folder)/\(name).parquet" }

  static func options(_ isOn: Bool) -> ParquetReadOptions {
    var options = ParquetReadOptions()
    options.usesStatistics = isOn
    options.usesPageIndex = isOn
    options.usesBloomFilters = isOn
    return options
  }

  /// A condition of random comparisons on the columns of a file.
  static func condition(
    _ columns: [(String, Expr, Expr)], _ generator: inout ColumnGenerator, depth: Int = 2
  ) -> Expr {
    if depth > 0, generator.random.chance(0.6) {
      let a = condition(columns, &generator, depth: depth - 1)
      let b = condition(columns, &generator, depth: depth - 1)
      return generator.random.chance(0.5) ? a && b : a || b
    }
    let (name, low, high) = generator.random.pick(columns)
    let value = generator.random.pick([low, high])
    switch generator.random.int(in: 0..<10) {
    case 0: return col(name).isNull()
    case 1: return col(name).isNotNull()
    case 2: return col(name) < value
    case 3: return col(name) <= value
    case 4: return col(name) > value
    case 5: return col(name) >= value
    case 6: return col(name) != value
    case 7: return col(name).equalsMissing(value)
    case 8: return col(name).isIn([low, high])
    default: return col(name) == value
    }
  }

  @Test(arguments: ["pages-v1", "pages-v2", "bloom", "bloom-duckdb"])
  func resultsAreThoseOfReadingAll(_ name: String) throws {
    let all = LazyFrame.scan(parquet: Self.path(name), options: Self.options(false))
    let some = LazyFrame.scan(parquet: Self.path(name))
    let whole = try all.collect()
    try PropertyTest.seeds(12) { generator in
      let columns: [(String, Expr, Expr)] = try whole.schema.names.compactMap { name in
        let column = try whole.column(name)
        if column.type.element != nil || column.type.fields != nil { return nil }
        func value() -> Expr {
          let row = generator.random.int(in: 0..<whole.count)
          return Expr(.literal(column.slice(row..<(row + 1)).decoded()))
        }
        return (name, value(), value())
      }
      let condition = Self.condition(columns, &generator)
      var chosen = whole.schema.names.filter { _ in generator.random.chance(0.5) }
      if chosen.isEmpty { chosen = ["number", "int64"].filter(whole.schema.names.contains) }
      try ParquetQueryTests.expectSame(
        some.filter(condition).select(chosen), all.filter(condition).select(chosen),
        "\(condition)")
      let expected = try whole.lazy.filter(condition).collect()
      #expect(
        try ParquetQueryTests.values(some.filter(condition).collect())
          == ParquetQueryTests.values(expected), "\(condition)")
    }
  }

  @Test func explainTellsWhatWasRead() throws {
    func scan(_ name: String, _ condition: Expr, _ isOn: Bool = true) throws -> String {
      let text = try LazyFrame.scan(parquet: Self.path(name), options: Self.options(isOn))
        .filter(condition).select("number").explain(analyze: true)
      return text.split(separator: "\n").map(String.init).last { $0.contains("Scan parquet") } ?? ""
    }
    let pages = try scan("pages-v2", col("number") == 57)
    #expect(pages.contains("files read 1 of 1;"))
    #expect(pages.contains("row groups read 1 of 2, pruned 1 by statistics"))
    #expect(pages.contains("pages read 1 of 12, pruned 11 by the page index"))
    let late = try scan("pages-v2", col("mixed") == 80)
    #expect(late.contains("not needed") || late.contains("pruned"))
    let none = try scan("pages-v2", col("number") > 50 && col("falling") > 230)
    #expect(none.contains("1 by the page index"))
    let off = try scan("pages-v2", col("number") == 57, false)
    #expect(off.contains("row groups read 2 of 2; pages read 24 of 24"))
    let bloom = try scan("bloom-duckdb", col("number").isIn([101, 103]))
    #expect(bloom.contains("row groups read 0 of 1, pruned 1 by bloom filters"))
    #expect(!bloom.contains("pages"))
  }

  /// A row that one condition drops is not seen by one behind it that can fail, and may be dropped
  /// before one in front of it: both with and without pruning.
  @Test func errorsOfRowsThatAreDropped() throws {
    let fails = lit(1).integerDivided(by: col("number") - 3) >= 0
    for isOn in [true, false] {
      for threads in [1, 3] {
        let scan = LazyFrame.scan(parquet: Self.path("pages-v2"), options: Self.options(isOn))
        func rows(_ condition: Expr) throws -> Int {
          try scan.filter(condition).collect(on: .columnar(threads: threads)).count
        }
        #expect(try rows(col("number") == 57 && fails) == 1)
        #expect(try rows(fails && col("number") == 57) == 1)
        #expect(
          try scan.filter(fails).filter(col("number") == 57)
            .collect(on: .columnar(threads: threads)).count == 1)
        // The row that fails is kept by the other condition, though its page holds others too.
        for condition in [col("number") < 9 && fails, fails && col("number") < 9] {
          let error = #expect(throws: ColumnarError.self) { try rows(condition) }
          #expect(error?.message.contains("zero") == true)
        }
        // Not all rows that are dropped save from it: a choice makes no condition.
        let either = col("number") == 57 || fails
        #expect(throws: ColumnarError.self) { try rows(either) }
      }
    }
  }

  /// A function that is called for each row sees the rows that conditions before it keep.
  @Test func functionsSeeTheSameRows() throws {
    for isOn in [true, false] {
      let scan = LazyFrame.scan(parquet: Self.path("pages-v2"), options: Self.options(isOn))
      let seen = Monitor<[Int]>([])
      let note = UDF.row("note") { (value: Int) -> Bool in
        seen.withLock { $0.append(value) }
        return value % 2 == 0
      }
      let count = try scan.filter(col("number") >= 118 && col("falling") > 118).filter(
        note("number")
      ).collect(on: .columnar(threads: 1)).count
      #expect(count == 2)
      #expect(seen.withLock { $0 }.sorted() == [118, 119, 120, 121])
    }
  }
}
