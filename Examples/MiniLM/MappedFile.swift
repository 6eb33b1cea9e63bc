import Foundation

/// A file's bytes in memory, read by the system as they are touched and shared by all processes.
///
/// `@unchecked Sendable`: the bytes are mapped for reading and stay until the object goes.
final class MappedFile: @unchecked Sendable {
  let path: String
  let bytes: UnsafeRawBufferPointer

  /// - Throws: `ModelError` when there is no such file or it can't be mapped.
  init(path: String) throws {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw ModelError("can't open \(path): \(Self.lastError)") }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
      throw ModelError("\(path) is empty, or no file")
    }
    let count = Int(status.st_size)
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0), start != MAP_FAILED else {
      throw ModelError("can't map \(path) into memory: \(Self.lastError)")
    }
    self.path = path
    bytes = UnsafeRawBufferPointer(start: start, count: count)
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }

  private static var lastError: String { String(cString: strerror(errno)) }
}
