import ColumnarCore
import ColumnarTesting
import Testing

@Suite("Batches")
struct BatchTests {
  @Test("filter, take, slice and concatenate keep the rows together")
  func copying() throws {
    try PropertyTest.seeds(60) { generator in
      let schema = try Schema([
        Field("a", .int32), Field("b", .string), Field("c", .list(.int8)), Field("d", .bool),
      ])
      func batch(_ count: Int) throws -> Batch {
        try Batch(
          schema: schema, columns: schema.fields.map { generator.column($0.type, count: count) })
      }
      let parts = try (0..<3).map { _ in try batch(generator.rowCount(upTo: 90)) }
      let whole = Batch.concatenating(parts, schema: schema)
      let kept = Bitmap((0..<whole.count).map { _ in generator.random.chance(0.5) })
      let filtered = whole.filtered(by: kept)
      #expect(filtered.count == kept.setCount)
      for (k, field) in schema.fields.enumerated() {
        let rows = parts.flatMap { Value.rows(of: $0.columns[k]) }
        let note: Comment = "seed \(generator.seed): \(field)"
        #expect(Oracle.difference(whole.columns[k], from: rows) == nil, note)
        let left = rows.indices.filter { kept[$0] }.map { rows[$0] }
        #expect(Oracle.difference(filtered.columns[k], from: left) == nil, note)
        let slice = whole.slice(whole.count / 3..<whole.count)
        #expect(
          Oracle.difference(slice.columns[k], from: Array(rows[(whole.count / 3)...])) == nil, note)
      }
    }
  }

  @Test("refuse columns that do not fit the schema, and suggest names")
  func refusals() throws {
    let schema = try Schema([Field("price", .int8), Field("name", .string)])
    #expect(throws: ColumnarError.self) { try Schema([Field("a", .int8), Field("a", .bool)]) }
    #expect(throws: ColumnarError.self) { try Batch(schema: schema, columns: [.empty(.int8)]) }
    #expect(throws: ColumnarError.self) {
      try Batch(schema: schema, columns: [.empty(.int8), .empty(.bool)])
    }
    #expect(throws: ColumnarError.self) {
      try Batch(schema: schema, columns: [.empty(.int8), .nulls(of: .string, count: 1)])
    }
    let error = #expect(throws: ColumnarError.self) { try schema.index(of: "prise") }
    #expect(error?.code == .columnNotFound && error?.message.contains("\"price\"") == true)
  }
}
