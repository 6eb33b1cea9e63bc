import ColumnarCore
import Glibc

/// A file that appears under its name only when it is whole.
///
/// The bytes go to a temporary file in the same folder, which `commit` writes through to the disk
/// and renames. An `AtomicFile` that is dropped, or whose writing failed, removes it and leaves
/// what stood under the name untouched. A file that is replaced keeps its permissions; a symbolic
/// link is followed.
///
/// Used by one thread at a time.
package final class AtomicFile {
  /// Where the file will be seen.
  package let path: String
  private let temporaryPath: String
  private var descriptor: Int32

  /// Starts a file that is to stand at `path`, which errors call `name` if that is where it will be
  /// seen in the end.
  ///
  /// Nothing is visible there before `commit`.
  package init(_ path: String, shownAs name: String? = nil) throws {
    self.path = name ?? path
    let target = realpath(path, nil).map { resolved in
      defer { free(resolved) }
      return String(cString: resolved)
    }
    let final = target ?? path
    var mode: mode_t?
    var status = stat()
    if stat(final, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw ColumnarError(
          .io, "\"\(path)\" exists and is no regular file, so it cannot be replaced.",
          context: [.file(path)])
      }
      mode = status.st_mode & 0o7777
    }
    let slash = final.lastIndex(of: "/")
    let folder = slash.map { String(final[...$0]) } ?? ""
    let fileName = slash.map { String(final[final.index(after: $0)...]) } ?? final
    guard !fileName.isEmpty else {
      throw ColumnarError(.io, "\"\(path)\" names no file.", context: [.file(path)])
    }
    renamePath = final
    self.folder = folder.isEmpty ? "." : folder
    (descriptor, temporaryPath) = try Self.open(folder, fileName, self.path)
    Self.unfinished.withLock { _ = $0.insert(temporaryPath) }
    if let mode { fchmod(descriptor, mode) }
  }

  private let renamePath: String
  private let folder: String

  /// The temporary files of this process.
  private static let unfinished = Monitor<Set<String>>([])

  /// Removes all temporary files, for a process that is about to end before its work is done.
  package static func removeUnfinished() {
    unfinished.withLock { for path in $0 { unlink(path) } }
  }

  /// Makes a file of a new, hidden name that shows what it will become.
  private static func open(_ folder: String, _ name: String, _ path: String) throws -> (
    Int32, String
  ) {
    let shown = name.utf8.count > 100 ? "" : name
    for _ in 0..<100 {
      let mark = String(UInt64.random(in: .min ... .max), radix: 36)
      let temporary = "\(folder).\(shown).\(mark).tmp"
      let descriptor = Glibc.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (descriptor, temporary) }
      guard errno == EEXIST else { throw MappedFile.systemError("cannot create", path) }
    }
    throw MappedFile.systemError("cannot create", path)
  }

  /// Appends bytes.
  ///
  /// After an error the temporary file is gone.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    try checkOpen()
    var at = 0
    while at < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[at...])
      let written = Glibc.write(descriptor, rest.baseAddress, min(rest.count, 1 << 30))
      if written < 0 {
        if errno == EINTR { continue }
        throw failure("cannot write")
      }
      at += written
    }
  }

  /// Says when the file was last changed, in nanoseconds of the time of day, instead of now.
  ///
  /// After the last `write`; nothing where the file system cannot do it.
  package func setTime(_ nanoseconds: Int) {
    let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    let time = timespec(tv_sec: seconds, tv_nsec: rest)
    _ = [time, time].withUnsafeBufferPointer { futimens(descriptor, $0.baseAddress) }
  }

  /// Writes everything through to the disk, unless it need not outlive a failure of the machine, and
  /// gives the file its name.
  ///
  /// After an error the temporary file is gone.
  package func commit(isDurable: Bool = true) throws {
    try checkOpen()
    guard !isDurable || fsync(descriptor) == 0 else { throw failure("cannot write") }
    let closing = descriptor
    descriptor = -1
    defer { forget() }
    guard close(closing) == 0, rename(temporaryPath, renamePath) == 0 else {
      let error = MappedFile.systemError("cannot finish", path)
      unlink(temporaryPath)
      throw error
    }
    if isDurable { Self.synchronize(folder: folder) }
  }

  /// Writes a folder's names through to the disk: a new name is safe once its folder is.
  ///
  /// A file system that cannot do this has no say in it.
  static func synchronize(folder: String) {
    let folder = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  /// Removes what was written so far.
  ///
  /// Does nothing after `commit`.
  package func discard() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    unlink(temporaryPath)
    forget()
  }

  private func forget() { Self.unfinished.withLock { _ = $0.remove(temporaryPath) } }

  private func failure(_ what: String) -> ColumnarError {
    let error = MappedFile.systemError(what, path)
    discard()
    return error
  }

  /// An error if the file is finished or was given up.
  ///
  package func checkOpen() throws {
    guard descriptor < 0 else { return }
    throw ColumnarError(
      .io, "\"\(path)\" is finished or has failed; nothing more can be written to it.",
      context: [.file(path)])
  }

  deinit { discard() }
}
