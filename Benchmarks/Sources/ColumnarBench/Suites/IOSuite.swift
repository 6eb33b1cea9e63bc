import CReference
import Columnar
import Glibc
import Harness

let ioThreads = 2

/// Whole files into frames, on two threads, beside Polars, pyarrow and DuckDB.
let ioSuite = Suite(
  "io",
  notes: [
    "Files are in the page cache. The frame keeps dictionary-coded text coded; peers materialise it. "
      + "duckdb is its result as an Arrow table, duckdb-table a temporary table.",
    "One column: memcpy writes as many bytes as it has, on one thread, into memory that is there; c "
      + "maps the same file and decodes it, as simply as loops in C can, into memory that is there.",
    "Written tables have their text written out in memory, in ours as in the peers; nobody waits for "
      + "the disk but the case that says durable. A file more than 5% larger than the smallest of the "
      + "peers' is an error.",
    "Arrow files: numbers stay where they are in the mapped file; text is looked at once, to be sure "
      + "that it is UTF-8. c looks at as many bytes of the mapped file, writes as many as views of the "
      + "text take if the file has none, and does nothing else, on two threads.",
    "Sums of an Arrow file: c adds up as many bytes, of memory that is there, on one thread.",
  ],
  [
    readGroup("parquet", "h2o", "h2o.parquet", limit: 0.9) { .scan(parquet: $0) },
    readGroup("parquet", "lineitem", "lineitem-f64.parquet", limit: 0.9) { .scan(parquet: $0) },
    countGroup,
    decoderGroup("dictionary"), decoderGroup("delta"), decoderGroup("plain"),
    writeGroup("h2o", "h2o.parquet", .zstd), writeGroup("h2o", "h2o.parquet", .snappy),
    writeGroup("lineitem", "lineitem-f64.parquet", .zstd),
    writeGroup("lineitem", "lineitem-f64.parquet", .snappy),
    readGroup("csv", "h2o", "h2o.csv", limit: 0.9) { .scan(csv: $0) },
    readGroup("jsonl", "h2o", "h2o.jsonl", "h2o-lines", limit: nil) { .scan(jsonLines: $0) },
    readGroup(
      "arrow", "h2o", "h2o.arrow", limit: nil, text: TextTraffic(read: 34, written: 48)
    ) { .scan(arrow: $0) },
    readGroup(
      "arrow", "h2o-views", "h2o-views.arrow", "h2o", limit: nil,
      text: TextTraffic(read: 48, written: 0)
    ) { .scan(arrow: $0) },
    numbersGroup, sumsGroup,
  ])

/// The peers' names, as they are called in references and in peers.py.
private func engines(_ format: String) -> [(label: String, name: String)] {
  let lazy = [("polars", "polars"), ("polars-streaming", "polars_streaming")]
  let arrow = [("pyarrow", "pyarrow")]
  let duckdb = [("duckdb", "duckdb"), ("duckdb-table", "duckdb_table")]
  switch format {
  case "arrow": return lazy + arrow
  case "jsonl": return lazy + arrow + duckdb.prefix(1)
  default: return lazy + arrow + duckdb
  }
}

/// What a reader of text must move through memory: bytes of the file that are looked at, and bytes
/// that are made, per row.
private struct TextTraffic {
  let read: Int
  let written: Int

  func inC(_ path: String, rows: Int) -> Contender {
    let made = Scratch<UInt8>(max(1, rows * written))
    return Contender("c") {
      reference_look(path, rows * read, made.start, rows * written)
    } check: {
      try expect($0 != 0, true, "whether there was a file")
    }
  }
}

/// A group without anything to run, where there are no files.
var noFiles: Group.Content { Group.Content(contenders: [], cases: []) }

/// The whole of a file as a frame in memory.
private func readGroup(
  _ format: String, _ what: String, _ file: String, _ table: String? = nil, limit: Double?,
  text: TextTraffic? = nil, _ scan: @escaping @Sendable (String) -> LazyFrame
) -> Group {
  let name = "io.\(format).read.\(what)"
  return Group(name) {
    guard let data = try IOData() else { return noFiles }
    let (path, table) = (data.path(file), table ?? what)
    let engines = engines(format)
    let ours = Contender(name) {
      try scan(path).collect(on: .columnar(threads: ioThreads))
    } check: {
      try data.check($0, table)
    }
    let peers = try engines.map { label, engine in
      Contender(
        label,
        peer: PeerCall(
          engine, "io:\(format):\(path)", threads: ioThreads, expected: try data.sum(table)))
    }
    let inC = try text.map { $0.inC(path, rows: try data.rows(table)) }
    let target =
      inC.map { Target.ratio(1.2, to: $0.key, $0.key) }
      ?? limit.map { limit in
        engines.dropFirst().reduce(Target.ratio(limit, to: engines[0].label, engines[0].label)) {
          $0.and(.ratio(limit, to: $1.label, $1.label))
        }
      }
    return Group.Content(
      contenders: [ours] + (inC.map { [$0] } ?? []) + peers,
      cases: [
        Case(
          name, rows: try data.rows(table),
          references: (inC == nil ? [] : [("c", "c")]) + engines.map { ($0.label, $0.label) },
          target: target)
      ])
  }
}

/// The number of rows, which stands in the metadata.
private let countGroup = Group("io.parquet.read.count") {
  guard let data = try IOData() else { return noFiles }
  let name = "io.parquet.read.count"
  let (path, rows) = (data.path("h2o.parquet"), try data.rows("h2o"))
  let ours = Contender(name) {
    try LazyFrame.scan(parquet: path).select(rowCount().as("n"))
      .collect(on: .columnar(threads: ioThreads))
  } check: {
    try expect(Array($0["n", as: Int.self]), [rows], "the number of rows")
  }
  let peers = ["polars", "duckdb"].map { engine in
    Contender(
      engine,
      peer: PeerCall(engine, "io:count:\(path)", threads: ioThreads, expected: Double(rows)))
  }
  return Group.Content(
    contenders: [ours] + peers,
    cases: [
      Case(name, rows: rows, references: [("polars", "polars"), ("duckdb", "duckdb")])
    ])
}
