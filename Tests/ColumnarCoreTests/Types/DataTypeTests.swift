import ColumnarCore
import ColumnarTesting
import Testing

@Suite("Data types")
struct DataTypeTests {
  @Test("the common type is symmetric, holds both sides, and is its own with either")
  func commonTypes() throws {
    for a in ColumnGenerator.allTypes {
      #expect(DataType.common(a, a) == a)
      #expect(DataType.common(a, .null) == a)
      for b in ColumnGenerator.allTypes {
        let common = DataType.common(a, b)
        #expect(common == DataType.common(b, a), "\(a) and \(b)")
        guard let common else { continue }
        #expect(DataType.common(a, common) == common, "\(a) and \(common)")
        #expect(a.isCastable(to: common) && b.isCastable(to: common), "\(a) and \(b)")
      }
    }
  }

  @Test("numbers always fit in the common type")
  func numbersFit() throws {
    try PropertyTest.seeds(300) { generator in
      let (a, b) = (
        generator.random.pick(ColumnGenerator.numericTypes),
        generator.random.pick(ColumnGenerator.numericTypes)
      )
      let common = try #require(DataType.common(a, b))
      let column = generator.column(a, count: 50)
      #expect(throws: Never.self, "seed \(generator.seed): \(a) to \(common)") {
        _ = try column.cast(to: common, strict: true)
      }
    }
  }

  @Test(
    "the promised table",
    arguments: [
      (DataType.int8, DataType.int32, DataType.int32), (.uint8, .uint32, .uint32),
      (.uint8, .int8, .int16), (.uint32, .int8, .int64), (.uint8, .int64, .int64),
      (.uint64, .int8, .float64), (.float32, .int16, .float32), (.float32, .uint16, .float32),
      (.float32, .int32, .float64), (.float32, .float64, .float64),
      (.date, .timestamp(.second), .timestamp(.second)),
      (.timestamp(.second), .timestamp(.nanosecond), .timestamp(.nanosecond)),
      (.duration(.second), .duration(.millisecond), .duration(.millisecond)),
      (.string, .binary, .binary), (.list(.int8), .list(.uint8), .list(.int16)),
      (.list(.int8), .fixedSizeList(.int8, count: 2), .list(.int8)),
    ])
  func table(a: DataType, b: DataType, common: DataType) {
    #expect(DataType.common(a, b) == common)
  }

  @Test("unlike types have none")
  func unlike() {
    #expect(DataType.common(.string, .int8) == nil)
    #expect(DataType.common(.bool, .int8) == nil)
    #expect(DataType.common(.timestamp(.second), .timestamp(.second, zone: "UTC")) == nil)
    #expect(DataType.common(.list(.int8), .list(.string)) == nil)
    #expect(
      DataType.common(.structure([Field("a", .int8)]), .structure([Field("b", .int8)])) == nil)
  }

  @Test("arithmetic says its result's type, and refuses what makes no sense")
  func resultTypes() throws {
    #expect(try ArithmeticOperator.divide.resultType(.int64, .int64) == .float64)
    #expect(try ArithmeticOperator.divide.resultType(.float32, .int8) == .float32)
    #expect(try ArithmeticOperator.integerDivide.resultType(.int8, .uint8) == .int16)
    #expect(try ArithmeticOperator.add.resultType(.null, .int8) == .int8)
    #expect(try ArithmeticOperator.divide.resultType(.null, .int8) == .float64)
    #expect(throws: ColumnarError.self) {
      try ArithmeticOperator.add.resultType(.timestamp(), .timestamp())
    }
    #expect(throws: ColumnarError.self) {
      try ArithmeticOperator.subtract.resultType(.string, .string)
    }
    #expect(throws: ColumnarError.self) { try ArithmeticOperator.add.resultType(.bool, .bool) }
    for type in ColumnGenerator.numericTypes {
      for other in ColumnGenerator.numericTypes {
        let sum = try Column.nulls(of: type, count: 2).arithmetic(.add, .nulls(of: other, count: 2))
        #expect(try sum.type == ArithmeticOperator.add.resultType(type, other))
      }
    }
  }
}
