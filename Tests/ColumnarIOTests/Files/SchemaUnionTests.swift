import ColumnarCore
import Testing

@testable import ColumnarIO

@Suite struct SchemaUnionTests {
  @Test func losslessTypes() {
    let pairs: [(DataType, DataType, DataType?)] = [
      (.int8, .int64, .int64), (.uint8, .int8, .int16), (.uint32, .int32, .int64),
      (.uint64, .int64, nil), (.float32, .float64, .float64), (.int16, .float32, .float32),
      (.int32, .float32, .float64), (.int32, .float64, .float64), (.int64, .float64, nil),
      (.uint32, .float64, .float64), (.null, .string, .string), (.string, .binary, nil),
      (.date, .timestamp(.microsecond), nil), (.int32, .string, nil), (.bool, .int8, nil),
      (.decimal128(5, scale: 2), .decimal128(9, scale: 4), .decimal128(9, scale: 4)),
      (.decimal128(5, scale: 4), .decimal128(9, scale: 2), .decimal128(11, scale: 4)),
      (.decimal128(38, scale: 0), .decimal128(38, scale: 2), nil),
      (.int16, .decimal128(4, scale: 2), .decimal128(7, scale: 2)),
      (.float64, .decimal128(4, scale: 2), nil),
      (.list(.int32), .list(.int64), .list(.int64)), (.list(.int32), .list(.string), nil),
      (
        .structure([Field("a", .int8)]), .structure([Field("a", .int32)]),
        .structure([Field("a", .int32)])
      ),
      (.structure([Field("a", .int8)]), .structure([Field("a", .string)]), nil),
      (.timestamp(.second), .timestamp(.nanosecond), .timestamp(.nanosecond)),
      (.timestamp(.second), .timestamp(.second, zone: "UTC"), nil),
      (.duration(.microsecond), .duration(.millisecond), .duration(.microsecond)),
      (.duration(.second), .timestamp(.second), nil),
    ]
    for (a, b, expected) in pairs {
      #expect(DataType.lossless(a, b) == expected, "\(a) and \(b)")
      #expect(DataType.lossless(b, a) == expected, "\(b) and \(a)")
    }
  }

  @Test func structsHaveTheFieldsOfAll() {
    func type(_ fields: (String, DataType)...) -> DataType {
      .structure(fields.map { Field($0.0, $0.1) })
    }
    let (a, b) = (
      type(("x", .int8), ("in", type(("p", .bool))), ("l", .list(type(("v", .int32))))),
      type(("y", .string), ("l", .list(type(("w", .date), ("v", .int64)))), ("in", .null))
    )
    #expect(
      DataType.lossless(a, b)
        == type(
          ("x", .int8), ("in", type(("p", .bool))),
          ("l", .list(type(("v", .int64), ("w", .date)))), ("y", .string)))
    // Of two fields of one name nobody knows which is meant.
    let twice = type(("x", .int8), ("x", .int8))
    #expect(DataType.lossless(twice, twice) == twice)
    #expect(DataType.lossless(twice, type(("x", .int8))) == nil)
    #expect(a.missingField(in: a) == nil && type(("x", .int8)).missingField(in: a) == nil)
    #expect(DataType.lossless(a, b)?.missingField(in: a) == ["l", "w"])
  }

  @Test func namesDecide() throws {
    var union = SchemaUnion()
    try union.add(Schema([Field("a", .int32), Field("b", .null)]), path: "one")
    try union.add(
      Schema([Field("c", .bool), Field("b", .string), Field("a", .int64)]), path: "two")
    try union.add(Schema([Field("a", .int8)]), path: "three")
    #expect(union.fields.map(\.name) == ["a", "b", "c"])
    #expect(union.fields.map(\.type) == [.int64, .string, .bool])
    let error = #expect(throws: ColumnarError.self) {
      try union.add(Schema([Field("a", .string)]), path: "four")
    }
    #expect(error?.code == .typeMismatch)
    #expect(error?.message.contains("int64 in \"two\" and string in \"four\"") == true)
  }
}
