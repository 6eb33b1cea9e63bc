import ColumnarCore
import ColumnarTesting
import Testing

@testable import ColumnarIO

/// With a filter the other columns are read of the rows that it keeps, and only of those.
@Suite struct JSONLinesLaterTests {
  /// Keeps rows by a number.
  private func request(
    _ columns: [Int], on key: Int = 0, limit: Int? = nil, _ keep: @escaping @Sendable (Int) -> Bool
  ) -> ReadRequest {
    ReadRequest(
      columns: columns, limit: limit,
      selection: .init(columns: [key]) { batch in
        let numbers = PrimitiveView<Int64>(batch.columns[0])
        return Bitmap((0..<batch.count).map { keep(Int(numbers[$0])) })
      })
  }

  @Test func rowsAreThoseOfFilteringAll() throws {
    try PropertyTest.seeds(6) { generator in
      let count = 200
      let types = (0..<4).map { _ in generator.random.pick(ColumnGenerator.allTypes) }
      // Times at the ends of their range have no text that is read.
      generator.specials = 0.1
      generator.onlySmallNumbers = true
      let fields =
        [Field("n", .int64)] + types.enumerated().map { Field("c\($0) \"é\\", $1) }
      let schema = Schema(unchecked: fields)
      let numbers = (0..<count).map { Int64($0) }
      let columns =
        [Column(type: .int64, values: Buffer(copying: numbers), count: count)]
        + types.map { generator.column($0, count: count) }
      var options = JSONLinesWriteOptions()
      options.nonFinite = .text
      options.writesNulls = generator.random.chance(0.5)
      let folder = TemporaryFolder()
      let path = folder.path + "/x.jsonl"
      let writer = try JSONLinesWriter(path: path, schema: schema, options: options)
      try writer.write(Batch(unchecked: schema, columns: columns, count: count))
      try writer.finish()
      let divisor = generator.random.pick([1, 2, 7, 1000])
      let wanted = [4, 2, 0, 1].filter { _ in generator.random.chance(0.8) }
      for target in [300, 1 << 30] {
        let source = try JSONLinesSource(path: path, options: jsonOptions { $0.schema = schema })
        let batches = try readBatches(
          source, target: target, request: request(wanted) { $0 % divisor == 0 })
        let kept = (0..<count).filter { $0 % divisor == 0 }
        #expect(batches.reduce(0) { $0 + $1.count } == kept.count)
        for (place, column) in wanted.enumerated() {
          let rows = Value.rows(of: columns[column])
          #expect(
            batches.flatMap { Value.rows(of: $0.columns[place]) } == kept.map { rows[$0] },
            "\(schema[column].type), seed \(generator.seed)")
        }
      }
    }
  }

  private let text = """
    {"n":0,"a":"x","l":[1,2]}
    {"a":"y","n":1,"l":"no list"}

    {"n":2,"l":[3],"a":null}
    {"n":3}
    {"n":4,"a":{"of":"other kind"},"l":[null]}

    """
  private let schema = Schema(unchecked: [
    Field("n", .int64), Field("a", .string), Field("l", .list(.int64)),
  ])

  @Test func badValuesOfDroppedRowsAreNotSeen() throws {
    let options = jsonOptions { $0.schema = schema }
    let dropped = try readJSON(text, options, request: request([1, 2]) { $0 != 1 })
    #expect(
      dropped.lines == [
        #"{"a":"x","l":[1,2]}"#, #"{"a":null,"l":[3]}"#, #"{"a":null,"l":null}"#,
        #"{"a":"{\"of\":\"other kind\"}","l":[null]}"#,
      ])
    let error = #expect(throws: ColumnarError.self) {
      try readJSON(text, options, request: request([1, 2]) { $0 < 3 })
    }
    #expect(error?.message.contains("line 2") == true && error?.message.contains("\"l\"") == true)
    let limited = try readJSON(text, options, request: request([2, 0], limit: 2) { $0 > 1 })
    #expect(limited.lines == [#"{"l":[3],"n":2}"#, #"{"l":null,"n":3}"#])
  }

  @Test func badRowsAreLeftOut() throws {
    let options = jsonOptions {
      $0.schema = schema
      $0.badRows = .collect(limit: 10)
    }
    let result = try readJSON(
      text + "{\"n\":5,\"a\":}\n{\"n\":6,\"l\":[]}\n", options, request: request([2, 1]) { $0 < 9 })
    #expect(result.rejects[0] == ["2", "7"])
    #expect(
      result.lines == [
        #"{"l":[1,2],"a":"x"}"#, #"{"l":[3],"a":null}"#, #"{"l":null,"a":null}"#,
        #"{"l":[null],"a":"{\"of\":\"other kind\"}"}"#, #"{"l":[],"a":null}"#,
      ])
  }

  /// Of two bad lines the first is told, also if the second is seen sooner.
  @Test func theFirstErrorIsTold() throws {
    let text = "{\"n\":0,\"a\":1}\n{\"n\":1,\"a\":\"no number\"}\n{\"n\":2,\n"
    let options = jsonOptions {
      $0.schema = Schema(unchecked: [Field("n", .int64), Field("a", .int64)])
    }
    for (keeps, line) in [(true, "line 2"), (false, "line 3")] {
      let error = #expect(throws: ColumnarError.self) {
        try readJSON(text, options, request: request([1]) { _ in keeps })
      }
      #expect(error?.message.contains(line) == true)
    }
  }

  @Test func keysThatStandTwice() throws {
    let text = "{\"n\":0,\"a\":1,\"a\":2}\n{\"n\":1,\"a\":3,\"a\":null}\n"
    var options = jsonOptions {
      $0.schema = Schema(unchecked: [Field("n", .int64), Field("a", .int64)])
    }
    #expect(throws: ColumnarError.self) {
      try readJSON(text, options, request: request([1]) { _ in true })
    }
    options.duplicateKeys = .last
    let last = try readJSON(text, options, request: request([1]) { _ in true })
    #expect(last.lines == ["{\"a\":2}", "{\"a\":null}"])
  }
}
