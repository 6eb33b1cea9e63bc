import ColumnarTesting
import Testing

@testable import Columnar
@testable import ColumnarCore

/// A table that can leave fields out.
private struct NestedTable: TableSource {
  let schema: Schema
  var name: String { "trips" }
  var rowCount: Int? { nil }
  func morsels(_ request: ScanRequest) -> [Morsel] { [] }
  func narrowed(to types: [Int: DataType]) -> (any TableSource)? {
    NestedTable(schema: schema.narrowed(to: types))
  }
}

/// What each rule of the optimizer does to plans, on and off, as text in Goldens/.
@Suite struct RuleGoldenTests {
  static let flights = table(
    "flights",
    [
      Field("origin", .string), Field("delay", .int64), Field("distance", .float64),
      Field("carrier", .string),
    ])
  static let carriers = table(
    "carriers",
    [
      Field("carrier", .string), Field("name", .string), Field("fleet", .int64),
    ])
  static let trips = LazyFrame(
    .table(
      NestedTable(
        schema: Schema(unchecked: [
          Field("id", .int64),
          Field(
            "pickup",
            .structure([
              Field("zone", .string), Field("time", .timestamp(.second)),
              Field("at", .structure([Field("x", .float64), Field("y", .float64)])),
            ])),
          Field("stops", .list(.structure([Field("zone", .string), Field("fare", .int64)]))),
        ]))))
  static let pure = UDF.row("pure") { (x: Int) in x }
  static let once = UDF.row("once", options: UDFOptions(contract: .once)) { (x: Int) in x }
  static let ordered = UDF.row("ordered", options: UDFOptions(contract: .ordered)) { (x: Int) in x }

  static let folded = UDF.aggregate("folded", initial: 0) { (s: inout Int, x: Int) in
    s += x
  } merge: {
    $0 += $1
  }
  static let foldedOnce = UDF.aggregate(
    "foldedOnce", initial: 0, options: UDFOptions(contract: .once)
  ) { (s: inout Int, x: Int, y: String) in
    s += x + y.count
  } merge: {
    $0 += $1
  }
  static let running = UDF.scan("running", initial: 0) { (s: inout Int, x: Int) in
    s += x
    return s
  }
  static let letters = UDF.expand("letters") { (s: String) in s.map { String($0) } }
  static let lettersOnce = UDF.expand("lettersOnce", options: UDFOptions(contract: .once)) {
    (s: String) in s.map { String($0) }
  }
  static let parts = UDF.row("parts", outputs: "head", "tail") { (s: String) in
    (String(s.prefix(1)), s.count)
  }

  private static func table(_ name: String, _ fields: [Field]) -> LazyFrame {
    LazyFrame(.table(MemoryTable(name: name, schema: Schema(unchecked: fields), partitions: [])))
  }

  /// Plans by the rule that they show, and by name.
  static let cases: [(rule: String, name: String, frame: LazyFrame)] = [
    // Constant folding
    ("constantFolding", "folds-arithmetic", flights.filter(col("delay") > lit(2) * 3 + 4)),
    (
      "constantFolding", "folds-logic",
      flights.filter((lit(true) && col("delay") > 1) || lit(false))
    ),
    ("constantFolding", "drops-true-filter", flights.filter(lit(1) < lit(2))),
    (
      "constantFolding", "folds-choice",
      flights.select(when(lit(1) == 1).then(col("delay")).otherwise(lit(0)).as("d"))
    ),
    (
      "constantFolding", "keeps-failing-constants",
      flights.select(lit(1).integerDivided(by: lit(0)).as("broken"))
    ),
    (
      "constantFolding", "keeps-once-beside-false",
      flights.filter(lit(false) && once("delay") > 0)
    ),
    // Predicate pushdown
    ("predicatePushdown", "filter-into-scan", flights.filter(col("delay") > 5)),
    (
      "predicatePushdown", "filter-through-project",
      flights.with((col("delay") * 2).as("twice")).filter(
        col("twice") > 5 && col("origin") == "JFK")
    ),
    (
      "predicatePushdown", "filter-through-rename",
      flights.rename(["delay": "late"]).filter(col("late") > 5)
    ),
    (
      "predicatePushdown", "filter-through-join",
      flights.join(carriers, on: "carrier")
        .filter(col("delay") > 5 && col("fleet") > 10 && col("distance") > col("fleet"))
    ),
    (
      "predicatePushdown", "filter-through-left-join",
      flights.join(carriers, on: "carrier", kind: .left)
        .filter(col("delay") > 5 && col("fleet") > 10)
    ),
    (
      "predicatePushdown", "filter-through-concat",
      LazyFrame.concat([flights, flights.filter(col("distance") > 1)]).filter(col("delay") > 5)
    ),
    (
      "predicatePushdown", "filter-through-aggregate",
      flights.groupBy("origin").aggregate(col("delay").sum().as("sum"))
        .filter(col("origin") == "JFK" && col("sum") > 5)
    ),
    (
      "predicatePushdown", "filter-through-sort", flights.sort(by: "delay").filter(col("delay") > 5)
    ),
    ("predicatePushdown", "filter-behind-limit", flights.limit(10).filter(col("delay") > 5)),
    (
      "predicatePushdown", "fallible-not-below-join",
      flights.join(carriers, on: "carrier").filter(lit(10).integerDivided(by: col("delay")) > 1)
    ),
    (
      "predicatePushdown", "fallible-keeps-its-guard",
      flights.with(pure("delay").as("p"))
        .filter(col("p") != 0 && lit(10).integerDivided(by: col("delay")) > 1)
    ),
    (
      "predicatePushdown", "once-is-a-barrier",
      flights.with(once("delay").as("o")).filter(col("delay") > 5)
    ),
    (
      "predicatePushdown", "once-in-filter-holds-back",
      flights.filter(once("delay") > 0).filter(col("delay") > 5)
    ),
    (
      "predicatePushdown", "once-in-join-filter-holds-back",
      flights.join(carriers, on: "carrier").filter(once("delay") > 0).filter(col("delay") > 5)
    ),
    (
      "predicatePushdown", "once-in-aggregate-is-a-barrier",
      flights.groupBy("origin").aggregate(once("delay").sum().as("sum")).filter(
        col("origin") == "JFK")
    ),
    (
      "predicatePushdown", "once-in-sort-is-a-barrier",
      flights.sort(by: once("delay")).filter(col("delay") > 5)
    ),
    (
      "predicatePushdown", "once-in-join-key-is-a-barrier",
      flights.join(carriers, leftOn: [once("delay")], rightOn: ["fleet"]).filter(
        col("distance") > 5)
    ),
    (
      "predicatePushdown", "pure-call-is-not-repeated",
      flights.with(pure("delay").as("p")).filter(col("p") > 5 && col("delay") > 1)
    ),
    // Limit pushdown
    ("limitPushdown", "limit-into-scan", flights.select("delay").limit(10, offset: 5)),
    ("limitPushdown", "limit-into-sort", flights.sort(by: "delay", descending: true).limit(10)),
    ("limitPushdown", "limit-into-concat", LazyFrame.concat([flights, flights]).limit(10)),
    ("limitPushdown", "limit-not-through-filter", flights.filter(col("delay") > 5).limit(10)),
    (
      "limitPushdown", "limit-not-through-once",
      flights.with(ordered("delay").as("o")).limit(10)
    ),
    ("limitPushdown", "limit-of-limit", flights.limit(100, offset: 3).limit(10)),
    // Projection pushdown
    (
      "projectionPushdown", "prunes-scan",
      flights.with((col("delay") * 2).as("twice"), (col("distance") + 1).as("more")).select("more")
    ),
    (
      "projectionPushdown", "prunes-join",
      flights.join(carriers, on: "carrier").select("delay", "name")
    ),
    (
      "projectionPushdown", "prunes-aggregate",
      flights.groupBy("origin").aggregate(col("delay").sum().as("a"), col("distance").max().as("b"))
        .select("b")
    ),
    ("projectionPushdown", "prunes-concat", LazyFrame.concat([flights, flights]).select("delay")),
    ("projectionPushdown", "prunes-sort", flights.sort(by: "delay").select("origin")),
    ("projectionPushdown", "counts-without-columns", flights.select(rowCount())),
    (
      "projectionPushdown", "drops-pure-call",
      flights.with(pure("delay").as("p")).select("origin")
    ),
    (
      "projectionPushdown", "keeps-once-call",
      flights.with(once("delay").as("o")).select("origin")
    ),
    (
      "projectionPushdown", "merges-projections",
      flights.with((col("delay") + 1).as("a")).with((col("a") * 2).as("b")).select("b")
    ),
    (
      "projectionPushdown", "keeps-what-is-used-twice",
      flights.select(pure("delay").as("p")).select((col("p") + 1).as("a"), (col("p") + 2).as("b"))
    ),
    (
      "projectionPushdown", "map-partitions-sees-all",
      flights.mapPartitions { $0 }.select("delay")
    ),
    // Functions of groups, scans, rows of rows, and several outputs
    (
      "predicatePushdown", "filter-through-own-aggregate",
      flights.groupBy("origin").aggregate(folded("delay").as("sum")).filter(col("origin") == "JFK")
    ),
    (
      "predicatePushdown", "own-once-aggregate-is-a-barrier",
      flights.groupBy("origin").aggregate(foldedOnce("delay", "carrier").as("sum"))
        .filter(col("origin") == "JFK")
    ),
    (
      "projectionPushdown", "prunes-own-aggregate",
      flights.groupBy("origin").aggregate(
        folded("delay").as("a"), foldedOnce("delay", "carrier").as("b"), rowCount().as("n")
      ).select("n")
    ),
    (
      "predicatePushdown", "scan-is-a-barrier",
      flights.with(running("delay").as("r")).filter(col("delay") > 5)
    ),
    (
      "predicatePushdown", "scan-over-keys-is-a-barrier",
      flights.with(running("delay").over("origin", col("carrier")).as("r"))
        .filter(col("origin") == "JFK")
    ),
    (
      "predicatePushdown", "scan-in-filter-stays-above-sort-and-concat",
      LazyFrame.concat([flights.sort(by: "delay"), flights]).sort(by: "distance")
        .filter(col("origin") == "JFK" && running("delay") > 5 && col("carrier") == "AA")
    ),
    (
      "projectionPushdown", "drops-scan", flights.with(running("delay").as("r")).select("origin")
    ),
    ("limitPushdown", "limit-through-scan", flights.with(running("delay").as("r")).limit(10)),
    (
      "predicatePushdown", "filter-through-expand",
      flights.expand(letters("origin").as("letter")).filter(
        col("delay") > 5 && col("letter") == "J" && col("carrier") == "AA")
    ),
    (
      "predicatePushdown", "filter-behind-numbered-expand",
      flights.expand(letters("origin").as("letter"), origin: "row").filter(col("delay") > 5)
    ),
    (
      "predicatePushdown", "once-expand-is-a-barrier",
      flights.expand(lettersOnce("origin").as("letter")).filter(col("delay") > 5)
    ),
    (
      "predicatePushdown", "fallible-not-below-expand",
      flights.expand(letters("origin").as("letter"))
        .filter(lit(10).integerDivided(by: col("delay")) > 1)
    ),
    (
      "predicatePushdown", "filter-through-explode",
      flights.with(lists("origin").as("list")).explode("list", keepEmpty: true)
        .filter(col("delay") > 5)
    ),
    (
      "projectionPushdown", "prunes-expand",
      flights.expand(letters("origin").as("letter"), origin: "row").select("delay", "letter")
    ),
    (
      "projectionPushdown", "keeps-expand-for-its-rows",
      flights.expand(letters("origin").as("letter")).select("delay")
    ),
    (
      "limitPushdown", "limit-not-through-expand",
      flights.expand(letters("origin").as("letter")).limit(10)
    ),
    ("projectionPushdown", "outputs-are-one-call", flights.with(parts("origin"))),
    (
      "projectionPushdown", "prunes-one-output",
      flights.with(parts("origin")).filter(col("head") == "J" && col("delay") > 5).select("tail")
    ),
    ("projectionPushdown", "drops-outputs", flights.with(parts("origin")).select("delay")),
    // Field pushdown
    (
      "fieldPushdown", "reads-used-fields",
      trips.filter(col("pickup").field("zone") == "JFK")
        .select("id", col("pickup").field("at").field("x"))
    ),
    (
      "fieldPushdown", "keeps-what-is-used-whole",
      trips.filter(col("pickup").field("zone") == "JFK").select("pickup", col("stops").list.count())
    ),
    (
      "fieldPushdown", "through-join-and-sort",
      trips.select("id", "pickup").join(trips.select("id", "stops"), on: "id")
        .sort(by: col("pickup").field("time"))
        .select(col("pickup").field("zone"), col("stops").list.first().field("fare"))
    ),
    (
      "fieldPushdown", "through-explode",
      trips.select("id", col("stops").as("stop")).explode("stop")
        .groupBy(col("stop").field("zone")).aggregate(rowCount().as("n"))
    ),
    (
      "fieldPushdown", "through-concat",
      LazyFrame.concat([trips, trips]).select(col("pickup").field("zone"))
    ),
    (
      "fieldPushdown", "not-for-calls",
      trips.with(lists(col("pickup").field("zone")).as("l"))
        .select("l", col("pickup").field("time"))
    ),
  ]
  static let lists = UDF.row("lists") { (s: String) in [s] }

  @Test(arguments: cases.indices)
  func rule(_ number: Int) throws {
    let (rule, name, frame) = Self.cases[number]
    let others = Set(Optimizer.rules.map(\.name)).subtracting([rule])
    var text = ""
    for (title, disabled) in [
      ("As written", ["all"]), ("\(rule) alone", others), ("All rules but \(rule)", [rule]),
      ("All rules", []),
    ] {
      let query = try Query(frame, ColumnarEngine(disabledRules: disabled))
      text += "\(title)\n\(query.optimized.text(indent: 1))"
    }
    let problem = GoldenText.difference(text, "\(rule)-\(name)")
    #expect(problem == nil, "\(problem ?? "")")
  }
}
