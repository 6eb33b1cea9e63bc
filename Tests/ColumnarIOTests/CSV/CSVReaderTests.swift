import ColumnarCore
import Testing

@testable import ColumnarIO

@Suite struct CSVReaderTests {
  @Test func infersTypes() throws {
    let text = """
      b,i,f,d,t,s,z,u,n,big
      true,1,1.5,2024-02-29,2024-02-29T12:00:00,abc,2024-02-29T12:00:00Z,18446744073709551615,,99999999999999999999
      FALSE,-2,3,1969-12-31,2024-02-29 12:00:00.5,a longer text than fits,2024-02-29T12:00:00+02:00,1,,1
      ,,,,,,,,,

      """
    let result = try readCSV(text: text)
    #expect(
      result.schema.fields.map(\.type) == [
        .bool, .int64, .float64, .date, .timestamp(.microsecond), .string,
        .timestamp(.microsecond, zone: "UTC"), .uint64, .string, .string,
      ])
    #expect(
      result.rows == [
        [
          "true", "1", "1.5", "2024-02-29", "2024-02-29T12:00:00", "abc", "2024-02-29T12:00:00",
          "18446744073709551615", nil, "99999999999999999999",
        ],
        [
          "false", "-2", "3.0", "1969-12-31", "2024-02-29T12:00:00.500", "a longer text than fits",
          "2024-02-29T10:00:00", "1", nil, "1",
        ],
        [nil, nil, nil, nil, nil, nil, nil, nil, nil, nil],
      ])
  }

  @Test func inferenceDetails() throws {
    func type(_ values: String..., rows: Int? = nil) throws -> DataType {
      try readCSV(
        text: "x,y\n" + values.map { "\($0),1\n" }.joined(), csvOptions { $0.inferenceRows = rows }
      ).schema[0].type
    }
    #expect(try type("1", "2.5") == .float64)
    #expect(try type("1", "true") == .string)
    #expect(try type("2024-01-01", "2024-01-01 10:00") == .timestamp(.microsecond))
    #expect(try type("2024-01-01T10:00:00.123456789") == .timestamp(.nanosecond))
    #expect(try type("2024-01-01T10:00:00Z", "2024-01-01T10:00:00") == .string)
    #expect(try type("nan", "inf") == .float64)
    #expect(try type("\"1\"", "\"2\"") == .int64)
    #expect(try type("1", "-9223372036854775809") == .string)
    #expect(try type("-1", "18446744073709551615") == .string)
    #expect(try type("1.0", "18446744073709551616") == .float64)
    #expect(try type("1", "1", rows: 0) == .string)
    #expect(try type("1", "1", "x", rows: nil) == .string)
  }

  @Test func quotesAndLineEnds() throws {
    let text =
      "a,b\r\n\"x,1\",\"say \"\"hi\"\"\"\r\n\"two\r\nlines\",\"\"\r\n5\" pipe,\"\"\"\"\r\n,\r\n"
    let result = try readCSV(text: text)
    #expect(
      result.rows == [
        ["x,1", "say \"hi\""], ["two\r\nlines", ""], ["5\" pipe", "\""], [nil, nil],
      ])
    #expect(try readCSV(text: "a,b\n1,2").rows == [["1", "2"]])
    #expect(try readCSV(text: "a,b\n1,2\r").rows == [["1", "2"]])
    #expect(try readCSV(text: "a,b\n1,x\ry\n").rows == [["1", "x\ry"]])
    #expect(try readCSV(text: "a,b\n\n1,2\n\r\n3,4\n\n").rows == [["1", "2"], ["3", "4"]])
    #expect(try readCSV(text: "a\n\n1\n").rows == [[nil], ["1"]])
    let bare = csvOptions { $0.hasHeader = false }
    #expect(try readCSV(text: "\n\n1\n\n", bare).rows == [[nil], [nil], ["1"], [nil]])
    #expect(try readCSV(text: "\n\n1,2\n\n", bare).rows == [["1", "2"]])
    let named = csvOptions {
      $0.hasHeader = false
      $0.columnNames = ["x"]
    }
    #expect(try readCSV(text: "\n\n", named).rows == [[nil], [nil]])
  }

  @Test func dialects() throws {
    let tab = csvOptions {
      $0.delimiter = "\t"
      $0.quote = "'"
    }
    #expect(try readCSV(text: "a\tb\n'x\ty'\t\"\n", tab).rows == [["x\ty", "\""]])
    let none = csvOptions { $0.quote = nil }
    #expect(try readCSV(text: "a,b\n\"x,y\"\n", none).rows == [["\"x", "y\""]])
    let escaped = csvOptions { $0.escape = "\\" }
    #expect(
      try readCSV(text: "a,b\n\"x\\\"\\\\,\",\\n\n\"a\"\"b\",\"\\\n\"\n", escaped).rows
        == [["x\"\\,", "\\n"], ["a\"b", "\n"]])
    let comments = csvOptions { $0.commentPrefix = "//" }
    #expect(
      try readCSV(text: "// \"one\n//\na,b\n//x,\"y\n1,2\n\"// x\",/\n", comments).rows
        == [["1", "2"], ["// x", "/"]])
    let bare = csvOptions { $0.hasHeader = false }
    let result = try readCSV(text: "1,2\n3,4\n", bare)
    #expect(result.schema.names == ["column_1", "column_2"])
    #expect(result.rows == [["1", "2"], ["3", "4"]])
    let named = csvOptions {
      $0.hasHeader = false
      $0.columnNames = ["x", "y"]
    }
    #expect(try readCSV(text: "1,2\n", named).schema.names == ["x", "y"])
    let renamed = csvOptions { $0.columnNames = ["x", "y"] }
    #expect(try readCSV(text: "a,a\n1,2\n", renamed).schema.names == ["x", "y"])
    let skipping = csvOptions { $0.skipRows = 2 }
    #expect(try readCSV(text: "junk \"\nmore,,,\na,b\n1,2\n", skipping).rows == [["1", "2"]])
    #expect(try readCSV(text: "\u{FEFF}a,b\n1,2\n").schema.names == ["a", "b"])
    #expect(try readCSV(text: "\u{FEFF}\"a\",\n1,2\n").schema.names == ["a", "column_2"])
  }

  @Test func nulls() throws {
    let options = csvOptions { $0.nullValues = ["NA", "-", "0", "a rather long null"] }
    let result = try readCSV(
      text: "i,s\n1,NA\n-,\n\"\",\"NA\"\n0,a rather long null\n\"NA\",\"\"\n", options)
    #expect(result.schema.fields.map(\.type) == [.int64, .string])
    #expect(
      result.rows == [["1", nil], [nil, ""], [nil, "NA"], [nil, nil], [nil, ""]])
  }

  /// Between quotes too, where that is asked for, in columns of text as in all others.
  @Test func quotedNulls() throws {
    let text = "i,s,t\n\"\",\"\",\"NA\"\n1,,NA\n2,\"a\"\"b\",\"N\"\"A\"\n3,\"NAN\",x\n"
    func rows(_ change: (inout CSVReadOptions) -> Void) throws -> [[String?]] {
      try readCSV(text: text, csvOptions(change)).rows
    }
    let usual = try rows { $0.nullValues = ["", "NA"] }
    #expect(
      usual == [[nil, "", "NA"], ["1", nil, nil], ["2", "a\"b", "N\"A"], ["3", "NAN", "x"]])
    let quoted = try rows {
      $0.nullValues = ["", "NA"]
      $0.readsQuotedNulls = true
    }
    #expect(
      quoted == [[nil, nil, nil], ["1", nil, nil], ["2", "a\"b", "N\"A"], ["3", "NAN", "x"]])
    // The empty text is a null only if it is named as one.
    let named = try rows {
      $0.nullValues = ["NA"]
      $0.readsQuotedNulls = true
    }
    #expect(
      named == [[nil, "", nil], ["1", "", nil], ["2", "a\"b", "N\"A"], ["3", "NAN", "x"]])
  }

  @Test func everyTypeByOverride() throws {
    let types: [(DataType, String, String)] = [
      (.int8, "-128", "-128"), (.int16, "32767", "32767"), (.int32, "-2147483648", "-2147483648"),
      (.int64, "12345678901", "12345678901"), (.uint8, "255", "255"), (.uint16, "65535", "65535"),
      (.uint32, "4294967295", "4294967295"),
      (.uint64, "18446744073709551615", "18446744073709551615"),
      (.float32, "0.1", "0.1"), (.float64, "1e300", "1e+300"), (.bool, "True", "true"),
      (.string, "1", "1"), (.binary, "é", "é"), (.date, "2000-01-01", "2000-01-01"),
      (.timestamp(.second), "2000-01-01 00:00:00", "2000-01-01T00:00:00"),
      (.timestamp(.nanosecond, zone: "UTC"), "2000-01-01T00:00:00.1Z", "2000-01-01T00:00:00.100"),
      (.duration(.millisecond), "PT1.5S", "PT1.500S"),
    ]
    for (type, text, shown) in types {
      let options = csvOptions { $0.schemaOverrides = ["x": type] }
      let result = try readCSV(text: "x,y\n\(text),1\n,2\n\"\(text)\",3\n", options)
      #expect(result.schema[0].type == type)
      #expect(result.columns[0] == [shown, nil, shown], "\(type)")
    }
    for (type, text) in [
      (.int8, "128"), (.int8, "-129"), (.uint8, "-1"), (.uint8, "256"), (.int16, "40000"),
      (.uint32, "4294967296"), (.int64, "9223372036854775808"), (.null, "x"), (.bool, "1"),
    ] as [(DataType, String)] {
      let options = csvOptions {
        $0.schemaOverrides = ["x": type]
        $0.badRows = .collect()
      }
      let result = try readCSV(text: "x,y\n\(text),1\n", options)
      #expect(result.columns[0].isEmpty)
      #expect(result.rejects[1] == ["x"], "\(type)")
      #expect(result.rejects[2] == [text])
    }
  }

  @Test func projectionLimitAndSelection() throws {
    let text = "a,b,c\n" + (0..<20_000).map { "\($0),t\($0),\($0 % 7)\n" }.joined()
    let folder = TemporaryFolder()
    let path = folder.file("x.csv", text)
    let projected = try readCSV(path, request: ReadRequest(columns: [2, 0]))
    #expect(projected.columns[1] == (0..<20_000).map { "\($0)" })
    #expect(projected.columns[0] == (0..<20_000).map { "\($0 % 7)" })
    #expect(projected.batches.allSatisfy { $0 <= 8192 })
    for limit in [0, 1, 7, 8192, 8193, 30_000] {
      let result = try readCSV(path, request: ReadRequest(columns: [1], limit: limit))
      #expect(result.columns[0] == (0..<min(limit, 20_000)).map { "t\($0)" })
    }
    let selection = ReadRequest.Selection(columns: [2, 0]) { batch in
      let view = PrimitiveView<Int64>(batch.columns[0])
      return Bitmap((0..<batch.count).map { view[$0] == 3 })
    }
    let chosen = try readCSV(
      path, target: 5000,
      request: ReadRequest(columns: [1, 2], selection: selection))
    let expected = (0..<20_000).filter { $0 % 7 == 3 }
    #expect(chosen.columns == [expected.map { "t\($0)" }, expected.map { _ in "3" }])
    let few = try readCSV(
      path, request: ReadRequest(columns: [0], limit: 5, selection: selection))
    #expect(few.columns[0] == expected.prefix(5).map { "\($0)" })
    // No column: only the rows count.
    let source = try CSVSource(path: path)
    var count = 0
    for split in try source.splits(targetBytes: 1000) {
      try source.read(split, ReadRequest(columns: [])) { batch in
        count += batch.count
        return true
      }
    }
    #expect(count == 20_000)
    // A column that is not asked for is not looked at.
    let odd = try readCSV(
      text: "a,b\n1,x\n2,\"y\"z\n", request: ReadRequest(columns: [0]))
    #expect(odd.columns == [["1", "2"]])
    // Stopping early.
    var batches = 0
    try source.read(source.splits(targetBytes: 1 << 30)[0], ReadRequest(columns: [0])) { _ in
      batches += 1
      return false
    }
    #expect(batches == 1)
  }

  @Test func oddFiles() throws {
    #expect(
      try readCSV(text: "a,b\n").schema == Schema([Field("a", .string), Field("b", .string)]))
    #expect(try readCSV(text: "a,b\n").columns == [[], []])
    #expect(try readCSV(text: "a,b").columns == [[], []])
    let named = csvOptions {
      $0.hasHeader = false
      $0.columnNames = ["x"]
    }
    #expect(try readCSV(text: "", named).columns == [[]])
    #expect(try readCSV(text: "\u{FEFF}", named).columns == [[]])
    // Fields far longer than a stretch of the indexer.
    let long = String(repeating: "lorem ipsum,\n", count: 300_000)
    let result = try readCSV(text: "a,b\n1,\"\(long)\"\n2,x\n", target: 100_000)
    #expect(result.columns[0] == ["1", "2"])
    #expect(result.columns[1][0] == long)
    // A page-sized file, whose last field ends where the mapping does.
    for size in [4096, 8192] {
      let head = "a,b\n1,"
      let text = head + String(repeating: "7", count: size - head.utf8.count)
      #expect(try readCSV(text: text).columns[1][0]?.utf8.count == size - head.utf8.count)
      let digits = String(repeating: "\n1,2", count: (size - 3) / 4)
      #expect(try readCSV(text: "a,b" + digits).columns[0].count == (size - 3) / 4)
    }
    // Many columns.
    let names = (0..<3000).map { "c\($0)" }.joined(separator: ",")
    let row = (0..<3000).map { "\($0)" }.joined(separator: ",")
    let wide = try readCSV(text: names + "\n" + row + "\n" + row + "\n")
    #expect(wide.columns.count == 3000 && wide.columns[2999] == ["2999", "2999"])
  }
}

@Suite struct CSVErrorTests {
  @Test func badRows() {
    #expect(
      messageOfReading("a,b\n1,2\n1,2,3\n")
        == "\"x.csv\", line 3: the row has 3 fields, but the file has 2 columns. The row is: 1,2,3. "
        + "Is the delimiter right? Rows like this are left out with badRows: .collect().")
    #expect(
      messageOfReading("a,b\n1,\"x\ny\"\n\n1\n")
        == "\"x.csv\", line 5: the row has 1 field, but the file has 2 columns. The row is: 1. "
        + "Is the delimiter right? Rows like this are left out with badRows: .collect().")
    #expect(
      messageOfReading("a,b\n1,2\n3,x\n", csvOptions { $0.inferenceRows = 1 })
        == "\"x.csv\", line 3, column \"b\": \"x\" is no int64. "
        + "The type was inferred from the first rows; raise inferenceRows or give it in schemaOverrides."
    )
    #expect(
      messageOfReading("a,b\n1,2\n300,4\n", csvOptions { $0.schemaOverrides = ["a": .uint8] })
        == "\"x.csv\", line 3, column \"a\": \"300\" is no uint8. "
        + "Give another type in schemaOverrides, or add the text to nullValues.")
    #expect(
      messageOfReading("a,b\n1,\"x\" y\n", csvOptions { $0.inferenceRows = 0 })
        == "\"x.csv\", line 2, column \"b\": \"x\" y has text behind its closing quote. "
        + "Rows like this are left out with badRows: .collect().")
    #expect(
      messageOfReading("a,b\n1,x\n2,\"cut,\nshort\n")
        == "\"x.csv\", line 3: the quote that opens here is never closed. "
        + "The field begins: \"cut,\\nshort\\n. The file may have been cut short.")
    #expect(
      messageOfReading("a,\"b\n1,x\n")
        == "\"x.csv\", line 1: the first row has a quote that is never closed.")
  }

  @Test func theFirstBadRowIsReported() {
    let options = csvOptions { $0.schemaOverrides = ["a": .int64, "b": .int64] }
    // Column a fails further down than column b; the short row stands between them.
    #expect(messageOfReading("a,b\n1,x\n1\ny,1\n", options).contains("line 2, column \"b\""))
    #expect(messageOfReading("a,b\n1,1\n1\ny,1\n", options).contains("line 3: the row has 1 field"))
    #expect(messageOfReading("a,b\n1,1\ny,1\n1\n", options).contains("line 3, column \"a\""))
    #expect(messageOfReading("a,b\ny,x\n", options).contains("column \"a\""))
  }

  @Test func invalidText() {
    var bytes = Array("a,b\n1,ok\n2,x".utf8)
    bytes += [0xC3, 0x28]
    bytes += Array("\n".utf8)
    let folder = TemporaryFolder()
    let path = folder.file("x.csv", bytes)
    do {
      _ = try readCSV(path)
      Issue.record("no error")
    } catch let error as ColumnarError {
      #expect(error.message.contains("line 3, column \"b\": \"x\u{FFFD}(\" is not valid UTF-8"))
      #expect(error.context == [.file(path, offset: 12)])
    } catch { Issue.record("\(error)") }
    let binary = csvOptions { $0.schemaOverrides = ["b": .binary] }
    #expect(throws: Never.self) { try readCSV(path, binary) }
    #expect(throws: Never.self) { try readCSV(path, request: ReadRequest(columns: [0])) }
    #expect(
      messageOfReading([0x61, 0xFF, 0x0A]) == "\"x.csv\" has a header that is not valid UTF-8.")
  }

  @Test func openingFails() {
    #expect(messageOfReading("") == "\"x.csv\" is empty: it has not even a header.")
    #expect(messageOfReading("\n\n") == "\"x.csv\" is empty: it has not even a header.")
    #expect(
      messageOfReading("", csvOptions { $0.hasHeader = false })
        == "\"x.csv\" is empty. Say with columnNames which columns it would have.")
    #expect(
      messageOfReading("a,b,a\n1,2,3\n")
        == "\"x.csv\" has two columns named \"a\". Name all columns with columnNames.")
    #expect(
      messageOfReading("a,b\n", csvOptions { $0.columnNames = ["x"] })
        == "\"x.csv\" has 2 columns, but columnNames names 1.")
    #expect(
      messageOfReading("name,b\n", csvOptions { $0.schemaOverrides = ["nam": .int64] })
        == "\"x.csv\" has no column \"nam\" whose type could be set. Did you mean \"name\"?")
    #expect(
      messageOfReading("a,b\n", csvOptions { $0.schemaOverrides = ["a": .list(.int64)] })
        == "CSV has no form for values of type list[int64].")
    #expect(
      messageOfReading("a,b\r1,2\r3,4\r").contains(
        "its lines seem to end in a carriage return alone"))
    for change in [
      { $0.delimiter = "\n" }, { $0.delimiter = "é" }, { $0.quote = "," }, { $0.escape = "," },
      {
        $0.quote = nil
        $0.escape = "\\"
      }, { $0.delimiter = "\r\n" },
    ] as [(inout CSVReadOptions) -> Void] {
      #expect(throws: ColumnarError.self) { try readCSV(text: "a\n1\n", csvOptions(change)) }
    }
    #expect(throws: ColumnarError.self) { try CSVSource(path: "/nonexistent/x.csv") }
    #expect(throws: ColumnarError.self) { try CSVSource(path: "/tmp") }
  }

  @Test func rejectsAreCollected() throws {
    let options = csvOptions {
      $0.badRows = .collect()
      $0.schemaOverrides = ["a": .int64, "b": .float64, "c": .string]
    }
    let text = "a,b,c\n1,1,x\n2,two,y\nthree,3,z\n4\n5,5,\"q\"q\n,,\n6,6,6,6\nx,x,7\n8,8,\"cut\n"
    for target in [1, 5, 1 << 20] {
      let result = try readCSV(text: text, options, target: target)
      #expect(result.rows == [["1", "1.0", "x"], [nil, nil, nil]])
      #expect(result.rejects[0] == ["3", "4", "5", "6", "8", "9", "9", "10"])
      #expect(result.rejects[1] == ["b", "a", nil, "c", nil, "a", "b", nil])
      #expect(
        result.rejects[2] == ["two", "three", "4", "\"q\"q", "6,6,6,6", "x", "x", "\"cut\n"])
      #expect(
        result.rejects[3] == [
          "\"two\" is no float64", "\"three\" is no int64",
          "the row has 1 field, but the file has 3 columns",
          "\"q\"q has text behind its closing quote",
          "the row has 4 fields, but the file has 3 columns", "\"x\" is no int64",
          "\"x\" is no float64", "the quote that opens here is never closed",
        ])
    }
    let few = csvOptions { $0.badRows = .collect(limit: 2) }
    #expect(
      messageOfReading("a,b\n1\n2\n3\n4,5\n", few)
        == "\"x.csv\" has more than 2 bad rows; the last one seen is line 4: the row has 1 field, but "
        + "the file has 2 columns. Raise the limit of badRows or see whether the options fit the file."
    )
  }

  @Test func rejectsWithSelection() throws {
    let options = csvOptions {
      $0.badRows = .collect()
      $0.schemaOverrides = ["a": .int64, "b": .int64]
    }
    let selection = ReadRequest.Selection(columns: [0]) { batch in
      let view = PrimitiveView<Int64>(batch.columns[0])
      return Bitmap((0..<batch.count).map { view[$0] > 1 })
    }
    let result = try readCSV(
      text: "a,b\n1,x\nx,1\n2,x\n3,3\n4,4,4\n5,5\n", options,
      request: ReadRequest(columns: [1, 0], selection: selection))
    #expect(result.rows == [["3", "3"], ["5", "5"]])
    // The bad field of a row that the filter drops is never parsed.
    #expect(result.rejects[0] == ["3", "4", "6"])
  }

  @Test func veryLongRowsAreRefused() {
    let options = csvOptions { $0.maxRowBytes = 1 << 21 }
    let text = "a,b\n1,2\n3,\"never closed\n" + String(repeating: "1,2\n", count: 1_000_000)
    #expect(
      messageOfReading(text, options)
        == "\"x.csv\", line 3: the row that starts here is longer than 2097152 bytes. "
        + "Is a quote in it never closed? Else raise maxRowBytes.")
    let commas = "a,b\n" + String(repeating: ",", count: 1_000_000) + "\n1,2\n"
    #expect(messageOfReading(commas).hasPrefix("\"x.csv\", line 2: the row has 1000001 fields"))
    let open = "a,b\n" + String(repeating: ",", count: 1_000_000)
    #expect(messageOfReading(open).hasPrefix("\"x.csv\", line 2: the row has 1000001 fields"))
  }
}
