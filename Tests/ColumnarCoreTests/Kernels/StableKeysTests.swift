import ColumnarCore
import ColumnarTesting
import Testing

/// Keys that are kept in files: typed, and the same for ever.
@Suite struct StableKeysTests {
  private static let seed = StableKey(low: 1, high: 2)

  private func keys(_ columns: [Column], count: Int? = nil) throws -> [StableKey] {
    let count = count ?? columns[0].count
    let buffer = try #require(StableKeys.keys(of: columns, count: count, seed: Self.seed))
    return buffer.withBytes { bytes in
      (0..<count).map {
        bytes.loadUnaligned(fromByteOffset: $0 * 16, as: StableKey.self)
      }
    }
  }

  /// Computed by a program of its own in Python.
  ///
  /// Should one of these change, every cache there is would be lost, and one of another version be
  /// misread: don't.
  @Test func golden() throws {
    func key(_ columns: Column...) throws -> String { try keys(columns)[0].text }
    #expect(try key(Int.column(of: [1])) == "792e31527b8d3eaa1e991df45afb32e1")
    #expect(try key(Double.column(of: [1])) == "ad6af1381b8e72542e092cf5c91134cd")
    #expect(try key(String.column(of: ["1"])) == "a556ee455dbf8fbdbb32285db99cefe5")
    #expect(try key(Bool.column(of: [true])) == "3b9678bf62c65d734cb83c79a3e7fefb")
    #expect(try key(Int?.column(of: [nil])) == "6e3d22f9ef7bdd6b6cf9b5bf03e09684")
    #expect(try key(String.column(of: [""])) == "9d2cc4f062255ea6b0ef976bc9c5d5c9")
    #expect(
      try key(String.column(of: ["a text of more than sixteen bytes"]))
        == "45b7892d943c61f2c7510670dda08388")
    #expect(try key([Int?].column(of: [[1, nil]])) == "23eede53e2fef5777cf2a521583c50e9")
    #expect(try key([Int].column(of: [[]])) == "37c05eda28d6e6dafa2b81dec4367715")
    #expect(
      try key(Int.column(of: [1]), String.column(of: ["é"]))
        == "095b75623cd674b9f684f15dc19bf170")
    #expect(StableKey(["columnar", ""]).text == "b4db9a484301f6f12d94d0437242b64f")
  }

  @Test func typesAndNullsAreToldApart() throws {
    let columns: [Column] = [
      Int.column(of: [1]), Int32.column(of: [1]), UInt64.column(of: [1]), Double.column(of: [1]),
      Float.column(of: [1]), String.column(of: ["1"]), Bool.column(of: [true]), .nulls(1),
      Int?.column(of: [nil]), String?.column(of: [nil]), String.column(of: [""]),
      [Int].column(of: [[]]), [Int].column(of: [[1]]), [Int?].column(of: [[nil]]),
      [[Int]].column(of: [[[]]]), [[Int]].column(of: [[[1], []]]), [[Int]].column(of: [[[], [1]]]),
      Double.column(of: [0]), Double.column(of: [-0.0]), Double.column(of: [.nan]),
      Double.column(of: [Double(nan: 5, signaling: false)]),
      Int.column(of: [1]).reinterpreted(as: .timestamp(.second)),
      Int.column(of: [1]).reinterpreted(as: .timestamp(.second, zone: "UTC")),
      Int.column(of: [1]).reinterpreted(as: .timestamp(.millisecond)),
    ]
    #expect(try Set(columns.map { try keys([$0])[0] }).count == columns.count)
  }

  @Test func textIsFramed() throws {
    let pairs = [("ab", "c"), ("a", "bc"), ("abc", ""), ("", "abc")]
    let all = try pairs.map {
      try keys([String.column(of: [$0.0]), String.column(of: [$0.1])])[0]
    }
    #expect(Set(all).count == pairs.count)
    let lengths = (0..<70).map { String(repeating: "\0", count: $0) }
    #expect(try Set(keys([String.column(of: lengths)])).count == lengths.count)
  }

  /// How a column is written down makes no difference, and different values have different keys.
  @Test func encodings() throws {
    try PropertyTest.seeds(60) { generator in
      for type in ColumnGenerator.allTypes {
        let count = generator.random.int(in: 1..<41)
        let column = generator.column(type, count: count)
        let expected = try keys([column])
        #expect(try keys([column.decoded()]) == expected, "seed \(generator.seed), \(type)")
        let rows = (0..<count).map { column.slice($0..<$0 + 1) }
        #expect(
          try rows.map { try keys([$0])[0] } == expected, "seed \(generator.seed), \(type)")
        let joined = Column.concatenating(rows, type: type)
        #expect(try keys([joined]) == expected, "seed \(generator.seed), \(type)")
        let texts = (0..<count).map { column.isNull($0) ? "null" : column.quotedText(at: $0) }
        #expect(
          Set(expected).count >= Set(texts).count, "seed \(generator.seed), \(type)")
      }
    }
  }

  private struct Keyed: CacheKeyed {
    let cacheKey: String
  }
  private struct Other {}

  @Test func opaque() throws {
    let keyed = Column.opaque([Keyed(cacheKey: "a"), Keyed(cacheKey: "b"), Keyed(cacheKey: "a")])
    let made = try keys([keyed])
    #expect(made[0] == made[2])
    #expect(made[0] != made[1])
    let other = Column.opaque([Other()])
    #expect(StableKeys.keys(of: [other], count: 1, seed: Self.seed) == nil)
  }

  @Test func noColumnsAndNoRows() throws {
    #expect(try keys([], count: 2) == keys([], count: 2))
    #expect(try keys([Int.column(of: [])], count: 0).isEmpty)
  }
}

extension Column {
  fileprivate static func opaque<Value: Sendable>(_ values: [Value]) -> Column {
    var writer = ValueWriter<Value>(count: values.count)
    for (row, value) in values.enumerated() { writer.set(row, value) }
    return writer.finish(validity: nil)
  }
}
