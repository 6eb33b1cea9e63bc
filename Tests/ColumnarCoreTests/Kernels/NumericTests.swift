import ColumnarCore
import ColumnarTesting
import Glibc
import Testing

@Suite("Numeric functions")
struct NumericTests {
  @Test("agree with the C library in float64", arguments: ColumnGenerator.numericTypes)
  func agreesWithC(type: DataType) throws {
    try PropertyTest.seeds(60) { generator in
      let column = generator.column(type, count: generator.rowCount(upTo: 130))
      let note: Comment = "seed \(generator.seed)"
      let isSingle = type == .float32
      func check(_ result: Column, _ single: (Float) -> Float, _ double: (Double) -> Double) {
        let expected = Value.rows(of: column).map { value -> Value in
          guard let x = number(value) else { return .null }
          return .double(isSingle ? Double(single(Float(x))) : double(x))
        }
        #expect(result.type == (isSingle ? .float32 : .float64))
        #expect(Oracle.difference(result, from: expected) == nil, note)
      }
      check(try column.sqrt(), { $0.squareRoot() }, { $0.squareRoot() })
      check(try column.exp(), { expf($0) }, { exp($0) })
      check(try column.log(), { logf($0) }, { log($0) })
      check(try column.sin(), { sinf($0) }, { sin($0) })
      check(try column.cos(), { cosf($0) }, { cos($0) })
      check(try column.power(column), { powf($0, $0) }, { pow($0, $0) })
      guard type.isFloatingPoint else {
        for result in [try column.floor(), try column.ceil(), try column.rounded(digits: 2)] {
          #expect(Oracle.difference(result, from: Value.rows(of: column)) == nil, note)
        }
        return
      }
      check(try column.floor(), { $0.rounded(.down) }, { $0.rounded(.down) })
      check(try column.ceil(), { $0.rounded(.up) }, { $0.rounded(.up) })
      check(
        try column.rounded(), { $0.rounded(.toNearestOrAwayFromZero) },
        { $0.rounded(.toNearestOrAwayFromZero) })
    }
  }

  private func number(_ value: Value) -> Double? {
    switch value {
    case .double(let x): x
    case .int(let x): Double(x)
    case .uint(let x): Double(x)
    default: nil
    }
  }

  @Test("rounds halves away from zero, to digits on either side of the point")
  func digits() throws {
    let doubles = Column(
      type: .float64,
      values: Buffer(copying: [2.5, -2.5, 1234.5678, -0.125, 1e300, .infinity, 55]), count: 7)
    let expected: [Int: [Double]] = [
      0: [3, -3, 1235, 0, 1e300, .infinity, 55],
      2: [2.5, -2.5, 1234.57, -0.13, 1e300, .infinity, 55],
      -1: [0, 0, 1230, 0, 1e300, .infinity, 60],
      400: [2.5, -2.5, 1234.5678, -0.125, 1e300, .infinity, 55],
      -400: [0, 0, 0, 0, 0, .infinity, 0],
    ]
    for (digits, values) in expected {
      let result = try doubles.rounded(digits: digits)
      #expect(Oracle.difference(result, from: values.map { Value.double($0) }) == nil, "\(digits)")
    }
    let bytes = Column(
      type: .int8, values: Buffer(copying: [44, 45, -45, -44, 0] as [Int8]), count: 5)
    #expect(
      Oracle.difference(
        try bytes.rounded(digits: -1), from: [40, 50, -50, -40, 0].map { Value.int($0) }) == nil)
    #expect(
      Oracle.difference(
        try bytes.rounded(digits: -30), from: [0, 0, 0, 0, 0].map { Value.int($0) }) == nil)
    let edge = Column(type: .int8, values: Buffer(copying: [0, 127] as [Int8]), count: 2)
    #expect(throws: ColumnarError.self) { try edge.rounded(digits: -1) }
    let long = Column(type: .int64, values: Buffer(copying: [Int64.max, Int64.min]), count: 2)
    #expect(throws: ColumnarError.self) { try long.rounded(digits: -1) }
    #expect(
      Oracle.difference(try long.rounded(digits: -20), from: [0, 0].map { Value.int($0) }) == nil)
  }

  @Test("refuses what is no number")
  func refusals() {
    #expect(throws: ColumnarError.self) { try Column.empty(.string).sqrt() }
    #expect(throws: ColumnarError.self) { try Column.empty(.bool).rounded() }
    #expect(throws: ColumnarError.self) { try Column.empty(.date).negated() }
  }
}
