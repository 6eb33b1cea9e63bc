import ColumnarCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The program's standard error, for displays and logs.
package enum StandardError {
  /// Writes text in one piece where the system takes it so; a closed or full one loses it.
  package static func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)[...]
      while !rest.isEmpty {
        let piece = UnsafeRawBufferPointer(rebasing: rest)
        // A program without a reader must not die of its progress display.
        let sent = Self.write(piece.baseAddress, piece.count)
        if sent < 0, errno == EINTR { continue }
        if sent <= 0 { return }
        rest = rest.dropFirst(sent)
      }
    }
  }

  /// Whether it is a terminal that understands movements of the cursor.
  package static var isTerminal: Bool {
    guard isatty(STDERR_FILENO) == 1 else { return false }
    return getenv("TERM").map { String(cString: $0) != "dumb" } ?? false
  }

  private static func write(_ start: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.write(STDERR_FILENO, start, count)
    #elseif canImport(Musl)
      Musl.write(STDERR_FILENO, start, count)
    #else
      Darwin.write(STDERR_FILENO, start, count)
    #endif
  }
}
