import ColumnarCore
import Glibc

/// Writes text to a file that appears under its name only when it is whole, or to standard output
/// if the path is `-`; packed where that is asked for.
///
/// Used by one thread at a time.
package final class TextFileWriter {
  /// Where the bytes go.
  private enum Target {
    case file(AtomicFile)
    case descriptor(Int32)
  }

  private let path: String
  private let target: Target
  private let packer: (any BytePacker)?
  private var isOpen = true

  /// Starts the file.
  package init(path: String, compression: TextCompression) throws {
    packer = try compression.packer(path: path)
    if path == "-" {
      self.path = "standard output"
      target = .descriptor(STDOUT_FILENO)
    } else {
      self.path = path
      target = .file(try AtomicFile(path))
    }
  }

  /// Appends bytes.
  ///
  /// After an error the file is given up and nothing of it is left.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    try giveUpOnError { try put(bytes, isLast: false) }
  }

  /// Writes what is left and makes the file appear.
  package func finish() throws {
    try giveUpOnError { try put(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true) }
    isOpen = false
    if case .file(let file) = target { try file.commit() }
  }

  /// Gives the file up; nothing of it is left, but what standard output has taken.
  package func discard() {
    isOpen = false
    if case .file(let file) = target { file.discard() }
  }

  /// Runs `body`, which makes text for this file; an error from it is the end of the file.
  package func giveUpOnError<R>(_ body: () throws -> R) throws -> R {
    try checkOpen()
    do { return try body() } catch {
      discard()
      throw error
    }
  }

  /// An error if the file is finished or was given up.
  private func checkOpen() throws {
    if case .file(let file) = target { try file.checkOpen() }
    guard !isOpen else { return }
    throw ColumnarError(
      .io, "\"\(path)\" is finished or has failed; nothing more can be written to it.",
      context: [.file(path)])
  }

  private func put(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws {
    guard let packer else { return try putPlain(bytes) }
    try packer.pack(bytes, isLast: isLast) { try putPlain($0) }
  }

  private func putPlain(_ bytes: UnsafeRawBufferPointer) throws {
    switch target {
    case .file(let file): try file.write(bytes)
    case .descriptor(let descriptor):
      var at = 0
      while at < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[at...])
        let written = Glibc.write(descriptor, rest.baseAddress, min(rest.count, 1 << 30))
        if written >= 0 {
          at += written
        } else if errno != EINTR {
          throw MappedFile.systemError("cannot write", path)
        }
      }
    }
  }
}
