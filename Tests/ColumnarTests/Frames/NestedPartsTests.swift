import ColumnarTesting
import Foundation
import Testing

@testable import Columnar
@testable import ColumnarCore

/// Fields of structs and elements of lists as expressions.
@Suite struct NestedPartsTests {
  static func frame(_ columns: [(String, Column)]) -> DataFrame {
    let schema = Schema(unchecked: columns.map { Field($0.0, $0.1.type) })
    let count = columns[0].1.count
    return DataFrame(
      schema: schema,
      partitions: [[Batch(unchecked: schema, columns: columns.map(\.1), count: count)]])
  }

  @Test func fieldsAreThoseOfEachRow() throws {
    let inner: [Field] = [Field("x", .list(.int16)), Field("y", .bool)]
    let fields = [
      Field("a", .int64), Field("b", .string), Field("n", .null), Field("in", .structure(inner)),
    ]
    try PropertyTest.seeds(12) { generator in
      for form in ColumnGenerator.Form.allCases {
        let count = generator.rowCount(upTo: 150)
        let column = generator.column(.structure(fields), count: count, form: form)
        let rows = Value.rows(of: column)
        let lazy = Self.frame([("s", column)]).lazy
        for (k, field) in fields.enumerated() {
          let found = try lazy.select(col("s").field(field.name)).collect()
          #expect(found.schema.fields == [field])
          let wanted = rows.map { row -> Value in
            if case .structure(let values) = row { values[k] } else { .null }
          }
          let note: Comment = "\(field), \(form), seed \(generator.seed)"
          #expect(Value.rows(of: try found.column(field.name)) == wanted, note)
        }
        let deep = try lazy.select(col("s").field("in").field("y").isNull().as("y")).collect()
        let wanted = rows.map { row -> Value in
          guard case .structure(let values) = row, case .structure(let inner) = values[3] else {
            return .bool(true)
          }
          return .bool(inner[1].isNull)
        }
        #expect(Value.rows(of: try deep.column("y")) == wanted, "\(form), seed \(generator.seed)")
      }
    }
  }

  /// Windows that start anywhere in the memory, whose validity is moved to their start.
  @Test func nullStructsHideTheirFields() throws {
    let count = 300
    let structs = Column(
      fields: [Field("v", .int64)], children: [Int.column(of: Array(0..<count))],
      validity: Bitmap((0..<count).map { $0 % 3 != 0 }), count: count)
    for range in [0..<count, 1..<count, 63..<200, 64..<129, 65..<66, 127..<300, 200..<200] {
      let field = structs.slice(range).structField(0)
      #expect(
        Value.rows(of: field) == range.map { $0 % 3 == 0 ? .null : .int(Int64($0)) }, "\(range)")
    }
  }

  @Test func elementsAreThoseOfEachRow() throws {
    let types: [DataType] = [
      .list(.int32), .list(.string), .list(.list(.int8)), .fixedSizeList(.float32, count: 3),
      .list(.structure([Field("a", .int64)])),
    ]
    try PropertyTest.seeds(8) { generator in
      for (type, form) in types.flatMap({ type in
        ColumnGenerator.Form.allCases.map { (type, $0) }
      }) {
        let column = generator.column(type, count: generator.rowCount(upTo: 90), form: form)
        let rows = Value.rows(of: column)
        let lazy = Self.frame([("l", column)]).lazy
        let found = try lazy.select(
          col("l").list.count().as("count"), col("l").list.element(at: 1).as("1"),
          col("l").list.element(at: -2).as("-2"), col("l").list.first().as("first"),
          col("l").list.last().as("last"), col("l").list.element(at: .min).as("min")
        ).collect()
        func wanted(_ pick: ([Value]) -> Value?) -> [Value] {
          rows.map { row in
            if case .list(let values) = row { pick(values) ?? .null } else { .null }
          }
        }
        func expect(_ name: String, _ values: [Value]) throws {
          let note: Comment = "\(name), \(type), \(form), seed \(generator.seed)"
          #expect(Value.rows(of: try found.column(name)) == values, note)
        }
        try expect("count", wanted { .int(Int64($0.count)) })
        try expect("1", wanted { $0.count > 1 ? $0[1] : nil })
        try expect("-2", wanted { $0.count > 1 ? $0[$0.count - 2] : nil })
        try expect("first", wanted { $0.first })
        try expect("last", wanted { $0.last })
        try expect("min", wanted { _ in nil })
      }
    }
  }

  @Test func whatIsNotThereIsToldWithASuggestion() throws {
    let structs = Column(
      fields: [Field("name", .int64), Field("size", .int64)],
      children: [Int.column(of: [1]), Int.column(of: [2])], count: 1)
    let lazy = Self.frame([("s", structs), ("n", Int.column(of: [1]))]).lazy
    func error(_ expr: Expr) -> ColumnarError? {
      #expect(throws: ColumnarError.self) { try lazy.select(expr).schema() }
    }
    let slip = error(col("s").field("nane"))
    #expect(slip?.code == .columnNotFound)
    #expect(slip?.message.contains("no field \"nane\"") == true)
    #expect(slip?.message.contains("Did you mean \"name\"?") == true)
    #expect("\(try #require(slip))".contains("s.field(\"nane\")"))
    let other = error(col("s").field("colour"))
    #expect(other?.message.contains("The fields are \"name\", \"size\".") == true)
    let flat = error(col("n").field("name"))
    #expect(flat?.code == .typeMismatch && flat?.message.contains("takes a struct") == true)
    let list = error(col("n").list.count())
    #expect(list?.code == .typeMismatch && list?.message.contains("takes a list") == true)
    let both = error(col("s").field("name").list.first())
    #expect(both?.message.contains("takes a list") == true)
  }

  @Test func theyAreCalledAndPrintedAsTheyAreWritten() throws {
    let structs = Column(
      fields: [Field("name", .int64), Field("tags", .list(.string))],
      children: [Int.column(of: [1]), [String].column(of: [["a", "b"]])], count: 1)
    let lazy = Self.frame([("s", structs)]).lazy.select(
      col("s").field("name"), (col("s").field("tags").list.last()), col("s").field("name") + 1)
    #expect(throws: ColumnarError.self) { try lazy.schema() }
    let named = Self.frame([("s", structs)]).lazy.select(
      col("s").field("name") + 1, col("s").field("tags").list.element(at: -1))
    #expect(try named.schema().names == ["name", "tags"])
    let text = try named.explain()
    #expect(text.contains("s.field(\"name\")"))
    #expect(text.contains("s.field(\"tags\").list.element(at: -1)"))
    let row = try named.collect()
    #expect(try Array(row["tags", as: String.self]) == ["b"])
  }
}
