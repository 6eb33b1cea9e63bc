import ColumnarCore
import Glibc

/// Reads an Arrow stream batch by batch from a descriptor: a file, pipe or socket.
///
/// Memory is taken as bytes come in, not as a length in the stream promises. Used by one thread at
/// a time.
package final class ArrowStreamReader {
  /// The names and types of the columns.
  package var schema: Schema { decoder.schema.schema }
  private let input: DescriptorInput
  private var decoder: IPCDecoder
  private var isAtEnd = false

  /// Starts to read; the descriptor stays the caller's to close.
  ///
  /// `name` is what errors call the stream. With `trustsText` text is not checked for being UTF-8.
  package init(descriptor: Int32, name: String, trustsText: Bool = false) throws {
    input = DescriptorInput(descriptor: descriptor, name: name)
    guard let message = try input.nextMessage() else {
      throw IPCOrigin(name).corrupt("it has no schema")
    }
    decoder = IPCDecoder(try IPCSchema(message), trustsText: trustsText)
  }

  /// The next batch; nil at the end.
  ///
  /// `columns` are the positions of the columns to give out, nil for all.
  package func next(columns: [Int]? = nil) throws -> Batch? {
    while !isAtEnd {
      guard let message = try input.nextMessage() else {
        isAtEnd = true
        return nil
      }
      if let batch = try decoder.decode(message, columns: columns) { return batch }
    }
    return nil
  }
}

/// Takes messages from a descriptor.
private final class DescriptorInput {
  private let descriptor: Int32
  private let name: String
  private var position = 0
  /// Up to so many bytes are allocated on the strength of a length alone.
  private static let trusted = 1 << 24

  init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  func nextMessage() throws -> IPCMessage? {
    let start = position
    guard var length = try word() else { return nil }
    if length == .max { length = try word() ?? 0 }
    if length == 0 { return nil }
    guard length <= Int32.max else {
      throw IPCOrigin(name, offset: start).corrupt("a message's metadata has \(length) bytes")
    }
    let headOrigin = IPCOrigin(name, offset: position)
    let head = try IPCMessageHead(try bytes(Int(length), mayEnd: false), headOrigin)
    let bodyOrigin = IPCOrigin(name, offset: position)
    return IPCMessage(
      kind: head.kind, header: head.header, body: try bytes(head.bodySize, mayEnd: false),
      bodyOrigin: bodyOrigin, isOld: head.isOld)
  }

  /// Four bytes as a number; nil at the end.
  private func word() throws -> UInt32? {
    let found = try bytes(4, mayEnd: true)
    if found.count == 0 { return nil }
    return found.withBytes { UInt32(littleEndian: $0.loadUnaligned(as: UInt32.self)) }
  }

  /// The next `count` bytes; none at the end if it may come.
  private func bytes(_ count: Int, mayEnd: Bool) throws -> Buffer {
    if count == 0 { return .empty }
    var memory = MutableBuffer(capacity: min(count, Self.trusted))
    while memory.count < count {
      memory.reserve(min(count - memory.count, Self.trusted))
      let room = min(count - memory.count, memory.capacity - memory.count, 1 << 30)
      let got = read(descriptor, memory.start + memory.count, room)
      if got < 0 {
        if errno == EINTR { continue }
        throw MappedFile.systemError("cannot read", name)
      }
      if got == 0 {
        if mayEnd, memory.count == 0 { return .empty }
        throw IPCOrigin(name, offset: position).corrupt("it ends within a message")
      }
      memory.count += got
      position += got
    }
    return memory.freeze()
  }
}
