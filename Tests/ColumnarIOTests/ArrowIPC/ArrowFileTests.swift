import ColumnarCore
import ColumnarTesting
import Glibc
import Testing

@testable import ColumnarIO

@Suite struct ArrowFileTests {
  static let options = IPCRoundTripTests.layouts.flatMap { layout in
    [ArrowWriteOptions.Format.file, .stream].map { ArrowWriteOptions(format: $0, layout: layout) }
  }

  /// A path of its own, gone at the end.
  static func withPath<R>(_ body: (String) throws -> R) rethrows -> R {
    let path = "/tmp/columnar-\(getpid())-\(UInt32.random(in: 0 ... .max)).arrow"
    defer { unlink(path) }
    return try body(path)
  }

  static func write(_ batches: [Batch], _ path: String, _ options: ArrowWriteOptions) throws {
    let writer = try ArrowWriter(path: path, schema: batches[0].schema, options: options)
    for batch in batches { try writer.write(batch) }
    try writer.finish()
  }

  /// Some batches of columns of all types, most in one form and some in another.
  static func batches(_ generator: inout ColumnGenerator) -> [Batch] {
    (0..<generator.random.int(in: 1..<5)).map { _ in
      let count = generator.rowCount(upTo: 100)
      return IPCTesting.batch(IPCRoundTripTests.types.map { generator.column($0, count: count) })
    }
  }

  static func expectSame(_ source: ArrowSource, _ batches: [Batch], _ note: String) throws {
    let columns = Array(0..<source.schema.count)
    var read: [Batch] = []
    for split in try source.splits(targetBytes: 1000) {
      try source.read(split, ReadRequest(columns: columns)) { batch in
        read.append(batch)
        return true
      }
    }
    let (a, b) = (
      Batch.concatenating(batches, schema: source.schema),
      Batch.concatenating(read, schema: source.schema)
    )
    #expect(a.count == b.count, "\(note)")
    if read.isEmpty { return }
    for (x, y) in zip(a.columns, b.columns) { IPCTesting.expectSame(x, y, note) }
  }

  @Test(arguments: options)
  func filesComeBack(_ options: ArrowWriteOptions) throws {
    try PropertyTest.seeds(3) { generator in
      let batches = Self.batches(&generator)
      try Self.withPath { path in
        try Self.write(batches, path, options)
        let source = try ArrowSource(path: path)
        #expect(source.schema == batches[0].schema)
        try Self.expectSame(source, batches, "seed \(generator.seed)")
        // The same bytes through a descriptor: the stream's as they are.
        guard options.format == .stream else { return }
        let descriptor = open(path, O_RDONLY)
        defer { close(descriptor) }
        let stream = try ArrowStreamReader(descriptor: descriptor, name: path)
        var rows = 0
        while let batch = try stream.next(columns: [0, 2]) { rows += batch.count }
        #expect(rows == batches.reduce(0) { $0 + $1.count })
      }
    }
  }

  @Test(arguments: options)
  func dictionariesComeBack(_ options: ArrowWriteOptions) throws {
    try PropertyTest.seeds(2) { generator in
      let types: [DataType] = [.string, .int64, .float64, .bool, .date, .binary]
      // Large batches, so that several messages add to the dictionaries.
      let batches = (0..<3).map { _ in
        IPCTesting.batch(types.map { generator.column($0, count: 4100) })
      }
      var options = options
      options.dictionaryColumns = ["c0", "c1", "c2", "c3", "c4", "c5"]
      try Self.withPath { path in
        try Self.write(batches, path, options)
        let source = try ArrowSource(path: path)
        try Self.expectSame(source, batches, "seed \(generator.seed)")
        let reader = try ArrowFileReader(path: path)
        #expect(reader.batchCount == 3)
        for k in [2, 0, 1] {
          let batch = try reader.batch(at: k, columns: [0])
          #expect(batch.columns[0].encoding != .plain)
          IPCTesting.expectSame(batches[k].columns[0], batch.columns[0], "batch \(k)")
        }
      }
    }
  }

  /// Zeros of both signs are equal, and NaNs of different bits, but not the same.
  @Test(arguments: options)
  func dictionariesOfFloatsKeepEveryBit(_ options: ArrowWriteOptions) throws {
    let values: [Double?] = [0, -0.0, nil, 1.5, .nan, -Double.nan, -0.0, 0, 1.5, nil, .infinity]
    let wide = Double?.column(of: values)
    let batches = [wide, wide.slice(1..<7), wide.slice(2..<3)].map {
      IPCTesting.batch([$0, Float?.column(of: $0.floats().map { $0.map(Float.init) })])
    }
    var options = options
    options.dictionaryColumns = ["c0", "c1"]
    try Self.withPath { path in
      try Self.write(batches, path, options)
      let reader = try ArrowFileReader(path: path)
      let read = try (0..<reader.batchCount).map { try reader.batch(at: $0) }
      for position in 0..<2 {
        let found = read.flatMap { $0.columns[position].floats() }.map(\.?.bitPattern)
        let wanted = batches.flatMap { $0.columns[position].floats() }.map(\.?.bitPattern)
        #expect(found == wanted)
      }
    }
  }

  @Test func streamsReplaceDictionaries() throws {
    let schema = try IPCSchema(Schema([Field("s", .string)]), dictionaryColumns: [0])
    let encoder = IPCEncoder(schema)
    var bytes = IPCMessage.framed(schema.encoded())
    func add(_ encoded: EncodedBatch) { bytes += encoded.message().withBytes { Array($0) } }
    // Values that repeat and nulls among the values are brought in order on the way in.
    for (values, codes) in [
      (["a", nil, "b", "a"] as [String?], [0, 1, 2, 3] as [Int32]), (["x", "y"], [1, 0, 1]),
    ] {
      add(try encoder.plan(dictionary: 0, values: String?.column(of: values)))
      let column = Column.dictionary(
        codes: Buffer(copying: codes), values: String.column(of: ["?"]), count: codes.count)
      add(
        try encoder.plan(
          Batch(unchecked: schema.schema, columns: [column], count: codes.count)))
    }
    let reader = try ArrowFileReader(Buffer(copying: bytes), path: "test")
    #expect(
      Value.rows(of: try reader.batch(at: 1).columns[0]) == [
        .string("y"), .string("x"), .string("y"),
      ])
    #expect(
      Value.rows(of: try reader.batch(at: 0).columns[0])
        == [.string("a"), .null, .string("b"), .string("a")])
  }

  @Test func largeBatchesFallIntoSplits() throws {
    let column = Int.column(of: Array(0..<600_000))
    let batch = IPCTesting.batch([column, column])
    try Self.withPath { path in
      try Self.write([batch], path, ArrowWriteOptions())
      let source = try ArrowSource(path: path)
      let splits = try source.splits(targetBytes: 1 << 20)
      #expect(splits.count == 5)
      // Every 1000th row, by a filter inside the reader.
      let selection = ReadRequest.Selection(columns: [1]) { batch in
        let values = PrimitiveView<Int>(batch.columns[0])
        return Bitmap((0..<batch.count).map { values[$0] % 1000 == 0 })
      }
      var found: [Value] = []
      for split in splits {
        let request = ReadRequest(columns: [0], limit: 100, selection: selection)
        var rows: [Value] = []
        try source.read(split, request) { batch in
          rows += Value.rows(of: batch.columns[0])
          return true
        }
        #expect(rows.count <= 100)
        found += rows
      }
      let expected = splits.indices.flatMap { k in
        (k * 131_072..<min(600_000, (k + 1) * 131_072)).filter { $0 % 1000 == 0 }.prefix(100)
      }
      #expect(found == expected.map { .int(Int64($0)) })
    }
  }

  @Test func smallBatchesAreWrittenTogether() throws {
    try Self.withPath { path in
      let batches = (0..<1000).map { IPCTesting.batch([Int.column(of: [$0])]) }
      try Self.write(batches, path, ArrowWriteOptions())
      #expect(try ArrowFileReader(path: path).batchCount == 1)
    }
  }

  @Test func emptyFiles() throws {
    for options in Self.options {
      try Self.withPath { path in
        let schema = try Schema([Field("a", .int64), Field("l", .list(.string))])
        try ArrowWriter(path: path, schema: schema, options: options).finish()
        let source = try ArrowSource(path: path)
        #expect(source.schema == schema)
        #expect(try source.splits(targetBytes: 1).isEmpty)
      }
    }
  }

  @Test(arguments: options)
  func damagedFilesAreErrors(_ options: ArrowWriteOptions) throws {
    var generator = ColumnGenerator(seed: 5)
    var columns = IPCRoundTripTests.types.map { generator.column($0, count: 3) }
    columns.append(generator.column(.string, count: 3))
    let batch = IPCTesting.batch(columns)
    var options = options
    options.dictionaryColumns = ["c\(columns.count - 1)"]
    let bytes = try Self.withPath { path in
      try Self.write([batch], path, options)
      return try MappedFile.open(path).withBytes { Array($0) }
    }
    func read(_ bytes: [UInt8]) throws {
      let reader = try ArrowFileReader(Buffer(copying: bytes), path: "test")
      for k in 0..<reader.batchCount where try reader.rowCount(of: k) < 1000 {
        for column in try reader.batch(at: k).columns { _ = Value.rows(of: column) }
      }
    }
    try read(bytes)
    // Every length for one layout; the others differ in a few places only.
    let step = options.layout == .views ? 1 : 13
    for length in stride(from: 0, to: bytes.count, by: step) {
      // A stream may end behind any message; a file may not.
      do {
        try read(Array(bytes[..<length]))
        #expect(options.format == .stream)
      } catch is ColumnarError {}
    }
    PropertyTest.seeds(200) { generator in
      var damaged = bytes
      // Half of the damage is near the end, in the footer.
      let first = generator.random.chance(0.5) ? 0 : max(0, bytes.count - 2500)
      for _ in 0..<generator.random.pick([1, 2, 10]) {
        let at = generator.random.int(in: first..<bytes.count)
        damaged[at] = generator.random.pick([0, 1, 0xFF, damaged[at] ^ 4, UInt8(at & 0xFF)])
      }
      do { try read(damaged) } catch {
        let code = (error as? ColumnarError)?.code
        #expect([.corruptFile, .unsupported].contains(code), "\(error)")
      }
    }
  }
}

extension Column {
  /// The values as doubles, with all bits.
  fileprivate func floats() -> [Double?] {
    let plain = decoded()
    return (0..<count).map { row in
      guard !plain.isNull(row) else { return nil }
      guard type == .float32 else {
        return plain.storage.values.pointer(as: Double.self)[plain.offset + row]
      }
      return Double(plain.storage.values.pointer(as: Float.self)[plain.offset + row])
    }
  }
}
