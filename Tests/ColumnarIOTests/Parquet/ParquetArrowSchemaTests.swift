import ColumnarCore
import ColumnarTesting
import Testing

@testable import ColumnarIO

/// What pyarrow wrote into a footer about types that Parquet has not.
@Suite struct ParquetArrowSchemaTests {
  @Test func typesAndValuesArePyarrows() throws {
    let file = try ParquetPruningTests.file("arrow-schema")
    let types: [(String, DataType)] = [
      ("berlin", .timestamp(.microsecond, zone: "Europe/Berlin")),
      ("plain", .timestamp(.microsecond)), ("length", .duration(.microsecond)),
      ("lengths", .list(.duration(.nanosecond))),
      ("nested", .structure([Field("at", .timestamp(.millisecond, zone: "America/New_York"))])),
      ("view", .string), ("large", .string), ("coded", .string),
      ("vector", .fixedSizeList(.float32, count: 2)),
    ]
    #expect(file.columns.fields == types.map { Field($0, $1) })
    let values = try ParquetTesting.values(of: file)
    let stamps: [Value] = [.int(0), .null, .int(1_000_000_000_000_000)]
    let texts: [Value] = [.string("a"), .string("b"), .null]
    let wanted: [[Value]] = [
      stamps, stamps, stamps, [.list([.int(1)]), .null, .list([.int(2), .int(3)])],
      [.structure([.int(1)]), .structure([.int(2)]), .structure([.int(3)])], texts, texts, texts,
      [.list([.double(1), .double(2)]), .null, .list([.double(3), .double(4)])],
    ]
    for (k, name) in file.columns.names.enumerated() { #expect(values[k] == wanted[k], "\(name)") }
  }
}
