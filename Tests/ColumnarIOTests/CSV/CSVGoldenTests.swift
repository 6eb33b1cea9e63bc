import ColumnarCore
import Testing

@testable import ColumnarIO

/// What Python's csv module reads from the same text; see Golden/make_golden.py.
@Suite struct CSVGoldenTests {
  @Test func readsWhatPythonReads() throws {
    let path = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.endIndex))
    let lines = try MappedFile.open(path + "/Golden/cases.txt").withBytes {
      String(decoding: $0, as: UTF8.self)
    }.split(separator: "\n")
    #expect(lines.count == 600)
    // Quotes make the difference between an empty string and a null, which Python does not tell;
    // take both as empty.
    let options = csvOptions {
      $0.inferenceRows = 0
      $0.nullValues = []
    }
    for k in stride(from: 0, to: lines.count, by: 2) {
      var text = JSONReader(lines[k])
      var expected = JSONReader(lines[k + 1])
      let bytes = text.string()
      let rows = expected.rows()
      for target in [1 << 20, 7] {
        let result = try readCSV(text: bytes, options, target: target)
        #expect([result.schema.names] + result.rows == rows, "\(lines[k])")
      }
    }
  }
}

/// Reads the two shapes that the golden files hold: a string, and a list of lists of strings.
private struct JSONReader {
  private var rest: Substring.UnicodeScalarView

  init(_ text: Substring) { rest = text.unicodeScalars }

  mutating func rows() -> [[String]] {
    list { $0.list { $0.string() } }
  }

  private mutating func list<T>(_ element: (inout JSONReader) -> T) -> [T] {
    var all: [T] = []
    rest.removeFirst()
    while rest.first != "]" {
      if rest.first == "," || rest.first == " " {
        rest.removeFirst()
      } else {
        all.append(element(&self))
      }
    }
    rest.removeFirst()
    return all
  }

  mutating func string() -> String {
    var units: [UInt16] = []
    rest.removeFirst()
    while let scalar = rest.popFirst(), scalar != "\"" {
      guard scalar == "\\" else {
        units.append(UInt16(truncatingIfNeeded: scalar.value))
        continue
      }
      switch rest.popFirst() {
      case "n": units.append(10)
      case "r": units.append(13)
      case "t": units.append(9)
      case "u":
        units.append(UInt16(String(String.UnicodeScalarView(rest.prefix(4))), radix: 16) ?? 0)
        rest.removeFirst(4)
      case let other?: units.append(UInt16(truncatingIfNeeded: other.value))
      case nil: break
      }
    }
    return String(decoding: units, as: UTF16.self)
  }
}
