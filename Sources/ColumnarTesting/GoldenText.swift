import Glibc

/// Texts that are kept in files beside the tests.
///
/// `COLUMNAR_RECORD=1` writes what comes out into the files instead of comparing; look at the
/// difference before committing it.
public enum GoldenText {
  /// What differs between `text` and the file `Goldens/<name>.txt` beside the calling source file;
  /// nil if nothing does.
  public static func difference(_ text: String, _ name: String, file: String = #filePath) -> String?
  {
    let folder = file.split(separator: "/").dropLast().joined(separator: "/")
    let path = "/\(folder)/Goldens/\(name).txt"
    if getenv("COLUMNAR_RECORD") != nil { return write(text, path) }
    guard let expected = read(path) else {
      return "\(path) is missing: record it with COLUMNAR_RECORD=1"
    }
    if expected == text { return nil }
    let (old, new) = (lines(expected), lines(text))
    let line = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }
    let number = line?.offset ?? Swift.min(old.count, new.count)
    let was = number < old.count ? old[number] : "(end)"
    let now = number < new.count ? new[number] : "(end)"
    return "\(path), line \(number + 1):\n  was \(was)\n  now \(now)"
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = getc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func write(_ text: String, _ path: String) -> String? {
    guard let file = fopen(path, "w") else { return "cannot write \(path)" }
    defer { fclose(file) }
    return fputs(text, file) >= 0 ? nil : "cannot write \(path)"
  }
}
