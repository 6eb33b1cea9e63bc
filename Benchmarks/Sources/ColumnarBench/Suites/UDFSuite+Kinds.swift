import Columnar
import Harness

/// What each kind of function costs per row: a million int64, one thread, next to nothing in the
/// closure.
let kindsGroup = Group("udf.kinds") {
  let count = 1_000_000
  let values = Generated.array(3, count) { Double($0 % 1000) }
  let keys = Generated.array(4, count) { Int($0 % 1000) }
  let total = values.reduce(0, +)
  let frame = try DataFrame(["v": values, "k": keys])
  func timed(
    _ name: String, _ query: LazyFrame, expected: Double = total + Double(count)
  ) -> Contender {
    Contender(name) {
      try query.collect(on: .columnar(threads: 1))
    } check: {
      try expect(try $0.sum("r"), expected, "the sum of \(name)")
    }
  }
  let lazy = frame.lazy
  let row = UDF.row("row") { (v: Double) in v + 1 }
  let nulling = UDF.row("nulling", options: UDFOptions(onError: .null)) { (v: Double) in v + 1 }
  let batch = UDF.batch("batch") { (v: ColumnView<Double>) in v.map { $0 + 1 } }
  let expand = UDF.expand("expand") { (v: Double) in CollectionOfOne(v + 1) }
  let scan = UDF.scan("scan", initial: 1.0) { (state: inout Double, v: Double) in v + state }
  let pair = UDF.row("pair", outputs: "r", "s") { (v: Double) in (v + 1, v) }
  let waiting = UDF.async("async", options: UDFOptions(maxConcurrency: 256)) { (v: Double) in v + 1
  }
  let sum = UDF.aggregate("sum", initial: 0.0) { (s: inout Double, v: Double) in
    s += v
  } merge: {
    $0 += $1
  }
  let short = 100_000
  let few = frame.slice(0..<short)
  let fewTotal = values.prefix(short).reduce(0, +) + Double(short)
  let names: [(String, Int)] = [
    ("row", count), ("row.null", count), ("batch", count), ("expand", count), ("scan", count),
    ("scan.keys", count), ("outputs", count), ("aggregate", count), ("async", short),
  ]
  return Group.Content(
    contenders: [
      timed("udf.kinds.row", lazy.select(row("v").as("r"))),
      timed("udf.kinds.row.null", lazy.select(nulling("v").as("r"))),
      timed("udf.kinds.batch", lazy.select(batch("v").as("r"))),
      timed("udf.kinds.expand", lazy.select("v").expand(expand("v").as("r"))),
      timed("udf.kinds.scan", lazy.select(scan("v").as("r"))),
      timed("udf.kinds.scan.keys", lazy.select(scan("v").over("k").as("r"))),
      timed("udf.kinds.outputs", lazy.select(pair("v"))),
      timed(
        "udf.kinds.aggregate", lazy.groupBy("k").aggregate(sum("v").as("r")), expected: total),
      timed(
        "udf.kinds.async", few.lazy.select(waiting("v").as("r")), expected: fewTotal),
    ],
    cases: names.map {
      Case(
        "udf.kinds.\($0)", rows: $1, references: $0 == "row" ? [:] : ["row": "udf.kinds.row"],
        target: .none("none: what a row costs"))
    })
}

/// A hundred calls of 10 ms, all in flight at once, beside one.
let asyncGroup = Group("udf.async.100x10ms") {
  let wait = UDF.async("wait", options: UDFOptions(maxConcurrency: 100)) { (x: Int) in
    try await Task.sleep(for: .milliseconds(10))
    return Double(x)
  }
  func calls(_ name: String, _ count: Int) throws -> Contender {
    let frame = try DataFrame(["x": Array(0..<count)]).lazy.select(wait("x").as("r"))
    return Contender(name) {
      try frame.collect()
    } check: {
      try expect(try $0.sum("r"), Double(count * (count - 1) / 2), "the sum")
    }
  }
  return Group.Content(
    contenders: [try calls("udf.async.100x10ms", 100), try calls("one-call", 1)],
    cases: [
      Case(
        "udf.async.100x10ms", rows: 100, references: ["one-call": "one-call"],
        target: .ratio(1.5, to: "one-call", "one call"))
    ])
}
