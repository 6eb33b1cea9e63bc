import ColumnarCore
import ColumnarTesting
import Foundation
import Testing

@testable import ColumnarIO

/// What the tests of Parquet writing share.
enum ParquetWriteTesting {
  /// Calls `body` with a folder of its own, gone at the end.
  static func withFolder<R>(_ body: (String) throws -> R) throws -> R {
    let path = "/tmp/columnar-pqwrite-\(getpid())-\(UInt64.random(in: 0..<(1 << 40)))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  /// A batch of columns named `c0` and so on.
  static func batch(_ columns: [Column], count: Int? = nil) -> Batch {
    let fields = columns.enumerated().map { Field("c\($0)", $1.type) }
    return Batch(
      unchecked: Schema(unchecked: fields), columns: columns,
      count: count ?? columns.first?.count ?? 0)
  }

  /// Writes batches and opens what was written.
  static func written(
    _ batches: [Batch], schema: Schema? = nil,
    _ options: ParquetWriteOptions = ParquetWriteOptions()
  ) throws -> ParquetFile {
    try withFolder { folder in
      let path = "\(folder)/test.parquet"
      var options = options
      options.isDurable = false
      let schema = schema ?? batches.first?.schema ?? Schema(unchecked: [])
      let writer = try ParquetWriter(path: path, schema: schema, options: options)
      for batch in batches { try writer.write(batch) }
      try writer.finish()
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["test.parquet"])
      return try ParquetTesting.file(try ParquetTesting.bytes(path), name: path)
    }
  }

  /// Options of all sorts: small pages and row groups, so that there are several.
  static func options(_ random: inout SeededGenerator) -> ParquetWriteOptions {
    var options = ParquetWriteOptions(
      compression: random.pick([.none, .snappy, .zstd, .zstd(level: 3), .gzip, .lz4]))
    options.pageVersion = random.pick([.v1, .v2])
    options.pageRows = random.pick([5, 20, 64, 1 << 16])
    options.pageBytes = random.pick([60, 300, 1 << 20])
    options.rowGroupRows = random.pick([20, 63, 1 << 20, 1 << 20])
    options.rowGroupBytes = random.pick([100, 1000, 1 << 28, 1 << 28])
    options.usesDictionaries = random.chance(0.6)
    options.usesNewEncodings = random.chance(0.7)
    options.writesChecksums = random.chance(0.5)
    options.writesPageIndex = random.chance(0.5)
    options.writesStatistics = random.chance(0.7)
    options.writesArrowSchema = random.chance(0.5)
    return options
  }

  /// The values as text that tells also zeros apart.
  static func notations(_ column: Column) -> [String] { Value.rows(of: column).map(\.notation) }
}
