import ColumnarCore
import ColumnarTesting
import Foundation
import Testing

@testable import ColumnarIO

/// Files of ours, read by pyarrow, DuckDB and Polars, where a Python with them is at hand.
@Suite struct ParquetPeerTests {
  @Test func othersReadWhatIsWritten() throws {
    guard let python = PythonPeer.python else { return }
    let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let script = here.appendingPathComponent("parquet_peer.py").path
    try ParquetWriteTesting.withFolder { folder in
      let made = try PythonPeer.run(python, [script, "make", "\(folder)/in.arrow"])
      try #require(made.status == 0, "\(made.text)")
      let reader = try ArrowFileReader(path: "\(folder)/in.arrow")
      var outputs: [String] = []
      for (number, options) in Self.options.enumerated() {
        let path = "\(folder)/out-\(number).parquet"
        let writer = try ParquetWriter(
          path: path, schema: reader.schema.schema, options: options)
        for k in 0..<reader.batchCount { try writer.write(reader.batch(at: k)) }
        try writer.finish()
        outputs.append(path)
      }
      let checked = try PythonPeer.run(python, [script, "check", "\(folder)/in.arrow"] + outputs)
      #expect(checked.status == 0 && checked.text.hasSuffix("same\n"), "\(checked.text)")
    }
  }

  /// Every codec, both versions of pages, small pages and large ones.
  static var options: [ParquetWriteOptions] {
    let codecs: [ParquetCompression] = [.zstd, .snappy, .none, .gzip, .lz4, .zstd(level: 9)]
    return codecs.enumerated().map { k, compression in
      var options = ParquetWriteOptions(compression: compression)
      options.isDurable = false
      options.pageVersion = k % 2 == 0 ? .v2 : .v1
      options.pageRows = [1 << 16, 100, 37][k % 3]
      options.rowGroupRows = [400, 1 << 20][k % 2]
      options.usesDictionaries = k != 2
      options.usesNewEncodings = k != 3
      options.writesChecksums = true
      options.bloomFilters = [
        .init("int64"), .init("text"), .init("uint8"), .init("float64"), .init("list.list.element"),
      ]
      options.sortedColumns = [.init("number", descending: false)]
      options.metadata = ["note": "é"]
      return options
    }
  }
}
