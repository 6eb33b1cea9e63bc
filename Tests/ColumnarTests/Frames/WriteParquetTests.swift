import Columnar
import ColumnarCore
import ColumnarTesting
import Foundation
import Testing

@Suite struct WriteParquetTests {
  /// A folder of its own, gone at the end.
  func withFolder<R>(_ body: (String) throws -> R) throws -> R {
    let path = "/tmp/columnar-writeparquet-\(getpid())-\(UInt64.random(in: 0..<(1 << 40)))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  static var options: ParquetWriteOptions {
    var options = ParquetWriteOptions()
    options.isDurable = false
    return options
  }

  @Test(arguments: [1, 2, 4], [1000, 70_000, 1 << 20])
  func rowsStayInOrder(_ threads: Int, _ rowGroupRows: Int) throws {
    let many = try DataFrame([
      "a": Array(0..<300_000), "s": (0..<300_000).map { "row \($0 % 999)" },
    ])
    try withFolder { folder in
      var options = Self.options
      options.rowGroupRows = rowGroupRows
      let path = "\(folder)/rows.parquet"
      let summary = try many.lazy.filter(col("a") % 3 == 0).write(
        parquet: path, options: options, on: .columnar(threads: threads))
      #expect(summary.rows == 100_000)
      let read = try LazyFrame.scan(parquet: path).collect()
      #expect(try Array(read["a", as: Int.self]) == Array(stride(from: 0, to: 300_000, by: 3)))
      #expect(try read["s", as: String.self].last == "row \(299_997 % 999)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["rows.parquet"])
    }
  }

  /// Frames of every shape, read back as they were.
  @Test func framesComeBack() throws {
    try withFolder { folder in
      for seed in 1..<30 as Range<UInt64> {
        var generator = FrameGenerator(seed: seed)
        let frame = generator.frame(rows: 60)
        var options = Self.options
        options.rowGroupRows = generator.random.pick([1, 10, 1000])
        options.rowGroupBytes = generator.random.pick([1, 400, 1 << 28])
        try frame.write(parquet: "\(folder)/a.parquet", options: options)
        let read = try LazyFrame.scan(parquet: "\(folder)/a.parquet").collect()
        #expect(read.schema == frame.schema && read.count == frame.count, "seed \(seed)")
        #expect(RowTable(read).rows == RowTable(frame).rows, "seed \(seed)")
      }
    }
  }

  @Test func aFailedQueryLeavesTheOldFile() throws {
    struct Bad: Error {}
    let fails = UDF.row("fails") { (a: Int) throws -> Int in
      if a == 200_000 { throw Bad() }
      return a
    }
    let many = try DataFrame(["a": Array(0..<300_000)])
    try withFolder { folder in
      let path = "\(folder)/kept.parquet"
      var options = Self.options
      options.rowGroupRows = 10_000
      try DataFrame(["old": [1]]).write(parquet: path, options: options)
      #expect(throws: ColumnarError.self) {
        try many.lazy.select(fails("a").as("b")).write(parquet: path, options: options)
      }
      #expect(try LazyFrame.scan(parquet: path).collect().schema.names == ["old"])
      #expect(throws: ColumnarError.self) {
        try many.lazy.select(fails("a").as("b"), (col("a") % 3).as("k")).write(
          parquet: "\(folder)/set", partitionedBy: ["k"], options: options)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["kept.parquet"])
    }
  }

  @Test func aValueThatCannotBeWrittenIsAnError() throws {
    let far = Column(
      type: .timestamp(.second), values: Buffer(copying: [Int64.max]), count: 1)
    let batch = Batch(
      unchecked: Schema(unchecked: [Field("t", far.type)]), columns: [far], count: 1)
    let frame = DataFrame(schema: batch.schema, partitions: [[batch]])
    try withFolder { folder in
      let error = #expect(throws: ColumnarError.self) {
        try frame.write(parquet: "\(folder)/a.parquet", options: Self.options)
      }
      #expect(error?.message.contains("milliseconds have no room") == true)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(names == [])
    }
  }

  // MARK: Folders

  @Test(arguments: [1, 3]) func rowsGoToTheFoldersOfTheirKeys(_ threads: Int) throws {
    let count = 50_000
    let keys = (0..<count).map { $0 % 7 == 6 ? nil : Optional($0 % 7) }
    let frame = try DataFrame([
      "k": keys, "t": (0..<count).map { ["x/y", "é"][$0 / 100 % 2] }, "v": Array(0..<count),
    ])
    try withFolder { folder in
      var options = Self.options
      options.rowGroupBytes = 40_000
      let set = "\(folder)/set"
      let summary = try frame.lazy.write(
        parquet: set, partitionedBy: ["k", "t"], options: options,
        on: .columnar(threads: threads))
      #expect(summary.rows == count)
      for key in 0..<7 {
        for (t, name) in ["x%2Fy", "%C3%A9"].enumerated() {
          let shown = key == 6 ? "__HIVE_DEFAULT_PARTITION__" : "\(key)"
          let read = try LazyFrame.scan(parquet: "\(set)/k=\(shown)/t=\(name)/part-0.parquet")
            .collect()
          #expect(read.schema.names == ["v"])
          let wanted = (0..<count).filter { $0 % 7 == key && $0 / 100 % 2 == t }
          #expect(try Array(read["v", as: Int.self]) == wanted)
        }
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["set"])
      #expect(throws: ColumnarError.self) { try frame.write(parquet: set, partitionedBy: ["k"]) }
      try frame.lazy.filter(col("v") < 3).write(
        parquet: set, partitionedBy: ["t"], ifExists: .replace, options: options)
      #expect(try FileManager.default.contentsOfDirectory(atPath: set) == ["t=x%2Fy"])
    }
  }

  /// More keys than files may be open, and rows that come mixed.
  @Test func manyKeysGetFilesEach() throws {
    let count = 3000
    let frame = try DataFrame(["k": (0..<count).map { $0 % 300 }, "v": Array(0..<count)])
    try withFolder { folder in
      var options = Self.options
      options.rowGroupRows = 4
      try frame.write(parquet: "\(folder)/set", partitionedBy: ["k"], options: options)
      for key in [0, 150, 299] {
        let path = "\(folder)/set/k=\(key)"
        let read = try LazyFrame.scan(parquet: path).collect()
        #expect(
          try read["v", as: Int.self].sorted() == Array(stride(from: key, to: count, by: 300)))
      }
    }
  }

  @Test func unsuitableKeysAreErrors() throws {
    let frame = try DataFrame(["k": [1], "v": [2.5]])
    try withFolder { folder in
      func code(_ keys: [String]) -> ColumnarError.Code? {
        do {
          try frame.write(parquet: "\(folder)/set", partitionedBy: keys)
          return nil
        } catch { return (error as? ColumnarError)?.code }
      }
      #expect(code([]) == .invalidPlan)
      #expect(code(["k", "v"]) == .invalidPlan)
      #expect(code(["k", "k"]) == .duplicateName)
      #expect(code(["x"]) == .columnNotFound)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(names == [])
    }
  }
}
