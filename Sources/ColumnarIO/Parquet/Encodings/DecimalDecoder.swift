import ColumnarCore

/// Decimals that are written as bytes, the most significant first; read as 128-bit integers.
final class DecimalDecoder: ValueDecoder {
  private let base: any ValueDecoder
  private let origin: ParquetOrigin

  /// `base` reads the bytes of the values as views.
  init(_ base: any ValueDecoder, _ origin: ParquetOrigin) {
    self.base = base
    self.origin = origin
  }

  func read(
    _ count: Int, into target: UnsafeMutableRawPointer, blocks: inout [Buffer]
  ) throws {
    let memory = MutableBuffer(count: count * 16)
    var own: [Buffer] = []
    try base.read(count, into: memory.start, blocks: &own)
    let target = target.assumingMemoryBound(to: Int128.self)
    for k in 0..<count {
      let place = UnsafeRawPointer(memory.start + k * 16)
      let view = place.load(as: ByteView.self)
      let start = view.isInline ? place + 4 : own[view.block].start + view.offset
      target[k] = try Self.value(start, view.count, origin)
    }
    withExtendedLifetime(own) {}
  }

  func skip(_ count: Int) throws { try base.skip(count) }

  /// A signed number of `count` bytes; one that 128 bits do not hold is an error.
  @inline(__always)
  static func value(
    _ start: UnsafeRawPointer, _ count: Int, _ origin: ParquetOrigin
  ) throws -> Int128 {
    guard let value = value(start, count) else {
      throw origin.corrupt("a decimal of \(count) bytes has more than 38 digits")
    }
    return value
  }

  /// A signed number of `count` bytes; nil for one that 128 bits do not hold.
  @inline(__always)
  static func value(_ start: UnsafeRawPointer, _ count: Int) -> Int128? {
    guard count > 0 else { return 0 }
    let first = start.load(as: Int8.self)
    var value = Int128(first &>> 7)
    var at = 0
    if count > 16 {
      // What stands before the last sixteen bytes may only repeat the sign.
      let sign = UInt8(bitPattern: first &>> 7)
      while at < count &- 16 {
        if start.load(fromByteOffset: at, as: UInt8.self) != sign { return nil }
        at &+= 1
      }
      if start.load(fromByteOffset: at, as: UInt8.self) & 0x80 != sign & 0x80 { return nil }
    }
    while at &+ 8 <= count {
      let word = UInt64(bigEndian: start.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      value = value &<< 64 | Int128(truncatingIfNeeded: word)
      at &+= 8
    }
    while at < count {
      let byte = start.load(fromByteOffset: at, as: UInt8.self)
      value = value &<< 8 | Int128(truncatingIfNeeded: byte)
      at &+= 1
    }
    return value
  }
}

/// Decimals as bytes of one length, one after the other.
final class FixedDecimalDecoder: ValueDecoder {
  private let bytes: Buffer
  private let length: Int
  private let origin: ParquetOrigin
  private var next = 0

  init(_ bytes: Buffer, length: Int, _ origin: ParquetOrigin) {
    self.bytes = bytes
    self.length = length
    self.origin = origin
  }

  func read(
    _ count: Int, into target: UnsafeMutableRawPointer, blocks: inout [Buffer]
  ) throws {
    let start = bytes.start + next
    try skip(count)
    let target = target.assumingMemoryBound(to: Int128.self)
    let length = length
    for k in 0..<count {
      target[k] = try DecimalDecoder.value(start + k &* length, length, origin)
    }
  }

  func skip(_ count: Int) throws {
    guard count <= (bytes.count - next) / length else {
      throw origin.corrupt("a page has fewer values than it says", at: next)
    }
    next += count * length
  }
}
