import ColumnarCore
import ColumnarTesting
import Foundation
import Testing

@testable import ColumnarIO

/// Beside pyarrow and, where they are, Polars and DuckDB: what they write is read, and they read
/// what is written, with quotes, line ends and foreign letters in texts and names.
@Suite struct CSVPeerTests {
  @Test func theSameValuesBothWays() throws {
    guard let python = PythonPeer.python else { return }
    let folder = TemporaryFolder()
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("csv_peer.py").path
    let made = try PythonPeer.run(python, [script, "make", folder.path])
    try #require(made.status == 0, "\(made.text)")
    let reader = try ArrowFileReader(path: folder.path + "/values.arrow")
    let schema = reader.schema.schema
    let values = Batch.concatenating(
      try (0..<reader.batchCount).map { try reader.batch(at: $0) }, schema: schema)

    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasPrefix("theirs") }.sorted()
    #expect(names.count >= 2)
    for name in names {
      for target in [900, 1 << 30] {
        let isQuoted = name.hasSuffix("always.csv")
        let options = csvOptions { $0.readsQuotedNulls = isQuoted }
        let source = try CSVSource(path: "\(folder.path)/\(name)", options: options)
        #expect(source.schema == schema, "\(name)")
        let found = Batch.concatenating(try readBatches(source, target: target), schema: schema)
        for k in 0..<schema.count {
          let (a, b) = (Value.rows(of: found.columns[k]), Value.rows(of: values.columns[k]))
          let place = zip(a, b).enumerated().first { $1.0 != $1.1 }
          #expect(a == b, "\(name), \(schema[k].name): \(place.map { "\($0)" } ?? "")")
        }
      }
    }
    for name in ["plain", "quoted", "crlf"] {
      var options = CSVWriteOptions()
      options.quotesText = name == "quoted"
      options.usesCarriageReturns = name == "crlf"
      let writer = try CSVWriter(
        path: "\(folder.path)/ours-\(name).csv", schema: schema, options: options)
      try writer.write(values)
      try writer.finish()
    }
    let read = try PythonPeer.run(python, [script, "read", folder.path])
    #expect(read.status == 0 && read.text.hasSuffix("same\n"), "\(read.text)")
  }
}
