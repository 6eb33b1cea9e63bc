import ColumnarTesting
import Glibc
import Testing

@testable import ColumnarCore

/// Lists gather their elements by runs, and those are counted in 64 bits.
@Suite("Take lists")
struct TakeListsTests {
  private static let types: [DataType] = [
    .list(.null), .list(.bool), .list(.binary), .list(.fixedSizeList(.bool, count: 3)),
    .fixedSizeList(.list(.string), count: 2), .fixedSizeList(.uint8, count: 0),
    .fixedSizeList(.fixedSizeList(.int16, count: 2), count: 3), .fixedSizeList(.bool, count: 70),
    .list(.structure([Field("a", .list(.int64)), Field("b", .fixedSizeList(.float64, count: 1))])),
    .fixedSizeList(.structure([Field("a", .string)]), count: 4), .list(.list(.list(.bool))),
  ]

  @Test("rows in any order, twice, absent, and in runs", arguments: types)
  func taking(type: DataType) {
    PropertyTest.seeds(60) { generator in
      let column = generator.column(type, count: generator.rowCount(upTo: 100))
      let rows = Value.rows(of: column)
      let mayBeAbsent = column.count == 0 || generator.random.chance(0.5)
      var picks: [Int32] = []
      while picks.count < 100 {
        let pick = Int32(generator.random.int(in: (mayBeAbsent ? -1 : 0)..<column.count))
        let length = pick < 0 ? 1 : generator.random.int(in: 1..<column.count - Int(pick) + 1)
        picks += (0..<Int32(length)).map { pick + $0 }
      }
      let taken = column.taking(RowIndices(picks, mayBeAbsent: mayBeAbsent))
      let expected = picks.map { $0 < 0 ? .null : rows[Int($0)] }
      let note: Comment = "seed \(generator.seed): \(column.encoding)"
      #expect(taken.type == type, note)
      #expect(Oracle.difference(taken, from: expected) == nil, note)
    }
  }

  @Test("runs of every type", arguments: ColumnGenerator.allTypes + types)
  func takingRuns(type: DataType) {
    PropertyTest.seeds(60) { generator in
      let column = generator.column(type, count: generator.rowCount(upTo: 150))
      let rows = Value.rows(of: column)
      var runs = RowRuns()
      var expected: [Value] = []
      for _ in 0..<generator.random.int(in: 0..<20) {
        if generator.random.chance(0.1) {
          runs.append(absent: 3)
          expected += [.null, .null, .null]
        }
        let low = generator.random.int(in: 0..<column.count + 1)
        let high = generator.random.int(in: low..<column.count + 1)
        runs.append(low..<high)
        expected += rows[low..<high]
      }
      let note: Comment = "seed \(generator.seed): \(column.encoding)"
      let taken = column.taking(runs)
      #expect(taken.type == type, note)
      #expect(Oracle.difference(taken, from: expected) == nil, note)
    }
  }

  @Test func opaqueElements() {
    let column = Column(
      listOf: .opaque(["a", "b", "c"]), offsets: Buffer(copying: [0, 2, 3] as [Int64]), count: 2)
    let taken = column.taking(RowIndices([1, -1, 0], mayBeAbsent: true))
    #expect(taken.isNull(1))
    #expect(ListView(taken)[0].objects.map { $0 as? String } == ["c"])
    #expect(ListView(taken)[2].objects.map { $0 as? String } == ["a", "b"])
  }

  /// Bytes of which only those that are written take up memory; all others are zero.
  private func sparse(_ count: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Void) throws -> Buffer
  {
    let start = mmap(
      nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    let memory = try #require(start != MAP_FAILED ? start : nil)
    write(memory.assumingMemoryBound(to: UInt8.self))
    return Buffer(owner: .mapping(memory, count), start: UnsafeRawPointer(memory), count: count)
  }

  /// A position that 32 bits cannot hold.
  private let far = 2_200_000_000

  @Test func fixedSizeListsOfMoreElementsThan32BitsCount() throws {
    let (size, rows) = (1000, far / 1000)
    let bytes = try sparse(far) { $0[(rows - 1) * size + 7] = 42 }
    let column = Column(
      fixedSizeListOf: Column(type: .uint8, values: bytes, count: far), size: size, count: rows)
    let taken = column.taking(RowIndices([Int32(rows - 1), 0, -1], mayBeAbsent: true))
    let view = ListView(taken)
    #expect(PrimitiveView<UInt8>(view[0])[7] == 42)
    #expect(PrimitiveView<UInt8>(view[1])[7] == 0)
    #expect(taken.isNull(2) && !taken.isNull(0))
    let last = column.filtered(by: Bitmap(count: rows) { word in word == (rows - 1) / 64 ? ~0 : 0 })
    #expect(PrimitiveView<UInt8>(ListView(last)[last.count - 1])[7] == 42)
    let windows = [
      column.slice(rows - 2..<rows), column.slice(0..<1), column.slice(rows - 1..<rows),
    ]
    let joined = ListView(.concatenating(windows, type: column.type))
    #expect([1, 3].map { PrimitiveView<UInt8>(joined[$0])[7] } == [42, 42])
  }

  @Test func listsOfMoreElementsThan32BitsCount() throws {
    let bytes = try sparse(far) { $0[far - 1] = 42 }
    let offsets = Buffer(copying: [0, 3, far - 2, far].map { Int64($0) })
    let column = Column(
      listOf: Column(type: .uint8, values: bytes, count: far), offsets: offsets, count: 3)
    let ends = column.taking(RowIndices([2, 0]))
    #expect(PrimitiveView<UInt8>(ListView(ends)[0])[1] == 42)
    #expect(ListView(ends).range(1) == 2..<5)
    let cast = try column.slice(2..<3).cast(to: .list(.int64), strict: true)
    #expect(PrimitiveView<Int64>(ListView(cast)[0])[1] == 42)
    let equal = column.slice(2..<3).comparedAlike(.equal, ends.slice(0..<1))
    #expect(equal.bits[0])
  }

  /// Elements without memory of their own: what is left is the counting.
  @Test func aResultOfMoreElementsThan32BitsCount() {
    for elements in [Column.nulls(far), .constant(Int8.column(of: [7]), count: far)] {
      let lists = Column(
        listOf: elements, offsets: Buffer(copying: [0, Int64(far)]), count: 1
      ).taking(RowIndices([0, 0, 0]))
      #expect(ListView(lists).range(2) == 2 * far..<3 * far)
      let fixed = Column(fixedSizeListOf: elements, size: far, count: 1).taking(RowIndices([0, 0]))
      #expect(ListView(fixed)[1].count == far)
      #expect(ListView(fixed).elements.count == 2 * far)
    }
  }
}
