import Glibc

/// Maps files into memory as buffers.
package enum MappedFile {
  /// The whole content of a regular file, mapped read-only; an empty file gives an empty buffer.
  ///
  /// At least a page of bytes behind the end may be read (not used). A file that another process
  /// truncates while it is mapped makes the kernel deliver SIGBUS on access, as with any mapping;
  /// files that change while they are read are outside the contract of a scan.
  package static func open(_ path: String) throws -> Buffer {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw systemError("cannot open", path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw systemError("cannot read the size of", path)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ColumnarError(
        .io, "\"\(path)\" is no regular file, so it cannot be mapped into memory.",
        context: [.file(path)])
    }
    let length = Int(status.st_size)
    guard length > 0 else { return .empty }
    // A page of zeros behind the file's last one, so that kernels may load whole words at its end,
    // as behind the pool's blocks: the room is reserved first, then the file is laid over its
    // beginning.
    let page = sysconf(Int32(_SC_PAGESIZE))
    let reserved = (length + page - 1) / page * page + page
    guard
      let start = mmap(
        nil, reserved, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
      start != MAP_FAILED
    else { throw systemError("cannot map", path) }
    let owner = BufferOwner.mapping(start, reserved)
    guard mmap(start, length, PROT_READ, MAP_PRIVATE | MAP_FIXED, descriptor, 0) != MAP_FAILED
    else {
      throw systemError("cannot map", path)
    }
    return Buffer(owner: owner, start: UnsafeRawPointer(start), count: length)
  }

  /// The error of the last system call on a file.
  package static func systemError(_ what: String, _ path: String) -> ColumnarError {
    let reason = String(cString: strerror(errno))
    return ColumnarError(.io, "\(what) \"\(path)\": \(reason).", context: [.file(path)])
  }
}
