import Foundation
import Testing

/// The command line tool, run as a program.
enum Tool {
  /// Where the build put it.
  static var path: String {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "columnar").path
  }

  struct Result {
    let status: Int32
    let output: String
    let errors: String
  }

  /// Runs it with those words, in a terminal of so many columns, and with that text to read.
  static func run(
    _ words: String..., input: String? = nil, columns: Int = 80
  ) throws -> Result {
    try run(words, input: input, columns: columns)
  }

  static func run(
    _ words: [String], input: String? = nil, columns: Int = 80
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
    let mark = "columnar-tool-\(UUID().uuidString)"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = words
    process.environment = ["COLUMNS": "\(columns)", "PATH": "/usr/bin:/bin"]
    // Files, which do not fill up while others are read.
    let names = ["out", "err"].map { folder.appending(path: "\(mark).\($0)").path }
    defer { for name in names { try? FileManager.default.removeItem(atPath: name) } }
    for name in names { _ = FileManager.default.createFile(atPath: name, contents: nil) }
    process.standardOutput = FileHandle(forWritingAtPath: names[0])
    process.standardError = FileHandle(forWritingAtPath: names[1])
    let pipe = Pipe()
    process.standardInput = input == nil ? FileHandle.nullDevice : pipe
    try process.run()
    if let input {
      try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try pipe.fileHandleForWriting.close()
    }
    process.waitUntilExit()
    let texts = try names.map {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: $0)), as: UTF8.self)
    }
    return Result(status: process.terminationStatus, output: texts[0], errors: texts[1])
  }
}

/// A folder of its own for one test, removed at the end.
final class ToolFolder {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appending(path: "columnar-tool-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func file(_ name: String, _ text: String) throws -> String {
    let file = path + "/" + name
    try text.write(toFile: file, atomically: false, encoding: .utf8)
    return file
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
