import ColumnarCore

/// One message of a stream: metadata, and the body that the metadata describes.
///
/// On the wire: four bytes 0xFF, the length of the metadata (Int32, with its padding), the
/// metadata, the body. Streams from before Arrow 0.15 lack the first four; they are read, not
/// written.
package struct IPCMessage: Sendable {
  /// What a message brings.
  package enum Kind: UInt8, Sendable {
    case schema = 1
    case dictionary = 2
    case batch = 3
  }

  package let kind: Kind
  /// The message's table of that kind.
  let header: FlatTable
  package let body: Buffer
  /// Where the body's first byte stands.
  let bodyOrigin: IPCOrigin
  /// Whether it is in the format of before 1.0, metadata version 4.
  let isOld: Bool

  /// The metadata of a message that will have a body of `bodySize` bytes.
  static func metadata(_ kind: Kind, _ header: FlatValue, bodySize: Int) -> [UInt8] {
    FlatWriter.write(.table([.int16(4), .int8(kind.rawValue), header, .int64(Int64(bodySize))]))
  }

  /// The bytes that stand in front of a body: marker, length and metadata, padded so that the body
  /// is aligned if the message stands `offset` bytes behind an aligned address.
  package static func framed(_ metadata: [UInt8], offset: Int = 0) -> [UInt8] {
    let length = (metadata.count + 8 + offset + 63) / 64 * 64 - 8 - offset
    var bytes: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]
    bytes.reserveCapacity(length + 8)
    for k in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: length >> (8 * k))) }
    bytes.append(contentsOf: metadata)
    bytes.append(contentsOf: repeatElement(0, count: length + 8 - bytes.count))
    return bytes
  }

  /// What ends a stream.
  static let end: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]
}

/// The metadata of a message whose body was not looked at yet.
struct IPCMessageHead: Sendable {
  let kind: IPCMessage.Kind
  let header: FlatTable
  /// The length of the body, not negative.
  let bodySize: Int
  /// Whether it is in the format of before 1.0, metadata version 4.
  let isOld: Bool

  /// Reads a message's metadata.
  init(_ metadata: Buffer, _ origin: IPCOrigin) throws {
    let table = try FlatBytes(buffer: metadata, origin: origin).root()
    let version = try table.integer(0, default: 0 as Int16)
    guard version >= 3 else {
      throw origin.unsupported(
        "is in the Arrow format of before 2017 (metadata version \(version + 1))",
        hint: "Write it anew with a version of today.")
    }
    guard version <= 4 else {
      throw origin.corrupt("metadata version \(version + 1) is unknown", at: table.position)
    }
    let tag = try table.integer(1, default: 0 as UInt8)
    guard tag != 4, tag != 5 else {
      throw origin.unsupported("holds a tensor", hint: "Only tables are read.")
    }
    guard let kind = IPCMessage.Kind(rawValue: tag), let header = try table.table(2) else {
      throw origin.corrupt("a message is of no known kind", at: table.position)
    }
    let size = try table.integer(3, default: 0 as Int64)
    guard size >= 0, size <= Int64.max / 2 else {
      throw origin.corrupt("a message has \(size) bytes", at: table.position)
    }
    self.kind = kind
    self.header = header
    bodySize = Int(size)
    isOld = version < 4
  }
}

/// Reads one message after the other from memory.
package struct IPCMessages: Sendable {
  private let bytes: Buffer
  private let origin: IPCOrigin
  /// Where the next message stands.
  package private(set) var position: Int

  /// The messages that stand in `bytes` from `position` on.
  package init(_ bytes: Buffer, from position: Int = 0, _ origin: IPCOrigin) {
    self.bytes = bytes
    self.position = position
    self.origin = origin
  }

  /// The next message; nil at the end mark, and where the bytes end behind a message.
  package mutating func next() throws -> IPCMessage? {
    if position == bytes.count { return nil }
    let whole = FlatBytes(buffer: bytes, origin: origin)
    var start = position + 4
    var length = try whole.load(position, as: UInt32.self)
    if length == .max {
      length = try whole.load(start, as: UInt32.self)
      start += 4
    }
    if length == 0 { return nil }
    guard Int(length) <= bytes.count - start, length <= Int32.max else {
      throw origin.corrupt("it ends within a message's metadata", at: position)
    }
    let bodyStart = start + Int(length)
    let head = try IPCMessageHead(
      bytes.slice(start..<bodyStart), origin.advanced(by: start))
    guard head.bodySize <= bytes.count - bodyStart else {
      throw origin.corrupt(
        "it ends within a message's body of \(head.bodySize) bytes", at: bodyStart)
    }
    position = bodyStart + head.bodySize
    return IPCMessage(
      kind: head.kind, header: head.header, body: bytes.slice(bodyStart..<position),
      bodyOrigin: origin.advanced(by: bodyStart), isOld: head.isOld)
  }
}
