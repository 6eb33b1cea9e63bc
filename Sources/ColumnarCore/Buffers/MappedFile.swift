import Glibc

/// Maps files into memory as buffers.
package enum MappedFile {
  /// The whole content of a regular file, mapped read-only; an empty file gives an empty buffer.
  ///
  /// A file that another process truncates while it is mapped makes the kernel deliver SIGBUS on access, as with
  /// any mapping; files that change while they are read are outside the contract of a scan.
  package static func open(_ path: String) throws -> Buffer {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw systemError("cannot open", path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw systemError("cannot read the size of", path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ColumnarError(
        .io, "\"\(path)\" is no regular file, so it cannot be mapped into memory.",
        context: [.file(path)])
    }
    let length = Int(status.st_size)
    guard length > 0 else { return .empty }
    guard let start = mmap(nil, length, PROT_READ, MAP_PRIVATE, descriptor, 0),
      start != MAP_FAILED
    else { throw systemError("cannot map", path) }
    return Buffer(
      owner: .mapping(start, length), start: UnsafeRawPointer(start), count: length)
  }

  /// The error of the last system call on a file.
  package static func systemError(_ what: String, _ path: String) -> ColumnarError {
    let reason = String(cString: strerror(errno))
    return ColumnarError(.io, "\(what) \"\(path)\": \(reason).", context: [.file(path)])
  }
}
