import ColumnarCore
import ColumnarTesting
import Foundation
import Testing

@testable import ColumnarIO

@Suite struct ParquetWriterFileTests {
  typealias Write = ParquetWriteTesting

  @Test func aFullDiskLeavesNothingBehind() async {
    // In a process of its own, because the limit on the size of files holds for all of it.
    await #expect(processExitsWith: .success) {
      try ParquetWriteTesting.withFolder { folder in
        let path = "\(folder)/x.parquet"
        try Data("old".utf8).write(to: URL(fileURLWithPath: path))
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit(rlim_cur: 100_000, rlim_max: 100_000)
        setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
        var generator = ColumnGenerator(seed: 1)
        let column = generator.column(.float64, count: 2000, nulls: 0, form: .plain)
        var options = ParquetWriteOptions()
        options.rowGroupRows = 1000
        let batch = ParquetWriteTesting.batch([column])
        let writer = try ParquetWriter(path: path, schema: batch.schema, options: options)
        var failed = false
        do {
          for _ in 0..<200 { try writer.write(batch) }
          try writer.finish()
        } catch let error as ColumnarError {
          failed = error.code == .io && error.message.contains("File too large")
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let content = try String(contentsOfFile: path, encoding: .utf8)
        guard failed, names == ["x.parquet"], content == "old" else { exit(1) }
      }
    }
  }

  @Test func aWriterThatIsDroppedLeavesNothing() throws {
    try Write.withFolder { folder in
      let batch = Write.batch([Int.column(of: Array(0..<100))])
      do {
        let writer = try ParquetWriter(path: "\(folder)/a.parquet", schema: batch.schema)
        try writer.write(batch)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
    }
  }

  @Test func checksumsAreThoseOfThePages() throws {
    var options = ParquetWriteOptions(compression: .snappy)
    options.writesChecksums = true
    options.pageRows = 100
    for version in [ParquetWriteOptions.PageVersion.v1, .v2] {
      options.pageVersion = version
      let column = String.column(of: (0..<1000).map { "\($0 % 40)" })
      try Write.withFolder { folder in
        let path = "\(folder)/sums.parquet"
        let writer = try ParquetWriter(
          path: path, schema: Write.batch([column]).schema, options: options)
        try writer.write(Write.batch([column]))
        try writer.finish()
        var bytes = try ParquetTesting.bytes(path)
        var reading = ParquetReadOptions()
        reading.verifiesChecksums = true
        func values() throws -> [Value] {
          try ParquetTesting.values(
            of: try ParquetFile(Buffer(copying: bytes), path: path, options: reading))[0]
        }
        #expect(try values() == Value.rows(of: column))
        // A bit of the last page, in front of the page index.
        let file = try ParquetTesting.file(bytes)
        let chunk = file.metadata.rowGroups[0].chunks[0]
        bytes[chunk.start + chunk.compressedSize - 1] ^= 1
        #expect(throws: ColumnarError.self) { try values() }
      }
    }
  }

  @Test func foldersAreExchangedWhole() throws {
    try Write.withFolder { folder in
      let manager = FileManager.default
      let path = "\(folder)/set"
      let first = try AtomicFolder(path, replaces: false)
      try first.makeFolder("a=1/b=2")
      try Data("x".utf8).write(to: URL(fileURLWithPath: "\(first.temporaryPath)/a=1/b=2/x"))
      #expect(!manager.fileExists(atPath: path))
      try first.commit()
      #expect(try manager.contentsOfDirectory(atPath: folder) == ["set"])
      #expect(throws: ColumnarError.self) { try AtomicFolder(path, replaces: false) }
      let second = try AtomicFolder(path + "/", replaces: true)
      try second.makeFolder("c=3")
      try second.commit()
      #expect(try manager.contentsOfDirectory(atPath: folder) == ["set"])
      #expect(try manager.contentsOfDirectory(atPath: path) == ["c=3"])
      do {
        let third = try AtomicFolder(path, replaces: true)
        try third.makeFolder("d=4")
      }
      #expect(try manager.contentsOfDirectory(atPath: folder) == ["set"])
      #expect(try manager.contentsOfDirectory(atPath: path) == ["c=3"])
    }
  }

  @Test func keysNameFolders() {
    #expect(
      HivePath.folder([("a b", "x/y=ü"), ("n", nil)])
        == "a%20b=x%2Fy%3D%C3%BC/n=__HIVE_DEFAULT_PARTITION__")
  }
}
