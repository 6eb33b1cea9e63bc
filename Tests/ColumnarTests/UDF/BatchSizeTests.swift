import Columnar
import Testing

@Suite struct UDFBatchSizeTests {
  @Test(arguments: [1, 3, 64, 100, 1_000, 10_000])
  func batchesAreExact(_ size: Int) throws {
    let calls = CallRecorder()
    let sum = UDF.batch("sum", options: .init(batchSize: size)) { (a: ColumnView<Int>) -> [Int] in
      calls.call(batch: a.count) { a.map { $0 + 1 } }
    }
    // A selective filter and small partitions leave upstream batches of all sizes.
    let frame = try DataFrame(["a": Array(0..<5_000)])
    let result = try frame.lazy.repartition(13).filter(col("a") % 7 != 0).select(sum("a").as("r"))
      .collect()
    let expected = (0..<5_000).filter { $0 % 7 != 0 }
    #expect(try Array(result["r", as: Int.self]) == expected.map { $0 + 1 })
    #expect(calls.calls == (expected.count + size - 1) / size)
    let sizes = calls.batchSizes.sorted(by: >)
    #expect(sizes.dropLast().allSatisfy { $0 == size })
    #expect(sizes.reduce(0, +) == expected.count)
  }

  @Test func wrongLengthIsAnError() throws {
    let short = UDF.batch("short") { (a: ColumnView<Int>) -> [Int] in Array(a.dropLast()) }
    let frame = try DataFrame(["a": [1, 2, 3]])
    let error = try #require(throws: ColumnarError.self) {
      try frame.lazy.select(short("a")).collect()
    }
    #expect(error.code == .lengthMismatch)
    #expect(error.message.contains("\"short\" returned 2 values for 3 rows"))
  }

  @Test func emptyInputMakesNoCall() throws {
    let calls = CallRecorder()
    let f = UDF.batch("f", options: .init(batchSize: 10)) { (a: ColumnView<Int>) -> [Int] in
      calls.call { Array(a) }
    }
    let frame = try DataFrame(["a": [] as [Int]])
    let result = try frame.lazy.select(f("a").as("r")).collect()
    #expect(result.count == 0 && calls.calls == 0)
    #expect(result.schema.fields == [Field("r", .int64)])
  }
}
