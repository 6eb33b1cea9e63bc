import CColumnarSystem
import ColumnarCore
import ColumnarTesting
import Testing

@testable import ColumnarIO

/// Views of text that lies one value behind the other, beside reading it value by value.
@Suite struct TextViewTests {
  private static let pieces = [
    "", "a", "tea", "süß", "日本", "🦆", "a text that is not so short", "abcdefghijkl",
  ]

  private static func column(
    _ bytes: [UInt8], _ offsets: [Int], _ validity: Bitmap? = nil, isWide: Bool,
    type: DataType = .string
  ) throws -> Column {
    let data = bytes.withUnsafeBytes { Buffer(copying: $0) }
    let numbers =
      isWide
      ? offsets.map(Int64.init).withUnsafeBytes { Buffer(copying: $0) }
      : offsets.map(Int32.init).withUnsafeBytes { Buffer(copying: $0) }
    let reader = IPCTextReader(type: type, origin: IPCTesting.origin, trustsText: false)
    let count = offsets.count - 1
    return try isWide
      ? reader.offsets(numbers, as: Int64.self, data, validity, count: count)
      : reader.offsets(numbers, as: Int32.self, data, validity, count: count)
  }

  @Test(arguments: [false, true]) func anyTexts(isWide: Bool) throws {
    try PropertyTest.seeds(30) { generator in
      let count = generator.random.int(in: 1..<60)
      let hasNulls = generator.random.int(in: 0..<2) == 0
      let texts = (0..<count).map { _ in
        (0..<generator.random.int(in: 0..<4)).map { _ in
          Self.pieces[generator.random.int(in: 0..<Self.pieces.count)]
        }.joined()
      }
      var (bytes, offsets) = ([UInt8](), [0])
      var bits = BitmapBuilder()
      var expected: [String?] = []
      for text in texts {
        bytes += Array(text.utf8)
        offsets.append(bytes.count)
        let isNull = hasNulls && generator.random.int(in: 0..<3) == 0
        bits.append(!isNull)
        expected.append(isNull ? nil : text)
      }
      let validity = bits.clearCount > 0 ? bits.finish() : nil
      let column = try Self.column(bytes, offsets, validity, isWide: isWide)
      IPCTesting.expectSame(column, String?.column(of: expected), "\(texts)")
      // Below a null there is nothing.
      let view = BytesView(column)
      for row in 0..<count where expected[row] == nil { #expect(view.views[row].count == 0) }
    }
  }

  @Test(arguments: [false, true]) func whatIsRefused(isWide: Bool) throws {
    let bytes = Array("tea süß end".utf8)
    // Descending, beyond the end, before the beginning, and within a character at either side.
    for offsets in [[0, 3, 2], [0, 4, 40], [-1, 2, 3], [0, 6, 10], [6, 8, 10]] {
      #expect(throws: ColumnarError.self, "\(offsets)") {
        try Self.column(bytes, offsets, isWide: isWide)
      }
    }
    #expect(throws: ColumnarError.self) {
      try Self.column([0x61, 0xFF, 0x62], [0, 1, 3], isWide: isWide)
    }
    // As bytes they are as good as any.
    _ = try Self.column(bytes, [0, 6, 10], isWide: isWide, type: .binary)
    // What no value has need not be text.
    let around = try Self.column([0xFF, 0x61, 0x62, 0xFF], [1, 2, 3], isWide: isWide)
    IPCTesting.expectSame(around, String.column(of: ["a", "b"]), "in the midst of other bytes")
  }

  /// Views of any parts of blocks, most of them text, beside looking at each value by itself.
  @Test func anyViews() throws {
    try PropertyTest.seeds(60) { generator in
      let isChecked = generator.random.int(in: 0..<4) > 0
      let blocks = (0..<generator.random.int(in: 1..<4)).map { _ -> [UInt8] in
        var block = (0..<generator.random.int(in: 4..<30)).flatMap { _ in
          Array(Self.pieces[generator.random.int(in: 0..<Self.pieces.count)].utf8)
        }
        block += Array("and the end of it is here".utf8)
        if generator.random.int(in: 0..<3) == 0 {
          block[generator.random.int(in: 0..<block.count)] = 0xFF
        }
        return block
      }
      let isShort = generator.random.int(in: 0..<2) == 0
      let parts = (0..<generator.random.int(in: 1..<20)).map { _ -> (Int, Range<Int>) in
        let number = generator.random.int(in: 0..<blocks.count)
        let start = generator.random.int(in: 0..<(blocks[number].count - 13))
        let end =
          isShort
          ? start + generator.random.int(in: 0..<13)
          : generator.random.int(in: (start + 13)..<(blocks[number].count + 1))
        return (number, start..<end)
      }
      let views = parts.map { number, range in
        // Seven more, which a short value's view does not look at.
        let bytes = Array(blocks[number][range]) + [UInt8](repeating: 0, count: 7)
        return range.count <= 12
          ? ByteView(inline: bytes, count: range.count)
          : ByteView(bytes: bytes, count: range.count, block: number, offset: range.lowerBound)
      }
      let values = parts.map { Array(blocks[$0][$1]) }
      let isSound = values.allSatisfy { String(validating: $0, as: UTF8.self) != nil }
      let reader = IPCTextReader(
        type: isChecked ? .string : .binary, origin: IPCTesting.origin, trustsText: false)
      func read() throws -> Column {
        try reader.views(
          views.withUnsafeBytes { Buffer(copying: $0) },
          blocks.map { block in block.withUnsafeBytes { Buffer(copying: $0) } }, nil,
          count: views.count)
      }
      guard isSound || !isChecked else {
        #expect(throws: ColumnarError.self, "\(values)") { try read() }
        return
      }
      let column = try read()
      let view = BytesView(column)
      #expect((0..<column.count).map { Array(view.bytes($0)) } == values)
    }
  }

  @Test func shortViews() {
    let texts = ["", "a", "abcd", "abcdefgh", "abcdefghijkl"]
    func first(_ view: columnar_byte_view, _ isText: Bool) -> Int {
      let plain = texts.map { text in
        let made = ByteView(inline: Array(text.utf8), count: text.utf8.count)
        return columnar_byte_view(low: made.low, high: made.high)
      }
      return columnar_plain_short_views(plain + [view] + plain, 1, 11, isText)
    }
    // A byte behind the value, a long one, one above 127.
    for length in 0..<12 {
      var bytes = [UInt8](repeating: 0, count: 16)
      bytes[0] = UInt8(length)
      #expect(first(view(bytes), true) == 11)
      bytes[4 + length] = 1
      #expect(first(view(bytes), false) == 5)
    }
    var bytes = [UInt8](repeating: 0, count: 16)
    bytes[0] = 13
    #expect(first(view(bytes), false) == 5)
    for at in 4..<16 {
      bytes = [12] + [UInt8](repeating: 0, count: 15)
      bytes[at] = 0x80
      #expect(first(view(bytes), true) == 5)
      #expect(first(view(bytes), false) == 11)
    }
  }

  private func view(_ bytes: [UInt8]) -> columnar_byte_view {
    bytes.withUnsafeBytes { $0.loadUnaligned(as: columnar_byte_view.self) }
  }
}
