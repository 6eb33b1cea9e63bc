import ColumnarCore
import Glibc

/// The files that a path stands for: a file, all of a kind in a folder, or all that match a
/// pattern.
package enum FilePattern {
  /// The paths in order of their names.
  ///
  /// A path that exists is taken as it is, also where it has `*`, `?` or `[` in it; a folder stands
  /// for the files in it whose names end in `suffix`. None at all is an error.
  package static func paths(_ pattern: String, suffix: String) throws -> [String] {
    var status = stat()
    if stat(pattern, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else { return [pattern] }
      let found = matches(escaped(pattern) + "/*" + suffix)
      guard !found.isEmpty else {
        throw ColumnarError(
          .io, "The folder \"\(pattern)\" holds no file whose name ends in \"\(suffix)\".",
          context: [.file(pattern)])
      }
      return found
    }
    guard pattern.contains(where: { "*?[".contains($0) }) else { return [pattern] }
    let found = matches(pattern)
    guard !found.isEmpty else {
      throw ColumnarError(
        .io, "No file matches \"\(pattern)\".", context: [.file(pattern)])
    }
    return found
  }

  private static func escaped(_ path: String) -> String {
    var result = ""
    for character in path {
      if "*?[\\".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }

  private static func matches(_ pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { k in
      found.gl_pathv[k].map { String(cString: $0) }
    }
  }
}
