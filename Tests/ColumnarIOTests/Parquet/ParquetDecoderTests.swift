import CColumnarSystem
import ColumnarCore
import ColumnarTesting
import Testing

@testable import ColumnarIO

@Suite struct ParquetDecoderTests {
  /// Values packed bit by bit.
  static func packed(_ values: [UInt64], _ width: Int) -> Buffer {
    var bytes = [UInt8](repeating: 0, count: (values.count * width + 7) / 8)
    for (k, value) in values.enumerated() {
      for bit in 0..<width where value >> UInt64(bit) & 1 == 1 {
        bytes[(k * width + bit) / 8] |= 1 << UInt8((k * width + bit) % 8)
      }
    }
    return Buffer(copying: bytes)
  }

  @Test func everyWidthAndPlace() throws {
    PropertyTest.seeds(5) { generator in
      for width in 0...64 {
        let mask: UInt64 = width == 64 ? ~0 : (1 << UInt64(width)) - 1
        let values = (0..<70).map { _ in
          (UInt64(generator.random.int(in: 0..<Int.max)) &* 0x9E37_79B9_7F4A_7C15) & mask
        }
        let bytes = Self.packed(values, width)
        let first = generator.random.int(in: 0..<30)
        let count = generator.random.int(in: 0..<40)
        let expected = Array(values[first..<(first + count)])
        var wide = [UInt64](repeating: 0, count: count)
        columnar_unpack64(bytes.pointer(), first, count, Int32(width), &wide)
        #expect(wide == expected, "width \(width)")
        if width <= 32 {
          var out = [UInt32](repeating: 0, count: count)
          columnar_unpack32(bytes.pointer(), first, count, Int32(width), &out)
          #expect(out.map { UInt64($0) } == expected, "width \(width)")
        }
        if width <= 8 {
          var out = [UInt8](repeating: 0, count: count)
          columnar_unpack8(bytes.pointer(), first, count, Int32(width), &out)
          #expect(out.map { UInt64($0) } == expected, "width \(width)")
        }
      }
    }
  }

  @Test func runsAndGroupsInPiecesOfAnySize() throws {
    try PropertyTest.seeds(20) { generator in
      let width = generator.random.int(in: 0..<20)
      var (expected, bytes) = ([UInt32](), [UInt8]())
      for _ in 0..<10 {
        if generator.random.int(in: 0..<2) == 0 {
          let count = generator.random.int(in: 1..<200)
          let value = UInt32(generator.random.int(in: 0..<(1 << width)))
          bytes +=
            count << 1 < 128
            ? [UInt8(count << 1)]
            : [
              UInt8(count << 1 & 127) | 128, UInt8(count >> 6),
            ]
          for k in 0..<((width + 7) / 8) { bytes.append(UInt8(value >> UInt32(8 * k) & 255)) }
          expected += [UInt32](repeating: value, count: count)
        } else {
          let groups = generator.random.int(in: 1..<20)
          let values = (0..<(groups * 8)).map { _ in
            UInt64(generator.random.int(in: 0..<(1 << width)))
          }
          bytes.append(UInt8(groups << 1 | 1))
          bytes += Self.packed(values, width).withBytes { Array($0) }
          expected += values.map { UInt32($0) }
        }
      }
      var decoder = try HybridDecoder(
        Buffer(copying: bytes), width: width, ParquetOrigin(name: "test"))
      var at = 0
      while at < expected.count {
        let count = min(expected.count - at, generator.random.int(in: 1..<90))
        if generator.random.int(in: 0..<4) == 0 {
          try decoder.skip(count)
        } else {
          var out = [UInt32](repeating: 0, count: count)
          try out.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            try decoder.read(count, into: start)
          }
          #expect(out == Array(expected[at..<(at + count)]))
        }
        at += count
      }
    }
  }

  @Test func bounds() throws {
    let file = try ParquetFile(path: "\(ParquetTesting.folder)/Golden/files/sorted.parquet")
    func groups(_ name: String, _ test: ColumnCondition.Test) throws -> [Int] {
      let condition = RowCondition.column(
        ColumnCondition(column: try file.columns.index(of: name), test: test))
      return file.metadata.rowGroups.indices.filter {
        file.exclusion(condition, group: $0) == nil
      }
    }
    func compare(_ op: ComparisonOperator, _ value: some ColumnValue) -> ColumnCondition.Test {
      .compare(op, [value]._testColumn)
    }
    #expect(try groups("number", compare(.equal, 120)) == [2])
    #expect(try groups("number", compare(.less, 50)) == [0])
    #expect(try groups("number", compare(.lessOrEqual, 50)) == [0, 1])
    #expect(try groups("number", compare(.greater, 149)) == [3])
    #expect(try groups("number", compare(.greaterOrEqual, 149)) == [2, 3])
    #expect(try groups("number", compare(.equal, 1000)).isEmpty)
    #expect(try groups("number", compare(.notEqual, 1000)) == [0, 1, 2, 3])
    #expect(try groups("text", compare(.less, "00049")) == [0])
    #expect(try groups("text", compare(.equal, "00120 and more than twelve bytes")) == [2])
    // A NaN is greater than all numbers, and bounds do not tell of it.
    #expect(try groups("real", compare(.greater, 90.0)).contains(0))
    #expect(try groups("real", compare(.less, 10.0)) == [0])
    #expect(try groups("real", compare(.equal, 10.0)) == [0])
    #expect(try groups("nulls", .isNotNull) == [0, 2, 3])
    #expect(try groups("nulls", .isNull) == [1])
    #expect(try groups("nulls", compare(.less, Int16(1000))) == [0, 2, 3])
    #expect(try groups("number", .isNull).isEmpty)
    // Nulls are not equal to a number, and this says so.
    #expect(try groups("nulls", compare(.notEqualMissing, Int16(1000))) == [0, 1, 2, 3])
  }
}

extension Array where Element: ColumnValue {
  fileprivate var _testColumn: Column { Element.column(of: self) }
}
