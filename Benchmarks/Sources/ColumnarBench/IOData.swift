import Columnar
import Foundation
import Harness

/// The files of the suite `io`, in a folder outside of the repository, made when they are missing.
///
/// `COLUMNAR_BENCH_DATA` says where (default `~/.cache/columnar-bench`), `COLUMNAR_BENCH_ROWS` how
/// many rows (default ten million). They are made by `peers/io_data.py`, so by the Python that
/// peers run in; where there is neither that nor the files, the suite is empty and says so.
struct IOData {
  /// The Python that `--peers` named; set before suites run.
  static let pythonVariable = "COLUMNAR_BENCH_PYTHON"

  let folder: String
  private let checks: [String: [String: String]]

  /// The files; nil where they are missing and cannot be made.
  init?(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    let rows = environment["COLUMNAR_BENCH_ROWS"].flatMap(Int.init) ?? 10_000_000
    let root =
      environment["COLUMNAR_BENCH_DATA"] ?? (NSHomeDirectory() + "/.cache/columnar-bench")
    folder = "\(root)/\(rows)"
    let path = "\(folder)/checks.json"
    if !FileManager.default.fileExists(atPath: path) {
      guard let python = environment[Self.pythonVariable] else {
        let text = "io: no files in \(folder); `make bench-peers SUITE=io` makes them.\n"
        FileHandle.standardError.write(Data(text.utf8))
        return nil
      }
      try Self.make(python, folder, rows)
    }
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    checks = try JSONDecoder().decode([String: [String: String]].self, from: data)
  }

  private static func make(_ python: String, _ folder: String, _ rows: Int) throws {
    FileHandle.standardError.write(Data("io: making files in \(folder)\n".utf8))
    let script =
      URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path + "/peers/io_data.py"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [script, folder, "\(rows)"]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw CheckFailure("\(script) ended with status \(process.terminationStatus)")
    }
  }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  func rows(_ table: String) throws -> Int { Int(try known(table, "rows")) ?? 0 }

  /// What a peer's answer has to be.
  func sum(_ table: String) throws -> Double { Double(try known(table, "sum")) ?? 0 }

  private func known(_ table: String, _ name: String) throws -> String {
    guard let value = checks[table]?[name] else {
      throw CheckFailure("checks.json has no \(name) of \(table)")
    }
    return value
  }

  /// Throws unless a frame holds the whole table, row by row.
  func check(_ frame: DataFrame, _ table: String) throws {
    try expect(frame.count, try rows(table), "the number of rows")
    let batches = frame.batches
    for (position, field) in frame.schema.fields.enumerated() {
      var (total, row) = (UInt64(0), 0)
      for batch in batches {
        total &+= try Self.sum(batch.columns[position], field.type, from: row)
        row += batch.count
      }
      try expect("\(total)", try known(table, field.name), "the check of column \(field.name)")
    }
  }

  private static func sum(_ column: Column, _ type: DataType, from row: Int) throws -> UInt64 {
    switch type {
    case .int32: try weighted(column, Int32.self, row) { UInt64(bitPattern: Int64($0)) }
    case .int64: try weighted(column, Int64.self, row) { UInt64(bitPattern: $0) }
    case .float64: try weighted(column, Double.self, row) { $0.bitPattern }
    case .date:
      try weighted(column, CalendarDate.self, row) { UInt64(bitPattern: Int64($0.daysSinceEpoch)) }
    default:
      try weighted(column, String.self, row) { $0.utf8.reduce(0) { $0 &+ UInt64($1) } }
    }
  }

  /// The sum of a batch as `io_data.py` describes it.
  @inline(__always)
  private static func weighted<Value: ColumnValue>(
    _ column: Column, _: Value.Type, _ row: Int, _ bits: (Value) -> UInt64
  ) throws -> UInt64 {
    var (total, weight) = (UInt64(0), UInt64(row % 97))
    for value in try ColumnView<Value>(column) {
      total &+= (weight &+ 1) &* bits(value)
      weight = weight == 96 ? 0 : weight &+ 1
    }
    return total
  }
}
