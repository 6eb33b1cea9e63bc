import ColumnarCore
import Foundation
import Testing

@testable import ColumnarIO

/// Text that is not UTF-8, and times that are not ISO 8601.
@Suite struct CSVEncodingTests {
  private func utf16(_ text: String, isLittle: Bool, mark: Bool = true) -> [UInt8] {
    ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { (unit: UInt16) -> [UInt8] in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return isLittle ? [low, high] : [high, low]
    }
  }

  /// Long enough that letters lie over the borders of pieces.
  private var text: String {
    "n,é\n" + (0..<20_000).map { "\($0),ü\($0 % 3 == 0 ? "😀" : "ﬀ")\n" }.joined()
  }

  @Test(arguments: [true, false]) func utf16IsToldByItsMark(_ isLittle: Bool) throws {
    let folder = TemporaryFolder()
    let expected = try readCSV(folder.file("utf8.csv", text))
    let bytes = utf16(text, isLittle: isLittle)
    #expect(try readCSV(folder.file("x.csv", bytes)) == expected)
    let unmarked = folder.file("y.csv", utf16(text, isLittle: isLittle, mark: false))
    let stated = csvOptions { $0.encoding = isLittle ? .utf16LittleEndian : .utf16BigEndian }
    #expect(try readCSV(unmarked, stated) == expected)
    #expect(try CSVReadOptions.sniffed(unmarked, encoding: stated.encoding).delimiter == ",")

    let packed = try TextFileWriter(path: folder.path + "/x.csv.gz", compression: .byName)
    try bytes.withUnsafeBytes { try packed.write($0) }
    try packed.finish()
    #expect(try readCSV(folder.path + "/x.csv.gz") == expected)
  }

  @Test func brokenUTF16IsAnError() {
    let whole = utf16("a,b\n1,😀\n", isLittle: true)
    // The pair's first half, its second half alone, half a unit at the end.
    for bytes in [
      Array(whole[..<16]), Array(whole[..<14] + whole[16...]), whole + [0x41],
      Array(whole[..<16] + [0x41, 0]),
    ] {
      #expect(messageOfReading(bytes).contains("is no valid UTF-16"))
    }
    #expect(messageOfReading(whole) == "no error: [[Optional(\"1\")], [Optional(\"😀\")]]")
  }

  @Test func windows1252() throws {
    let folder = TemporaryFolder()
    let path = folder.file("x.csv", Array("name,price\nCaf".utf8) + [0xE9, 0x2C, 0x80, 0x0A])
    let result = try readCSV(path, csvOptions { $0.encoding = .windows1252 })
    #expect(result.rows == [["Café", "€"]])
    // All bytes, as Foundation reads them; five stand for nothing.
    let all = (0x20...0xFF).map { UInt8($0) }.filter {
      ![0x22, 0x2C, 0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D].contains($0)
    }
    let letters = folder.file("y.csv", Array("a\n".utf8) + all)
    let read = try readCSV(letters, csvOptions { $0.encoding = .windows1252 })
    #expect(read.rows == [[String(data: Data(all), encoding: .windowsCP1252)]])
  }

  @Test func timeFormats() throws {
    let text =
      "d,t,b\n31.12.2020,12/31/20 7:05,5-Mar-1999\n1.2.2021,\"1/1/69 23:59\",29-february-2000\n,,\n"
    let options = csvOptions { $0.timeFormats = ["%d.%m.%Y", "%m/%d/%y %H:%M", "%d-%b-%Y"] }
    let result = try readCSV(text: text, options)
    #expect(
      result.schema.description == "[d: date, t: timestamp[us], b: date]")
    #expect(
      result.rows == [
        ["2020-12-31", "2020-12-31T07:05:00", "1999-03-05"],
        ["2021-02-01", "1969-01-01T23:59:00", "2000-02-29"], [nil, nil, nil],
      ])
    // Digits alone are a number unless the type is stated.
    let fractions = csvOptions {
      $0.timeFormats = ["%Y%m%d%H%M%S.%f"]
      $0.schemaOverrides = ["t": .timestamp(.microsecond)]
    }
    #expect(
      try readCSV(text: "t\n20200102030405.123456\n", fractions).rows
        == [["2020-01-02T03:04:05.123456"]])
    // ISO 8601 only if it is named, and no day that there is not.
    for text in ["2020-12-31", "31.02.2020", "1.2.20211", "1.2.", "1.13.2020"] {
      #expect(try readCSV(text: "d\n\(text)\n", options).schema[0].type == .string, "\(text)")
    }
    let stated = csvOptions {
      $0.timeFormats = ["%d.%m.%Y"]
      $0.schemaOverrides = ["d": .date]
    }
    #expect(messageOfReading("d\n2020-12-31\n", stated).contains("line 2, column \"d\""))
    for bad in [
      "%d.%m", "%Q", "%Y-%m-%d%", "", "%Y-%m-%d %I:%M", "%Y-%m-%d %H:%M %p", "%Y-%m-%d%z",
      "%Y-%m-%d %H %I %p",
    ] {
      #expect(
        messageOfReading("d\n1\n", csvOptions { $0.timeFormats = [bad] }).contains(
          "is no time format"))
    }
  }

  @Test func halvesOfDaysAndOffsets() throws {
    func read(_ format: String, _ texts: [String]) throws -> (DataType, [String?]) {
      let options = csvOptions { $0.timeFormats = [format] }
      let found = try readCSV(text: "t\n" + texts.joined(separator: "\n") + "\n", options)
      return (found.schema[0].type, found.rows.map { $0[0] })
    }
    let (half, times) = try read(
      "%m/%d/%Y %I:%M:%S %p",
      [
        "1/2/2020 12:00:00 AM", "1/2/2020 1:30:00 am", "01/02/2020 12:05:09 PM",
        "1/2/2020 11:59:59 pm",
      ])
    #expect(half == .timestamp(.microsecond))
    #expect(
      times == [
        "2020-01-02T00:00:00", "2020-01-02T01:30:00", "2020-01-02T12:05:09", "2020-01-02T23:59:59",
      ])
    let (zoned, instants) = try read(
      "%Y-%m-%d %H:%M %z",
      [
        "2020-01-01 00:30 +0100", "2020-01-01 00:30 -05:30", "2020-01-01 00:30 Z",
        "2020-01-01 00:30 +01",
      ])
    #expect(zoned == .timestamp(.microsecond, zone: "UTC"))
    #expect(
      instants == [
        "2019-12-31T23:30:00", "2020-01-01T06:00:00", "2020-01-01T00:30:00",
        "2019-12-31T23:30:00",
      ])
    for (format, text) in [
      ("%Y-%m-%d %I %p", "2020-01-01 13 PM"), ("%Y-%m-%d %I %p", "2020-01-01 0 AM"),
      ("%Y-%m-%d %I %p", "2020-01-01 5 XM"), ("%Y-%m-%d %I %p", "2020-01-01 5 P"),
      ("%Y-%m-%d %H%z", "2020-01-01 05+1"), ("%Y-%m-%d %H%z", "2020-01-01 05+01:"),
      ("%Y-%m-%d %H%z", "2020-01-01 05+0160"), ("%Y-%m-%d %H%z", "2020-01-01 05"),
      ("%Y-%m-%d %H%z", "2020-01-01 05+2400"), ("%Y-%m-%d %H%z", "2020-01-01 05 0100"),
    ] {
      #expect(try read(format, [text]).0 == .string, "\(text)")
    }
    // Times with an offset beside times without are no column of times.
    let mixed = csvOptions { $0.timeFormats = ["%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M %z", "%d.%m.%Y"] }
    func type(_ texts: String...) throws -> DataType {
      try readCSV(text: "t\n" + texts.joined(separator: "\n") + "\n", mixed).schema[0].type
    }
    #expect(try type("1.1.2020 5:00 +0100", "1.1.2020 5:00") == .string)
    #expect(
      try type("1.1.2020 5:00 +0100", "1.1.2020") == .timestamp(.microsecond, zone: "UTC"))
    #expect(try type("1.1.2020 5:00", "1.1.2020") == .timestamp(.microsecond))
  }
}
