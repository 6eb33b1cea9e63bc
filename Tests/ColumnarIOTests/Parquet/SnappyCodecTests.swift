#if Snappy
  import ColumnarTesting
  import Testing

  @testable import ColumnarIO

  /// Snappy's blocks, packed and unpacked by the system's library.
  @Suite struct SnappyCodecTests {
    private static func packed(_ bytes: [UInt8]) -> [UInt8]? {
      var target = [UInt8](repeating: 0, count: bytes.count * 2 + 64)
      let count = bytes.withUnsafeBytes { bytes in
        target.withUnsafeMutableBytes { SnappyCodec.pack(bytes, to: $0) }
      }
      return count.map { Array(target[..<$0]) }
    }

    /// What a block unpacks to in a room of `size` bytes; bytes behind it have to stay as they are.
    private static func unpacked(_ block: [UInt8], size: Int) -> [UInt8]? {
      var target = [UInt8](repeating: 0xA5, count: size + 8)
      let made = block.withUnsafeBytes { block in
        target.withUnsafeMutableBytes {
          SnappyCodec.unpack(block, to: UnsafeMutableRawBufferPointer(rebasing: $0[..<size]))
        }
      }
      #expect(target.suffix(8).allSatisfy { $0 == 0xA5 })
      return made == size ? Array(target.dropLast(8)) : nil
    }

    @Test func blocksOfTheRoomsSizeOnly() {
      PropertyTest.seeds(30) { generator in
        let values = generator.random.int(in: 1..<257)
        let count = generator.random.int(in: 1..<5000)
        let bytes = (0..<count).map { _ in UInt8(generator.random.int(in: 0..<values)) }
        guard let block = Self.packed(bytes) else {
          Issue.record("not packed")
          return
        }
        #expect(Self.unpacked(block, size: count) == bytes)
        #expect(Self.unpacked(block, size: count - 1) == nil)
        #expect(Self.unpacked(block, size: count + 1) == nil)
        #expect(Self.unpacked(Array(block.dropLast()), size: count) == nil)
      }
    }
  }
#endif
