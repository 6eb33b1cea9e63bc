#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The number of columns that tables may use on standard output.
///
/// The environment variable `COLUMNS` decides where it holds a positive number, so that a user can
/// override everything; then the terminal's own width; and 100 where the output is no terminal.
package func terminalWidth() -> Int {
  if let text = getenv("COLUMNS"), let columns = Int(String(cString: text)), columns > 0 {
    return columns
  }
  var size = winsize()
  if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
    return Int(size.ws_col)
  }
  return 100
}
