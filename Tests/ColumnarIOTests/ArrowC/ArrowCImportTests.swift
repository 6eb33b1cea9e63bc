import CArrowShim
import ColumnarCore
import ColumnarTesting
import Glibc
import Testing

@testable import ColumnarIO

@Suite struct ArrowCImportTests {
  typealias Hand = HandMadeArray

  /// The one column of an array that is taken over, and its counts.
  static func column(_ hand: Hand) throws -> Column {
    try ArrowCStreamReader.batch(moving: hand.array, schema: hand.schema, name: "test").columns[0]
  }

  static func expect(
    _ hand: @autoclosure () -> Hand, _ rows: [Value], _ type: DataType? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let made = hand()
    do {
      let column = try column(made)
      #expect(Value.rows(of: column) == rows, sourceLocation: location)
      if let type { #expect(column.type == type, sourceLocation: location) }
      #expect(made.counts.schemas == 1, sourceLocation: location)
    }
    #expect(made.counts.arrays == 1, sourceLocation: location)
  }

  @Test func offsetsAndNulls() throws {
    let values = Hand.Bytes.values((0..<20).map { Int64($0) })
    let bits = Hand.Bytes.bytes([0b1010_1010, 0b1111_0000, 0xFF])
    try Self.expect(
      Hand("l", length: 3, offset: 4, [.none, values]), [.int(4), .int(5), .int(6)], .int64)
    // Nobody counted the nulls, and the bits start inside a byte.
    try Self.expect(
      Hand("l", length: 6, nulls: -1, offset: 5, [bits, values]),
      [.int(5), .null, .int(7), .null, .null, .null])
    // There are bits, and no null.
    try Self.expect(
      Hand("l", length: 2, nulls: 0, offset: 8, [bits, values]), [.int(8), .int(9)])
    try Self.expect(
      Hand("b", length: 5, nulls: -1, offset: 3, [bits, .bytes([0b0110_1001])]),
      [.bool(true), .null, .bool(true), .null, .bool(false)], .bool)
    try Self.expect(Hand("n", length: 3, nulls: 3, []), [.null, .null, .null], .null)
    try Self.expect(
      Hand("e", length: 2, offset: 1, [.none, .values([0, 0x3C00, 0xC000] as [UInt16])]),
      [.double(1), .double(-2)], .float32)
    try Self.expect(
      Hand("ttm", length: 1, offset: 1, [.none, .values([1, 2] as [Int32])]), [.int(2)],
      .duration(.millisecond))
    try Self.expect(
      Hand("tsu:Europe/Berlin", length: 1, [.none, .values([7] as [Int64])]), [.int(7)],
      .timestamp(.microsecond, zone: "Europe/Berlin"))
  }

  @Test func nothingAtAll() throws {
    // Of no rows there need not be any memory.
    for format in ["l", "b", "u", "vu", "z", "U", "w:4", "tdD"] {
      let buffers = format.hasPrefix("v") || format == "u" || format == "z" || format == "U" ? 3 : 2
      try Self.expect(
        Hand(format, length: 0, [Hand.Bytes](repeating: .none, count: buffers)), [])
    }
    let item = { Hand("u", "item", length: 0, [.none, .none, .none]) }
    try Self.expect(Hand("+l", length: 0, [.none, .none], children: [item()]), [], .list(.string))
    try Self.expect(Hand("+L", length: 0, [.none, .none], children: [item()]), [], .list(.string))
    try Self.expect(Hand("+w:3", length: 0, [.none], children: [item()]), [])
    try Self.expect(Hand("+vl", length: 0, [.none, .none, .none], children: [item()]), [])
    let table = Hand("+s", length: 0, [.none], children: [item()])
    let batch = try ArrowCStreamReader.batch(
      moving: table.array, schema: table.schema, name: "test")
    #expect(batch.count == 0 && batch.schema.names == ["item"])
    // A table without columns has rows all the same.
    let bare = Hand("+s", length: 5, [.none])
    #expect(
      try ArrowCStreamReader.batch(moving: bare.array, schema: bare.schema, name: "").count == 5)
  }

  @Test func text() throws {
    let data = Hand.Bytes.bytes(Array("hello, and goodbye to you all".utf8))
    let offsets = Hand.Bytes.values([0, 5, 7, 7, 29] as [Int32])
    try Self.expect(
      Hand("u", length: 2, nulls: -1, offset: 2, [.bytes([0b0000_1011]), offsets, data]),
      [.null, .string("and goodbye to you all")], .string)
    try Self.expect(
      Hand("Z", length: 1, [.none, .values([2, 5] as [Int64]), data]), [.string("llo")], .binary)
    try Self.expect(
      Hand("w:3", length: 2, offset: 1, [.none, data]), [.string("lo,"), .string(" an")], .binary)
    // Views: one inline, one in the second block; what stands under the null points nowhere.
    var views = [UInt8](repeating: 0, count: 48)
    func set<T: BitwiseCopyable>(_ value: T, _ at: Int) {
      withUnsafeBytes(of: value) { views.replaceSubrange(at..<(at + $0.count), with: $0) }
    }
    set(UInt32(2), 0)
    views.replaceSubrange(4..<6, with: Array("ab".utf8))
    for (at, number) in [(16, UInt32(16)), (24, 1), (28, 7)] { set(number, at) }
    views.replaceSubrange(20..<24, with: Array("and ".utf8))
    for (at, number) in [(32, UInt32(99)), (40, 77), (44, 5)] { set(number, at) }
    let blocks: [Hand.Bytes] = [.bytes([1]), data, .values([1, 29] as [Int64])]
    try Self.expect(
      Hand("vu", length: 3, nulls: 1, [.bytes([0b011]), .bytes(views)] + blocks),
      [.string("ab"), .string("and goodbye to y"), .null], .string)
    try Self.expect(
      Hand("vz", length: 1, offset: 1, [.none, .bytes(views)] + blocks),
      [.string("and goodbye to y")], .binary)
  }

  static func numbers(_ count: Int, offset: Int = 0) -> Hand {
    Hand(
      "i", "item", length: count, offset: offset,
      [.none, .values((0..<Int32(count + offset)).map { $0 })])
  }

  @Test func nestedColumns() throws {
    let lists: [Value] = [.list([.int(5)]), .null, .list([.int(6), .int(7)])]
    let bits = Hand.Bytes.bytes([0b1010])
    // The offset is the lists', not their elements', which have one of their own.
    try Self.expect(
      Hand(
        "+l", length: 3, nulls: 1, offset: 1, [bits, .values([0, 2, 3, 3, 5] as [Int32])],
        children: [Self.numbers(5, offset: 3)]), lists, .list(.int32))
    // Of a fixed-size list and a struct, the parts are as long as offset and rows ask for.
    try Self.expect(
      Hand("+w:2", length: 2, offset: 1, [.none], children: [Self.numbers(6, offset: 1)]),
      [.list([.int(3), .int(4)]), .list([.int(5), .int(6)])], .fixedSizeList(.int32, count: 2))
    let record = Hand(
      "+s", length: 2, offset: 1, [.none],
      children: [
        Self.numbers(3, offset: 2),
        Hand("+s", "s", length: 3, offset: 1, [.none], children: [Self.numbers(9)]),
      ])
    let batch = try ArrowCStreamReader.batch(
      moving: record.array, schema: record.schema, name: "test")
    #expect(Value.rows(of: batch.columns[0]) == [.int(3), .int(4)])
    #expect(Value.rows(of: batch.columns[1]) == [.structure([.int(2)]), .structure([.int(3)])])
    try Self.expect(
      Hand(
        "+vl", length: 2, offset: 1,
        [.none, .values([0, 4, 1] as [Int32]), .values([9, 1, 2] as [Int32])],
        children: [Self.numbers(6)]), [.list([.int(4)]), .list([.int(1), .int(2)])], .list(.int32))
    try Self.expect(
      Hand(
        "+r", length: 4, offset: 2,
        children: [
          Hand("s", "run_ends", length: 3, [.none, .values([3, 5, 9] as [Int16])]), Self.numbers(3),
        ]), [.int(0), .int(1), .int(1), .int(2)], .int32)
  }

  @Test func dictionaries() throws {
    let words = {
      Hand(
        "u", length: 3, nulls: -1, offset: 1,
        [.bytes([0b1101]), .values([0, 1, 2, 2, 3] as [Int32]), .bytes(Array("xab".utf8))])
    }
    try Self.expect(
      Hand(
        "c", length: 4, nulls: 1, offset: 1,
        [.bytes([0b1_0111]), .values([0, 0, 2, 77, 1] as [Int8])], dictionary: words()),
      [.null, .string("b"), .null, .string("")], .string)
    let inner = Hand(
      "+l", length: 2, [.none, .values([0, 1, 3] as [Int32])],
      children: [
        Hand("S", "item", length: 3, [.none, .values([2, 0, 1] as [UInt16])], dictionary: words())
      ])
    try Self.expect(
      Hand("l", length: 3, [.none, .values([1, 0, 1] as [Int64])], dictionary: inner),
      [
        .list([.null, .string("")]), .list([.string("b")]), .list([.null, .string("")]),
      ], .list(.string))
  }

  @Test func brokenArraysAreErrorsAndAreReleased() throws {
    let number = Hand.Bytes.values([1, 2, 3, 4] as [Int64])
    let broken: [Hand] = [
      Hand("l", length: 2, [.none]), Hand("l", length: 2, [.none, .none]),
      Hand("l", length: -1, [.none, number]), Hand("l", length: 1, offset: -1, [.none, number]),
      Hand("l", length: 4, nulls: 2, [.none, number]),
      Hand("l", length: 1, [.none, number, .none]),
      Hand("l", length: .max, [.none, number]),
      Hand("l", length: 1, offset: .max, [.none, number]),
      Hand("u", length: 2, [.none, .values([3, 2, 1] as [Int32]), .bytes([1, 2, 3])]),
      Hand("u", length: 1, [.none, .values([0, -1] as [Int32]), .none]),
      Hand("u", length: 1, [.none, .values([0, 1] as [Int32]), .bytes([0xFF])]),
      Hand("vu", length: 1, [.none, number]),
      Hand("vu", length: 2, [.none, number, .none, .none]),
      Hand("+l", length: 1, [.none, .values([0, 9] as [Int32])], children: [Self.numbers(3)]),
      Hand("+l", length: 1, [.none, .values([0, 1] as [Int32])]),
      Hand("+w:4", length: 1, [.none], children: [Self.numbers(3)]),
      Hand("+r", length: 4, children: [Self.numbers(3), Self.numbers(3)]),
      Hand("c", length: 1, [.none, .bytes([5])], dictionary: Self.numbers(3)),
      Hand("c", length: 1, [.none, .bytes([0xFF])], dictionary: Self.numbers(3)),
      Hand("f", length: 1, [.none, number], dictionary: Self.numbers(3)),
      Hand(
        "l", length: 1, [.none, number],
        dictionary: Hand("c", length: 1, [.none, .bytes([0])], dictionary: Self.numbers(1))),
    ]
    for (k, hand) in broken.enumerated() {
      let error = #expect(throws: ColumnarError.self, "\(k)") { _ = try Self.column(hand) }
      #expect(error.map { [.invalidValue, .unsupported].contains($0.code) } == true, "\(k)")
      #expect(hand.counts.arrays == 1 && hand.counts.schemas == 1, "\(k)")
      #expect(hand.array.pointee.release == nil && hand.schema.pointee.release == nil)
    }
    for (format, name) in [
      ("+us:0,1", "union"), ("+ud:0", "union"), ("tiM", "interval"), ("tin", "interval"),
      ("w:0", "no bytes"), ("d:76,-2,256", "decimal"), ("what", "what"), ("", "format"),
    ] {
      let hand = Hand(format, "inner", length: 1, [.none])
      let error = #expect(throws: ColumnarError.self) { _ = try Self.column(hand) }
      #expect(error?.code == .unsupported)
      #expect(error?.message.contains(name) == true && error?.message.contains("inner") == true)
      #expect(hand.counts.arrays == 1 && hand.counts.schemas == 1)
    }
    // What was moved or released before can't be taken again.
    let hand = Self.numbers(3)
    _ = try Self.column(hand)
    #expect(throws: ColumnarError.self) { _ = try Self.column(hand) }
    #expect(hand.counts.arrays == 1 && hand.counts.schemas == 1)
    // A row of a table that is null as a whole.
    let table = Hand("+s", length: 2, nulls: 1, [.bytes([1])], children: [Self.numbers(2)])
    #expect(throws: ColumnarError.self) { _ = try Self.column(table) }
    #expect(table.counts.arrays == 1)
  }

  /// A few bytes can name one long list any number of times; that is told before memory is taken.
  @Test func listsThatAreRepeatedTooOftenAreRefused() throws {
    let count = 10_000_000
    func long(_ name: String) -> Hand {
      Hand(
        "+l", name, length: 1, [.none, .values([0, Int32(count)])],
        children: [Hand("n", "item", length: count, nulls: count)])
    }
    func inside(_ column: Hand) -> Hand {
      let record = Hand("+s", "s", length: 1000, [.none], children: [column])
      return Hand("+s", length: 1000, [.none], children: [record])
    }
    let zeros = Hand.Bytes.bytes([UInt8](repeating: 0, count: 8000))
    let ends = { Hand("i", "run_ends", length: 1, [.none, .values([1000] as [Int32])]) }
    let ones = Hand.Bytes.values([Int32](repeating: 1, count: 1000))
    let hostile = [
      inside(Hand("c", "d", length: 1000, [.none, zeros], dictionary: long("d"))),
      inside(Hand("+r", "r", length: 1000, children: [ends(), long("values")])),
      inside(Hand("+vl", "v", length: 1000, [.none, zeros, ones], children: [long("item")])),
      Hand("+vl", "v", length: 1000, [.none, zeros, ones], children: [long("item")]),
    ]
    for (k, hand) in hostile.enumerated() {
      let error = #expect(throws: ColumnarError.self, "\(k)") { _ = try Self.column(hand) }
      #expect(error?.code == .unsupported, "\(k)")
      #expect(error?.message.contains("repeated many times") == true, "\(k)")
      #expect(hand.counts.arrays == 1)
    }
    // Once each they are fine, and over again where they are not in a struct: as one value.
    let runs = Hand("+r", "r", length: 1000, children: [ends(), long("values")])
    #expect(try Self.column(runs).encoding == .constant)
    // Values that would take forever to be told apart.
    let huge = Hand(
      "+l", "d", length: 1, [.none, .values([0, Int32.max])],
      children: [Hand("n", "item", length: Int(Int32.max), nulls: Int(Int32.max))])
    let error = #expect(throws: ColumnarError.self) {
      try Self.column(Hand("c", "d", length: 1, [.none, zeros], dictionary: huge))
    }
    #expect(error?.code == .unsupported)
  }

  @Test func leavesAreCounted() {
    let numbers = Int.column(of: Array(0..<6))
    let lists = Column(
      listOf: numbers, offsets: Buffer(copying: [1, 3, 3, 6] as [Int64]), count: 3)
    #expect((0..<3).map { LeafCounts(lists).count(of: $0) } == [2, 0, 3])
    #expect(LeafCounts(lists.slice(1..<3)).total == 3 && LeafCounts(numbers).total == 6)
    let pairs = Column(fixedSizeListOf: lists, size: 1, count: 3)
    #expect((0..<3).map { LeafCounts(pairs).count(of: $0) } == [2, 0, 3])
    let fields = [Field("a", lists.type), Field("b", .int64)]
    let records = Column(fields: fields, children: [lists, numbers.slice(0..<3)], count: 3)
    #expect((0..<3).map { LeafCounts(records).count(of: $0) } == [3, 1, 4])
    let embeddings = Column(fixedSizeListOf: .nulls(1 << 30), size: 1 << 29, count: 2)
    #expect(LeafCounts(embeddings).total == 1 << 30)
    #expect(
      LeafCounts(embeddings).allows(2) { $0 } && !LeafCounts(embeddings).allows(50) { _ in 0 })
  }

  @Test func valuesStayWhereTheyAre() throws {
    let values = UnsafeMutableRawPointer.allocate(byteCount: 800, alignment: 64)
    defer { values.deallocate() }
    values.initializeMemory(as: Int64.self, repeating: 3, count: 100)
    let hand = Hand("l", length: 50, offset: 10, [.none, .address(values)])
    var column: Column? = try Self.column(hand)
    #expect(column?.storage.values.start == UnsafeRawPointer(values + 80))
    // A window keeps the whole alive; the last one lets it go.
    var window = column?.slice(3..<5)
    column = nil
    #expect(hand.counts.arrays == 0)
    #expect(window.map { Value.rows(of: $0) } == [.int(3), .int(3)])
    window = nil
    #expect(hand.counts.arrays == 1)
  }

  @Test func streamsAreReadAndReleased() throws {
    let hands = (0..<3).map { _ in Hand("+s", length: 4, [.none], children: [Self.numbers(4)]) }
    var (stream, releases) = Hand.stream(hands)
    var reader: ArrowCStreamReader? = try ArrowCStreamReader(moving: &stream, name: "test")
    #expect(stream.release == nil)
    #expect(reader?.schema.names == ["item"])
    let first = try reader?.next()
    _ = try reader?.next(columns: [])
    // Read in part only: what was taken lives on, the rest was never asked for.
    reader = nil
    #expect(releases.count == 1)
    #expect(hands.map(\.counts.arrays) == [0, 1, 0])
    #expect(first.map { Value.rows(of: $0.columns[0]) } == (0..<4).map { .int($0) })
    for hand in hands where hand.array.pointee.release != nil {
      hand.array.pointee.release?(hand.array)
    }
  }

  @Test func errorsOfStreamsHaveTheirText() throws {
    func failed(_ text: String?) -> ColumnarError? {
      let hands = [Hand("+s", length: 4, [.none], children: [Self.numbers(4)])]
      var (stream, releases) = Hand.stream(hands, error: (EIO, text))
      let error = #expect(throws: ColumnarError.self) {
        let reader = try ArrowCStreamReader(moving: &stream, name: "test")
        #expect(try reader.next()?.count == 4)
        do { _ = try reader.next() } catch {
          // Behind an error there is nothing more.
          #expect(try reader.next() == nil)
          throw error
        }
      }
      #expect(releases.count == 1 && hands[0].counts.arrays == 1)
      return error
    }
    #expect(failed("the disk is on fire")?.message.contains("the disk is on fire") == true)
    #expect(failed(nil)?.message.contains("error 5") == true)
    var (stream, releases) = Hand.stream([], error: (EINVAL, "no schema today"), failsAtOnce: true)
    let error = #expect(throws: ColumnarError.self) {
      try ArrowCStreamReader(moving: &stream, name: "test")
    }
    #expect(error?.message.contains("no schema today") == true)
    #expect(releases.count == 1 && stream.release == nil)
    #expect(throws: ColumnarError.self) { try ArrowCStreamReader(moving: &stream, name: "test") }
    #expect(releases.count == 1)
  }

  /// Memory of another library may end where the next page can't be read; no kernel goes there.
  @Test func nothingBehindForeignMemoryIsRead() throws {
    try PropertyTest.seeds(3) { generator in
      let page = sysconf(Int32(_SC_PAGESIZE))
      var mapped: [UnsafeMutableRawPointer] = []
      defer { for place in mapped { munmap(place, 3 * page) } }
      /// The bytes at the end of a page behind which nothing can be read.
      func fenced<T: BitwiseCopyable>(_ values: [T]) -> Hand.Bytes {
        guard
          let place = mmap(
            nil, 3 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
          place != MAP_FAILED, mprotect(place + 2 * page, page, PROT_NONE) == 0
        else { return .none }
        mapped.append(place)
        let count = values.count * MemoryLayout<T>.stride
        values.withUnsafeBytes {
          UnsafeMutableRawBufferPointer(start: place + 2 * page - count, count: count)
            .copyMemory(from: $0)
        }
        return .address(place + 2 * page - count)
      }
      let count = generator.random.pick([1, 7, 8, 9, 63, 64, 65, 100])
      let bits = (0..<(count + 7) / 8).map { _ in UInt8(generator.random.int(in: 0..<256)) }
      let data = (0..<count * 13).map { UInt8(97 + ($0 * 7) % 26) }
      let hands = [
        Hand(
          "l", length: count, nulls: -1, [fenced(bits), fenced((0..<count).map { Int64($0 % 5) })]),
        Hand(
          "c", length: count, nulls: -1, [fenced(bits), fenced((0..<count).map { Int8($0 % 5) })]),
        Hand(
          "g", length: count, nulls: -1, [fenced(bits), fenced((0..<count).map { Double($0) })]),
        Hand("b", length: count, [.none, fenced(bits)]),
        Hand(
          "u", length: count, nulls: -1,
          [fenced(bits), fenced((0...Int32(count)).map { $0 * 13 }), fenced(data)]),
        Hand("w:13", length: count, [.none, fenced(data)]),
      ]
      for hand in hands {
        let column = try Self.column(hand)
        let rows = Value.rows(of: column)
        let order = RowIndices((0..<Int32(count)).reversed())
        #expect(Value.rows(of: column.taking(order)) == rows.reversed())
        #expect(
          Value.rows(of: Column.concatenating([column, column], type: column.type)) == rows + rows)
        #expect(GroupTable(keyTypes: [column.type]).assign([column]).count == count)
        for target in [DataType.string, .int64, .float64, .binary] {
          _ = try? column.cast(to: target, strict: false)
        }
        let batch = IPCTesting.batch([column])
        IPCTesting.expectSame(column, try IPCTesting.roundTrip(batch).columns[0], "")
        _ = batch.filtered(by: Bitmap((0..<count).map { $0 % 3 == 0 }))
      }
    }
  }
}
