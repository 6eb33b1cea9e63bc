import CReference
import Columnar
import Glibc
import Harness

/// One column of eight-byte numbers, not packed, on one thread, beside a copy of as many bytes and
/// the same in C.
func decoderGroup(_ what: String) -> Group {
  let name = "io.parquet.read.one-\(what)"
  return Group(name) {
    guard let data = try IOData() else { return noFiles }
    let (path, table) = (data.path("one-\(what).parquet"), "one-\(what)")
    let rows = try data.rows(table)
    let ours = Contender(name) {
      try LazyFrame.scan(parquet: path).collect(on: .columnar(threads: 1))
    } check: {
      try data.check($0, table)
    }
    let (source, target) = (Scratch<Int64>(rows), Scratch<Int64>(rows + 512))
    let copy = Contender("memcpy") {
      memcpy(target.start, source.start, rows * 8)
    } check: { _ in
    }
    let inC = Contender("c") {
      reference_decode(path, target.start, rows)
    } check: {
      try expect($0, rows, "the number of values in C")
      let frame = try DataFrame(["x": Array(target.values.prefix(rows))])
      try data.check(frame, table)
    }
    let peer = Contender(
      "polars",
      peer: PeerCall(
        "polars", "io:parquet:\(path)", threads: 1, expected: try data.sum(table)))
    return Group.Content(
      contenders: [ours, copy, inC, peer],
      cases: [
        Case(
          name, rows: rows,
          references: [("memcpy", "memcpy"), ("c", "c"), ("polars", "polars")],
          target: .ratio(1.2, to: "c", "c"))
      ])
  }
}

private let numbers = ["id4", "id5", "id6", "v1", "v2", "v3"]

/// The numbers of an Arrow file as a frame: they stay where they are in the file.
let numbersGroup = Group("io.arrow.read.numbers") {
  guard let data = try IOData() else { return noFiles }
  let (name, path) = ("io.arrow.read.numbers", data.path("h2o.arrow"))
  let ours = Contender(name) {
    try LazyFrame.scan(arrow: path).select(numbers.map { col($0) })
      .collect(on: .columnar(threads: ioThreads))
  } check: {
    try data.check($0, "h2o")
  }
  let peers = try ["polars", "pyarrow"].map { engine in
    Contender(
      engine,
      peer: PeerCall(
        engine, "io:arrow-numbers:\(path)", threads: ioThreads, expected: try data.sum("h2o")))
  }
  return Group.Content(
    contenders: [ours] + peers,
    cases: [
      Case(
        name, rows: try data.rows("h2o"),
        references: [("polars", "polars"), ("pyarrow", "pyarrow")])
    ])
}

/// The sums of all numbers of an Arrow file, on one thread: every byte of them is looked at once.
let sumsGroup = Group("io.arrow.sum") {
  guard let data = try IOData() else { return noFiles }
  let (name, path, rows) = ("io.arrow.sum.h2o", data.path("h2o.arrow"), try data.rows("h2o"))
  // A peer's check counts the rows and has the sums of the numbers divided by them.
  let expected = (try data.sum("h2o") - Double(rows)) * Double(rows)
  let ours = Contender(name) {
    try LazyFrame.scan(arrow: path).select(numbers.map { col($0).sum().as($0) })
      .collect(on: .columnar(threads: 1))
  } check: { frame in
    let total = try numbers.reduce(0.0) { total, name in
      try total
        + (name == "v3"
          ? frame[name, as: Double.self].reduce(0, +)
          : Double(frame[name, as: Int.self].reduce(0, +)))
    }
    try expect(abs(total - expected) < 1e-6 * expected, true, "whether the sum is right")
  }
  // Five columns of four bytes and one of eight.
  let words = Scratch<Int64>(rows * 28 / 8)
  let inC = Contender("c") {
    reference_sum_words(words.start, rows * 28 / 8)
  } check: {
    try expect($0, 0, "the sum in C")
  }
  let peer = Contender(
    "polars", peer: PeerCall("polars", "io:arrow-sum:\(path)", threads: 1, expected: expected))
  return Group.Content(
    contenders: [ours, inC, peer],
    cases: [Case(name, rows: rows, references: [("c", "c"), ("polars", "polars")])])
}
