import ColumnarCore
import Glibc
import Testing

@testable import ColumnarIO

/// Random columns of every type that CSV has a form for.
private func randomColumn(_ type: DataType, _ count: Int, _ random: inout SeededRandom) -> Column {
  let nulls = random.next() % 3
  func isNull(_ random: inout SeededRandom) -> Bool { nulls > 0 && random.next() % 4 < nulls }
  func primitive<T: Primitive>(_ make: (inout SeededRandom) -> T) -> Column {
    var builder = PrimitiveBuilder<T>()
    for _ in 0..<count {
      if isNull(&random) { builder.appendNull() } else { builder.append(make(&random)) }
    }
    return builder.finish(as: type)
  }
  switch type.kind {
  case .int8: return primitive { Int8(truncatingIfNeeded: $0.next()) }
  case .int16: return primitive { Int16(truncatingIfNeeded: $0.next()) }
  case .int32, .date: return primitive { Int32(truncatingIfNeeded: $0.next()) }
  case .int64, .duration: return primitive { Int64(bitPattern: $0.next()) >> Int64($0.next() % 64) }
  case .timestamp: return primitive { Int64(bitPattern: $0.next()) >> Int64(1 + $0.next() % 60) }
  case .uint8: return primitive { UInt8(truncatingIfNeeded: $0.next()) }
  case .uint16: return primitive { UInt16(truncatingIfNeeded: $0.next()) }
  case .uint32: return primitive { UInt32(truncatingIfNeeded: $0.next()) }
  case .uint64: return primitive { $0.next() >> ($0.next() % 64) }
  case .float32: return primitive { Float(bitPattern: UInt32(truncatingIfNeeded: $0.next())) }
  case .float64:
    return primitive {
      $0.next() % 2 == 0 ? Double(bitPattern: $0.next()) : Double($0.next() % 10_000) / 100
    }
  case .bool:
    var builder = BoolBuilder()
    for _ in 0..<count {
      if isNull(&random) { builder.appendNull() } else { builder.append(random.next() % 2 == 0) }
    }
    return builder.finish()
  case .null: return .nulls(count)
  default:
    let texts = [
      "", "a", "NA", "a,b", "\"", "two\nlines", "tail\r", "\r\n", "it's", "é", " ", "a\tb",
      "\u{FEFF}",
      "exactly12345", "a text of more than twelve bytes", "long, with a \"quote\" and\na line end",
      "5",
    ]
    var builder = BytesBuilder()
    for _ in 0..<count {
      if isNull(&random) {
        builder.appendNull()
      } else {
        builder.append(texts[Int(random.next() % UInt64(texts.count))])
      }
    }
    return builder.finish(as: type)
  }
}

private let writableTypes: [DataType] = [
  .bool, .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64, .float32, .float64,
  .string,
  .binary, .date, .timestamp(.second), .timestamp(.nanosecond),
  .timestamp(.millisecond, zone: "UTC"),
  .duration(.second), .duration(.nanosecond), .null,
]

private func textBatch(_ columns: [(String, [String?])]) -> Batch {
  let made = columns.map { column in
    var builder = BytesBuilder()
    for text in column.1 { builder.append(text) }
    return builder.finish()
  }
  return Batch(
    unchecked: Schema(unchecked: columns.map { Field($0.0, .string) }), columns: made,
    count: made[0].count)
}

private func content(_ path: String) throws -> String {
  try MappedFile.open(path).withBytes { String(decoding: $0, as: UTF8.self) }
}

@Suite struct CSVWriterTests {
  @Test func everyTypeReadsBack() throws {
    let folder = TemporaryFolder()
    for seed in 0..<40 as Range<UInt64> {
      var random = SeededRandom(seed)
      let count = [0, 1, 2, 63, 64, 65, 300, 9000][Int(seed % 8)]
      var types = writableTypes
      types.shuffle(using: &random)
      types = Array(types.prefix(1 + Int(random.next() % UInt64(types.count))))
      let schema = Schema(unchecked: types.enumerated().map { Field("c\($0), \"x\"", $1) })
      let columns = types.map { type -> Column in
        // Slices and encodings must not matter.
        let column = randomColumn(type, count + 5, &random)
        return random.next() % 2 == 0 && count > 0
          ? column.slice(3..<(3 + count)) : column.slice(0..<count)
      }
      var options = CSVWriteOptions()
      options.delimiter = [",", ";", "\t", "1", "e", "-"][Int(random.next() % 6)]
      options.quote = ["\"", "'", "x"][Int(random.next() % 3)]
      options.nullText = ["", "NA", "null"][Int(random.next() % 3)]
      if options.nullText.contains(options.delimiter) { options.nullText = "" }
      options.usesCarriageReturns = random.next() % 2 == 0
      options.hasHeader = random.next() % 3 > 0
      let path = folder.path + "/w.csv" + (seed % 5 == 4 ? ".gz" : "")
      let writer = try CSVWriter(path: path, schema: schema, options: options)
      let batch = Batch(unchecked: schema, columns: columns, count: count)
      let middle = count / 3
      try writer.write(batch.slice(0..<middle))
      var rest = MutableBuffer(capacity: 0)
      try writer.formatter.append(batch.slice(middle..<count), to: &rest)
      try writer.write(formatted: UnsafeRawBufferPointer(start: rest.start, count: rest.count))
      try writer.finish()
      let reading = csvOptions {
        $0.delimiter = options.delimiter
        $0.quote = options.quote
        $0.nullValues = [options.nullText]
        $0.hasHeader = options.hasHeader
        $0.columnNames = options.hasHeader ? nil : schema.names
        $0.schemaOverrides = Dictionary(
          uniqueKeysWithValues: schema.fields.map { ($0.name, $0.type) })
      }
      let result = try readCSV(path, reading, target: 1000)
      #expect(result.schema == schema, "seed \(seed)")
      for (k, column) in columns.enumerated() {
        #expect(result.columns[k] == cells(column), "seed \(seed), column \(k): \(types[k])")
      }
    }
    #expect(folder.names.allSatisfy { $0.hasPrefix("w.csv") })
  }

  @Test func quotesOnlyWhereNeeded() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/x.csv"
    let batch = textBatch([
      ("name", ["a", nil, "", "x,y", "say \"hi\""]),
      ("b c", ["1", "2", nil, "l\nm", "plain text"]),
    ])
    let writer = try CSVWriter(path: path, schema: batch.schema)
    try writer.write(batch)
    #expect(folder.names.count == 1 && !folder.names.contains("x.csv"))
    try writer.finish()
    #expect(folder.names == ["x.csv"])
    #expect(
      try content(path)
        == "name,b c\na,1\n,2\n\"\",\n\"x,y\",\"l\nm\"\n\"say \"\"hi\"\"\",plain text\n")
    #expect(throws: ColumnarError.self) { try writer.write(batch) }
    #expect(throws: ColumnarError.self) { try writer.finish() }
    #expect(folder.names == ["x.csv"])
  }

  @Test func constantsAndDictionaries() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/x.csv"
    let words = textBatch([("w", ["one", "two, or more than that"])]).columns[0]
    let coded = Column.dictionary(
      codes: Buffer(copying: [1, 0, 1] as [Int32]), values: words, count: 3)
    let schema = try Schema([Field("a", .string), Field("b", .string), Field("c", .int64)])
    let writer = try CSVWriter(path: path, schema: schema)
    try writer.write(
      Batch(
        schema: schema,
        columns: [coded, .constant(words.slice(0..<1), count: 3), .nulls(of: .int64, count: 3)]))
    try writer.finish()
    let two = "\"two, or more than that\""
    #expect(try content(path) == "a,b,c\n\(two),one,\none,one,\n\(two),one,\n")
  }

  @Test func nothingIsLeftOfAFileGivenUp() throws {
    let folder = TemporaryFolder()
    let path = folder.file("x.csv", "old")
    let batch = textBatch([("a", ["1", "2"])])
    do {
      let writer = try CSVWriter(path: path, schema: batch.schema)
      try writer.write(batch)
    }
    #expect(folder.names == ["x.csv"])
    #expect(try content(path) == "old")
    let writer = try CSVWriter(path: path, schema: batch.schema)
    let other = try Schema([Field("a", .int64)])
    #expect(throws: ColumnarError.self) {
      try writer.write(Batch(schema: other, columns: [.nulls(of: .int64, count: 1)]))
    }
    #expect(folder.names == ["x.csv"])
    #expect(throws: ColumnarError.self) { try writer.finish() }
    #expect(try content(path) == "old")
  }

  @Test func replacingKeepsPermissionsAndLinks() throws {
    let folder = TemporaryFolder()
    let path = folder.file("x.csv", "old")
    chmod(path, 0o640)
    let link = folder.path + "/link.csv"
    symlink(path, link)
    let batch = textBatch([("a", ["1"])])
    let writer = try CSVWriter(path: link, schema: batch.schema)
    try writer.write(batch)
    try writer.finish()
    #expect(try content(path) == "a\n1\n")
    var status = stat()
    lstat(link, &status)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
    stat(path, &status)
    #expect(status.st_mode & 0o777 == 0o640)
  }

  @Test func unsuitableTargetsAndTypes() {
    func message(
      _ path: String, _ type: DataType, _ change: (inout CSVWriteOptions) -> Void = { _ in }
    )
      -> String
    {
      var options = CSVWriteOptions()
      change(&options)
      do {
        _ = try CSVWriter(
          path: path, schema: Schema(unchecked: [Field("a", type)]), options: options)
        return "no error"
      } catch let error as ColumnarError { return error.message } catch { return "\(error)" }
    }
    #expect(
      message("/nonexistent/x.csv", .int64)
        == "cannot create \"/nonexistent/x.csv\": No such file or directory.")
    #expect(
      message("/tmp", .int64) == "\"/tmp\" exists and is no regular file, so it cannot be replaced."
    )
    #expect(message("/tmp/x/", .int64).hasPrefix("\"/tmp/x/\" names no file"))
    #expect(
      message("/tmp/x.csv", .list(.int64))
        == "CSV has no form for column \"a\" of type list[int64]. Write it to another format, or cast "
        + "or drop it first.")
    #expect(message("/tmp/x.csv", .int64) { $0.nullText = "," }.contains("null text"))
    #expect(message("/tmp/x.csv", .int64) { $0.quote = "," }.contains("different characters"))
  }

  @Test func aFullDiskLeavesNothingBehind() async {
    // In a process of its own, because the limit on the size of files holds for all of it.
    await #expect(processExitsWith: .success) {
      let folder = TemporaryFolder()
      let path = folder.file("x.csv", "old")
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 100_000, rlim_max: 100_000)
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      let batch = textBatch([("a", [String](repeating: "some text", count: 5000))])
      let writer = try CSVWriter(path: path, schema: batch.schema)
      var failed = false
      do {
        for _ in 0..<100 { try writer.write(batch) }
        try writer.finish()
      } catch let error as ColumnarError {
        failed = error.code == .io && error.message.contains("File too large")
      }
      guard failed, folder.names == ["x.csv"], try content(path) == "old" else { exit(1) }
    }
  }
}
