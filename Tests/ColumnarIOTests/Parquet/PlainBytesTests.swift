import ColumnarCore
import ColumnarTesting
import Testing

@testable import ColumnarIO

/// Values behind their lengths, beside a loop over bytes.
@Suite struct PlainBytesTests {
  /// Texts of all lengths around the border of what a view holds itself.
  static func texts(_ generator: inout ColumnGenerator, _ count: Int, isPlain: Bool) -> [[UInt8]] {
    (0..<count).map { _ in
      let kind = generator.random.int(in: 0..<3)
      let length = generator.random.int(in: 0..<[3, 14, 40][kind])
      let letters = (0..<length).map { _ in
        isPlain || generator.random.int(in: 0..<5) > 0 ? "abcdefg".randomByte(&generator) : "ü"
      }
      return Array(letters.joined().utf8)
    }
  }

  static func page(_ texts: [[UInt8]]) -> [UInt8] {
    texts.flatMap { text in
      (0..<4).map { UInt8(text.count >> (8 * $0) & 255) } + text
    }
  }

  /// The next values of a page, as a column with a block in front, as of an earlier page.
  static func read(_ decoder: PlainBytesDecoder, _ count: Int) throws -> Column {
    let memory = MutableBuffer(count: count * 16)
    var blocks = [Buffer.empty]
    try decoder.read(count, into: memory.start, blocks: &blocks)
    return Column(type: .string, views: memory.freeze(), blocks: blocks, count: count)
  }

  @Test func inPiecesOfAnySize() throws {
    try PropertyTest.seeds(40) { generator in
      let isPlain = generator.random.int(in: 0..<2) == 0
      let texts = Self.texts(&generator, 60, isPlain: isPlain)
      let decoder = PlainBytesDecoder(
        Buffer(copying: Self.page(texts)), isText: true, ParquetOrigin(name: "test"))
      var at = 0
      while at < texts.count {
        let count = min(texts.count - at, generator.random.int(in: 1..<20))
        defer { at += count }
        if generator.random.int(in: 0..<4) == 0 {
          try decoder.skip(count)
          continue
        }
        let rows = Value.rows(of: try Self.read(decoder, count))
        #expect(rows.map(\.notation) == texts[at..<(at + count)].map { Value.bytes($0).notation })
      }
    }
  }

  @Test func cutAnywhere() throws {
    let texts = ["", "a", "twelve bytes", "more than twelve bytes", "last"].map { Array($0.utf8) }
    let whole = Self.page(texts)
    for isText in [true, false] {
      for length in 0..<whole.count {
        let decoder = PlainBytesDecoder(
          Buffer(copying: Array(whole.prefix(length))), isText: isText,
          ParquetOrigin(name: "test"))
        let error = #expect(throws: ColumnarError.self) {
          _ = try Self.read(decoder, texts.count)
        }
        #expect(error?.code == .corruptFile)
      }
    }
  }

  @Test(
    arguments: [
      [0xFF], [0x61, 0xC3], [0xE2, 0x82], Array("more than twelve bytes".utf8) + [0x80],
    ] as [[UInt8]])
  func textIsChecked(_ bytes: [UInt8]) throws {
    let buffer = Buffer(copying: Self.page([Array("good".utf8), bytes]))
    let text = PlainBytesDecoder(buffer, isText: true, ParquetOrigin(name: "test"))
    #expect(throws: ColumnarError.self) { _ = try Self.read(text, 2) }
    let binary = PlainBytesDecoder(buffer, isText: false, ParquetOrigin(name: "test"))
    _ = try Self.read(binary, 2)
  }
}

extension String {
  fileprivate func randomByte(_ generator: inout ColumnGenerator) -> String {
    let letters = Array(self)
    return String(letters[generator.random.int(in: 0..<letters.count)])
  }
}
