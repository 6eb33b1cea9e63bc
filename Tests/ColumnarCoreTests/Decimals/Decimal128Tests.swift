import ColumnarCore
import Foundation
import Testing

@Suite("Decimal128")
struct Decimal128Tests {
  @Test func textRoundTrips() throws {
    for text in [
      "0", "0.00", "-0.05", "1.50", "-12.345", "99999999999999999999999999999999999999",
      "0.00000000000000000000000000000000000001", "-1234567890123456789.0123456789012345678",
      "10000000000000000000", "18446744073709551616.5",
    ] {
      #expect(try #require(Decimal128(text)).description == text)
    }
    #expect(Decimal128("1.5e3")?.description == "1500")
    #expect(Decimal128("15e-1")?.description == "1.5")
    #expect(Decimal128("+1.")?.description == "1")
    #expect(Decimal128("100000000000000000000000000000000000000") == nil)
    #expect(Decimal128("0.000000000000000000000000000000000000001") == nil)
  }

  @Test func valuesNotDigitsAreEqual() throws {
    let (a, b) = (try #require(Decimal128("1.5")), try #require(Decimal128("1.500")))
    #expect(a == b && a.hashValue == b.hashValue && !(a < b))
    #expect(Set([a, b, 2]).count == 2)
    #expect(Decimal128("-1") ?? 0 < 0)
    let huge = Decimal128(unscaled: Int128.max / 2)
    #expect(huge > a && Decimal128(unscaled: 1, scale: 38) < huge)
    #expect(Double(a) == 1.5 && Decimal128(0.125, scale: 2)?.description == "0.13")
    #expect(Decimal128(Double.nan, scale: 2) == nil && Decimal128(1.1e38, scale: 0) == nil)
    #expect(a.rescaled(to: 0)?.description == "2" && a.rescaled(to: 39) == nil)
  }

  @Test func isCodable() throws {
    let value = try #require(Decimal128("-12.50"))
    let data = try JSONEncoder().encode([value])
    #expect(String(decoding: data, as: UTF8.self) == #"["-12.50"]"#)
    #expect(try JSONDecoder().decode([Decimal128].self, from: data)[0].description == "-12.50")
    #expect(try JSONDecoder().decode([Decimal128].self, from: Data("[7]".utf8)) == [7])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Decimal128].self, from: Data(#"["x"]"#.utf8))
    }
    let type = DataType.decimal128(12, scale: 3)
    #expect(try JSONDecoder().decode(DataType.self, from: JSONEncoder().encode(type)) == type)
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(
        DataType.self, from: Data(#"{"kind": "decimal128", "precision": 5, "scale": -1}"#.utf8))
    }
  }

  @Test func columnsOfValuesKeepAllDigits() throws {
    let values: [Decimal128?] = [Decimal128("1.5"), nil, 2, Decimal128("-0.125")]
    let column = Decimal128?.column(of: values)
    #expect(column.type == .decimal128(38, scale: 3))
    #expect((0..<4).map { column.text(at: $0) } == ["1.500", "null", "2.000", "-0.125"])
    #expect(Array(try ColumnView<Decimal128?>(column)) == values)
    let apart: [Decimal128] = [
      Decimal128(unscaled: 1, scale: 38), try #require(Decimal128("123.75")),
    ]
    let cut = Decimal128.column(of: apart)
    #expect(cut.type == .decimal128(38, scale: 35))
  }
}
