import ColumnarCore
import ColumnarTesting
import Testing

@Suite("Buffers")
struct BufferTests {
  @Test("grows, freezes and slices without losing a byte")
  func growing() {
    PropertyTest.seeds(50) { generator in
      var memory = MutableBuffer(capacity: 0)
      var expected: [UInt8] = []
      for _ in 0..<generator.random.int(in: 1..<20) {
        let bytes = (0..<generator.random.int(in: 0..<900)).map { _ in
          UInt8.random(in: 0...255, using: &generator.random)
        }
        bytes.withUnsafeBytes { memory.append(contentsOf: $0) }
        memory.append(UInt32(bytes.count))
        expected += bytes
        withUnsafeBytes(of: UInt32(bytes.count)) { expected += Array($0) }
      }
      let buffer = memory.freeze()
      #expect(buffer.withBytes { Array($0) } == expected, "seed \(generator.seed)")
      let low = generator.random.int(in: 0..<expected.count)
      let slice = buffer.slice(low..<expected.count)
      #expect(slice.withBytes { Array($0) } == Array(expected[low...]), "seed \(generator.seed)")
    }
  }

  @Test("pool blocks are aligned, padded and reused")
  func pool() {
    for size in [0, 1, 959, 960, 961, 1472, 1473, 1 << 20, 3 << 20] {
      let memory = MutableBuffer(count: size)
      #expect(Int(bitPattern: memory.start) % 64 == 0)
      #expect(memory.capacity >= size)
      memory.start.initializeMemory(as: UInt8.self, repeating: 1, count: size + MemoryPool.padding)
    }
  }

  @Test("foreign memory is released once, with its last slice")
  func foreign() {
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64)
    defer { bytes.deallocate() }
    let released = Counter()
    var last: Buffer? = Buffer(
      owner: .foreign { released.add() }, start: UnsafeRawPointer(bytes), count: 64
    ).slice(8..<16)
    #expect(last?.count == 8)
    #expect(released.value == 0)
    last = nil
    #expect(released.value == 1)
  }
}

private final class Counter: Sendable {
  private let count = Monitor(0)
  func add() { count.withLock { $0 += 1 } }
  var value: Int { count.withLock { $0 } }
}
