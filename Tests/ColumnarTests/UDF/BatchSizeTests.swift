import Columnar
import Glibc
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

  @Test(arguments: [1, 7, 64]) func batchesAreExactBehindJoinsAndSmallFiles(_ size: Int) throws {
    let calls = CallRecorder()
    let same = UDF.batch("same", options: .init(batchSize: size)) {
      (a: ColumnView<Int>) -> [Int] in calls.call(batch: a.count) { Array(a) }
    }
    // Files of 0 to 9 rows, which an inner join thins out or multiplies.
    let paths = (0..<30).map { "/tmp/columnar-batches-\(getpid())-\(size)-\($0).csv" }
    defer { for path in paths { TestFile.remove(path) } }
    for (k, path) in paths.enumerated() {
      let rows = (0..<(k % 10)).map { "\(k * 10 + $0)\n" }
      try #require(TestFile.write("n\n" + rows.joined(), path))
    }
    var options = CSVReadOptions()
    options.schemaOverrides = ["n": .int64]
    let read = LazyFrame.concat(paths.map { [options] in .scan(csv: $0, options: options) })
    let other = try DataFrame(["n": (0..<300).filter { $0 % 3 == 0 }.flatMap { [$0, $0] }])
    for engine in [ColumnarEngine(threads: 1), ColumnarEngine(threads: 2, batchRows: 5)] {
      let before = calls.batchSizes.count
      let joined = read.join(other.lazy, on: "n")
      let count = try joined.collect(on: engine).count
      #expect(try joined.select(same("n").as("r")).collect(on: engine).count == count)
      let sizes = calls.batchSizes[before...]
      #expect(sizes.count == (count + size - 1) / size)
      #expect(sizes.count { $0 != size } <= 1 && sizes.reduce(0, +) == count)
    }
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
