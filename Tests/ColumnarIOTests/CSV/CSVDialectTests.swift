import ColumnarCore
import Testing

@testable import ColumnarIO

/// Rows of unequal lengths, decimal commas, guessed delimiters, quotes around all text.
@Suite struct CSVDialectTests {
  @Test func raggedRows() throws {
    let text = "a,b,c\n1\n2,x\r\n3,y,1.5\n4,z,2,more,\"and\nmore\"\r\n,,\n\n5,\"q\""
    #expect(
      messageOfReading(text).contains("line 2: the row has 1 field, but the file has 3 columns"))
    let cut = try readCSV(text: text, csvOptions { $0.raggedRows = .fillAndCut })
    #expect(
      cut.columns == [
        ["1", "2", "3", "4", nil, "5"], [nil, "x", "y", "z", nil, "q"],
        [nil, nil, "1.5", "2.0", nil, nil],
      ])
    let fill = csvOptions {
      $0.raggedRows = .fill
      $0.badRows = .collect()
    }
    let filled = try readCSV(text: text, fill)
    #expect(filled.columns[0] == ["1", "2", "3", nil, "5"])
    #expect(filled.rejects[3] == ["the row has 5 fields, but the file has 3 columns"])
    for target in [1, 5, 9] {
      #expect(try readCSV(text: text, fill, target: target) == filled)
    }
  }

  @Test func decimalCommas() throws {
    let text = "a;b;c\n1,5;2;x\n-0,25e1;3;1.5\n;;\n"
    let options = csvOptions {
      $0.delimiter = ";"
      $0.decimalSeparator = ","
    }
    let result = try readCSV(text: text, options)
    #expect(result.schema.description == "[a: float64, b: int64, c: string]")
    #expect(result.columns[0] == ["1.5", "-2.5", nil])
    let stated = csvOptions {
      $0.delimiter = ";"
      $0.decimalSeparator = ","
      $0.schemaOverrides = ["c": .float32]
      $0.badRows = .collect()
    }
    #expect(try readCSV(text: text, stated).rejects[2] == ["x", "1.5"])
    #expect(
      messageOfReading(text, csvOptions { $0.decimalSeparator = "," }).contains("must be different")
    )
  }

  @Test func delimitersAreGuessed() throws {
    let folder = TemporaryFolder()
    for (text, delimiter, decimal) in [
      ("a,b\n1,2\n", ",", "."), ("a;b\n1,5;2\n3,25;4\n", ";", ","), ("a\tb\n1,2\t3\n", "\t", ","),
      ("a|b|c\n\"x|,,,\ny\"|2|3\n", "|", "."), ("one\ntwo, three\nfour\n", ",", "."),
      ("", ",", "."),
      ("a;b\n1.5;x,y,z\n", ";", "."), ("x,y;z\n1,2;3\n1,2;3\n", ",", "."),
    ] as [(String, Character, Character)] {
      let options = try CSVReadOptions.sniffed(folder.file("x", text))
      #expect(options.delimiter == delimiter, "\(text)")
      #expect(options.decimalSeparator == decimal, "\(text)")
    }
  }

  @Test func allTextMayBeQuoted() throws {
    let schema = Schema(unchecked: [Field("s", .string), Field("n", .int64)])
    let batch = Batch(
      unchecked: schema,
      columns: [String?.column(of: ["", nil, "x\"y"]), Int?.column(of: [1, nil, 3])], count: 3)
    var options = CSVWriteOptions()
    options.quotesText = true
    let formatter = try CSVFormatter(schema, options, path: "x")
    var text = MutableBuffer(capacity: 0)
    formatter.appendHeader(to: &text)
    try formatter.append(batch, to: &text)
    let written = text.freeze().withBytes { String(decoding: $0, as: UTF8.self) }
    #expect(written == "\"s\",\"n\"\n\"\",1\n,\n\"x\"\"y\",3\n")
  }
}
