import ColumnarCore

/// A batch that is ready to be written as an Arrow message: sizes are known, nothing was copied
/// yet.
package struct EncodedBatch: Sendable {
  /// The flatbuffer of the message.
  package let metadata: [UInt8]
  /// The bytes of the body, a multiple of 64.
  package let bodySize: Int
  /// Marker, length and metadata, a multiple of 64 bytes: what stands before the body.
  private let head: [UInt8]
  private let pieces: [(offset: Int, piece: IPCPiece)]

  /// Every buffer of a body starts at a multiple of this.
  static let alignment = 64

  init(_ kind: IPCMessage.Kind, _ pieces: [IPCPiece], _ header: ([Int64]) -> FlatValue) {
    var offset = 0
    var places: [(Int, IPCPiece)] = []
    var buffers: [Int64] = []
    for piece in pieces {
      buffers += [Int64(offset), Int64(piece.count)]
      if piece.count > 0 { places.append((offset, piece)) }
      offset += (piece.count + Self.alignment - 1) / Self.alignment * Self.alignment
    }
    self.pieces = places
    bodySize = offset
    metadata = IPCMessage.metadata(kind, header(buffers), bodySize: offset)
    head = IPCMessage.framed(metadata)
  }

  /// The bytes of the whole message, a multiple of 64.
  package var messageSize: Int { head.count + bodySize }
  /// The bytes before the body.
  package var headSize: Int { head.count }

  /// Writes the body's `bodySize` bytes: each buffer is copied once, gaps are zero.
  ///
  /// The memory is aligned to 8 bytes at least.
  package func write(into target: UnsafeMutableRawBufferPointer) {
    precondition(target.count >= bodySize, "a body of \(bodySize) bytes has \(target.count)")
    guard let base = target.baseAddress else { return }
    var end = 0
    for (offset, piece) in pieces {
      memoryClear(base + end, offset - end)
      piece.write(to: base + offset)
      end = offset + piece.count
    }
    memoryClear(base + end, bodySize - end)
  }

  /// Writes the whole message's `messageSize` bytes, which `IPCMessages` reads back.
  package func writeMessage(into target: UnsafeMutableRawBufferPointer) {
    precondition(target.count >= messageSize, "a message is cut short")
    target.copyBytes(from: head)
    write(into: UnsafeMutableRawBufferPointer(rebasing: target[head.count...]))
  }

  /// The whole message in memory of its own.
  package func message() -> Buffer {
    let memory = MutableBuffer(count: messageSize)
    writeMessage(
      into: UnsafeMutableRawBufferPointer(start: memory.start, count: messageSize))
    return memory.freeze()
  }

  private func memoryClear(_ start: UnsafeMutableRawPointer, _ count: Int) {
    if count > 0 { start.initializeMemory(as: UInt8.self, repeating: 0, count: count) }
  }
}
