import Columnar
import Glibc

/// What the tool writes.
enum Terminal {
  /// Writes to standard output; where that fails, as on a full disk, the tool fails.
  static func write(_ text: String) {
    guard !put(text, STDOUT_FILENO) else { return }
    let reason = String(cString: strerror(errno))
    complain("input/output failed: cannot write standard output: \(reason).")
    exit(ExitCode.failure)
  }

  /// Writes to standard error.
  static func writeError(_ text: String) { _ = put(text, STDERR_FILENO) }

  private static func put(_ text: String, _ descriptor: Int32) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written > 0 {
        bytes = bytes.dropFirst(written)
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }

  /// An error as one line: `columnar: error: …`.
  static func complain(_ message: String) {
    let line = message.split(separator: "\n", omittingEmptySubsequences: true).joined(
      separator: " ")
    writeError("columnar: error: \(line)\n")
  }

  static var errorsAreShown: Bool { isatty(STDERR_FILENO) == 1 }

  static var outputIsShown: Bool { isatty(STDOUT_FILENO) == 1 }
}
