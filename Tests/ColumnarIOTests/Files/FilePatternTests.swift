import ColumnarCore
import Foundation
import Testing

@testable import ColumnarIO

@Suite struct FilePatternTests {
  /// Calls `body` with a folder of empty files of those names, which is removed afterwards.
  static func with(_ names: [String], _ body: (String) throws -> Void) throws {
    let root = "/tmp/columnar-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    defer { try? FileManager.default.removeItem(atPath: root) }
    for name in names {
      let path = "\(root)/\(name)"
      try FileManager.default.createDirectory(
        atPath: String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]),
        withIntermediateDirectories: true)
      try Data().write(to: URL(fileURLWithPath: path))
    }
    try body(root)
  }

  static let names = [
    "b.parquet", "a=1/x.parquet", "a=1/b=2/y.parquet", "a=10/x.parquet", ".hidden/x.parquet",
    "_temporary/x.parquet", "a=1/.x.parquet", "a=1/note.txt", "we[ird/x.parquet",
  ]

  @Test func folders() throws {
    try Self.with(Self.names) { root in
      for path in [root, root + "/"] {
        let found = try FilePattern.files(path, suffixes: [".parquet"])
        #expect(
          found.map { String($0.path.dropFirst(root.count + 1)) } == [
            "a=1/b=2/y.parquet", "a=1/x.parquet", "a=10/x.parquet", "b.parquet",
            "we[ird/x.parquet",
          ])
        #expect(
          found.map(\.folders) == [["a=1", "b=2"], ["a=1"], ["a=10"], [], ["we[ird"]])
        #expect(found.allSatisfy { !$0.isNamed })
      }
      let one = try FilePattern.files("\(root)/we[ird/x.parquet", suffixes: [".parquet"])
      #expect(one.map(\.isNamed) == [true])
      let error = #expect(throws: ColumnarError.self) {
        try FilePattern.paths(root, suffixes: [".csv"])
      }
      #expect(error?.code == .io)
    }
  }

  @Test func patterns() throws {
    try Self.with(Self.names) { root in
      func found(_ pattern: String) -> [String] {
        let paths = try? FilePattern.paths("\(root)/\(pattern)", suffixes: [".parquet"])
        return (paths ?? []).map { String($0.dropFirst(root.count + 1)) }
      }
      #expect(found("*.parquet") == ["b.parquet"])
      #expect(found("a=*/x.parquet") == ["a=1/x.parquet", "a=10/x.parquet"])
      #expect(
        found("**/x.parquet").sorted() == [
          "a=1/x.parquet", "a=10/x.parquet", "we[ird/x.parquet",
        ])
      #expect(found("**/b=?/*.parquet") == ["a=1/b=2/y.parquet"])
      #expect(found("a=1/**/*.parquet") == ["a=1/b=2/y.parquet", "a=1/x.parquet"])
      #expect(
        found("a=1*/**").sorted() == [
          "a=1/b=2/y.parquet", "a=1/note.txt", "a=1/x.parquet", "a=10/x.parquet",
        ])
      #expect(found("**/*.none") == [])
      let files = try FilePattern.files("\(root)/**/y.parquet", suffixes: [".parquet"])
      #expect(files.first?.folders.suffix(2) == ["a=1", "b=2"])
    }
  }
}
