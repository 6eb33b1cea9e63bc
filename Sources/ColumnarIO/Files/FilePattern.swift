import ColumnarCore
import Glibc

/// The files that a path stands for: a file, all of a kind in a folder, or all that match a
/// pattern.
package enum FilePattern {
  /// A file, and the names of the folders on the way to it that may say something about its rows.
  package struct Found: Sendable, Hashable {
    package let path: String
    /// Of a file in a folder that was named, the folders beneath that one; else all on its path.
    package let folders: [String]
    /// Whether the file was named by its own path.
    package let isNamed: Bool
  }

  /// The paths in order of their names.
  ///
  /// A path that exists is taken as it is, also where it has `*`, `?` or `[` in it; a folder stands
  /// for the files in it, and in the folders beneath it, whose names end in one of `suffixes`. None
  /// at all is an error.
  package static func paths(_ pattern: String, suffixes: [String]) throws -> [String] {
    try files(pattern, suffixes: suffixes).map(\.path)
  }

  /// As `paths`, with what the folders are called.
  package static func files(_ pattern: String, suffixes: [String]) throws -> [Found] {
    if let mode = mode(pattern) {
      guard mode == S_IFDIR else { return [named(pattern)] }
      var root = pattern
      while root.count > 1, root.hasSuffix("/") { root.removeLast() }
      let found = walk(root, []).filter { found in
        suffixes.contains { found.path.hasSuffix($0) }
      }
      guard !found.isEmpty else {
        let endings = suffixes.map { "\"\($0)\"" }.joined(separator: ", ")
        throw ColumnarError(
          .io, "The folder \"\(pattern)\" holds no file whose name ends in \(endings).",
          context: [.file(pattern)])
      }
      return inOrder(found)
    }
    guard pattern.contains(where: { "*?[".contains($0) }) else { return [named(pattern)] }
    let found = deepMatches(pattern) ?? matches(pattern)
    guard !found.isEmpty else {
      throw ColumnarError(
        .io, "No file matches \"\(pattern)\".", context: [.file(pattern)])
    }
    return found.map { Found(path: $0, folders: folders(of: $0), isNamed: false) }
  }

  /// A file that is named by its path.
  package static func named(_ path: String) -> Found {
    Found(path: path, folders: folders(of: path), isNamed: true)
  }

  private static func folders(of path: String) -> [String] {
    path.split(separator: "/").dropLast().map(String.init)
  }

  /// By bytes, so that the order is the same everywhere.
  private static func inOrder(_ found: [Found]) -> [Found] {
    found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// What is at a path; nil: nothing.
  private static func mode(_ path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  // MARK: Folders

  /// Folders beneath each other; links in a circle end here.
  private static let depthLimit = 40

  /// The files in a folder and beneath, but for what is hidden or not finished: names that begin
  /// with a dot, folders that begin with an underscore.
  private static func walk(_ folder: String, _ beneath: [String]) -> [Found] {
    guard beneath.count < depthLimit else { return [] }
    var found: [Found] = []
    for name in names(in: folder) where !name.hasPrefix(".") {
      let path = folder == "/" ? "/" + name : folder + "/" + name
      switch mode(path) {
      case S_IFDIR:
        if !name.hasPrefix("_") { found += walk(path, beneath + [name]) }
      case nil: break
      default: found.append(Found(path: path, folders: beneath, isNamed: false))
      }
    }
    return found
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  // MARK: Patterns

  private static func matches(_ pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { k in
      found.gl_pathv[k].map { String(cString: $0) }
    }
  }

  /// The files that match a pattern with a part `**`, which stands for any number of folders; nil
  /// where there is none.
  private static func deepMatches(_ pattern: String) -> [String]? {
    let parts = pattern.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    guard let first = parts.firstIndex(of: "**") else { return nil }
    let above = (pattern.hasPrefix("/") ? "/" : "") + parts[..<first].joined(separator: "/")
    let roots = above.isEmpty ? ["."] : above == "/" ? ["/"] : matches(above)
    let rest = Array(parts[first...])
    let found = roots.flatMap { root in
      walk(root, []).filter { matches($0, rest[...]) }
    }
    return inOrder(found).map { $0.path.hasPrefix("./") ? String($0.path.dropFirst(2)) : $0.path }
  }

  private static func matches(_ file: Found, _ rest: ArraySlice<String>) -> Bool {
    let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
    return matches((file.folders + [name])[...], rest)
  }

  private static func matches(_ names: ArraySlice<String>, _ parts: ArraySlice<String>) -> Bool {
    guard let part = parts.first else { return names.isEmpty }
    if part == "**" {
      // At the very end it stands for files too.
      if parts.count == 1 { return true }
      return (names.startIndex..<names.endIndex).contains {
        matches(names[$0...], parts.dropFirst())
      }
    }
    guard let name = names.first, fnmatch(part, name, FNM_PERIOD) == 0 else { return false }
    return matches(names.dropFirst(), parts.dropFirst())
  }
}
