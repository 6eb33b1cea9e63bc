import ColumnarCore

/// Bytes of a file that are looked at once, from the first to the last: a mapped file, or what a
/// descriptor gives piece by piece.
///
/// Used by one thread at a time.
final class PackedInput {
  let path: String
  private let mapped: Buffer
  /// What is read from instead of the mapping.
  private let stream: (any ByteSource)?
  private var memory = MutableBuffer(capacity: 0)
  /// The first byte that is not used up, in the mapping or in the memory.
  private var at = 0
  /// The bytes of the file before `memory`.
  private var before = 0

  init(mapped: Buffer, path: String) {
    self.mapped = mapped
    self.path = path
    stream = nil
  }

  init(_ stream: any ByteSource, path: String) {
    mapped = .empty
    self.stream = stream
    self.path = path
    memory = MutableBuffer(capacity: Self.piece)
  }

  private static let piece = 1 << 18

  /// How many bytes of the file are used up.
  var position: Int { before + at }

  /// The bytes that can be used now, at most 2^30 of them; none only at the end of the file.
  ///
  /// Valid until the next call.
  func bytes() throws -> UnsafeRawBufferPointer {
    guard let stream else {
      return UnsafeRawBufferPointer(
        start: mapped.start + at, count: min(mapped.count - at, 1 << 30))
    }
    if at == memory.count {
      before += at
      at = 0
      memory.count = try stream.read(into: memory.start, room: Self.piece)
    }
    return UnsafeRawBufferPointer(start: memory.start + at, count: memory.count - at)
  }

  /// Says that the first `count` of `bytes()` are used up.
  func use(_ count: Int) { at += count }
}
