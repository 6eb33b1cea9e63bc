import Columnar
import Glibc

/// What the tool writes.
enum Terminal {
  /// Writes to standard output.
  static func write(_ text: String) { put(text, STDOUT_FILENO) }

  /// Writes to standard error.
  static func writeError(_ text: String) { put(text, STDERR_FILENO) }

  private static func put(_ text: String, _ descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written > 0 {
        bytes = bytes.dropFirst(written)
      } else if errno != EINTR {
        return
      }
    }
  }

  /// An error as one line: `columnar: error: …`.
  static func complain(_ message: String) {
    let line = message.split(separator: "\n", omittingEmptySubsequences: true).joined(
      separator: " ")
    writeError("columnar: error: \(line)\n")
  }

  static var errorsAreShown: Bool { isatty(STDERR_FILENO) == 1 }
}
