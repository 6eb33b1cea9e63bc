import Columnar
import Glibc
import Harness

private let threads = 2

/// Whole files into frames, on two threads, beside Polars, pyarrow and DuckDB.
let ioSuite = Suite(
  "io",
  notes: [
    "Files are in the page cache. The frame keeps dictionary-coded text coded; peers materialise it. "
      + "duckdb is its result as an Arrow table, duckdb-table a temporary table.",
    "memcpy writes as many bytes as the column has, on one thread, into memory that is there: what "
      + "a decoder could reach at best.",
  ],
  [
    readGroup("parquet", "h2o", "h2o.parquet", limit: 0.9) { .scan(parquet: $0) },
    readGroup("parquet", "lineitem", "lineitem-f64.parquet", limit: 0.9) { .scan(parquet: $0) },
    countGroup,
    decoderGroup("dictionary"), decoderGroup("delta"), decoderGroup("plain"),
    readGroup("csv", "h2o", "h2o.csv", limit: 0.9) { .scan(csv: $0) },
    readGroup("ipc", "h2o", "h2o.arrow", limit: nil) { .scan(arrow: $0) },
    readGroup("ipc", "h2o-views", "h2o-views.arrow", "h2o", limit: nil) { .scan(arrow: $0) },
  ])

/// The peers' names, as they are called in references and in peers.py.
private func engines(_ format: String) -> [(label: String, name: String)] {
  let lazy = [("polars", "polars"), ("polars-streaming", "polars_streaming")]
  let arrow = [("pyarrow", "pyarrow")]
  let duckdb = [("duckdb", "duckdb"), ("duckdb-table", "duckdb_table")]
  return format == "arrow" ? lazy + arrow : lazy + arrow + duckdb
}

/// A group without anything to run, where there are no files.
private var nothing: Group.Content { Group.Content(contenders: [], cases: []) }

/// The whole of a file as a frame in memory.
private func readGroup(
  _ format: String, _ what: String, _ file: String, _ table: String? = nil, limit: Double?,
  _ scan: @escaping @Sendable (String) -> LazyFrame
) -> Group {
  let name = "io.\(format).read.\(what)"
  return Group(name) {
    guard let data = try IOData() else { return nothing }
    let (path, table) = (data.path(file), table ?? what)
    let peerFormat = format == "ipc" ? "arrow" : format
    let engines = engines(peerFormat)
    let ours = Contender(name) {
      try scan(path).collect(on: .columnar(threads: threads))
    } check: {
      try data.check($0, table)
    }
    let peers = try engines.map { label, engine in
      Contender(
        label,
        peer: PeerCall(
          engine, "io:\(peerFormat):\(path)", threads: threads, expected: try data.sum(table)))
    }
    let target = limit.map { limit in
      engines.dropFirst().reduce(Target.ratio(limit, to: engines[0].label, engines[0].label)) {
        $0.and(.ratio(limit, to: $1.label, $1.label))
      }
    }
    return Group.Content(
      contenders: [ours] + peers,
      cases: [
        Case(
          name, rows: try data.rows(table), references: engines.map { ($0.label, $0.label) },
          target: target)
      ])
  }
}

/// The number of rows, which stands in the metadata.
private let countGroup = Group("io.parquet.read.count") {
  guard let data = try IOData() else { return nothing }
  let name = "io.parquet.read.count"
  let (path, rows) = (data.path("h2o.parquet"), try data.rows("h2o"))
  let ours = Contender(name) {
    try LazyFrame.scan(parquet: path).select(rowCount().as("n"))
      .collect(on: .columnar(threads: threads))
  } check: {
    try expect(Array($0["n", as: Int.self]), [rows], "the number of rows")
  }
  let peers = ["polars", "duckdb"].map { engine in
    Contender(
      engine,
      peer: PeerCall(engine, "io:count:\(path)", threads: threads, expected: Double(rows)))
  }
  return Group.Content(
    contenders: [ours] + peers,
    cases: [
      Case(name, rows: rows, references: [("polars", "polars"), ("duckdb", "duckdb")])
    ])
}

/// One column of eight-byte numbers, not packed, on one thread, beside a copy of as many bytes.
private func decoderGroup(_ what: String) -> Group {
  let name = "io.parquet.read.one-\(what)"
  return Group(name) {
    guard let data = try IOData() else { return nothing }
    let (path, table) = (data.path("one-\(what).parquet"), "one-\(what)")
    let rows = try data.rows(table)
    let ours = Contender(name) {
      try LazyFrame.scan(parquet: path).collect(on: .columnar(threads: 1))
    } check: {
      try data.check($0, table)
    }
    let (source, target) = (Scratch<Int64>(rows), Scratch<Int64>(rows))
    let copy = Contender("memcpy") {
      memcpy(target.start, source.start, rows * 8)
    } check: { _ in
    }
    let peer = Contender(
      "polars",
      peer: PeerCall(
        "polars", "io:parquet:\(path)", threads: 1, expected: try data.sum(table)))
    return Group.Content(
      contenders: [ours, copy, peer],
      cases: [
        Case(
          name, rows: rows, references: [("memcpy", "memcpy"), ("polars", "polars")],
          target: .ratio(1.2, to: "memcpy", "memcpy"))
      ])
  }
}
