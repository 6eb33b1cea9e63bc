import Columnar
import Harness

private let rowCount = 10_000_000

/// Operators over ten million rows, on one thread and on two, beside Polars and DuckDB.
let kernelsSuite = Suite(
  "kernels",
  notes: [
    "…-published are the figures of a run on this kind of machine; they are in no ratio. `make "
      + "bench-peers` times Polars and DuckDB in turns with ours."
  ],
  [
    groupByGroup("100", groups: 100, polars: [66, 35], duckdb: [67, 42]),
    groupByGroup("1M", groups: 1_000_000, polars: [320, 170], duckdb: [550, 340]),
    sortGroup, filterGroup, arithmeticGroup, sumGroup, joinGroup,
  ])

/// The contenders and cases of one query on one thread and on two, with the peers' where they have
/// it.
private func content(
  _ name: String, rows: Int = rowCount, _ query: LazyFrame, peer: String, expected: Double,
  published: [KeyValuePairs<String, Double>], isTarget: Bool = false,
  check: @escaping (DataFrame) throws -> Double
) -> Group.Content {
  var contenders: [Contender] = []
  var cases: [Case] = []
  for threads in [1, 2] {
    let key = "\(name).threads-\(threads)"
    contenders.append(
      Contender(key) {
        try query.collect(on: .columnar(threads: threads))
      } check: {
        try expect(try check($0), expected, "the check sum")
      })
    for engine in ["polars", "duckdb"] {
      contenders.append(
        Contender(
          "\(engine)-\(threads)",
          peer: PeerCall(engine, peer, threads: threads, expected: expected)))
    }
    let figures = published[threads - 1]
    cases.append(
      Case(
        key, rows: rows,
        references: ["polars": "polars-\(threads)", "duckdb": "duckdb-\(threads)"],
        published: figures, target: isTarget ? target(figures) : nil))
  }
  return Group.Content(contenders: contenders, cases: cases)
}

/// To be ahead of Polars and DuckDB; NumPy's sort, which sorts nothing but an array, is there to
/// compare.
private func target(_ published: KeyValuePairs<String, Double>) -> Target {
  let rivals = published.filter { !$0.key.hasPrefix("numpy") }
  return .ahead(of: rivals.map { ($0.key, $0.value) })
}

private func groupByGroup(
  _ label: String, groups: Int, polars: [Double], duckdb: [Double]
) -> Group {
  Group("kernels.group-by.\(label)") {
    let keys = Generated.array(11, rowCount) { Int32($0 % UInt64(groups)) }
    let values = Generated.halves(12, rowCount)
    var sums = [Double](repeating: 0, count: groups)
    var seen = [Bool](repeating: false, count: groups)
    for (key, value) in zip(keys, values) {
      sums[Int(key)] += value
      seen[Int(key)] = true
    }
    let distinct = seen.count { $0 }
    let checksum = sums.indices.reduce(0) { $0 + sums[$1] * Double($1 % 97) }
    let frame = try DataFrame(["k": keys, "v": values])
    return content(
      "kernels.group-by.\(label)",
      frame.lazy.groupBy("k").aggregate(col("v").sum().as("v")),
      peer: "group-by-\(label)", expected: checksum,
      published: [0, 1].map {
        ["polars-published": polars[$0], "duckdb-published": duckdb[$0]]
      }, isTarget: true
    ) { result in
      try expect(result.count, distinct, "the number of groups")
      let (keys, sums) = try (result["k", as: Int32.self], result["v", as: Double.self])
      return zip(keys, sums).reduce(0) { $0 + $1.1 * Double($1.0 % 97) }
    }
  }
}

private let sortGroup = Group("kernels.sort") {
  let values = Generated.array(21, rowCount) { Int(bitPattern: UInt($0)) }
  let total = values.reduce(0, &+)
  let middle = rowCount / 2
  let expected = Double(values.sorted()[middle] % 1_000_003)
  let frame = try DataFrame(["x": values])
  return content(
    "kernels.sort.int64", frame.lazy.sort(by: "x"), peer: "sort", expected: expected,
    published: [
      ["polars-published": 250, "numpy-published": 130],
      ["polars-published": 250],
    ], isTarget: true
  ) { result in
    try expect(try result.integerSum("x"), total, "the sum")
    var (last, row, check) = (Int.min, 0, 0)
    for batch in result.batches {
      for value in try ColumnView<Int>(batch.columns[0]) {
        guard value >= last else { throw CheckFailure("\(value) comes after \(last)") }
        if row == middle { check = value % 1_000_003 }
        (last, row) = (value, row + 1)
      }
    }
    return Double(check)
  }
}

private let filterGroup = Group("kernels.filter") {
  let values = Generated.halves(31, rowCount)
  let expected = values.reduce(0) { $1 > 0 ? $0 + $1 : $0 }
  let frame = try DataFrame(["x": values])
  return content(
    "kernels.filter", frame.lazy.filter(col("x") > 0.0), peer: "filter", expected: expected,
    published: [["polars-published": 22], ["polars-published": 11.5]]
  ) { try $0.sum("x") }
}

private let arithmeticGroup = Group("kernels.multiply-add") {
  let (a, b) = (Generated.halves(41, rowCount), Generated.halves(42, rowCount))
  let c = Generated.halves(43, rowCount)
  let expected = zip(zip(a, b), c).reduce(0) { $0 + ($1.0.0 * $1.0.1 + $1.1) }
  let frame = try DataFrame(["a": a, "b": b, "c": c])
  return content(
    "kernels.multiply-add", frame.lazy.select((col("a") * col("b") + col("c")).as("r")),
    peer: "multiply-add", expected: expected,
    published: [["polars-published": 25], ["polars-published": 23]]
  ) { try $0.sum("r") }
}

private let sumGroup = Group("kernels.sum") {
  let values = Generated.halves(31, rowCount)
  let frame = try DataFrame(["x": values])
  return content(
    "kernels.sum", frame.lazy.select(col("x").sum().as("s")), peer: "sum",
    expected: values.reduce(0, +), published: [["polars-published": 5.7], [:]]
  ) { try $0.sum("s") }
}

private let joinGroup = Group("kernels.join") {
  let count = 1_000_000
  let keys = Generated.array(51, rowCount) { Int($0 % UInt64(count)) }
  // An odd multiplier modulo a power of two would do; this one is prime to a million.
  let buildKeys = (0..<count).map { $0 &* 7_919 % count }
  let x = buildKeys.map { Double($0 % 1000) / 2 }
  let expected = keys.reduce(0) { $0 + Double($1 % 1000) / 2 }
  let probe = try DataFrame(["k": keys])
  let build = try DataFrame(["k": buildKeys, "x": x])
  return content(
    "kernels.join", probe.lazy.join(build.lazy, on: "k"), peer: "join", expected: expected,
    published: [
      ["polars-published": 300, "duckdb-published": 610],
      ["polars-published": 140, "duckdb-published": 390],
    ]
  ) { result in
    try expect(result.count, rowCount, "the rows")
    return try result.sum("x")
  }
}
