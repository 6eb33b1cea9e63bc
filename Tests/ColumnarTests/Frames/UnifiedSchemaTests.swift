import ColumnarTesting
import Foundation
import Testing

@testable import Columnar
@testable import ColumnarCore

/// Files whose structs have different fields and whose times have different units, as one table.
@Suite struct UnifiedSchemaTests {
  /// A frame of given columns.
  private func frame(_ columns: [(String, Column)]) -> DataFrame {
    let schema = Schema(unchecked: columns.map { Field($0.0, $0.1.type) })
    return DataFrame(
      schema: schema,
      partitions: [
        [Batch(unchecked: schema, columns: columns.map(\.1), count: columns[0].1.count)]
      ])
  }

  private func times(_ counts: [Int64?], _ unit: TimeUnit, zone: String? = nil) throws -> Column {
    try Int64?.column(of: counts).cast(to: .timestamp(unit, zone: zone), strict: true)
  }

  private func structs(_ fields: [(String, Column)], validity: Bitmap? = nil) -> Column {
    Column(
      fields: fields.map { Field($0.0, $0.1.type) }, children: fields.map(\.1),
      validity: validity, count: fields[0].1.count)
  }

  private func write(
    _ frame: DataFrame, _ path: String, rowGroupRows: Int = 100, pageRows: Int = 20
  ) throws {
    var options = ParquetWriteOptions()
    options.isDurable = false
    options.rowGroupRows = rowGroupRows
    options.pageRows = pageRows
    try frame.write(parquet: path, options: options)
  }

  private func figures(_ frame: LazyFrame) throws -> String {
    try frame.explain(analyze: true).split(separator: "\n").map(String.init)
      .last { $0.contains("Scan ") } ?? ""
  }

  private func failure(_ body: () throws -> Void) throws -> ColumnarError {
    try #require(throws: ColumnarError.self) { try body() }
  }

  // MARK: Random types

  /// A type with room for that of every file.
  private static func wide(_ random: inout SeededGenerator, depth: Int) -> DataType {
    let flat: [DataType] = [
      .int64, .float64, .string, .bool, .timestamp(.nanosecond), .duration(.nanosecond),
      .timestamp(.nanosecond, zone: "UTC"), .decimal128(12, scale: 4), .date, .binary,
    ]
    switch depth == 0 ? 9 : random.int(in: 0..<6) {
    case 0, 1, 2:
      let names = ["a", "b", "c", "d"].prefix(random.int(in: 1..<5))
      return .structure(names.map { Field($0, wide(&random, depth: depth - 1)) })
    case 3: return .list(wide(&random, depth: depth - 1))
    case 4:
      return .list(
        .structure([Field("key", .string), Field("value", wide(&random, depth: depth - 1))]))
    default: return random.pick(flat)
    }
  }

  /// What one file has of it: fewer fields in another order, smaller numbers, coarser times.
  private static func narrow(_ type: DataType, _ random: inout SeededGenerator) -> DataType {
    switch type.kind {
    case .structure(let fields):
      let order = fields.indices.map { ($0, random.int(in: 0..<100)) }.sorted { $0.1 < $1.1 }
      let kept = order.prefix(random.int(in: 1..<(fields.count + 1)))
      return .structure(
        kept.map { Field(fields[$0.0].name, narrow(fields[$0.0].type, &random)) })
    case .list(let element):
      // The key of a map is always there.
      if let fields = element.fields, fields.map(\.name) == ["key", "value"] {
        return .list(.structure([fields[0], Field("value", narrow(fields[1].type, &random))]))
      }
      return .list(narrow(element, &random))
    case .int64: return random.pick([.int8, .int16, .int32, .int64])
    case .float64: return random.pick([.float32, .float64])
    case .timestamp(_, let zone):
      return .timestamp(random.pick([.millisecond, .microsecond, .nanosecond]), zone: zone)
    case .duration: return .duration(random.pick([.millisecond, .microsecond, .nanosecond]))
    case .decimal128: return random.pick([.decimal128(5, scale: 2), type])
    default: return type
    }
  }

  /// The slow and obvious way: a value of one type as one of another.
  private static func value(_ value: Value, _ own: DataType, _ table: DataType) -> Value {
    switch (value, own.kind, table.kind) {
    case (.structure(let values), .structure(let fields), .structure(let wanted)):
      return .structure(
        wanted.map { field in
          guard let place = fields.firstIndex(where: { $0.name == field.name }) else {
            return .null
          }
          return self.value(values[place], fields[place].type, field.type)
        })
    case (.list(let values), .list(let one), .list(let two)):
      return .list(values.map { self.value($0, one, two) })
    case (.int(let count), .timestamp(let from, _), .timestamp(let to, _)),
      (.int(let count), .duration(let from), .duration(let to)):
      return .int(count * (to.perSecond / from.perSecond))
    default: return value
    }
  }

  private struct Files {
    let frames: [DataFrame]
    let types: [[DataType]]
  }

  /// Frames of the same columns, as different as they may be.
  private func files(_ generator: inout ColumnGenerator) -> Files {
    generator.onlySmallNumbers = true
    let wide = (0..<3).map { _ in Self.wide(&generator.random, depth: 3) }
    let types = (0..<3).map { _ in wide.map { Self.narrow($0, &generator.random) } }
    let frames = types.map { types in
      let rows = generator.random.int(in: 1..<60)
      return frame(
        [("id", Int.column(of: Array(0..<rows)))]
          + types.enumerated().map { ("c\($0)", generator.column($1, count: rows, nulls: 0.2)) })
    }
    return Files(frames: frames, types: types)
  }

  @Test func randomTypesAreUnified() throws {
    try PropertyTest.seeds(12) { generator in
      let folder = try ToolFolder()
      let files = files(&generator)
      for (k, frame) in files.frames.enumerated() {
        try write(frame, "\(folder.path)/\(k).parquet", rowGroupRows: 25, pageRows: 7)
        try frame.write(arrow: "\(folder.path)/\(k).arrow")
      }
      for scan in [
        LazyFrame.scan(parquet: folder.path), .scan(arrow: "\(folder.path)/*.arrow"),
      ] {
        let found = try scan.collect()
        for column in 0..<3 {
          let type = found.schema[column + 1].type
          let expected = try zip(files.frames, files.types).flatMap { frame, types in
            Value.rows(of: try frame.column("c\(column)")).map {
              Self.value($0, types[column], type)
            }
          }
          #expect(
            try Value.rows(of: found.column("c\(column)")) == expected,
            "\(type), seed \(generator.seed)")
          guard let field = type.fields?.last else { continue }
          // One field alone, and by a filter.
          let part = col("c\(column)").field(field.name)
          let note: Comment = "\(part), seed \(generator.seed)"
          for query: @Sendable (LazyFrame) -> LazyFrame in [
            { $0.select(part, "id") }, { $0.filter(part.isNotNull()).select("id") },
            { $0.filter(part.isNull()).select("id", part) },
          ] {
            try ParquetQueryTests.expectSame(query(scan), query(found.lazy), note)
          }
        }
      }
    }
  }

  /// As pyarrow puts the same files together.
  @Test func pyarrowUnifiesTheSame() throws {
    guard let python = PythonPeer.python else { return }
    let folder = try ToolFolder()
    let count = 8
    for k in 0..<count {
      var generator = ColumnGenerator(seed: UInt64(k))
      try FileManager.default.createDirectory(
        atPath: "\(folder.path)/\(k)", withIntermediateDirectories: true)
      for (number, frame) in files(&generator).frames.enumerated() {
        try write(frame, "\(folder.path)/\(k)/\(number).parquet")
      }
    }
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "unified_peer.py").path
    let run = try PythonPeer.run(python, [script, folder.path, "\(count)"])
    try #require(run.status == 0, "\(run.text)")
    for k in 0..<count {
      let ours = try LazyFrame.scan(parquet: "\(folder.path)/\(k)").collect()
      let theirs = try LazyFrame.scan(arrow: "\(folder.path)/\(k).arrow").collect()
      #expect(ours.schema == theirs.schema, "seed \(k)")
      #expect(
        try ParquetQueryTests.values(ours) == ParquetQueryTests.values(theirs), "seed \(k)")
    }
  }

  // MARK: Units

  /// Row groups are left out by bounds in the unit of their file.
  @Test func filesOfDifferentUnitsArePruned() throws {
    let folder = try ToolFolder()
    let base: Int64 = 1_700_000_000
    for (k, unit) in [TimeUnit.second, .millisecond, .microsecond, .nanosecond].enumerated() {
      let counts = (0..<300).map { (base + Int64(k * 300 + $0)) * unit.perSecond }
      let inner = structs([("t", try times(counts, unit)), ("k", Int.column(of: Array(0..<300)))])
      try write(
        frame([
          ("t", try times(counts, unit)), ("s", inner),
          ("d", try Int64.column(of: counts).cast(to: .duration(unit), strict: true)),
        ]), "\(folder.path)/\(k).parquet")
    }
    let scan = LazyFrame.scan(parquet: folder.path)
    let whole = try scan.collect()
    #expect(whole.schema[0].type == .timestamp(.nanosecond))
    #expect(whole.schema[2].type == .duration(.nanosecond))
    func time(_ second: Int64, _ nanoseconds: Int64 = 0) throws -> Expr {
      Expr(
        .literal(
          try times([(base + second) * 1_000_000_000 + nanoseconds], .nanosecond)))
    }
    let field = col("s").field("t")
    for second: Int64 in [-1, 0, 99, 100, 299, 300, 450, 599, 600, 899, 900, 1199, 1200] {
      for nanoseconds: Int64 in [0, 1, 999] {
        let at = try time(second, nanoseconds)
        for (k, condition) in [
          col("t") == at, col("t") < at, col("t") <= at, col("t") > at, col("t") >= at,
          col("t") != at, field == at, field > at, field <= at,
        ].enumerated() {
          let query: (LazyFrame) -> LazyFrame = {
            $0.filter(condition).select(rowCount().as("n"), col("t").max().as("m"))
          }
          let (found, expected) = (try query(scan).collect(), try query(whole.lazy).collect())
          #expect(
            try ParquetQueryTests.values(found) == ParquetQueryTests.values(expected),
            "\(k), \(second) s \(nanoseconds) ns")
        }
      }
    }
    for (condition, groups) in [
      (col("t") == (try time(5)), 1), (col("t") == (try time(705)), 1),
      (field == (try time(950)), 1), (col("t") >= (try time(600)), 6),
      (field < (try time(300)), 3), (col("t") > (try time(5000)), 0),
    ] {
      let text = try figures(scan.filter(condition))
      #expect(text.contains("row groups read \(groups) of 12"), "\(condition): \(text)")
    }
  }

  /// A time for which the finer unit has no room names file, row and column, where it is read.
  @Test func timesBeyondTheFinerUnit() throws {
    let folder = try ToolFolder()
    var late: [Int64?] = (0..<250).map { Int64($0) }
    late[237] = 253_402_300_799_000
    let ids = Int.column(of: Array(0..<250))
    try write(
      frame([("id", ids), ("t", try times(late, .millisecond))]), "\(folder.path)/1.parquet")
    try write(
      frame([
        ("id", Int.column(of: [0])), ("t", try times([1], .nanosecond)),
      ]), "\(folder.path)/2.parquet")
    let scan = LazyFrame.scan(parquet: folder.path)
    for (query, note) in [
      (scan, "all"), (scan.filter(col("id") % 3 == 0), "kept rows"),
      (scan.filter(col("t").isNotNull()), "filter"),
      (scan.filter(col("id") >= 237).select("t"), "pruned"),
    ] {
      for threads in [1, 3] {
        let error = try failure { _ = try query.collect(on: .columnar(threads: threads)) }
        #expect(error.code == .invalidValue && error.row == 237, "\(note): \(error)")
        #expect(
          error.message.contains("\"\(folder.path)/1.parquet\"")
            && error.message.contains("Column \"t\" is timestamp[ms]")
            && error.message.contains("9999-12-31T23:59:59"), "\(note): \(error)")
      }
    }
    // Where it is not read there is no error.
    #expect(try scan.filter(col("id") < 200).select("t").collect().count == 201)
    #expect(try scan.select("id").collect().count == 251)
    let arrow = "\(folder.path)/x.arrow"
    try LazyFrame.scan(parquet: "\(folder.path)/1.parquet").write(arrow: arrow)
    try LazyFrame.scan(parquet: "\(folder.path)/2.parquet").write(
      arrow: "\(folder.path)/y.arrow")
    let error = try failure {
      _ = try LazyFrame.scan(arrow: "\(folder.path)/?.arrow").collect()
    }
    #expect(error.row == nil && error.description.contains(arrow))
  }

  // MARK: Fields

  private func differentFields() throws -> ToolFolder {
    let folder = try ToolFolder()
    let text = String.column(of: (0..<200).map { "a text that is long enough, \($0)" })
    let numbers = Int.column(of: Array(0..<200))
    try write(
      frame([("id", numbers), ("s", structs([("x", numbers), ("text", text)]))]),
      "\(folder.path)/1.parquet")
    try write(
      frame([
        ("id", numbers), ("s", structs([("text", text), ("y", numbers), ("z", text)])),
      ]), "\(folder.path)/2.parquet")
    return folder
  }

  @Test func fieldsThatAFileLacks() throws {
    let folder = try differentFields()
    let scan = LazyFrame.scan(parquet: folder.path)
    let (x, y) = (col("s").field("x"), col("s").field("y"))
    // Of the file that lacks the field one column of numbers, to know where there are structs: two
    // row groups of five pages of each file.
    let one = try figures(scan.select(x))
    #expect(one.contains("pages read 20 of 20"), "\(one)")
    #expect(try scan.select(x).collect().column("x").nullCount == 200)
    #expect(try scan.select(x, y).collect().column("y").nullCount == 200)
    // Conditions on a field that a file lacks.
    for (condition, groups, rows) in [
      (x == 7, 1, 1), (x.isNotNull() && y.isNull(), 2, 200), (y > 150, 1, 49), (x.isNull(), 2, 200),
      (x.isNull() || y.isNull(), 4, 400), (x == 7 || y == 107, 2, 2),
    ] {
      #expect(try scan.filter(condition).collect().count == rows, "\(condition)")
      let text = try figures(scan.filter(condition))
      #expect(text.contains("row groups read \(groups) of 4"), "\(condition): \(text)")
    }
    #expect(try scan.filter(x.equalsMissing(lit(nil as Int?))).collect().count == 200)
  }

  @Test func optionsOfMissingFields() throws {
    let folder = try differentFields()
    var files = FileSetOptions()
    files.missingColumns = .fail
    let missing = try failure {
      _ = try LazyFrame.scan(parquet: folder.path, files: files).collect()
    }
    #expect(missing.code == .columnNotFound && missing.message.contains("no field \"s.y\""))
    #expect(missing.message.contains("1.parquet"))
    // Those of the first file alone.
    files = FileSetOptions()
    files.columns = .ofFirstFile
    let first = LazyFrame.scan(parquet: folder.path, files: files)
    #expect(try first.schema()[1].type.fields?.map(\.name) == ["x", "text"])
    #expect(try first.collect().count == 400)
    #expect(try first.select(col("s").field("x")).collect().column("x").nullCount == 200)
  }

  @Test func whatStaysAnErrorNamesThePart() throws {
    let folder = try ToolFolder()
    let number = structs([("in", structs([("v", Int.column(of: [1]))]))])
    let text = structs([("in", structs([("v", String.column(of: ["x"]))]))])
    let other = structs([("out", Int.column(of: [1]))])
    for (k, column) in [other, number, text].enumerated() {
      try write(frame([("s", column)]), "\(folder.path)/\(k).parquet")
    }
    let error = try failure { _ = try LazyFrame.scan(parquet: folder.path).collect() }
    #expect(error.code == .typeMismatch)
    #expect(
      error.message.contains("\"s.in.v\" is int64 in \"\(folder.path)/1.parquet\""), "\(error)")
    #expect(error.message.contains("string in \"\(folder.path)/2.parquet\""), "\(error)")
    for (k, zone) in [nil, "UTC"].enumerated() {
      try write(
        frame([("t", try times([1], .second, zone: zone))]), "\(folder.path)/zone-\(k).parquet")
    }
    let zones = try failure {
      _ = try LazyFrame.scan(parquet: "\(folder.path)/zone-*.parquet").collect()
    }
    #expect(zones.code == .typeMismatch)
  }
}
