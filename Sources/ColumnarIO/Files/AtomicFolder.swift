import CColumnarSystem
import ColumnarCore
import Glibc

/// A folder of files that appears under its name only when it is whole.
///
/// The files are made in a hidden folder beside it, which `commit` gives its name: in one step
/// where nothing stands there, and where the file system can exchange two names (ext4, XFS, Btrfs,
/// tmpfs) also where something does. Elsewhere the folder that stood there is moved away first, so
/// that for a moment there is none. An `AtomicFolder` that is dropped removes what it made.
///
/// Used by one thread at a time.
package final class AtomicFolder {
  /// Where the folder will stand.
  package let path: String
  /// Where its files are made meanwhile.
  package let temporaryPath: String
  private let parent: String
  private let replaces: Bool
  private var isOpen = true

  /// Starts a folder that is to stand at `path`.
  ///
  /// One that stands there and has something in it is an error, unless it is to be replaced.
  package init(_ path: String, replaces: Bool) throws {
    var end = path.endIndex
    while end > path.startIndex, path[path.index(before: end)] == "/" {
      end = path.index(before: end)
    }
    let path = String(path[..<end])
    let slash = path.lastIndex(of: "/")
    let parent = slash.map { String(path[...$0]) } ?? ""
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    guard !name.isEmpty, name != ".", name != ".." else {
      throw ColumnarError(.io, "\"\(path)\" names no folder that could be made.")
    }
    self.path = path
    self.replaces = replaces
    self.parent = parent
    try Self.check(path, replaces: replaces)
    let mark = String(UInt64.random(in: .min ... .max), radix: 36)
    temporaryPath = "\(parent).\(name.utf8.count > 100 ? "" : name).\(mark).tmp"
    guard mkdir(temporaryPath, 0o777) == 0 else {
      throw MappedFile.systemError("cannot create", path)
    }
  }

  private static func check(_ path: String, replaces: Bool) throws {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw ColumnarError(
        .io, "\"\(path)\" exists and is no folder.", context: [.file(path)])
    }
    guard !replaces, !isEmpty(path) else { return }
    throw ColumnarError(
      .io,
      "\"\(path)\" exists and is not empty. Write to another folder, or replace it with "
        + "ifExists: .replace.", context: [.file(path)])
  }

  private static func isEmpty(_ path: String) -> Bool {
    guard let folder = opendir(path) else { return false }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    // The folder and the one it is in.
    return count <= 2
  }

  /// Makes a folder within, if it is not there.
  package func makeFolder(_ name: String) throws {
    var partial = ""
    for part in name.split(separator: "/") {
      partial += "/" + part
      guard mkdir(temporaryPath + partial, 0o777) == 0 || errno == EEXIST else {
        throw MappedFile.systemError("cannot create", path + partial)
      }
    }
  }

  /// Gives the folder its name.
  ///
  /// Its files are written through to the disk by whoever made them; with `isDurable` so is the name.
  package func commit(isDurable: Bool = true) throws {
    isOpen = false
    defer {
      if isDurable { AtomicFile.synchronize(folder: parent.isEmpty ? "." : parent) }
    }
    if rename(temporaryPath, path) == 0 { return }
    guard replaces, errno == EEXIST || errno == ENOTEMPTY else { throw failure() }
    if columnar_exchange(temporaryPath, path) != 0 {
      let old = temporaryPath + ".old"
      guard rename(path, old) == 0, rename(temporaryPath, path) == 0 else { throw failure() }
      return Self.remove(old)
    }
    Self.remove(temporaryPath)
  }

  private func failure() -> ColumnarError {
    let error = MappedFile.systemError("cannot finish", path)
    Self.remove(temporaryPath)
    return error
  }

  /// Removes what was made so far.
  package func discard() {
    guard isOpen else { return }
    isOpen = false
    Self.remove(temporaryPath)
  }

  /// Removes a folder with all that is in it; links are not followed.
  package static func remove(_ path: String) {
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        guard name != ".", name != ".." else { continue }
        let inner = "\(path)/\(name)"
        var status = stat()
        guard lstat(inner, &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR { remove(inner) } else { unlink(inner) }
      }
      closedir(folder)
    }
    rmdir(path)
  }

  deinit { discard() }
}
