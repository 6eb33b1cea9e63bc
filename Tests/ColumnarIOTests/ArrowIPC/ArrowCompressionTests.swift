import ColumnarCore
import ColumnarTesting
import Glibc
import Testing

@testable import ColumnarIO

@Suite struct ArrowCompressionTests {
  static let codecs: [ArrowCompression] = [.lz4, .zstd(), .zstd(level: 19)]

  @Test(arguments: codecs, [ArrowWriteOptions.Format.file, .stream])
  func filesComeBack(_ codec: ArrowCompression, _ format: ArrowWriteOptions.Format) throws {
    try PropertyTest.seeds(2) { generator in
      let layout = generator.random.pick(IPCRoundTripTests.layouts)
      let batches = ArrowFileTests.batches(&generator)
      let options = ArrowWriteOptions(
        format: format, layout: layout, dictionaryColumns: ["c2", "c12"], compression: codec)
      try ArrowFileTests.withPath { path in
        try ArrowFileTests.write(batches, path, options)
        let source = try ArrowSource(path: path)
        try ArrowFileTests.expectSame(source, batches, "seed \(generator.seed)")
      }
    }
  }

  @Test(arguments: codecs)
  func fewBytesAreWrittenForFewValues(_ codec: ArrowCompression) throws {
    func size(_ column: Column, _ codec: ArrowCompression) throws -> Int {
      let batch = IPCTesting.batch([column])
      return try IPCEncoder(try IPCSchema(batch.schema), compression: codec).plan(batch).bodySize
    }
    let same = Int.column(of: [Int](repeating: 7, count: 10_000))
    #expect(try size(same, codec) < 4000)
    // What packing doesn't make smaller is written as it is, behind the mark for that.
    var generator = SeededGenerator(seed: 1)
    let noise = Int.column(
      of: (0..<10_000).map { _ in Int.random(in: .min ... .max, using: &generator) })
    let plain = try size(noise, .none)
    #expect(try size(noise, codec) == plain + 64)
    let batch = IPCTesting.batch([noise])
    let encoder = IPCEncoder(try IPCSchema(batch.schema), compression: codec)
    let bytes = try encoder.plan(batch).message()
    var messages = IPCMessages(bytes, IPCTesting.origin)
    let message = try #require(try messages.next())
    #expect(message.body.withBytes { $0.loadUnaligned(as: Int64.self) } == -1)
    var decoder = IPCDecoder(encoder.schema)
    let back = try #require(try decoder.decode(message)).columns[0]
    IPCTesting.expectSame(noise, back, "")
    // And read from where it lies.
    #expect(back.storage.values.start == bytes.start + (bytes.count - plain - 64) + 8)
  }

  @Test func unknownLevelsAreErrors() {
    for level in [0, -1, 23] {
      #expect(throws: ColumnarError.self) {
        try ArrowWriter(
          path: "/tmp/columnar-never.arrow", schema: Schema(unchecked: []),
          options: ArrowWriteOptions(compression: .zstd(level: level)))
      }
    }
    #expect(access("/tmp/columnar-never.arrow", F_OK) != 0)
  }

  /// The one buffer of a batch of 1,000 numbers, packed; `change` does what it will to it.
  static func read(_ codec: ArrowCompression, _ change: (inout [UInt8]) -> Void) throws -> Column {
    let batch = IPCTesting.batch([Int.column(of: Array(0..<1000))])
    let encoder = IPCEncoder(try IPCSchema(batch.schema), compression: codec)
    let encoded = try encoder.plan(batch)
    var bytes = encoded.message().withBytes { Array($0) }
    var body = Array(bytes[encoded.headSize...])
    change(&body)
    bytes.replaceSubrange(encoded.headSize..., with: body)
    var messages = IPCMessages(Buffer(copying: bytes), IPCTesting.origin)
    let message = try #require(try messages.next())
    var decoder = IPCDecoder(encoder.schema)
    return try #require(try decoder.decode(message)).columns[0]
  }

  @Test(arguments: codecs)
  func lyingLengthsAreErrors(_ codec: ArrowCompression) throws {
    #expect(try Self.read(codec) { _ in }.count == 1000)
    let lies: [Int64] = [
      0, 1, 7999, -2, .min, .max, 1 << 40, 1 << 33, 8001, 9000, 1 << 20, 1 << 24,
    ]
    for lie in lies {
      let held = MemoryPool.shared.retainedBytes
      do {
        let column = try Self.read(codec) { body in
          withUnsafeBytes(of: lie) { body.replaceSubrange(0..<8, with: $0) }
        }
        // Of a longer buffer only what is needed is unpacked.
        #expect(lie > 8000 && column.count == 1000)
      } catch let error as ColumnarError {
        #expect(error.code == .corruptFile)
        #expect(error.message.contains("1970") == false)
      }
      #expect(MemoryPool.shared.retainedBytes - held < 1 << 30)
    }
    // -1 stands before bytes that are not packed; these are too few for it.
    #expect(throws: ColumnarError.self) {
      try Self.read(codec) { $0.replaceSubrange(0..<8, with: [UInt8](repeating: 0xFF, count: 8)) }
    }
  }

  @Test(arguments: codecs)
  func damagedBytesAreErrors(_ codec: ArrowCompression) throws {
    try PropertyTest.seeds(80) { generator in
      do {
        let column = try Self.read(codec) { body in
          for _ in 0..<generator.random.pick([1, 3]) {
            body[generator.random.int(in: 0..<body.count)] ^= UInt8(
              1 << generator.random.int(in: 0..<8))
          }
        }
        #expect(column.count == 1000)
      } catch let error as ColumnarError {
        #expect(error.code == .corruptFile, "\(error)")
      }
    }
  }

  @Test func unknownCodecsAreRefused() throws {
    let table = FlatWriter.write(
      .table([
        .int64(0), .structs([], size: 2), .structs([], size: 2), .table([.int8(7), .int8(0)]),
      ]))
    let flat = try FlatBytes(buffer: Buffer(copying: table), origin: IPCTesting.origin).root()
    let error = #expect(throws: ColumnarError.self) {
      try IPCBody(flat, body: .empty, IPCTesting.origin)
    }
    #expect(error?.code == .unsupported && error?.message.contains("codec 7") == true)
  }

  @Test func bigEndianDataIsRefused() throws {
    let metadata = IPCMessage.metadata(
      .schema, .table([.int16(1), .tables([])]), bodySize: 0)
    let error = #expect(throws: ColumnarError.self) {
      try ArrowFileReader(Buffer(copying: IPCMessage.framed(metadata)), path: "far.arrow")
    }
    #expect(error?.code == .unsupported)
    #expect(error?.message.contains("big-endian") == true)
  }
}
