import ColumnarCore
import ColumnarTesting
import Testing

@testable import ColumnarIO

@Suite struct IPCRoundTripTests {
  static let layouts: [ArrowLayout] = [.views, .offsets, .largeOffsets]
  static let types =
    ColumnGenerator.allTypes + [
      .list(.fixedSizeList(.string, count: 2)), .fixedSizeList(.bool, count: 0),
      .structure([]), .list(.structure([Field("d", .date), Field("n", .null)])),
      .structure([Field("s", .structure([Field("b", .binary)]))]),
      .fixedSizeList(.list(.bool), count: 2),
    ]

  @Test(arguments: layouts)
  func columnsOfEveryTypeComeBack(_ layout: ArrowLayout) throws {
    try PropertyTest.seeds(5) { generator in
      for type in Self.types {
        let count = generator.rowCount()
        let column = generator.column(type, count: count)
        let note = "\(type), \(layout), seed \(generator.seed)"
        let back = try IPCTesting.roundTrip(IPCTesting.batch([column]), layout)
        IPCTesting.expectSame(column, back.columns[0], note)
        #expect(column.nullCount == back.columns[0].nullCount, "\(note)")
        // What was read can be worked with: gathered, cut and written again.
        let window = back.slice((count / 3)..<count)
        let again = try IPCTesting.roundTrip(window, layout)
        IPCTesting.expectSame(column.slice((count / 3)..<count), again.columns[0], note)
      }
    }
  }

  @Test func schemasComeBack() throws {
    let schema = try Schema([
      Field("", .timestamp(.nanosecond, zone: "Europe/Berlin")), Field("é", .list(.string)),
      Field("deep", .structure([Field("x", .fixedSizeList(.float32, count: 768))])),
    ])
    for layout in Self.layouts {
      #expect(try IPCTesting.schema(IPCSchema(schema, layout: layout)).schema == schema)
    }
  }

  @Test func columnsAreChosen() throws {
    try PropertyTest.seeds(20) { generator in
      let columns = Self.types.map { generator.column($0, count: 10) }
      let batch = IPCTesting.batch(columns)
      let wanted = (0..<4).map { _ in generator.random.int(in: 0..<columns.count) }
      let back = try IPCTesting.roundTrip(batch, columns: wanted)
      #expect(back.schema.names == wanted.map { "c\($0)" })
      for (k, column) in zip(wanted, back.columns) {
        IPCTesting.expectSame(columns[k], column, "seed \(generator.seed)")
      }
      #expect(try IPCTesting.roundTrip(batch, columns: []).count == 10)
    }
  }

  @Test func alignedValuesAreShared() throws {
    let column = Int.column(of: Array(0..<1000))
    let encoder = IPCEncoder(try IPCSchema(IPCTesting.batch([column]).schema))
    let bytes = try encoder.plan(IPCTesting.batch([column])).message()
    var messages = IPCMessages(bytes, IPCTesting.origin)
    let message = try #require(try messages.next())
    var decoder = IPCDecoder(encoder.schema)
    let values = try #require(try decoder.decode(message)).columns[0].storage.values
    #expect(values.start >= bytes.start && values.start < bytes.start + bytes.count)
    #expect(Int(bitPattern: values.start) % 64 == 0)
  }

  @Test func misalignedBytesAreCopied() throws {
    try PropertyTest.seeds(5) { generator in
      let columns = Self.types.map { generator.column($0, count: 70) }
      let batch = IPCTesting.batch(columns)
      let encoder = IPCEncoder(try IPCSchema(batch.schema))
      let encoded = try encoder.plan(batch)
      for shift in [1, 2, 3, 4, 8] {
        let memory = MutableBuffer(zeroed: shift + encoded.messageSize)
        encoded.message().withBytes { bytes in
          UnsafeMutableRawBufferPointer(start: memory.start + shift, count: bytes.count)
            .copyMemory(from: bytes)
        }
        let bytes = memory.freeze()
        var messages = IPCMessages(bytes, from: shift, IPCTesting.origin)
        let message = try #require(try messages.next())
        var decoder = IPCDecoder(encoder.schema)
        let back = try #require(try decoder.decode(message))
        for (a, b) in zip(columns, back.columns) { IPCTesting.expectSame(a, b, "shift \(shift)") }
      }
    }
  }

  @Test func onlyUsedTextIsWritten() throws {
    let texts = (0..<10_000).map { "a text that is long enough, number \($0)" }
    let column = String.column(of: texts)
    let schema = try IPCSchema(IPCTesting.batch([column]).schema)
    let whole = try IPCEncoder(schema).plan(IPCTesting.batch([column])).bodySize
    // A window takes its part of the blocks; a few scattered rows are packed.
    let scattered = RowIndices(stride(from: 0, to: 10_000, by: 100).map { Int32($0) })
    for part in [column.slice(100..<200), column.taking(scattered)] {
      let encoded = try IPCEncoder(schema).plan(IPCTesting.batch([part]))
      #expect(encoded.bodySize < whole / 50)
      IPCTesting.expectSame(part, try IPCTesting.roundTrip(IPCTesting.batch([part])).columns[0], "")
    }
  }

  @Test func opaqueColumnsAreRefused() throws {
    let column = Column.opaque([1, 2])
    #expect(throws: ColumnarError.self) { try IPCSchema(IPCTesting.batch([column]).schema) }
  }

  @Test(
    arguments: [
      (0x0000, 0), (0x8000, -0.0), (0x3C00, 1), (0x3555, 0.333251953125), (0xC000, -2),
      (0x7BFF, 65504), (0x0001, 5.960464477539063e-8), (0x7C00, .infinity),
    ] as [(UInt16, Float)])
  func halves(_ bits: UInt16, _ value: Float) {
    #expect(IPCDecoder.float(half: bits) == value)
    #expect(IPCDecoder.float(half: bits).sign == value.sign)
    #expect(IPCDecoder.float(half: 0x7E00).isNaN)
  }
}
