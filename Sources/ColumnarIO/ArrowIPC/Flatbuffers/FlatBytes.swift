import ColumnarCore

/// The bytes of one flatbuffer, every access to which is checked.
struct FlatBytes: Sendable {
  let buffer: Buffer
  let origin: IPCOrigin

  /// The little-endian integer at a position.
  @inline(__always)
  func load<T: FixedWidthInteger & BitwiseCopyable>(_ position: Int, as type: T.Type) throws -> T {
    guard position >= 0, position <= buffer.count - MemoryLayout<T>.size else {
      throw corrupt("its metadata points beyond its end", at: position)
    }
    return T(littleEndian: buffer.start.loadUnaligned(fromByteOffset: position, as: T.self))
  }

  /// The position that the unsigned offset at `position` leads to.
  func target(of position: Int) throws -> Int {
    let target = position + Int(try load(position, as: UInt32.self))
    guard target < buffer.count else {
      throw corrupt("its metadata points beyond its end", at: position)
    }
    return target
  }

  /// The table that the buffer starts with.
  func root() throws -> FlatTable { try FlatTable(self, at: try target(of: 0)) }

  func corrupt(_ what: String, at position: Int) -> ColumnarError {
    origin.corrupt(what, at: position)
  }
}
