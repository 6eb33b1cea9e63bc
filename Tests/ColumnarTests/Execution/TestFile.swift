import Glibc

/// Small files for tests.
enum TestFile {
  static func write(_ text: String, _ path: String) -> Bool {
    guard let file = fopen(path, "w") else { return false }
    defer { fclose(file) }
    return fputs(text, file) >= 0
  }

  static func remove(_ path: String) { unlink(path) }
}
