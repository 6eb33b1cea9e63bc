import Columnar
import Foundation
import Harness

/// What is written.
enum WrittenCodec: String {
  case zstd, snappy

  fileprivate var compression: ParquetCompression { self == .zstd ? .zstd : .snappy }
}

/// A table in memory to a Parquet file, beside Polars, pyarrow and DuckDB, each of which writes its
/// own.
///
/// Every file is read back; ours may be 5% larger than the smallest of the peers'.
func writeGroup(_ table: String, _ file: String, _ codec: WrittenCodec) -> Group {
  let name = "io.parquet.write.\(table)-\(codec)"
  return Group(name) {
    guard let data = try IOData() else { return noFiles }
    let source = data.path(file)
    let frame = try written(out: source, data.path("\(table)-written-out.arrow"))
    let engines = ["polars", "pyarrow", "duckdb"]
    let rivals = engines.map { "\(source).\($0)-\(codec)" }
    let peers = try engines.map { engine in
      Contender(
        engine,
        peer: PeerCall(
          engine, "io:write-\(codec):\(source)", threads: ioThreads,
          expected: try data.sum(table)))
    }
    let target = "\(source).ours-\(codec)"
    let ours = [false, true].map { isDurable in
      Contender(isDurable ? name + ".durable" : name) {
        var options = ParquetWriteOptions(compression: codec.compression)
        options.isDurable = isDurable
        return try frame.lazy.write(
          parquet: target, options: options, on: .columnar(threads: ioThreads))
      } check: { _ in
        try data.check(try LazyFrame.scan(parquet: target).collect(), table)
        try checkSize(target, rivals)
        try FileManager.default.removeItem(atPath: target)
      }
    }
    let rows = try data.rows(table)
    let references = engines.map { ($0, $0) }
    let limit = engines.dropFirst().reduce(Target.ratio(1, to: engines[0], engines[0])) {
      $0.and(.ratio(1, to: $1, $1))
    }
    return Group.Content(
      contenders: peers + ours,
      cases: [
        Case(name, rows: rows, references: references, target: limit),
        Case(name + ".durable", rows: rows, references: references),
      ])
  }
}

/// A table whose text is not coded: brought through a file in which it is not.
private func written(out source: String, _ path: String) throws -> DataFrame {
  try LazyFrame.scan(parquet: source).write(arrow: path)
  let frame = try LazyFrame.scan(arrow: path).collect()
  // What is mapped stays.
  try FileManager.default.removeItem(atPath: path)
  return frame
}

private func checkSize(_ path: String, _ rivals: [String]) throws {
  let own = size(path) ?? 0
  let others = rivals.compactMap(size)
  guard let least = others.min() else { return }
  guard Double(own) <= 1.05 * Double(least) else {
    throw CheckFailure("\(path) has \(own) bytes, those of the peers \(others)")
  }
}

private func size(_ path: String) -> Int? {
  (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
}
