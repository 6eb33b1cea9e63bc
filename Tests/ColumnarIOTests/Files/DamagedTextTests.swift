import ColumnarCore
import ColumnarTesting
import Glibc
import Testing

@testable import ColumnarIO

/// Texts that end too early, are damaged while packed, or unpack to very much.
@Suite struct DamagedTextTests {
  private static let lines = [
    "a,b,c", "1,x,2020-01-01", "2,\"y, \"\"z\"\"\n\",2020-01-02", "3,é,", "4,,2020-01-04",
  ]
  private static let csv = lines.joined(separator: "\n") + "\n"
  private static let json =
    #"{"a":1,"b":"x\n"}"# + "\n" + #"{"a":2,"b":null}"# + "\n" + #"{"b":"é","a":3}"# + "\n"

  /// The bytes of a text as a file of that name.
  private static func packed(_ text: [UInt8], _ name: String) throws -> [UInt8] {
    let folder = TemporaryFolder()
    let writer = try TextFileWriter(path: "\(folder.path)/\(name)", compression: .byName)
    try text.withUnsafeBytes { try writer.write($0) }
    try writer.finish()
    return try ParquetTesting.bytes("\(folder.path)/\(name)")
  }

  /// What reading the file gives in one go and in small splits, which must be the same; nil for an
  /// error, which names the file.
  private static func read(_ bytes: [UInt8], _ name: String) throws -> [[String]]? {
    let folder = TemporaryFolder()
    let path = folder.file(name, bytes)
    let results = try [1 << 20, 9].map { target -> [[String]]? in
      do {
        if name.contains(".csv") {
          let result = try readCSV(path, csvOptions { $0.badRows = .collect() }, target: target)
          return result.columns.map { $0.map { $0 ?? "" } }
        }
        let options = jsonOptions { $0.badRows = .collect() }
        return [try readJSON(path: path, options, target: target).lines]
      } catch let error as ColumnarError {
        #expect(error.message.contains(name), "\(error)")
        let codes = ParquetBadFileTests.expected.union([.invalidValue, .typeMismatch])
        #expect(codes.contains(error.code), "\(error)")
        return nil
      }
    }
    #expect(results[0] == results[1], "\(name), \(bytes.count) bytes")
    return results[0]
  }

  @Test func plainTextCutAnywhere() throws {
    let bytes = Array(Self.csv.utf8)
    var rows = 0
    for length in 0...bytes.count {
      let found = try Self.read(Array(bytes[..<length]), "x.csv")?.first?.count ?? 0
      #expect(found >= rows - 1, "\(length) bytes")
      rows = max(rows, found)
    }
    #expect(rows == Self.lines.count - 1)
  }

  @Test(arguments: ["x.csv.gz", "x.csv.zst", "x.jsonl.gz", "x.jsonl.zst"])
  func packedTextCutAnywhere(_ name: String) throws {
    let text = name.contains("csv") ? Self.csv : Self.json
    let bytes = try Self.packed(Array(text.utf8), name)
    for length in 4..<bytes.count {
      #expect(try Self.read(Array(bytes[..<length]), name) == nil, "\(length) bytes")
    }
    #expect(try Self.read(bytes, name) != nil)
  }

  @Test(arguments: ["x.csv.gz", "x.csv.zst", "x.jsonl.gz", "x.jsonl.zst"])
  func packedTextWithFlippedBits(_ name: String) throws {
    let text = name.contains("csv") ? Self.csv : Self.json
    let bytes = try Self.packed(Array(text.utf8), name)
    let whole = try Self.read(bytes, name)
    for at in bytes.indices {
      var damaged = bytes
      damaged[at] ^= 1 << UInt8(at % 8)
      // Both formats check what they unpack to: it is never read as something else.
      let found = try Self.read(damaged, name)
      if at >= 10 { #expect(found == nil || found == whole, "byte \(at)") }
    }
  }

  /// The text is unpacked into memory that was freed before it, where behind its end stands what
  /// would make its last character whole.
  @Test func aCutCharacterInAShortLastRow() throws {
    let bytes = try Self.packed(Array("k;a\n".utf8) + [0xEF, 0xBB], "x.csv.gz")
    let folder = TemporaryFolder()
    let path = folder.file("x.csv.gz", bytes)
    let options = csvOptions {
      $0.delimiter = ";"
      $0.raggedRows = .fillAndCut
    }
    for _ in 0..<8 {
      for size in [1 << 16, 1 << 20, 1 << 21] {
        let freed = MutableBuffer(count: size)
        memset(freed.start, 0xBF, size)
      }
      let error = #expect(throws: ColumnarError.self) { try readCSV(path, options) }
      #expect(error?.message.contains("UTF-8") == true, "\(error as Any)")
    }
  }

  /// A few kilobytes that unpack to one line without an end, and to no end of lines.
  @Test(arguments: ["x.csv.gz", "x.csv.zst", "x.jsonl.gz", "x.jsonl.zst"])
  func bombs(_ name: String) throws {
    let folder = TemporaryFolder()
    let length = 24 << 20
    let line = try Self.packed([UInt8](repeating: 0x61, count: length), name)
    #expect(line.count < length / 500)
    let path = folder.file(name, line)
    let error = #expect(throws: ColumnarError.self) {
      if name.contains("csv") {
        _ = try readCSV(path, csvOptions { $0.maxRowBytes = 1 << 20 })
      } else {
        _ = try readJSON(path: path, jsonOptions { $0.maxRowBytes = 1 << 20 })
      }
    }
    #expect(error?.message.contains(name) == true && error?.message.contains("maxRowBytes") == true)
  }
}
