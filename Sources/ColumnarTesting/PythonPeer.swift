import Foundation

/// A Python with pyarrow, to test against: that of `COLUMNAR_PYTHON`, or the `python3` on the path.
package enum PythonPeer {
  /// What starts it; nil, said once on stdout, where it has no pyarrow.
  package static let python: String? = {
    let named = ProcessInfo.processInfo.environment["COLUMNAR_PYTHON"] ?? "python3"
    if (try? run(named, ["-c", "import pyarrow"]).status) == 0 { return named }
    print("Tests beside pyarrow are skipped: \(named) has no pyarrow (set COLUMNAR_PYTHON)")
    return nil
  }()

  /// Runs a program; its status, and what it wrote to stdout and stderr together.
  package static func run(
    _ python: String, _ arguments: [String]
  ) throws -> (status: Int32, text: String) {
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
}
