import CReference
import Columnar
import Harness

/// User-defined functions: what a closure costs beside the same loop in C.
let udfSuite = Suite(
  "udf",
  notes: [
    "c-loop writes into memory that it has; …-fresh allocates its result, as a query does.",
    "…-published are figures from another run on this kind of machine; they are in no ratio.",
  ],
  [
    numericGroup, stringGroup, kindsGroup, asyncGroup,
    normalizeGroup("udf.row.normalize") { values in
      let frame = try DataFrame(["value": values])
      return { frame }
    },
  ] + processGroups)

/// `a > 0 ? a * b + 1.5 : b - a` over ten million rows.
private let numericGroup = Group("udf.row.numeric") {
  let count = 10_000_000
  let a = Generated.array(1, count) { Int($0 % 2001) - 1000 }
  let b = Generated.halves(2, count)
  let out = Scratch<Double>(count)
  let a64 = a.map(Int64.init)
  reference_numeric(a64, b, out.start, count)
  let expected = reference_sum(out.start, count)
  let frame = try DataFrame(["a": a, "b": b])
  let score = UDF.row("score") { (a: Int, b: Double) in
    a > 0 ? Double(a) * b + 1.5 : b - Double(a)
  }
  let query = frame.lazy.select(score("a", "b").as("r"))
  let batch = UDF.batch("score") { (a: ColumnView<Int>, b: ColumnView<Double>) in
    a.indices.map { a[$0] > 0 ? Double(a[$0]) * b[$0] + 1.5 : b[$0] - Double(a[$0]) }
  }
  let (one, two) = ("udf.row.numeric", "udf.row.numeric.threads")
  return Group.Content(
    contenders: [
      Contender(one) {
        try query.collect(on: .columnar(threads: 1))
      } check: {
        try expect(try $0.sum("r"), expected, "the sum")
      },
      Contender("c-loop") {
        reference_numeric(a64, b, out.start, count)
      } check: {
        try expect(out.values[count - 1], out.values[count - 1], "the last value")
      },
      Contender(two) {
        try query.collect(on: .columnar(threads: 2))
      } check: {
        try expect(try $0.sum("r"), expected, "the sum")
      },
      freshLoop("c-loop-fresh", count, expected) { reference_numeric(a64, b, $0, count) },
      freshLoop("c-threads-fresh", count, expected) {
        reference_numeric_on_two_threads(a64, b, $0, count)
      },
      Contender("udf.batch.numeric") {
        try frame.lazy.select(batch("a", "b").as("r")).collect(on: .columnar(threads: 1))
      } check: {
        try expect(try $0.sum("r"), expected, "the sum")
      },
      Contender("polars", peer: PeerCall("polars", "numeric", threads: 2, expected: expected)),
      Contender("duckdb", peer: PeerCall("duckdb", "numeric", threads: 2, expected: expected)),
    ],
    cases: [
      Case(
        one, rows: count, references: ["c-loop": "c-loop", "c-loop-fresh": "c-loop-fresh"],
        target: .ratio(1.2, to: "c-loop", "c-loop")),
      Case(
        two, rows: count,
        references: [
          "threads-1": one, "c-threads-fresh": "c-threads-fresh", "polars": "polars",
          "duckdb": "duckdb",
        ],
        published: [
          "polars-native-published": 33.3, "duckdb-native-published": 63.3,
          "daft-native-published": 90.7, "daft-batch-published": 123.2,
          "daft-row-published": 39_915,
        ], target: .faster(than: one, by: 1.9, "one thread")),
      Case("udf.batch.numeric", rows: count, references: ["c-loop": "c-loop", "row": one]),
    ])
}

/// A loop in C that writes into memory that is allocated for it.
private func freshLoop(
  _ name: String, _ count: Int, _ expected: Double,
  _ loop: @escaping (UnsafeMutablePointer<Double>) -> Void
) -> Contender {
  Contender(name) {
    let fresh = UnsafeMutablePointer<Double>.allocate(capacity: count)
    loop(fresh)
    return fresh
  } check: { fresh in
    let sum = reference_sum(fresh, count)
    fresh.deallocate()
    try expect(sum, expected, "the sum in C")
  }
}

/// `strip` and `lower` of 50,000 short texts, from columns to columns.
private let stringGroup = Group("udf.row.strings") {
  let texts = Texts.hello(50_000)
  let expected = texts.map { $0.trimmed().lowercased() }
  let frame = try DataFrame(["text": texts])
  let clean = UDF.row("clean") { (text: String) in text.trimmed().lowercased() }
  let lower = UDF.row("lower") { (text: String) in text.lowercased() }
  let same = UDF.row("same") { (text: String) in text }
  let lowered = texts.map { $0.lowercased() }
  let loop = stripLowerLoop(texts, expected)
  return Group.Content(
    contenders: [
      Contender("udf.row.strings") {
        try frame.lazy.select(clean("text").as("r")).collect()
      } check: {
        try $0.expect("r", expected)
      },
      loop,
      Contender("threads-1") {
        try frame.lazy.select(clean("text").as("r")).collect(on: .columnar(threads: 1))
      } check: {
        try $0.expect("r", expected)
      },
      Contender("native") {
        try frame.lazy.select(col("text").string.trimmed().string.lowercased().as("r")).collect()
      } check: {
        try $0.expect("r", expected)
      },
      Contender("udf.row.strings.lower") {
        try frame.lazy.select(lower("text").as("r")).collect()
      } check: {
        try $0.expect("r", lowered)
      },
      Contender("udf.row.strings.same") {
        try frame.lazy.select(same("text").as("r")).collect()
      } check: {
        try $0.expect("r", texts)
      },
      Contender("array") {
        texts.map { $0.trimmed().lowercased() }
      } check: {
        try expect($0, expected, "the array")
      },
    ],
    cases: [
      Case(
        "udf.row.strings", rows: texts.count,
        references: [
          "c-loop": loop.key, "threads-1": "threads-1", "native": "native", "array": "array",
        ],
        published: ["daft-native-lower-published": 3.6], target: .atMost(2)),
      Case("udf.row.strings.lower", rows: texts.count),
      Case("udf.row.strings.same", rows: texts.count),
    ])
}

private func stripLowerLoop(_ texts: [String], _ expected: [String]) -> Contender {
  let bytes = texts.flatMap(\.utf8).map { CChar(bitPattern: $0) }
  var offsets: [Int64] = [0]
  for text in texts { offsets.append((offsets.last ?? 0) + Int64(text.utf8.count)) }
  let out = Scratch<CChar>(bytes.count)
  let ends = Scratch<Int64>(texts.count)
  let total = expected.reduce(0) { $0 + $1.utf8.count }
  return Contender("c-loop") { [offsets] in
    reference_strip_lower(bytes, offsets, out.start, ends.start, texts.count)
  } check: {
    try expect(Int(ends.values[texts.count - 1]), total, "the bytes in C")
  }
}
