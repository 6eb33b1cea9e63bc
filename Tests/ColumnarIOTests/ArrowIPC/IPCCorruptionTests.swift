import ColumnarCore
import ColumnarTesting
import Testing

@testable import ColumnarIO

/// Damaged bytes are an error or other values, never a trap.
@Suite struct IPCCorruptionTests {
  /// A schema message and a batch of columns of every type.
  static func bytes(_ generator: inout ColumnGenerator, _ layout: ArrowLayout) throws -> [UInt8] {
    let columns = IPCRoundTripTests.types.map { generator.column($0, count: 5) }
    let batch = IPCTesting.batch(columns)
    let encoder = IPCEncoder(try IPCSchema(batch.schema, layout: layout))
    let message = try encoder.plan(batch).message()
    return IPCMessage.framed(encoder.schema.encoded()) + message.withBytes { Array($0) }
  }

  /// Reads whatever stands there, and looks at every value.
  static func read(_ bytes: [UInt8]) throws {
    var messages = IPCMessages(Buffer(copying: bytes), IPCTesting.origin)
    guard let first = try messages.next(), first.kind == .schema else { return }
    var decoder = IPCDecoder(try IPCSchema(first))
    while let message = try messages.next() {
      guard let batch = try decoder.decode(message), batch.count < 100_000 else { continue }
      for column in batch.columns {
        let rows = Value.rows(of: column)
        #expect(rows.count == batch.count)
        let order = RowIndices((0..<Int32(batch.count)).reversed())
        #expect(Value.rows(of: column.taking(order)) == rows.reversed())
      }
    }
  }

  @Test(arguments: IPCRoundTripTests.layouts)
  func truncation(_ layout: ArrowLayout) throws {
    var generator = ColumnGenerator(seed: 7)
    let bytes = try Self.bytes(&generator, layout)
    var messages = IPCMessages(Buffer(copying: bytes), IPCTesting.origin)
    _ = try messages.next()
    let step = layout == .views ? 1 : 17
    for length in stride(from: 1, to: bytes.count, by: step) where length != messages.position {
      #expect(throws: ColumnarError.self, "\(length) bytes") {
        try Self.read(Array(bytes[..<length]))
      }
    }
    try Self.read(bytes)
  }

  @Test(arguments: IPCRoundTripTests.layouts)
  func flippedBits(_ layout: ArrowLayout) throws {
    var generator = ColumnGenerator(seed: 3)
    let whole = try Self.bytes(&generator, layout)
    try PropertyTest.seeds(200) { generator in
      var bytes = whole
      for _ in 0..<generator.random.pick([1, 1, 2, 8]) {
        let at = generator.random.int(in: 0..<bytes.count)
        bytes[at] ^= 1 << UInt8(generator.random.int(in: 0..<8))
      }
      do { try Self.read(bytes) } catch let error as ColumnarError {
        #expect([.corruptFile, .unsupported].contains(error.code), "\(error)")
      }
    }
  }

  @Test(arguments: [0, 1, 0x7F, 0x80, 0xFF] as [UInt8])
  func overwrittenMetadata(_ value: UInt8) throws {
    var generator = ColumnGenerator(seed: 11)
    let bytes = try Self.bytes(&generator, .views)
    var messages = IPCMessages(Buffer(copying: bytes), IPCTesting.origin)
    _ = try messages.next()
    let batchHead = messages.position + 2000
    for at in stride(from: 0, to: min(bytes.count, batchHead), by: value == 0xFF ? 1 : 5) {
      var damaged = bytes
      damaged[at] = value
      do { try Self.read(damaged) } catch is ColumnarError {}
    }
  }
}
