import ColumnarCore
import ColumnarTesting
import Foundation
import Testing

@Suite("Types in JSON")
struct DataTypeCodingTests {
  @Test("come back as they were", arguments: ColumnGenerator.allTypes)
  func roundTrip(type: DataType) throws {
    let field = Field("f", type)
    let data = try JSONEncoder().encode(field)
    #expect(try JSONDecoder().decode(Field.self, from: data) == field)
  }

  @Test("unknown and process-bound types are refused")
  func refusals() {
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(DataType.self, from: Data(#"{"kind": "decimal"}"#.utf8))
    }
    #expect(throws: (any Error).self) { try JSONEncoder().encode(DataType.opaque(Int.self)) }
  }
}
