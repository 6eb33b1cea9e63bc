import ColumnarCore
import Foundation
import Testing

@testable import ColumnarIO

/// Files from and for pyarrow, where a Python with pyarrow is at hand: that of `COLUMNAR_PYTHON`,
/// or the `python3` on the path.
@Suite struct ArrowPeerTests {
  static let python: String? = {
    let named = ProcessInfo.processInfo.environment["COLUMNAR_PYTHON"] ?? "python3"
    if (try? run(named, ["-c", "import pyarrow"]).status) == 0 { return named }
    print("Arrow tests beside pyarrow are skipped: \(named) has no pyarrow (set COLUMNAR_PYTHON)")
    return nil
  }()

  static func run(_ python: String, _ arguments: [String]) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let text = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }

  @Test func bothReadWhatTheOtherWrites() throws {
    guard let python = Self.python else { return }
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("pyarrow_peer.py").path
    let folder = "/tmp/columnar-peer-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let made = try Self.run(python, [script, "make", "\(folder)/in.arrow"])
    try #require(made.status == 0, "\(made.text)")
    var outputs: [String] = []
    for (input, shown) in [("in.arrow", "file-in"), ("in.arrows", "stream-in")] {
      let reader = try ArrowFileReader(path: "\(folder)/\(input)")
      for (number, options) in ArrowFileTests.options.enumerated() {
        for names in [[], ["int64", "view_text", "date32", "short_binary", "dict8"]] {
          var options = options
          options.dictionaryColumns = names
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
    let checked = try Self.run(python, [script, "check"] + outputs)
    #expect(checked.status == 0 && checked.text.hasSuffix("same\n"), "\(checked.text)")
  }
}
