import ColumnarCore
import ColumnarTesting
import Testing

@Suite("Text functions")
struct TextKernelTests {
  /// Applies a function of strings to the values, null staying null.
  private func mapped(_ column: Column, _ f: (String) -> Value) -> [Value] {
    Value.rows(of: column).map { value in
      if case .bytes(let bytes) = value { f(String(decoding: bytes, as: UTF8.self)) } else { .null }
    }
  }

  @Test("agree with Swift's String, in all forms")
  func agreesWithString() throws {
    try PropertyTest.seeds(250) { generator in
      let column = generator.column(.string, count: generator.rowCount(upTo: 130))
      let note: Comment = "seed \(generator.seed): \(column.encoding)"
      func check(_ result: Column, _ f: (String) -> Value) {
        #expect(Oracle.difference(result, from: mapped(column, f)) == nil, note)
      }
      check(try column.lowercased()) { .string($0.lowercased()) }
      check(try column.uppercased()) { .string($0.uppercased()) }
      check(try column.byteCount()) { .int(Int64($0.utf8.count)) }
      check(try column.characterCount()) { .int(Int64($0.unicodeScalars.count)) }
      check(try column.trimmed()) { .string(stripped($0, start: true, end: true)) }
      check(try column.trimmedStart()) { .string(stripped($0, start: true, end: false)) }
      check(try column.trimmedEnd()) { .string(stripped($0, start: false, end: true)) }
      let start = generator.random.int(in: -20..<20)
      let length = generator.random.chance(0.3) ? nil : generator.random.int(in: 0..<20)
      check(try column.sliced(from: start, length: length)) { text in
        // Python's text[start:start + length], positions counted before they are cut to the string.
        let scalars = Array(text.unicodeScalars)
        let low = start < 0 ? scalars.count + start : start
        let high = length.map { low + $0 } ?? scalars.count
        let range =
          min(
            max(low, 0), scalars.count)..<max(
            min(max(high, 0), scalars.count), min(max(low, 0), scalars.count))
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars[range])
        return .string(String(result))
      }
    }
  }

  @Test("agree with Unicode on every scalar below U+3100 and beyond the BMP")
  func everyScalar() throws {
    let scalars = (Array(0..<0x3100) + Array(0x1_0400..<0x1_0480)).compactMap(Unicode.Scalar.init)
    var builder = BytesBuilder()
    for scalar in scalars { builder.append("\(scalar)a\(scalar)b\(scalar)") }
    let column = builder.finish()
    let texts = scalars.map { "\($0)a\($0)b\($0)" }
    func check(_ result: Column, _ f: (String) -> Value) {
      #expect(Oracle.difference(result, from: texts.map(f)) == nil)
    }
    check(try column.trimmed()) { .string(stripped($0, start: true, end: true)) }
    check(try column.lowercased()) { .string($0.lowercased()) }
    check(try column.uppercased()) { .string($0.uppercased()) }
    check(try column.characterCount()) { .int(Int64($0.unicodeScalars.count)) }
    check(try column.sliced(from: 1, length: 3)) { text in
      var part = String.UnicodeScalarView()
      part.append(contentsOf: text.unicodeScalars.dropFirst().prefix(3))
      return .string(String(part))
    }
  }

  @Test("search and replace by bytes, with constant and other patterns")
  func searching() throws {
    try PropertyTest.seeds(250) { generator in
      let count = generator.rowCount(upTo: 130)
      let column = generator.column(.string, count: count)
      var pattern = generator.column(.string, count: count)
      if count > 0, generator.random.chance(0.5) {
        pattern = try column.sliced(
          from: generator.random.int(in: -3..<4), length: generator.random.int(in: 0..<9))
      }
      let note: Comment = "seed \(generator.seed): \(column.encoding) \(pattern.encoding)"
      func check(_ result: Column, _ f: ([UInt8], [UInt8]) -> Bool) {
        let expected = zip(Value.rows(of: column), Value.rows(of: pattern)).map { pair -> Value in
          if case (.bytes(let text), .bytes(let pattern)) = pair { return .bool(f(text, pattern)) }
          return .null
        }
        #expect(Oracle.difference(result, from: expected) == nil, note)
      }
      check(try column.contains(pattern)) { places(of: $1, in: $0, all: false).count > 0 }
      check(try column.startsWith(pattern)) { $0.starts(with: $1) }
      check(try column.endsWith(pattern)) { $0.reversed().starts(with: $1.reversed()) }
      let (wanted, other) = (
        generator.random.pick(["a", "ab", "A", " ", "é", "aa", ""]), generator.text()
      )
      for all in [true, false] {
        let result = try column.replacing(wanted, with: other, all: all)
        let expected = mapped(column) { text in
          var bytes = Array(text.utf8)
          if wanted.isEmpty { return .bytes(bytes) }
          for place in places(of: Array(wanted.utf8), in: bytes, all: all).reversed() {
            bytes.replaceSubrange(place..<(place + wanted.utf8.count), with: Array(other.utf8))
          }
          return .bytes(bytes)
        }
        #expect(Oracle.difference(result, from: expected) == nil, note)
      }
    }
  }

  @Test("refuse what is no text")
  func refusals() {
    let numbers = Column.empty(.int8)
    #expect(throws: ColumnarError.self) { try numbers.lowercased() }
    #expect(throws: ColumnarError.self) { try numbers.contains(numbers) }
    #expect(throws: ColumnarError.self) { try numbers.replacing("a", with: "b") }
    #expect(throws: ColumnarError.self) { try numbers.trimmed() }
  }

  /// Where a pattern is found from the left without overlap.
  private func places(of pattern: [UInt8], in text: [UInt8], all: Bool) -> [Int] {
    var result: [Int] = []
    var at = 0
    while at + pattern.count <= text.count {
      if Array(text[at..<(at + pattern.count)]) == pattern {
        result.append(at)
        if !all { break }
        at += max(pattern.count, 1)
      } else {
        at += 1
      }
    }
    return result
  }

  private func stripped(_ text: String, start: Bool, end: Bool) -> String {
    let isSpace = { (scalar: Unicode.Scalar) in
      scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    }
    var scalars = text.unicodeScalars[...]
    if start { scalars = scalars.drop(while: isSpace) }
    while end, let last = scalars.last, isSpace(last) { scalars.removeLast() }
    return String(String.UnicodeScalarView(scalars))
  }
}
