#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How much a terminal shows at once.
struct TerminalSize: Equatable, Sendable {
  var columns: Int
  var rows: Int

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// The size of the terminal that a descriptor writes to; nil where it is none, or does not know.
  init?(of descriptor: Int32) {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return nil
    }
    self.init(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }

  /// That of the terminal that standard error is.
  ///
  /// The terminal itself knows best: `COLUMNS` and `LINES` count only where it does not tell, and may
  /// be those of another one.
  static func ofStandardError() -> TerminalSize {
    TerminalSize(of: STDERR_FILENO)
      ?? TerminalSize(columns: number("COLUMNS") ?? 80, rows: number("LINES") ?? 24)
  }

  private static func number(_ variable: String) -> Int? {
    getenv(variable).flatMap { Int(String(cString: $0)) }.flatMap { $0 > 0 ? $0 : nil }
  }
}
