import Columnar
import ColumnarCore
import ColumnarIO
import ColumnarTesting
import Foundation
import Testing

/// The system's Arrow library, in a build that has one: `make test-arrow`.
@Suite struct SystemArrowTests {
  /// Whether there is a library; said once where there is none.
  static let isBuilt: Bool = {
    for library in SystemArrow.Library.allCases where !SystemArrow.libraries.contains(library) {
      let trait = library == .glib ? "ArrowGLib" : "LibArrow"
      print("skipped: tests of the system Arrow library .\(library) (built without \(trait))")
    }
    return !SystemArrow.libraries.isEmpty
  }()

  static func withFolder(_ body: (String) throws -> Void) throws {
    let folder = "/tmp/columnar-system-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  static func expectSame(
    _ a: DataFrame, _ b: DataFrame, _ note: String, types: Bool = true,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    #expect(a.schema.names == b.schema.names, "\(note)", sourceLocation: location)
    if types { #expect(a.schema == b.schema, "\(note)", sourceLocation: location) }
    for name in a.schema.names where b.schema.names.contains(name) {
      let (x, y) = (Value.rows(of: try a.column(name)), Value.rows(of: try b.column(name)))
      #expect(x == y, "\(note), column \(name)", sourceLocation: location)
    }
  }

  static let frame: DataFrame = {
    let words: [String?] = ["", "a", nil, "a text of more than twelve bytes"]
    let made = try? DataFrame([
      "n": (0..<1000).map { $0 % 7 == 0 ? nil : $0 }, "t": (0..<1000).map { words[$0 % 4] },
      "x": (0..<1000).map { Double($0) / 4 }, "b": (0..<1000).map { $0 % 3 == 0 },
      "l": (0..<1000).map { [Int](repeating: $0, count: $0 % 3) },
    ])
    return made ?? DataFrame(schema: Schema(unchecked: []), partitions: [])
  }()

  @Test func withoutALibraryTheErrorSaysHowToGetOne() throws {
    guard SystemArrow.libraries.count < SystemArrow.Library.allCases.count else { return }
    let absent = SystemArrow.Library.allCases.first { !SystemArrow.libraries.contains($0) }
    let options = SystemArrow.Options(library: absent)
    let queries: [() throws -> Void] = [
      { _ = try LazyFrame.scan(systemArrow: "x.orc", options: options).collect() },
      { _ = try LazyFrame.scan(systemArrow: "x.orc", options: options).schema() },
      { try Self.frame.lazy.write(systemArrow: "/tmp/columnar-never.orc", options: options) },
    ]
    for query in queries {
      let error = #expect(throws: ColumnarError.self) { try query() }
      #expect(error?.code == .unsupported)
      for word in ["LibArrow", "ArrowGLib", "libparquet-dev", "--traits default,LibArrow"] {
        #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
      }
    }
    #expect(access("/tmp/columnar-never.orc", F_OK) != 0)
  }

  @Test(arguments: SystemArrow.Library.allCases, SystemArrow.Format.allCases)
  func filesComeBack(_ library: SystemArrow.Library, _ format: SystemArrow.Format) throws {
    guard Self.isBuilt, SystemArrow.libraries.contains(library) else { return }
    if library == .glib, format == .orc { return }
    try Self.withFolder { folder in
      let (path, options) = ("\(folder)/file.\(format)", SystemArrow.Options(library: library))
      try Self.frame.lazy.write(systemArrow: path, options: options)
      let scan = LazyFrame.scan(systemArrow: path, options: options)
      try Self.expectSame(try scan.collect(), Self.frame, "\(library), \(format)")
      // It can be run again, with fewer rows and columns.
      let some = try scan.filter(col("n") >= 990).select("t", "n").limit(3).collect()
      #expect(try Array(some["n", as: Int.self]) == [990, 991, 992])
      #expect(
        try Array(some["t", as: String?.self]) == [nil, "a text of more than twelve bytes", ""])
      // Our own readers read what it writes.
      if format == .parquet {
        try Self.expectSame(try LazyFrame.scan(parquet: path).collect(), Self.frame, "ours")
      } else if format == .arrow {
        try Self.expectSame(try LazyFrame.scan(arrow: path).collect(), Self.frame, "ours")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file.\(format)"])
    }
  }

  @Test func encryptedFilesComeBack() throws {
    guard Self.isBuilt, SystemArrow.libraries.contains(.cxx) else { return }
    let (footer, column) = (Array("0123456789012345".utf8), Array("1234567890123450".utf8))
    try Self.withFolder { folder in
      for keys in [[:], ["x": column, "n": footer]] {
        let path = "\(folder)/secret.parquet"
        let options = SystemArrow.Options(footerKey: footer, columnKeys: keys, aadPrefix: "tester")
        try Self.frame.lazy.write(systemArrow: path, options: options)
        let ours = #expect(throws: ColumnarError.self) {
          try LazyFrame.scan(parquet: path).collect()
        }
        #expect(ours?.code == .unsupported && ours?.message.contains("encrypted") == true)
        #expect(ours?.message.contains("scan(systemArrow:options:)") == true)
        let back = try LazyFrame.scan(systemArrow: path, options: options).collect()
        try Self.expectSame(back, Self.frame, "\(keys.count) keys")
        var wrong = options
        wrong.footerKey = column
        for bad in [wrong, SystemArrow.Options()] {
          let error = #expect(throws: ColumnarError.self) {
            try LazyFrame.scan(systemArrow: path, options: bad).collect()
          }
          #expect(error?.code == .io && error?.message.contains("secret.parquet") == true)
        }
      }
    }
  }

  /// What our own readers say of an ORC file names the call that then reads it.
  @Test func orcFilesAreReadWhenAsked() throws {
    guard Self.isBuilt, SystemArrow.libraries.contains(.cxx) else { return }
    try Self.withFolder { folder in
      let path = "\(folder)/file.orc"
      try Self.frame.lazy.write(systemArrow: path)
      for scan in [LazyFrame.scan(parquet: path), .scan(arrow: path)] {
        let ours = #expect(throws: ColumnarError.self) { try scan.collect() }
        #expect(ours?.code == .unsupported, "\(ours?.message ?? "")")
        #expect(ours?.message.contains("is an ORC file") == true)
        #expect(ours?.message.contains("scan(systemArrow:)") == true)
      }
      try Self.expectSame(try LazyFrame.scan(systemArrow: path).collect(), Self.frame, "orc")
    }
  }

  @Test func errorsAreTheLibrarys() throws {
    guard Self.isBuilt else { return }
    for library in SystemArrow.libraries {
      let options = SystemArrow.Options(library: library)
      let missing = #expect(throws: ColumnarError.self) {
        try LazyFrame.scan(systemArrow: "/tmp/not-there.orc", options: options).collect()
      }
      #expect(missing?.code == .io && missing?.message.contains("not-there.orc") == true)
      try Self.withFolder { folder in
        let path = "\(folder)/bad.parquet"
        try Data("PAR1 this is nothing of the kind PAR1".utf8).write(to: URL(filePath: path))
        for format in SystemArrow.Format.allCases {
          #expect(throws: ColumnarError.self) {
            try LazyFrame.scan(systemArrow: path, format: format, options: options).collect()
          }
        }
        // What fails on the way leaves the old file as it was.
        struct Bad: Error {}
        let fails = UDF.row("fails") { (a: Int) throws -> Int in throw Bad() }
        let kept = try Data(contentsOf: URL(filePath: path))
        #expect(throws: ColumnarError.self) {
          try Self.frame.lazy.select(fails("n").as("n")).write(systemArrow: path, options: options)
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == kept)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["bad.parquet"])
      }
    }
    let error = #expect(throws: ColumnarError.self) {
      try LazyFrame.scan(systemArrow: "/tmp/what.is").collect()
    }
    #expect(error?.code == .invalidPlan)
  }

  /// Every good file of the corpora, read by the library and by our own readers.
  @Test func bothReadersAgree() throws {
    guard Self.isBuilt else { return }
    let root = "/" + #filePath.split(separator: "/").dropLast(6).joined(separator: "/") + "/shared"
    var compared = 0
    for (folder, end) in [
      ("parquet-testing/data", ".parquet"), ("arrow-testing/1.0.0-littleendian", ".arrow_file"),
      ("arrow-testing/2.0.0-compression", ".arrow_file"),
      ("arrow-testing/1.0.0-littleendian", ".stream"),
      ("arrow-testing/2.0.0-compression", ".stream"),
    ] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
      for name in names.sorted() where name.hasSuffix(end) {
        let path = "\(root)/\(folder)/\(name)"
        let isParquet = end == ".parquet"
        // Gigabytes in a few kilobytes.
        if name.hasPrefix("large_string_map") { continue }
        for library in SystemArrow.libraries where library == .cxx || end != ".stream" {
          let options = SystemArrow.Options(library: library)
          let theirs = Result {
            try LazyFrame.scan(
              systemArrow: path, format: isParquet ? .parquet : .arrow, options: options
            ).collect()
          }
          let ours = Result {
            try (isParquet ? LazyFrame.scan(parquet: path) : LazyFrame.scan(arrow: path)).collect()
          }
          switch (theirs, ours) {
          case (.success(let a), .success(let b)):
            try Self.expectSame(b, a, name, types: false)
            compared += 1
          case (.failure(let error), .success):
            Issue.record("only ours reads \(name): \(error)")
          case (.success, .failure(let error)):
            Issue.record("only the system's reads \(name): \(error)")
          case (.failure(let a), .failure(let b)): Issue.record("nobody reads \(name): \(a); \(b)")
          }
        }
      }
    }
    print("\(compared) files are read alike")
    if access(root, R_OK) == 0 { #expect(compared >= 54) }
  }
}
