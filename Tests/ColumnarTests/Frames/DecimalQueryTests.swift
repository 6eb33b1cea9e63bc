import Columnar
import Foundation
import Testing

/// Decimals through queries, functions and files.
@Suite struct DecimalQueryTests {
  let frame: DataFrame

  init() throws {
    let prices = ["12.50", nil, "-0.05", "99.99", "12.50"].map { $0.flatMap { Decimal128($0) } }
    frame = try DataFrame(["price": prices, "n": [1, 2, 3, 4, 5], "k": ["a", "b", "a", "b", "a"]])
      .lazy.with(col("price").cast(to: .decimal128(10, scale: 2)).as("price")).collect()
  }

  private func texts(_ frame: DataFrame, _ name: String) throws -> [String?] {
    try frame[name, as: Decimal128?.self].map { $0?.description }
  }

  private func type(_ frame: DataFrame, _ name: String) throws -> DataType {
    frame.schema[try #require(frame.schema.names.firstIndex(of: name))].type
  }

  @Test func expressions() throws {
    let price = col("price")
    let result = try frame.lazy.select(
      (price + 1).as("plus"), (price * col("n")).as("times"), (price * 2).as("twice"),
      (price / 2).as("half"), (price - lit(Decimal128(unscaled: 5, scale: 1))).as("less"),
      when(price > 10).then(price).otherwise(lit(Decimal128(unscaled: 0, scale: 2))).as("when"),
      price.fillNull(lit(Decimal128(unscaled: 1, scale: 2))).as("filled"),
      price.rounded(1).as("rounded")
    ).collect()
    #expect(try texts(result, "plus") == ["13.50", nil, "0.95", "100.99", "13.50"])
    #expect(try type(result, "plus") == .decimal128(11, scale: 2))
    #expect(try texts(result, "times") == ["12.50", nil, "-0.15", "399.96", "62.50"])
    #expect(try type(result, "times") == .decimal128(29, scale: 2))
    #expect(try type(result, "twice") == .decimal128(11, scale: 2))
    #expect(try Array(result["half", as: Double?.self]) == [6.25, nil, -0.025, 49.995, 6.25])
    #expect(try texts(result, "less") == ["12.00", nil, "-0.55", "99.49", "12.00"])
    #expect(try texts(result, "when") == ["12.50", "0.00", "0.00", "99.99", "12.50"])
    #expect(try texts(result, "filled") == ["12.50", "0.01", "-0.05", "99.99", "12.50"])
    #expect(try texts(result, "rounded") == ["12.50", nil, "-0.10", "100.00", "12.50"])
  }

  @Test func comparisonsAreExact() throws {
    let price = col("price")
    let tests: [(Expr, [Int])] = [
      (price == lit(Decimal128(unscaled: 125, scale: 1)), [1, 5]), (price > 12, [1, 4, 5]),
      (price <= -0.05, [3]), (price == 12.5, [1, 5]), (price < col("n"), [3]),
      (price.isNull(), [2]), (price == lit(Decimal128(unscaled: 1, scale: 38)), []),
    ]
    for (condition, rows) in tests {
      let kept = try frame.lazy.filter(condition).collect()
      #expect(try Array(kept["n", as: Int.self]) == rows, "\(condition)")
    }
  }

  @Test func relationalOperators() throws {
    let grouped = try frame.lazy.groupBy("k", maintainOrder: true).aggregate(
      col("price").sum().as("sum"), col("price").mean().as("mean"), col("price").max().as("max"),
      col("price").uniqueCount().as("unique")
    ).collect()
    #expect(try texts(grouped, "sum") == ["24.95", "99.99"])
    #expect(try type(grouped, "sum") == .decimal128(38, scale: 2))
    #expect(try Array(grouped["mean", as: Double.self]) == [2495.0 / 300, 99.99])
    #expect(try texts(grouped, "max") == ["12.50", "99.99"])
    #expect(try Array(grouped["unique", as: Int.self]) == [2, 1])
    let sorted = try frame.lazy.sort(by: "price").collect()
    #expect(try texts(sorted, "price") == ["-0.05", "12.50", "12.50", "99.99", nil])
    #expect(try frame.lazy.distinct("price").collect().count == 4)
    let byPrice = try frame.lazy.groupBy("price").aggregate(rowCount().as("c")).collect()
    #expect(byPrice.count == 4)
    // Keys of other digits meet in their common type.
    let other = try DataFrame(["p": [Decimal128(unscaled: 12_500, scale: 3)], "name": ["found"]])
    let joined = try frame.lazy.join(other.lazy, leftOn: ["price"], rightOn: ["p"]).collect()
    #expect(try Array(joined["n", as: Int.self]) == [1, 5])
  }

  @Test func functions() throws {
    let gross = UDF.row("gross") { (price: Decimal128) in
      Decimal128(unscaled: price.unscaled * 119, scale: price.scale + 2)
    }
    let worth = UDF.row("worth") { (price: Decimal128?) in price.map { Double($0) } ?? -1 }
    let result = try frame.lazy.select(
      gross("price").cast(to: .decimal128(12, scale: 4)).as("gross"), worth("price").as("worth")
    ).collect()
    #expect(try texts(result, "gross") == ["14.8750", nil, "-0.0595", "118.9881", "14.8750"])
    #expect(try Array(result["worth", as: Double.self]) == [12.5, -1, -0.05, 99.99, 12.5])
    let huge = UDF.row("huge") { (n: Int) in Decimal128(unscaled: n == 4 ? .max / 2 : 1) }
    let error = #expect(throws: ColumnarError.self) {
      try frame.lazy.select(huge("n").as("h")).collect()
    }
    #expect(error?.code == .overflow && error?.row == 3)
    let list = UDF.row("list") { (n: Int) in (0..<n).map { Decimal128($0) } }
    let lists = try frame.lazy.select(list("n").as("l")).collect()
    #expect(try lists["l", as: [Decimal128].self][2] == [0, 1, 2])
    let total = UDF.row("total") { (l: [Decimal128]) in l.count }
    #expect(
      try Array(lists.lazy.select(total("l").as("t")).collect()["t", as: Int.self]) == [
        1, 2, 3, 4, 5,
      ])
  }

  @Test func overflowNamesTheRow() throws {
    let most = Decimal128(unscaled: 99_999_999_999_999_999_999_999_999_999_999_999_999)
    let frame = try DataFrame(["x": [1, most, 2]])
    let error = #expect(throws: ColumnarError.self) {
      try frame.lazy.select((col("x") * 10).as("y")).collect()
    }
    #expect(error?.code == .overflow && error?.row == 1)
    #expect("\(error.map { "\($0)" } ?? "")".contains("in expression (x * 10)"))
  }

  struct Item: Codable, Equatable {
    var price: Decimal128?
    var n: Int
  }

  struct Loose: Decodable {
    var price: Double?
  }

  struct Foundational: Decodable {
    var price: Decimal?
  }

  @Test func rows() throws {
    let rows = try frame.rows(as: Item.self)
    #expect(
      rows[0] == Item(price: Decimal128(unscaled: 1250, scale: 2), n: 1) && rows[1].price == nil)
    #expect(try frame.rows(as: Loose.self)[3].price == 99.99)
    #expect(try frame.rows(as: Foundational.self)[2].price == Decimal(string: "-0.05"))
  }

  @Test func printing() throws {
    let text = "\(frame)"
    #expect(text.contains("decimal128[10, 2]") && text.contains("12.50") && text.contains("-0.05"))
    let plan = try frame.lazy.filter(col("price") > lit(Decimal128(unscaled: 150, scale: 2)))
      .explain()
    #expect(plan.contains("1.50"))
  }

  @Test(arguments: ["csv", "arrow"])
  func files(_ kind: String) throws {
    let path = "/tmp/columnar-decimals-\(getpid()).\(kind)"
    defer { unlink(path) }
    let back: DataFrame
    if kind == "csv" {
      try frame.write(csv: path)
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.hasPrefix("price,n,k\n12.50,1,a\n,2,b\n-0.05,3,a\n"))
      var options = CSVReadOptions()
      options.schemaOverrides = ["price": .decimal128(10, scale: 2)]
      back = try LazyFrame.scan(csv: path, options: options).collect()
    } else {
      try frame.write(arrow: path)
      back = try LazyFrame.scan(arrow: path).collect()
    }
    #expect(back.schema == frame.schema)
    #expect(try texts(back, "price") == texts(frame, "price"))
  }

  @Test func badCSVText() throws {
    let path = "/tmp/columnar-decimals-bad-\(getpid()).csv"
    defer { unlink(path) }
    try "p\n1.255\n1e2\n\"7.1\"\n".write(toFile: path, atomically: true, encoding: .utf8)
    var options = CSVReadOptions()
    options.schemaOverrides = ["p": .decimal128(5, scale: 2)]
    let read = try LazyFrame.scan(csv: path, options: options).collect()
    #expect(try texts(read, "p") == ["1.26", "100.00", "7.10"])
    for bad in ["1000.00", "x", "1.2.3", "nan"] {
      try "p\n1.25\n\(bad)\n".write(toFile: path, atomically: true, encoding: .utf8)
      let error = #expect(throws: ColumnarError.self, "\(bad)") {
        try LazyFrame.scan(csv: path, options: options).collect()
      }
      #expect(error?.message.contains(bad) == true)
    }
  }
}
