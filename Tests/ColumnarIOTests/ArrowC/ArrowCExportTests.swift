import CArrowShim
import ColumnarCore
import ColumnarTesting
import Glibc
import Testing

@testable import ColumnarIO

@Suite struct ArrowCExportTests {
  /// The batches as they come back through a stream.
  static func roundTrip(_ batches: [Batch], _ layout: ArrowLayout) throws -> [Batch] {
    var stream = ArrowArrayStream()
    var left = batches[...]
    try ArrowCStreamWriter.write(batches[0].schema, layout: layout, to: &stream) { left.popFirst() }
    let reader = try ArrowCStreamReader(moving: &stream, name: "test")
    #expect(reader.schema == batches[0].schema)
    var read: [Batch] = []
    while let batch = try reader.next() { read.append(batch) }
    #expect(try reader.next() == nil)
    return read
  }

  @Test(arguments: IPCRoundTripTests.layouts)
  func columnsOfEveryTypeComeBack(_ layout: ArrowLayout) throws {
    try PropertyTest.seeds(5) { generator in
      let batches = (0..<3).map { _ in
        let count = generator.rowCount(upTo: 100)
        return IPCTesting.batch(IPCRoundTripTests.types.map { generator.column($0, count: count) })
      }
      let back = try Self.roundTrip(batches, layout)
      for (a, b) in zip(batches, back) {
        for (x, y) in zip(a.columns, b.columns) {
          IPCTesting.expectSame(x, y, "\(layout), \(x.type), seed \(generator.seed)")
          #expect(x.nullCount == y.nullCount)
        }
      }
      #expect(back.count == 3)
    }
  }

  @Test func valuesAreHandedOutWhereTheyLie() throws {
    let numbers = Int.column(of: Array(0..<1000)).slice(100..<900)
    let texts = String?.column(
      of: (0..<1000).map { $0 % 7 == 0 ? nil : "a text of some length, \($0)" }
    )
    .slice(100..<900)
    let batch = IPCTesting.batch([numbers, texts])
    var array = ArrowArray()
    var schema = ArrowSchema()
    try ArrowCStreamWriter.write(batch, layout: .views, array: &array, schema: &schema)
    #expect(array.length == 800 && array.n_children == 2 && array.null_count == 0)
    let first = try #require(array.children[0]).pointee
    let second = try #require(array.children[1]).pointee
    #expect(first.offset == 100 && first.length == 800 && first.buffers[0] == nil)
    #expect(first.buffers[1] == numbers.storage.values.start)
    #expect(second.buffers[0] == texts.storage.validity?.start)
    #expect(second.buffers[1] == texts.storage.values.start)
    #expect(second.buffers[2] == texts.storage.blocks[0].start)
    #expect(try String(cString: #require(schema.children[1]).pointee.format) == "vu")
    array.release?(&array)
    schema.release?(&schema)
    #expect(array.release == nil && schema.release == nil)
  }

  /// Codes and values are handed out where they lie, and come back as they were.
  @Test func dictionariesAreHandedOutAsSuch() throws {
    let words = String.column(of: ["", "twelve bytes", "more than twelve bytes", "b"])
    let coded = Column.dictionary(
      codes: Buffer(copying: (0..<100).map { Int32($0 % 4) }), values: words,
      validity: Bitmap((0..<100).map { $0 % 9 != 0 }), count: 100
    ).slice(10..<90)
    let plain = String?.column(of: (0..<80).map { $0 % 5 == 0 ? nil : "\($0 % 3)" })
    let batch = IPCTesting.batch([coded, plain, .constant(words.slice(2..<3), count: 80)])
    for layout in IPCRoundTripTests.layouts {
      var (array, schema) = (ArrowArray(), ArrowSchema())
      try ArrowCStreamWriter.write(
        batch, layout: layout, dictionaryColumns: ["c0", "c1", "c2"], array: &array,
        schema: &schema)
      let first = try #require(array.children[0]).pointee
      #expect(first.offset == 10 && first.length == 80 && first.n_buffers == 2)
      #expect(first.buffers[0] == coded.storage.validity?.start)
      #expect(first.buffers[1] == coded.storage.values.start)
      #expect(first.dictionary.pointee.length == 4)
      if layout == .views {
        #expect(first.dictionary.pointee.buffers[1] == words.storage.values.start)
      }
      let described = try #require(schema.children[0]).pointee
      #expect(String(cString: described.format) == "i" && String(cString: described.name) == "c0")
      let format = ["views": "vu", "offsets": "u", "largeOffsets": "U"]["\(layout)"]
      #expect(String(cString: described.dictionary.pointee.format) == format)
      let back = try ArrowCStreamReader.batch(moving: &array, schema: &schema, name: "test")
      for (a, b) in zip(batch.columns, back.columns) {
        #expect(b.encoding == .dictionary)
        IPCTesting.expectSame(a, b, "\(layout)")
      }
    }
    for (name, code) in [("c9", ColumnarError.Code.columnNotFound), ("c3", .unsupported)] {
      let lists = IPCTesting.batch(
        batch.columns + [[Int].column(of: [[Int]](repeating: [], count: 80))])
      let error = #expect(throws: ColumnarError.self) {
        var (array, schema) = (ArrowArray(), ArrowSchema())
        try ArrowCStreamWriter.write(
          lists, layout: .views, dictionaryColumns: [name], array: &array, schema: &schema)
      }
      #expect(error?.code == code, "\(name)")
    }
  }

  /// A column whose memory is known to be gone or not.
  static func watched() -> (Batch, () -> Bool) {
    let column = Column(
      listOf: String.column(of: (0..<100).map { "a text of some length, \($0)" }),
      offsets: Buffer(copying: [0, 50, 100] as [Int64]), count: 2)
    weak let storage: ColumnStorage? = column.storage
    weak let elements: ColumnStorage? = column.storage.children[0].storage
    return (IPCTesting.batch([column]), { storage != nil || elements != nil })
  }

  @Test func memoryLivesUntilTheLastRelease() throws {
    var (batch, isAlive): (Batch?, () -> Bool) = Self.watched()
    var array = ArrowArray()
    var schema = ArrowSchema()
    try ArrowCStreamWriter.write(#require(batch), layout: .views, array: &array, schema: &schema)
    batch = nil
    #expect(isAlive())
    // The consumer moves the struct, and lets the place it was in go.
    let moved = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
    moved.initialize(to: array)
    array = ArrowArray()
    // It takes the strings out of the lists, and releases them on their own, last.
    let list = try #require(moved.pointee.children[0])
    let child = try #require(list.pointee.children[0])
    var strings = child.pointee
    child.pointee.release = nil
    moved.pointee.release?(moved)
    #expect(moved.pointee.release == nil)
    moved.deallocate()
    #expect(isAlive())
    #expect(strings.length == 100 && strings.release != nil)
    strings.release?(&strings)
    #expect(!isAlive())
    schema.release?(&schema)
  }

  @Test func streamsLetGoOfWhatIsLeft() throws {
    for taken in 0...2 {
      let (first, isFirstAlive) = Self.watched()
      let (second, isSecondAlive) = Self.watched()
      var stream = ArrowArrayStream()
      do {
        var left = [first, second][...]
        try ArrowCStreamWriter.write(first.schema, layout: .views, to: &stream) { left.popFirst() }
      }
      var arrays: [ArrowArray] = []
      for _ in 0..<taken {
        var array = ArrowArray()
        #expect(stream.get_next(&stream, &array) == 0)
        arrays.append(array)
      }
      stream.release?(&stream)
      #expect(stream.release == nil && stream.private_data == nil)
      for k in arrays.indices { arrays[k].release?(&arrays[k]) }
      withExtendedLifetime((first, second)) { #expect(isFirstAlive() && isSecondAlive()) }
    }
  }

  @Test func errorsReachTheConsumer() throws {
    struct Odd: Error, CustomStringConvertible { let description = "an odd thing happened" }
    for (error, code) in [
      (ColumnarError(.io, "the disk is full") as any Error, EIO), (Odd(), EINVAL),
      (ColumnarError(.cancelled, "stopped"), ECANCELED),
      (ColumnarError(.unsupported, "not that"), ENOSYS),
    ] {
      var stream = ArrowArrayStream()
      var calls = 0
      let batch = IPCTesting.batch([Int.column(of: [1])])
      try ArrowCStreamWriter.write(batch.schema, layout: .views, to: &stream) {
        calls += 1
        if calls == 2 { throw error }
        return batch
      }
      var array = ArrowArray()
      #expect(stream.get_last_error(&stream) == nil)
      #expect(stream.get_next(&stream, &array) == 0)
      array.release?(&array)
      #expect(stream.get_next(&stream, &array) == code && array.release == nil)
      #expect(stream.get_last_error(&stream).map { String(cString: $0) } == "\(error)")
      // The text stays; there is nothing more, and the source is not asked again.
      #expect(stream.get_next(&stream, &array) == 0 && array.release == nil)
      #expect(calls == 2)
      stream.release?(&stream)
    }
  }

  @Test func opaqueColumnsAreRefused() throws {
    let batch = IPCTesting.batch([Column.opaque([1, 2])])
    var stream = ArrowArrayStream()
    #expect(throws: ColumnarError.self) {
      try ArrowCStreamWriter.write(batch.schema, layout: .views, to: &stream) { batch }
    }
    #expect(stream.release == nil)
  }
}
