import ColumnarCore
import Glibc

/// Where a file's bytes go: to a file that appears under its name only when it is whole; or, as
/// they come, to standard output (`-`, `/dev/stdout`), a pipe or a device, none of which can be
/// replaced.
///
/// Used by one thread at a time.
package final class OutputFile {
  private enum Target {
    case file(AtomicFile)
    case stream(Int32)
  }

  private let name: String
  private let target: Target
  private var isOpen = true

  /// Starts the file, which errors call `name` if that is where it will be seen in the end.
  package init(_ path: String, shownAs name: String? = nil) throws {
    if path == "-" || path == "/dev/stdout" {
      self.name = "standard output"
      target = .stream(STDOUT_FILENO)
      return
    }
    self.name = name ?? path
    var status = stat()
    if stat(path, &status) == 0, [S_IFIFO, S_IFCHR].contains(status.st_mode & S_IFMT) {
      let descriptor = Glibc.open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw MappedFile.systemError("cannot open", path) }
      target = .stream(descriptor)
    } else {
      target = .file(try AtomicFile(path, shownAs: name))
    }
  }

  /// Appends bytes.
  ///
  /// After an error nothing is left of a file, but a stream has what it took.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    switch target {
    case .file(let file): try file.write(bytes)
    case .stream(let descriptor):
      try checkOpen()
      var at = 0
      while at < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[at...])
        let written = Glibc.write(descriptor, rest.baseAddress, min(rest.count, 1 << 30))
        if written >= 0 {
          at += written
        } else if errno != EINTR {
          let error = MappedFile.systemError("cannot write", name)
          discard()
          throw error
        }
      }
    }
  }

  /// Makes a file appear; see `AtomicFile.commit(isDurable:)`.
  package func commit(isDurable: Bool = true) throws {
    switch target {
    case .file(let file): try file.commit(isDurable: isDurable)
    case .stream:
      try checkOpen()
      guard close() else { throw MappedFile.systemError("cannot finish", name) }
    }
  }

  /// Gives it up; nothing is left of a file.
  package func discard() {
    switch target {
    case .file(let file): file.discard()
    case .stream: _ = close()
    }
  }

  /// An error if it is finished or was given up.
  package func checkOpen() throws {
    if case .file(let file) = target { return try file.checkOpen() }
    guard !isOpen else { return }
    throw ColumnarError(
      .io, "\"\(name)\" is finished or has failed; nothing more can be written to it.",
      context: [.file(name)])
  }

  /// Closes a stream that was opened here, once; whether that went well.
  private func close() -> Bool {
    guard isOpen, case .stream(let descriptor) = target else { return true }
    isOpen = false
    return descriptor == STDOUT_FILENO || Glibc.close(descriptor) == 0
  }

  deinit { discard() }
}
