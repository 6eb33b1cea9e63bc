import ColumnarTesting
import Testing

@testable import Columnar
@testable import ColumnarCore

/// Wrong queries and wrong data: what the errors say, as text in Goldens/errors.txt.
///
/// None may trap.
@Suite struct ErrorGoldenTests {
  struct Opaque: Sendable { var x = 1 }
  struct Failure: Error, CustomStringConvertible { var description: String { "no luck" } }

  static let frame = try? DataFrame([
    "id": [1, 2, 3, 0], "name": ["ann", "bob", nil, "dan"] as [String?],
    "score": [1.5, nil, 2.5, 3] as [Double?], "flag": [true, false, nil, true] as [Bool?],
  ])
  static var f: LazyFrame { frame?.lazy ?? LazyFrame.concat([]) }
  static let failing = UDF.row("failing") { (id: Int, name: String?) -> Int in
    if id == 3 { throw Failure() }
    return id
  }
  static let short = UDF.batch("short") { (ids: ColumnView<Int>) in Array(ids.dropLast()) }
  static let thrower = UDF.batch("thrower") { (ids: ColumnView<Int>) throws -> [Int] in
    throw Failure()
  }
  static let opaque = UDF.row("opaque") { (id: Int) in id }

  static func opaqueFrame() -> LazyFrame {
    let column = Column.opaque([Opaque(), Opaque()])
    return (try? DataFrame(columns: [("o", column), ("x", Int.column(of: [1, 2]))]))?.lazy ?? f
  }

  static let cases: [(String, @Sendable () throws -> LazyFrame)] = [
    ("select unknown", { f.select("nmae") }),
    ("select unknown in an expression", { f.select((col("scor") + 1).as("x")) }),
    ("select unknown without a near one", { f.select("zzzzzzz") }),
    ("with unknown", { f.with((col("Id") * 2).as("x")) }),
    ("drop unknown", { f.drop("nmae") }),
    ("rename unknown", { f.rename(["nmae": "x"]) }),
    ("filter unknown", { f.filter(col("socre") > 1) }),
    ("sort unknown", { f.sort(by: "nmae") }),
    ("group unknown", { f.groupBy("nmae").aggregate(rowCount()) }),
    ("aggregate unknown", { f.groupBy("name").aggregate(col("scoer").sum()) }),
    ("join unknown left", { f.join(f.rename(["id": "other"]), on: "other") }),
    ("join unknown right", { f.join(f.rename(["id": "other"]), on: "id") }),
    ("distinct unknown", { f.distinct("nmae") }),
    ("repartition unknown", { f.repartition(2, by: "nmae") }),
    ("function argument unknown", { f.select(opaque("di")) }),
    ("add text and number", { f.select((col("name") + col("id")).as("x")) }),
    ("compare text and number", { f.filter(col("name") > 1) }),
    ("negate text", { f.select((-col("name")).as("x")) }),
    ("lowercase a number", { f.select(col("id").string.lowercased()) }),
    (
      "choice of text and number",
      { f.select(when(col("flag")).then(col("name")).otherwise(col("id")).as("x")) }
    ),
    ("choice by a number", { f.select(when(col("id")).then(lit(1)).otherwise(lit(2)).as("x")) }),
    ("fill text with a number", { f.select(col("name").fillNull(1)) }),
    ("variance of a negative ddof", { f.select(col("id").variance(ddof: -1)) }),
    (
      "grouped deviation of a negative ddof",
      { f.groupBy("name").aggregate(col("id").standardDeviation(ddof: -2)) }
    ),
    ("sum of text", { f.select(col("name").sum()) }),
    ("mean of text", { f.groupBy("id").aggregate(col("name").mean()) }),
    ("filter by a number", { f.filter(col("id")) }),
    ("and of a number", { f.filter(col("flag") && col("id")) }),
    ("not of a number", { f.filter(!col("id")) }),
    ("duplicate in select", { f.select("id", "id") }),
    ("duplicate in with", { f.with(lit(1).as("x"), lit(2).as("x")) }),
    ("duplicate by rename", { f.rename(["id": "name"]) }),
    ("duplicate in aggregate", { f.groupBy("name").aggregate(col("id").sum(), col("id").max()) }),
    ("duplicate behind a join", { f.join(f.rename(["name": "score_right"]), on: "id") }),
    ("aggregate in filter", { f.filter(col("id").sum() > 1) }),
    ("aggregate in with", { f.with(col("id").sum().as("x")) }),
    ("aggregate in sort", { f.sort(by: col("id").sum()) }),
    ("aggregate in a group key", { f.groupBy(col("id").sum()).aggregate(rowCount()) }),
    ("aggregate beside a column", { f.select(col("id").sum(), col("name")) }),
    ("aggregate of an aggregate", { f.select(col("id").sum().max()) }),
    ("no aggregate of a column", { f.groupBy("name").aggregate(col("id")) }),
    ("ordering in select", { f.select(col("id").descending) }),
    ("ordering in an aggregate", { f.groupBy("name").aggregate(col("id").descending) }),
    ("ordering inside arithmetic", { f.sort(by: col("id").descending + 1) }),
    ("sort by nothing", { LazyFrame(.sort([], f.plan)) }),
    ("join without keys", { f.join(f, leftOn: [], rightOn: []) }),
    ("join of unequal key counts", { f.join(f, leftOn: ["id", "name"], rightOn: ["id"]) }),
    ("join of unequal key types", { f.join(f, leftOn: ["id"], rightOn: ["name"]) }),
    ("concat of nothing", { LazyFrame.concat([]) }),
    ("concat of unequal columns", { LazyFrame.concat([f, f.drop("name")]) }),
    (
      "concat of unequal types",
      { LazyFrame.concat([f, f.with(col("id").cast(to: .string).as("id"))]) }
    ),
    ("negative limit", { f.limit(-1) }),
    ("negative offset", { f.limit(1, offset: -2) }),
    ("repartition into none", { f.repartition(0) }),
    ("repartition into less than none", { f.repartition(-3) }),
    (
      "zero batch size",
      { f.select(UDF.row("r", options: UDFOptions(batchSize: 0)) { (x: Int) in x }("id")) }
    ),
    (
      "negative concurrency",
      { f.select(UDF.row("r", options: UDFOptions(maxConcurrency: -1)) { (x: Int) in x }("id")) }
    ),
    ("function of the wrong type", { f.select(opaque("name")) }),
    ("function of a wider type", { f.select(opaque("score")) }),
    ("too few values", { f.with(short("id").as("x")) }),
    ("row function throws", { f.with(failing("id", "name").as("x")) }),
    ("row function in a filter throws", { f.filter(failing("id", "name") > 0) }),
    ("row function in a sort throws", { f.sort(by: failing("id", "name")) }),
    ("row function in a key throws", { f.groupBy(failing("id", "name")).aggregate(rowCount()) }),
    (
      "row function in an aggregate throws",
      { f.groupBy("flag").aggregate(failing("id", "name").sum()) }
    ),
    (
      "row function in a join key throws",
      { f.join(f, leftOn: [failing("id", "name")], rightOn: ["id"]) }
    ),
    ("row function in a repartition throws", { f.repartition(2, by: failing("id", "name")) }),
    ("batch function throws", { f.with(thrower("id").as("x")) }),
    ("division by zero", { f.with(lit(12).integerDivided(by: col("id")).as("x")) }),
    ("remainder by zero", { f.filter(lit(12) % col("id") == 1) }),
    ("division by a constant zero", { f.with(col("id").integerDivided(by: lit(0)).as("x")) }),
    ("overflow", { f.with((col("id") * Int.max).as("x")) }),
    ("overflow of a sum", { f.select((col("id") + (Int.max - 3)).sum()) }),
    ("overflow in an aggregate", { f.groupBy("flag").aggregate((col("id") * Int.max).sum()) }),
    ("overflow in a sort key", { f.sort(by: col("id") * Int.max) }),
    ("cast that does not fit", { f.with((col("id") * 100).cast(to: .int8).as("x")) }),
    ("cast of text", { f.with(col("name").cast(to: .int64).as("x")) }),
    (
      "mapPartitions with another schema",
      { f.mapPartitions(schema: try Schema([Field("x", .int64)])) { $0 } }
    ),
    ("mapPartitions throws", { f.mapPartitions { _ in throw Failure() } }),
    ("sort by opaque", { opaqueFrame().sort(by: "o") }),
    ("group by opaque", { opaqueFrame().groupBy("o").aggregate(rowCount()) }),
    ("join by opaque", { opaqueFrame().join(opaqueFrame(), on: "o") }),
    ("distinct of opaque", { opaqueFrame().distinct() }),
    ("repartition by opaque", { opaqueFrame().repartition(2, by: "o") }),
    ("compare opaque", { opaqueFrame().filter(col("o") == col("o")) }),
    ("unique count of opaque", { opaqueFrame().select(col("o").uniqueCount()) }),
    ("min of opaque", { opaqueFrame().select(col("o").min()) }),
    ("cast of opaque", { opaqueFrame().select(col("o").cast(to: .string)) }),
    ("sort by a list", { try DataFrame(["l": [[1], [2]]]).lazy.sort(by: "l") }),
    (
      "group by a list",
      {
        try DataFrame(["l": [[1], [2]]]).lazy.groupBy("l").aggregate(rowCount()).select(rowCount())
      }
    ),
    ("less of lists", { try DataFrame(["l": [[1], [2]]]).lazy.filter(col("l") < col("l")) }),
    ("frame of unequal lengths", { try DataFrame(["a": [1, 2], "b": [1]]).lazy }),
    ("frame of duplicate names", { try DataFrame(["a": [1], "a": [2]] as KeyValuePairs).lazy }),
    ("missing file", { LazyFrame.scan(csv: "/nowhere/file.csv") }),
  ]

  @Test func messages() {
    var text = ""
    for (name, make) in Self.cases {
      for engine in [ColumnarEngine(threads: 1), ColumnarEngine(threads: 2, batchRows: 1)] {
        let message: String
        do {
          let result = try make().collect(on: engine)
          message = "no error, \(result.count) rows"
        } catch { message = "\(error)" }
        if engine._configuration.threads == 1 {
          text += "\(name)\n  \(message)\n"
        } else if name != "too few values", name != "batch function throws" {
          let last = text.split(separator: "\n").last.map { String($0.dropFirst(2)) }
          #expect(last == message, "\(name) by rows of one: \(message)")
        }
      }
    }
    let problem = GoldenText.difference(text, "errors")
    #expect(problem == nil, "\(problem ?? "")")
  }

  @Test func unknownRuleHasSuggestion() {
    let error = #expect(throws: ColumnarError.self) {
      try Self.f.collect(on: ColumnarEngine(disabledRules: ["limitPushdwn"]))
    }
    #expect(
      error?.message
        == "There is no optimizer rule \"limitPushdwn\". Did you mean \"limitPushdown\"?")
  }

  @Test func typedColumnsOut() throws {
    let frame = try #require(Self.frame)
    for error in [
      #expect(throws: ColumnarError.self) { try frame["nmae", as: String.self] },
      #expect(throws: ColumnarError.self) { try frame["name", as: String.self] },
      #expect(throws: ColumnarError.self) { try frame["name", as: Int?.self] },
      #expect(throws: ColumnarError.self) { try frame.column("scor") },
    ] {
      #expect([.columnNotFound, .typeMismatch, .unexpectedNull].contains(error?.code))
    }
  }

  /// Every operator on no rows and on nothing but nulls: results, not errors.
  @Test func emptyAndAllNull() throws {
    let schema = try #require(Self.frame).schema
    let nulls = try DataFrame([
      "id": [nil, nil] as [Int?], "name": [nil, nil] as [String?],
      "score": [nil, nil] as [Double?],
      "flag": [nil, nil] as [Bool?],
    ])
    for (rows, frame) in [(0, DataFrame(schema: schema, partitions: [])), (2, nulls)] {
      let f = frame.lazy
      #expect(
        try f.select((col("id") + 1).as("a"), col("name").string.lowercased()).collect().count
          == rows)
      #expect(try f.filter(col("flag")).collect().count == 0)
      #expect(try f.filter(col("score").isNull()).collect().count == rows)
      #expect(try f.sort(by: "name", "id").collect().count == rows)
      #expect(try f.limit(5).collect().count == rows)
      #expect(try f.groupBy("name").aggregate(col("score").mean()).collect().count == min(rows, 1))
      #expect(
        try f.select(col("id").sum().as("s"), col("id").max().as("m"), rowCount().as("n"))
          .collect().count == 1)
      #expect(try f.distinct().collect().count == min(rows, 1))
      #expect(try f.join(f, on: "id").collect().count == 0)
      #expect(try f.join(f, on: "id", kind: .left).collect().count == rows)
      #expect(try f.join(f, on: "id", nullsMatch: true).collect().count == rows * rows)
      #expect(try LazyFrame.concat([f, f]).collect().count == 2 * rows)
      #expect(try f.repartition(3, by: "id").mapPartitions { $0 }.collect().count == rows)
      #expect(try f.with(Self.failing("id", "name").as("x")).collect().count == rows)
      #expect(
        try f.with(
          UDF.batch("b", options: UDFOptions(batchSize: 3)) {
            (x: ColumnView<Int?>) in x.map { $0 ?? 7 }
          }("id").as("x")
        ).collect().count == rows)
      #expect(try f.explain(analyze: true).isEmpty == false)
      #expect(try f.select(col("id").sum()).collect()["id", as: Int.self].first == 0)
    }
  }
}
