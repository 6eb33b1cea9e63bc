import CColumnarSystem
import ColumnarCore

/// Fixed-width values, one after the other.
final class PlainDecoder: ValueDecoder {
  private let bytes: Buffer
  private let width: Int
  private let origin: ParquetOrigin
  private var next = 0

  init(_ bytes: Buffer, width: Int, _ origin: ParquetOrigin) {
    self.bytes = bytes
    self.width = width
    self.origin = origin
  }

  func read(
    _ count: Int, into target: UnsafeMutableRawPointer, blocks: inout [Buffer]
  ) throws {
    let start = next
    try skip(count)
    target.copyMemory(from: bytes.start + start, byteCount: count * width)
  }

  func skip(_ count: Int) throws {
    guard count <= (bytes.count - next) / width else {
      throw origin.corrupt("a page has fewer values than it says", at: next)
    }
    next += count * width
  }
}

/// Booleans as bits; written as bytes.
final class BitDecoder: ValueDecoder {
  private let bytes: Buffer
  private let origin: ParquetOrigin
  private var next = 0

  init(_ bytes: Buffer, _ origin: ParquetOrigin) {
    self.bytes = bytes
    self.origin = origin
  }

  func read(
    _ count: Int, into target: UnsafeMutableRawPointer, blocks: inout [Buffer]
  ) throws {
    let first = next
    try skip(count)
    columnar_unpack8(
      bytes.pointer(as: UInt8.self), first, count, 1,
      target.assumingMemoryBound(to: UInt8.self))
  }

  func skip(_ count: Int) throws {
    guard count <= bytes.count * 8 - next else {
      throw origin.corrupt("a page has fewer values than it says", at: next / 8)
    }
    next += count
  }
}

/// Booleans as runs, behind their length; written as bytes.
final class BooleanRunDecoder: ValueDecoder {
  private var runs: HybridDecoder

  init(_ bytes: Buffer, _ origin: ParquetOrigin) throws {
    let piece = try bytes.lengthPrefixed(at: 0, origin)
    runs = try HybridDecoder(piece, width: 1, origin.advanced(by: 4))
  }

  func read(
    _ count: Int, into target: UnsafeMutableRawPointer, blocks: inout [Buffer]
  ) throws {
    try runs.read(count, into: target.assumingMemoryBound(to: UInt8.self))
  }

  func skip(_ count: Int) throws { try runs.skip(count) }
}

extension Buffer {
  /// The bytes behind their length, a UInt32 at `position`.
  func lengthPrefixed(at position: Int, _ origin: ParquetOrigin) throws -> Buffer {
    guard position + 4 <= count else { throw origin.corrupt("a page is cut short", at: position) }
    let length = Int(start.loadUnaligned(fromByteOffset: position, as: UInt32.self))
    guard length <= count - position - 4 else {
      throw origin.corrupt("a page has levels of \(length) bytes", at: position)
    }
    return slice((position + 4)..<(position + 4 + length))
  }
}

/// Integers as differences.
final class DeltaValueDecoder: ValueDecoder {
  private var deltas: DeltaDecoder
  private let isWide: Bool

  init(_ deltas: DeltaDecoder, isWide: Bool) {
    self.deltas = deltas
    self.isWide = isWide
  }

  func read(
    _ count: Int, into target: UnsafeMutableRawPointer, blocks: inout [Buffer]
  ) throws {
    if isWide {
      try deltas.read(count, into: target.assumingMemoryBound(to: UInt64.self))
    } else {
      try deltas.read(count, into: target.assumingMemoryBound(to: UInt32.self))
    }
  }

  func skip(_ count: Int) throws { try deltas.skip(count) }
}

/// Values whose first, second and further bytes stand together.
final class SplitDecoder: ValueDecoder {
  private let bytes: Buffer
  private let leaf: ParquetLeaf
  private let length: Int
  private let total: Int
  private let origin: ParquetOrigin
  private var next = 0

  init(_ bytes: Buffer, _ leaf: ParquetLeaf, _ origin: ParquetOrigin) throws {
    self.bytes = bytes
    self.leaf = leaf
    self.origin = origin
    length = leaf.isBytes ? leaf.typeLength : leaf.width
    total = bytes.count / length
    guard total * length == bytes.count else {
      throw origin.corrupt("\(bytes.count) bytes are split into values of \(length)")
    }
  }

  func read(
    _ count: Int, into target: UnsafeMutableRawPointer, blocks: inout [Buffer]
  ) throws {
    let first = next
    try skip(count)
    func join(_ target: UnsafeMutableRawPointer) {
      columnar_unsplit(
        bytes.pointer(as: UInt8.self), total, first, count, length,
        target.assumingMemoryBound(to: UInt8.self))
    }
    guard leaf.isBytes else { return join(target) }
    let memory = MutableBuffer(count: count * length)
    join(memory.start)
    let decoder = FixedBytesDecoder(memory.freeze(), length: length, origin)
    try decoder.read(count, into: target, blocks: &blocks)
  }

  func skip(_ count: Int) throws {
    guard count <= total - next else {
      throw origin.corrupt("a page has fewer values than it says", at: next)
    }
    next += count
  }
}
