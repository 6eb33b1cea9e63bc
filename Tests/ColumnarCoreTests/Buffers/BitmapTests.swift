import ColumnarCore
import ColumnarTesting
import Testing

@Suite("Bitmap")
struct BitmapTests {
  @Test("words, counts, slices and logic agree with arrays of booleans")
  func agreesWithArrays() {
    PropertyTest.seeds(300) { generator in
      let (bits, map) = Self.random(&generator)
      let note: Comment = "seed \(generator.seed)"
      #expect(Self.array(map) == bits, note)
      #expect(map.setCount == bits.count { $0 }, note)
      for k in 0..<map.wordCount {
        var word: UInt64 = 0
        for i in k * 64..<min(bits.count, k * 64 + 64) where bits[i] { word |= 1 << UInt64(i % 64) }
        #expect(map.word(k) == word, note)
      }
      var set: [Int] = []
      map.forEachSet { set.append($0) }
      #expect(set == bits.indices.filter { bits[$0] }, note)
      #expect(Self.array(~map) == bits.map { !$0 }, note)
      #expect(Self.array(Bitmap(buffer: map.compactBuffer, count: map.count)) == bits, note)
      var other = bits
      for i in other.indices { other[i] = generator.random.chance(0.5) }
      #expect(Self.array(map & Bitmap(other)) == zip(bits, other).map { $0 && $1 }, note)
      #expect(Self.array(map | Bitmap(other)) == zip(bits, other).map { $0 || $1 }, note)
    }
  }

  @Test("is built bit by bit, in runs and in words")
  func building() {
    PropertyTest.seeds(300) { generator in
      var builder = BitmapBuilder()
      var expected: [Bool] = []
      for _ in 0..<generator.random.int(in: 0..<12) {
        switch generator.random.int(in: 0..<3) {
        case 0:
          let bit = generator.random.chance(0.5)
          builder.append(bit)
          expected.append(bit)
        case 1:
          let (bit, count) = (generator.random.chance(0.5), generator.random.int(in: 0..<200))
          builder.append(repeating: bit, count: count)
          expected += Array(repeating: bit, count: count)
        default:
          let (bits, map) = Self.random(&generator)
          builder.append(map)
          expected += bits
        }
      }
      #expect(builder.count == expected.count && builder.clearCount == expected.count { !$0 })
      #expect(Self.array(builder.finish()) == expected, "seed \(generator.seed)")
    }
  }

  /// Bits, and the same as a window that starts anywhere and may end at the end of its buffer.
  private static func random(_ generator: inout ColumnGenerator) -> ([Bool], Bitmap) {
    let count = generator.rowCount()
    let (before, after) = (
      generator.random.int(in: 0..<80), generator.random.pick([0, 0, 1, 9, 70])
    )
    let all = (0..<(before + count + after)).map { _ in generator.random.chance(0.5) }
    let range = before..<(before + count)
    var map = Bitmap(all)
    if generator.random.chance(0.5) {
      // Exactly as many bytes as the bits need, as foreign memory has.
      let bytes = map.buffer.slice(0..<((all.count + 7) / 8))
      map = Bitmap(buffer: Buffer(copying: bytes.withBytes { Array($0) }), count: all.count)
    }
    return (Array(all[range]), map.slice(range))
  }

  private static func array(_ map: Bitmap) -> [Bool] { (0..<map.count).map { map[$0] } }
}
