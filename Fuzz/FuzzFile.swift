import Glibc

/// The input as a file, for readers that take nothing else: one without a name, written anew for
/// each input.
enum FuzzFile {
  static let descriptor: Int32 = {
    let made = "/tmp/columnar-fuzz-\(getpid())"
    let descriptor = open(made, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { fatalError("\(made) cannot be made") }
    unlink(made)
    return descriptor
  }()

  /// Where it can be opened.
  static let path = "/proc/self/fd/\(descriptor)"

  /// Makes these its bytes, to be read from the first.
  static func write(_ bytes: UnsafeRawBufferPointer) {
    guard ftruncate(descriptor, 0) == 0,
      pwrite(descriptor, bytes.baseAddress, bytes.count, 0) == bytes.count,
      lseek(descriptor, 0, SEEK_SET) == 0
    else { fatalError("the input could not be made a file") }
  }
}
