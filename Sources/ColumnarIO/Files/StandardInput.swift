import ColumnarCore
import Glibc

/// The process's standard input as a file named `-`, or a pipe under its own name.
///
/// Opening a file reads its beginning, to learn its columns; reading it needs these bytes again. So
/// all that openings read is kept, until a reading takes it: that one is the last, because the
/// bytes behind are gone then.
package final class StandardInput: Sendable {
  /// What stands for it in place of a path.
  package static let path = "-"
  /// For messages.
  let name: String

  private struct State {
    /// What openings have read so far.
    var head: [UInt8] = []
    var isAtEnd = false
    /// Whether a reading has begun.
    var isTaken = false
  }

  private let descriptor: Int32
  private let state = Monitor(State())

  /// The one of this process.
  package static let shared = StandardInput(STDIN_FILENO)

  /// A stream over a descriptor.
  init(_ descriptor: Int32, name: String = "standard input") {
    self.descriptor = descriptor
    self.name = name
  }

  /// What is at that path if it can be read only once, from its beginning: standard input (`-` or its
  /// device), a pipe, a device; nil for other files and where there is nothing.
  static func stream(at path: String) throws -> StandardInput? {
    if path == Self.path || path == "/dev/stdin" { return shared }
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    guard [S_IFIFO, S_IFCHR].contains(status.st_mode & S_IFMT) else { return nil }
    return try pipes.withLock { pipes in
      if let known = pipes[path], !known.isTaken { return known }
      let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw MappedFile.systemError("cannot open", path) }
      let stream = StandardInput(descriptor, name: path)
      pipes[path] = stream
      return stream
    }
  }

  /// Pipes by their paths, so that several openings share what one of them has read.
  private static let pipes = Monitor<[String: StandardInput]>([:])

  private var isTaken: Bool { state.withLock { $0.isTaken } }

  /// Whether it is a whole file that was redirected, which can be mapped as any other.
  var isRegularFile: Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && lseek(descriptor, 0, SEEK_CUR) == 0
  }

  /// The first bytes, as many as there are up to `count`, without using them up.
  func peek(_ count: Int) throws -> [UInt8] {
    try state.withLock { state in
      try check(state)
      while state.head.count < count, !state.isAtEnd { try readMore(&state) }
      return Array(state.head.prefix(count))
    }
  }

  /// A way to read the bytes from the first on without using them up.
  func opening() -> StandardInputOpening { StandardInputOpening(self) }

  /// Takes the bytes for good: what was kept comes first.
  func take() throws -> StandardInputReading {
    try state.withLock { state in
      try check(state)
      state.isTaken = true
      defer { state.head = [] }
      return StandardInputReading(head: state.head, descriptor: descriptor, name: name)
    }
  }

  fileprivate func copy(
    from position: Int, into target: UnsafeMutableRawPointer, room: Int
  ) throws -> Int {
    try state.withLock { state in
      try check(state)
      while state.head.count <= position, !state.isAtEnd { try readMore(&state) }
      let count = min(room, state.head.count - position)
      state.head.withUnsafeBytes { bytes in
        guard let base = bytes.baseAddress, count > 0 else { return }
        target.copyMemory(from: base + position, byteCount: count)
      }
      return max(0, count)
    }
  }

  private func check(_ state: State) throws {
    guard state.isTaken else { return }
    throw ColumnarError(
      .io,
      "What comes from \(name) was read already, and can be read only once. Collect it into a frame to use "
        + "it twice, or write it to a file first.", context: [.file(name)])
  }

  private func readMore(_ state: inout State) throws {
    let before = state.head.count
    let room = 1 << 18
    state.head.reserveCapacity(before + room)
    let piece = try [UInt8](unsafeUninitializedCapacity: room) { bytes, count in
      count = try Self.read(descriptor, UnsafeMutableRawPointer(bytes.baseAddress), room, name)
    }
    state.head += piece
    state.isAtEnd = piece.isEmpty
  }

  /// What the descriptor gives, 0 at its end.
  fileprivate static func read(
    _ descriptor: Int32, _ target: UnsafeMutableRawPointer?, _ room: Int, _ name: String
  ) throws -> Int {
    while true {
      let count = Glibc.read(descriptor, target, room)
      if count >= 0 { return count }
      if errno != EINTR { throw MappedFile.systemError("cannot read", name) }
    }
  }
}

/// Reads standard input for an opening, which leaves it whole.
final class StandardInputOpening: ByteSource {
  private let input: StandardInput
  private var position = 0

  fileprivate init(_ input: StandardInput) { self.input = input }

  func read(into target: UnsafeMutableRawPointer, room: Int) throws -> Int {
    let count = try input.copy(from: position, into: target, room: room)
    position += count
    return count
  }
}

/// Reads standard input for good.
final class StandardInputReading: ByteSource {
  private var head: [UInt8]
  private var position = 0
  private let descriptor: Int32
  private let name: String

  fileprivate init(head: [UInt8], descriptor: Int32, name: String) {
    self.name = name
    self.head = head
    self.descriptor = descriptor
  }

  func read(into target: UnsafeMutableRawPointer, room: Int) throws -> Int {
    guard position < head.count else {
      head = []
      position = 0
      return try StandardInput.read(descriptor, target, room, name)
    }
    let count = min(room, head.count - position)
    head.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      target.copyMemory(from: base + position, byteCount: count)
    }
    position += count
    return count
  }
}

extension StandardInput {
  /// Takes all bytes to a file that has no name and is gone with the process.
  func spool() throws -> String {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/columnar-XXXXXX".utf8CString)
    let target = mkstemp(&template)
    guard target >= 0 else { throw MappedFile.systemError("cannot create a file in", folder) }
    unlink(template)
    let reading = try take()
    let memory = MutableBuffer(count: 1 << 18)
    while true {
      let count = try reading.read(into: memory.start, room: memory.count)
      guard count > 0 else { return "/dev/fd/\(target)" }
      var at = 0
      while at < count {
        let written = write(target, memory.start + at, count - at)
        if written >= 0 {
          at += written
        } else if errno != EINTR {
          throw MappedFile.systemError("cannot write to a file in", folder)
        }
      }
    }
  }
}
