import Columnar
import ColumnarCore
import ColumnarTesting
import Foundation
import Testing

/// Random conditions over random files give what they give over all rows, whatever statistics, page
/// index and bloom filters leave out.
@Suite struct ParquetRandomPruningTests {
  /// Seconds at the ends of their range do not fit into a file.
  private static let types: [DataType] =
    ColumnGenerator.flatTypes.filter { $0 != .null && $0 != .timestamp(.second, zone: "UTC") }
    + [.timestamp(.nanosecond)]

  /// A frame of a column of each type, sorted by one of them.
  private func frame(_ generator: inout ColumnGenerator, rows: Int) throws -> DataFrame {
    let fields = Self.types.enumerated().map { Field("c\($0)", $1) }
    let columns = fields.map { field in
      let column = generator.column(
        field.type, count: rows, nulls: generator.random.pick([0, 0.1, 0.6]), form: .plain)
      guard field.type == .string, generator.random.chance(0.5) else { return column }
      return Self.longTexts(&generator, rows)
    }
    let frame = DataFrame(
      schema: Schema(unchecked: fields),
      partitions: [[Batch(unchecked: Schema(unchecked: fields), columns: columns, count: rows)]])
    let key = "c\(generator.random.int(in: 1..<fields.count))"
    return (try? frame.query { $0.sort(by: key) }) ?? frame
  }

  /// Texts whose bounds have to be cut: long ones that differ late, also behind scalars that have no
  /// successor.
  private static func longTexts(_ generator: inout ColumnGenerator, _ rows: Int) -> Column {
    let stems = [
      String(repeating: "a", count: 63), String(repeating: "a", count: 64),
      String(repeating: "\u{10FFFF}", count: 20), String(repeating: "é", count: 32), "b",
      String(repeating: "\u{7F}", count: 80), "",
    ]
    var builder = BytesBuilder(capacity: rows)
    for _ in 0..<rows {
      let text = generator.random.pick(stems) + generator.random.pick(["", "a", "z", "\u{10FFFF}"])
      builder.append(generator.random.chance(0.1) ? nil : text)
    }
    return builder.finish(as: .string)
  }

  /// Conditions over values of the frame and others of the same types.
  private func conditions(
    _ frame: DataFrame, _ generator: inout ColumnGenerator, count: Int
  ) throws -> [Expr] {
    try (0..<count).map { _ in
      let columns: [(String, Expr, Expr)] = try frame.schema.names.map { name in
        let column = try frame.column(name)
        let others = generator.column(column.type, count: 8, nulls: 0, form: .plain)
        func value() -> Expr {
          let source = generator.random.chance(0.7) ? column : others
          let row = generator.random.int(in: 0..<source.count)
          return Expr(.literal(source.slice(row..<(row + 1)).decoded()))
        }
        return (name, value(), value())
      }
      return ParquetPruningQueryTests.condition(columns, &generator)
    }
  }

  /// Reads with and without leaving out; how many conditions had a meaning, which not all types
  /// give to all comparisons.
  private func check(
    _ path: String, _ whole: DataFrame, _ conditions: [Expr], _ note: String
  ) throws -> Int {
    let all = LazyFrame.scan(parquet: path, options: ParquetPruningQueryTests.options(false))
    let some = LazyFrame.scan(parquet: path)
    var compared = 0
    for condition in conditions {
      guard let expected = try? whole.lazy.filter(condition).collect() else { continue }
      compared += 1
      for scan in [some, all] {
        let found = try scan.filter(condition).collect()
        let isSame = RowTable(found).rows == RowTable(expected).rows
        #expect(isSame, "\(note): \(condition): \(found.count) rows for \(expected.count)")
      }
      let count = try some.filter(condition).select(rowCount().as("n")).collect()
      #expect(try count["n", as: Int.self].first == expected.count, "\(note): \(condition)")
    }
    return compared
  }

  @Test func filesOfOurs() throws {
    let folder = try ToolFolder()
    var compared = 0
    try PropertyTest.seeds(4) { generator in
      let frame = try frame(&generator, rows: generator.random.int(in: 1..<140))
      var options = WriteParquetTests.options
      options.rowGroupRows = generator.random.pick([5, 17, 60, 1000])
      options.pageRows = generator.random.pick([2, 5, 13])
      options.pageVersion = generator.random.pick([.v1, .v2])
      options.usesDictionaries = generator.random.chance(0.5)
      options.bloomFilters = frame.schema.fields.filter { $0.type != .bool }.map {
        .init($0.name, falsePositives: 0.1)
      }
      let path = "\(folder.path)/\(generator.seed).parquet"
      try frame.write(parquet: path, options: options)
      let conditions = try conditions(frame, &generator, count: 10)
      compared += try check(path, frame, conditions, "seed \(generator.seed)")
    }
    #expect(compared > 20)
  }

  /// Other writers cut bounds, order them and leave them out in other ways.
  @Test func filesOfOthers() throws {
    guard let python = PythonPeer.python else { return }
    let folder = try ToolFolder()
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("pruning_peer.py").path
    var (frames, generators): ([DataFrame], [ColumnGenerator]) = ([], [])
    try PropertyTest.seeds(1) { generator in
      let frame = try frame(&generator, rows: 3000)
      try frame.write(
        arrow: "\(folder.path)/\(frames.count).arrow", options: .init(layout: .offsets))
      frames.append(frame)
      generators.append(generator)
    }
    let made = try PythonPeer.run(python, [script, folder.path, "\(frames.count)"])
    try #require(made.status == 0, "\(made.text)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".parquet")
    }.sorted()
    try #require(names.count >= 2 * frames.count)
    for name in names {
      let k = try #require(Int(name.prefix { $0.isNumber }))
      var generator = generators[k]
      let options = ParquetPruningQueryTests.options(false)
      let path = "\(folder.path)/\(name)"
      let whole = try LazyFrame.scan(parquet: path, options: options).collect()
      let conditions = try conditions(whole, &generator, count: 5)
      #expect(try check(path, whole, conditions, "\(name), seed \(generator.seed)") > 2)
    }
  }
}
