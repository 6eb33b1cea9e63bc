import ColumnarCore
import ColumnarTesting
import Foundation
import Testing

@testable import ColumnarIO

/// Files from and for pyarrow, where a Python with pyarrow is at hand.
@Suite struct ArrowPeerTests {
  @Test func bothReadWhatTheOtherWrites() throws {
    guard let python = PythonPeer.python else { return }
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("pyarrow_peer.py").path
    let folder = "/tmp/columnar-peer-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let made = try PythonPeer.run(python, [script, "make", "\(folder)/in.arrow"])
    try #require(made.status == 0, "\(made.text)")
    var outputs: [String] = []
    for (input, shown) in [("in.arrow", "file-in"), ("in.arrows", "stream-in")] {
      let reader = try ArrowFileReader(path: "\(folder)/\(input)")
      for (number, options) in ArrowFileTests.options.enumerated() {
        for names in [[], ["int64", "view_text", "date32", "short_binary", "dict8"]] {
          var options = options
          options.dictionaryColumns = names
          options.compression = [.none, .lz4, .zstd()][number % 3]
          let path = "\(folder)/\(shown)-\(number)-\(names.count).arrow"
          let schema = reader.schema.schema
          let writer = try ArrowWriter(path: path, schema: schema, options: options)
          for k in 0..<reader.batchCount {
            // Cut and put together, so that windows are written too.
            let batch = try reader.batch(at: k)
            try writer.write(batch.slice(0..<7))
            let large = [batch.slice(7..<batch.count)]
            try writer.write(.concatenating(large, schema: schema))
          }
          try writer.finish()
          outputs.append(path)
        }
      }
    }
    let checked = try PythonPeer.run(python, [script, "check"] + outputs)
    #expect(checked.status == 0 && checked.text.hasSuffix("same\n"), "\(checked.text)")
  }
}
