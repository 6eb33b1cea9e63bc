import CArrowShim
import ColumnarCore
import ColumnarTesting
import Foundation
import Testing

@testable import ColumnarIO

/// Random nested frames through every format: each gives back what went in, and pyarrow reads the
/// same in each.
@Suite struct FormatAgreementTests {
  /// Types whose values all formats keep.
  private static let leaves = ColumnGenerator.flatTypes.filter {
    $0 != .timestamp(.second, zone: "UTC") && $0 != .null
  }

  /// A type that nests up to `depth` deep.
  private static func type(_ depth: Int, _ random: inout SeededGenerator) -> DataType {
    guard depth > 0, random.chance(0.8) else { return random.pick(leaves) }
    switch random.int(in: 0..<5) {
    case 0, 1: return .list(type(depth - 1, &random))
    case 2: return .fixedSizeList(type(depth - 1, &random), count: random.int(in: 1..<4))
    default:
      let count = random.int(in: 1..<4)
      return .structure((0..<count).map { Field("f\($0)", type(depth - 1, &random)) })
    }
  }

  /// Batches of one schema: of any length and form, windows of others among them.
  private static func batches(_ generator: inout ColumnGenerator, flat: Bool = false) -> [Batch] {
    var types = (0..<4).map { _ in type(flat ? 0 : 3, &generator.random) }
    types.append(.int32)
    return (0..<3).map { _ in
      let count = generator.rowCount(upTo: 70)
      let extra = generator.random.int(in: 0..<9)
      let columns = types.map { generator.column($0, count: count + 2 * extra) }
      return ParquetWriteTesting.batch(columns, count: count + 2 * extra)
        .slice(extra..<(extra + count))
    }
  }

  /// The rows of each column, without what formats do not tell apart.
  private static func notations(_ batches: [Batch], _ columns: Int) -> [[String]] {
    (0..<columns).map { k in batches.flatMap { ParquetWriteTesting.notations($0.columns[k]) } }
  }

  private static func expectSame(
    _ found: [Batch], _ expected: [Batch], _ note: String,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let count = expected[0].columns.count
    let (a, b) = (notations(found, count), notations(expected, count))
    for k in 0..<count where a[k] != b[k] {
      let row = zip(a[k], b[k]).enumerated().first { $1.0 != $1.1 }
      Issue.record(
        "\(note): \(expected[0].columns[k].type), \(a[k].count) rows; \(row.map { "\($0)" } ?? "")",
        sourceLocation: location)
    }
  }

  private struct Paths {
    let folder: String
    let seed: UInt64
    func path(_ ending: String) -> String { "\(folder)/\(seed)\(ending)" }
  }

  private static func writeArrow(_ batches: [Batch], _ paths: Paths) throws {
    for (ending, format) in [(".arrow", ArrowWriteOptions.Format.file), (".arrows", .stream)] {
      var options = ArrowWriteOptions(format: format)
      options.compression = [.none, .lz4, .zstd()][Int(paths.seed % 3)]
      options.layout = IPCRoundTripTests.layouts[Int(paths.seed / 3 % 3)]
      let flat = batches[0].schema.fields.filter { $0.type.element == nil && $0.type.fields == nil }
      options.dictionaryColumns = flat.prefix(1).map(\.name)
      let writer = try ArrowWriter(
        path: paths.path(ending), schema: batches[0].schema, options: options)
      for batch in batches { try writer.write(batch) }
      try writer.finish()
    }
  }

  private static func readArrow(_ path: String) throws -> [Batch] {
    let reader = try ArrowFileReader(path: path)
    return try (0..<reader.batchCount).map { try reader.batch(at: $0) }
  }

  private static func readParquet(_ path: String) throws -> [Batch] {
    let file = try ParquetFile(path: path)
    let columns = Array(0..<file.columns.count)
    var batches: [Batch] = []
    for group in file.metadata.rowGroups.indices {
      for part in ParquetPart.cut(file, group: group, columns: columns, rows: 50) {
        try part.read(ReadRequest(columns: columns), batchRows: 19) { batch in
          batches.append(batch)
          return true
        }
      }
    }
    return batches
  }

  private static func writeParquet(
    _ batches: [Batch], _ path: String, _ random: inout SeededGenerator
  ) throws {
    var options = ParquetWriteTesting.options(&random)
    options.isDurable = false
    options.writesArrowSchema = true
    let writer = try ParquetWriter(path: path, schema: batches[0].schema, options: options)
    for batch in batches { try writer.write(batch) }
    try writer.finish()
  }

  @Test func nestedFramesComeBackFromEveryFormat() throws {
    try ParquetWriteTesting.withFolder { folder in
      var seeds: [UInt64] = []
      try PropertyTest.seeds(12) { generator in
        let paths = Paths(folder: folder, seed: generator.seed)
        seeds.append(generator.seed)
        let batches = Self.batches(&generator)
        let note = "seed \(generator.seed)"
        try Self.writeArrow(batches, paths)
        for ending in [".arrow", ".arrows"] {
          Self.expectSame(try Self.readArrow(paths.path(ending)), batches, "\(ending), \(note)")
        }
        let stream = try ArrowCExportTests.roundTrip(
          batches, IPCRoundTripTests.layouts[Int(generator.seed % 3)])
        Self.expectSame(stream, batches, "C stream, \(note)")
        try Self.writeParquet(batches, paths.path(".parquet"), &generator.random)
        Self.expectSame(
          try Self.readParquet(paths.path(".parquet")), batches, "Parquet, \(note)")
        try Self.jsonLines(batches, paths, note)
      }
      try Self.comparePeer(folder, seeds)
    }
  }

  private static func jsonLines(_ batches: [Batch], _ paths: Paths, _ note: String) throws {
    var options = JSONLinesWriteOptions()
    options.nonFinite = .text
    options.writesNulls = paths.seed % 2 == 0
    let (path, schema) = (paths.path(".jsonl"), batches[0].schema)
    let writer = try JSONLinesWriter(path: path, schema: schema, options: options)
    for batch in batches { try writer.write(batch) }
    try writer.finish()
    let source = try JSONLinesSource(path: path, options: jsonOptions { $0.schema = schema })
    expectSame(try readBatches(source, target: 300), batches, "JSON Lines, \(note)")
  }

  @Test func flatFramesComeBackFromText() throws {
    let folder = TemporaryFolder()
    try PropertyTest.seeds(10) { generator in
      let batches = Self.batches(&generator, flat: true).map(Self.writable)
      let (path, schema) = (folder.path + "/x.csv", batches[0].schema)
      let writer = try CSVWriter(path: path, schema: schema)
      for batch in batches { try writer.write(batch) }
      try writer.finish()
      let options = csvOptions {
        $0.schemaOverrides = Dictionary(
          uniqueKeysWithValues: schema.fields.map { ($0.name, $0.type) })
      }
      let source = try CSVSource(path: path, options: options)
      Self.expectSame(
        try readBatches(source, target: 100), batches, "CSV, seed \(generator.seed)")
    }
  }

  /// Without the types that CSV has no form for.
  private static func writable(_ batch: Batch) -> Batch {
    let kept = batch.schema.fields.indices.filter {
      CSVColumnParser.supports(batch.schema[$0].type)
    }
    return Batch(
      unchecked: Schema(unchecked: kept.map { batch.schema[$0] }),
      columns: kept.map { batch.columns[$0] }, count: batch.count)
  }

  /// What pyarrow reads is the same in each of the formats, and what it writes of it, read by us.
  private static func comparePeer(_ folder: String, _ seeds: [UInt64]) throws {
    guard let python = PythonPeer.python else { return }
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("formats_peer.py").path
    let compared = try PythonPeer.run(python, [script, folder] + seeds.map { "\($0)" })
    #expect(compared.status == 0 && compared.text.hasSuffix("same\n"), "\(compared.text)")
    for seed in seeds {
      let ours = try readArrow("\(folder)/\(seed).arrow")
      guard !ours.isEmpty else { continue }
      expectSame(
        try readArrow("\(folder)/\(seed)-theirs.arrow"), ours, "pyarrow's file, seed \(seed)")
      expectSame(
        try readParquet("\(folder)/\(seed)-theirs.parquet"), ours, "pyarrow's Parquet, seed \(seed)"
      )
    }
  }
}
