import Columnar
import Glibc

/// What the tool writes.
enum Terminal {
  /// Writes to standard output.
  static func write(_ text: String) {
    fputs(text, stdout)
    fflush(stdout)
  }

  static func writeError(_ text: String) { fputs(text, stderr) }

  /// An error as one line: `columnar: error: …`.
  static func complain(_ message: String) {
    let line = message.split(separator: "\n", omittingEmptySubsequences: true).joined(
      separator: " ")
    writeError("columnar: error: \(line)\n")
  }

  static var errorsAreShown: Bool { isatty(STDERR_FILENO) == 1 }
}
