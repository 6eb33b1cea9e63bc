import ColumnarCore
import ColumnarTesting
import Testing

@Suite("Builders")
struct BuilderTests {
  @Test("append values and nulls")
  func appending() {
    PropertyTest.seeds(100) { generator in
      let count = generator.rowCount()
      let share = generator.random.pick([0, 0.01, 0.5, 1])
      var numbers = PrimitiveBuilder<Int32>()
      var flags = BoolBuilder()
      var texts = BytesBuilder()
      var (expectedNumbers, expectedFlags, expectedTexts): ([Value], [Value], [Value]) = (
        [], [], []
      )
      for row in 0..<count {
        if generator.random.chance(share) {
          numbers.appendNull()
          flags.append(nil)
          texts.append(nil)
          expectedNumbers.append(.null)
          expectedFlags.append(.null)
          expectedTexts.append(.null)
        } else {
          let text = generator.text()
          numbers.append(Int32(row))
          flags.append(row % 3 == 0)
          texts.append(text)
          expectedNumbers.append(.int(Int64(row)))
          expectedFlags.append(.bool(row % 3 == 0))
          expectedTexts.append(.string(text))
        }
      }
      #expect(numbers.count == count && flags.count == count && texts.count == count)
      let note: Comment = "seed \(generator.seed)"
      #expect(Oracle.difference(numbers.finish(), from: expectedNumbers) == nil, note)
      #expect(Oracle.difference(flags.finish(), from: expectedFlags) == nil, note)
      #expect(Oracle.difference(texts.finish(), from: expectedTexts) == nil, note)
    }
  }

  @Test("strings of every length, over many blocks")
  func longStrings() {
    var builder = BytesBuilder()
    var expected: [Value] = []
    for length in Array(0..<70) + [5000, 100_000, 1_500_000, 13, 3_000_000, 12] {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ length) }
      bytes.withUnsafeBytes { builder.append($0) }
      expected.append(.bytes(bytes))
    }
    #expect(Oracle.difference(builder.finish(as: .binary), from: expected) == nil)
  }

  @Test("views of equal short values are equal words")
  func views() {
    for length in 0...12 {
      let bytes = (0..<length).map { UInt8($0 + 1) } + Array(repeating: 0xFF, count: 16)
      let view = bytes.withUnsafeBytes { raw in
        raw.baseAddress.map { ByteView(inline: $0, count: length) } ?? ByteView(low: 0, high: 0)
      }
      var expected = [UInt8](repeating: 0, count: 16)
      expected[0] = UInt8(length)
      for k in 0..<length { expected[4 + k] = UInt8(k + 1) }
      #expect(withUnsafeBytes(of: view) { Array($0) } == expected)
    }
  }
}
