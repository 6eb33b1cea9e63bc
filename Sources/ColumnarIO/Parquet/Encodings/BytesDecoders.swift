import CColumnarSystem
import ColumnarCore

/// Views over values that lie in one piece of memory, which becomes a block when a value needs it.
struct BlockViews {
  private let bytes: Buffer
  private let isText: Bool
  private let origin: ParquetOrigin

  init(_ bytes: Buffer, isText: Bool, _ origin: ParquetOrigin) {
    self.bytes = bytes
    self.isText = isText
    self.origin = origin
  }

  /// The number of the block that these bytes are or become.
  private func block(_ known: inout Int, _ blocks: inout [Buffer]) -> Int {
    if known < 0 {
      known = blocks.count
      blocks.append(bytes)
    }
    return known
  }

  /// The view of the bytes from `offset` on, which were checked to be there.
  ///
  /// `known` is the number of the block, -1 while it is not needed.
  @inline(__always)
  func view(
    _ offset: Int, _ count: Int, _ known: inout Int, _ blocks: inout [Buffer]
  ) throws -> ByteView {
    let start = bytes.start + offset
    if count <= ByteView.inlineLimit {
      let view = ByteView(inline: start, count: count)
      // Of short values the bytes are at hand.
      if isText, (view.low &>> 32 | view.high) & 0x8080_8080_8080_8080 != 0 {
        try check(offset, count)
      }
      return view
    }
    if isText { try checkLong(offset, count) }
    return ByteView(
      bytes: start, count: count, block: block(&known, &blocks), offset: offset)
  }

  @inline(__always)
  private func checkLong(_ offset: Int, _ count: Int) throws {
    let start = bytes.start + offset
    var (seen, k): (UInt64, Int) = (0, 0)
    while k &+ 8 <= count {
      seen |= start.loadUnaligned(fromByteOffset: k, as: UInt64.self)
      k &+= 8
    }
    // The last eight bytes, some of them a second time: there are more than twelve.
    seen |= start.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
    if seen & 0x8080_8080_8080_8080 != 0 { try check(offset, count) }
  }

  private func check(_ offset: Int, _ count: Int) throws {
    let value = UnsafeRawBufferPointer(start: bytes.start + offset, count: count)
    if UTF8Validation.firstInvalidByte(in: value) != nil {
      throw origin.corrupt("a text is not valid UTF-8", at: offset)
    }
  }
}

/// Values behind their lengths.
final class PlainBytesDecoder: ValueDecoder {
  private let bytes: Buffer
  private let isText: Bool
  private let views: BlockViews
  private let origin: ParquetOrigin
  private var next = 0
  /// Whether values are to be checked one by one; nil before the first is read.
  private var needsChecks: Bool?

  init(_ bytes: Buffer, isText: Bool, _ origin: ParquetOrigin) {
    self.bytes = bytes
    self.isText = isText
    self.origin = origin
    views = BlockViews(bytes, isText: isText, origin)
  }

  func read(
    _ count: Int, into target: UnsafeMutableRawPointer, blocks: inout [Buffer]
  ) throws {
    // One look at the whole page while it is in the cache, lengths among the text: they are no more
    // than ASCII as long as values have less than 128 bytes.
    let needsChecks =
      self.needsChecks ?? (isText && !columnar_is_ascii(bytes.pointer(), bytes.count))
    self.needsChecks = needsChecks
    guard needsChecks else { return try readUnchecked(count, into: target, blocks: &blocks) }
    try readChecked(count, into: target.assumingMemoryBound(to: ByteView.self), blocks: &blocks)
  }

  private func readUnchecked(
    _ count: Int, into target: UnsafeMutableRawPointer, blocks: inout [Buffer]
  ) throws {
    var largest: UInt32 = 0
    let made = columnar_plain_views(
      bytes.pointer(), &next, bytes.count, count, UInt32(truncatingIfNeeded: blocks.count),
      target.assumingMemoryBound(to: columnar_byte_view.self), &largest)
    guard made == count else { throw cut(next) }
    if largest > ByteView.inlineLimit { blocks.append(bytes) }
  }

  private func readChecked(
    _ count: Int, into target: UnsafeMutablePointer<ByteView>, blocks: inout [Buffer]
  ) throws {
    var (at, block) = (next, -1)
    let (start, end) = (bytes.start, bytes.count)
    for k in 0..<count {
      guard at &+ 4 <= end else { throw cut(at) }
      let length = Int(start.loadUnaligned(fromByteOffset: at, as: UInt32.self))
      at &+= 4
      guard length <= end &- at else { throw cut(at) }
      target[k] = try views.view(at, length, &block, &blocks)
      at &+= length
    }
    next = at
  }

  func skip(_ count: Int) throws {
    for _ in 0..<count {
      guard next + 4 <= bytes.count else { throw cut(next) }
      let length = Int(bytes.start.loadUnaligned(fromByteOffset: next, as: UInt32.self))
      next += 4
      guard length <= bytes.count - next else { throw cut(next) }
      next += length
    }
  }

  private func cut(_ at: Int) -> ColumnarError {
    origin.corrupt("a value reaches beyond its page", at: at)
  }
}

/// Binary values of one length.
final class FixedBytesDecoder: ValueDecoder {
  private let bytes: Buffer
  private let length: Int
  private let views: BlockViews
  private let origin: ParquetOrigin
  private var next = 0

  init(_ bytes: Buffer, length: Int, _ origin: ParquetOrigin) {
    self.bytes = bytes
    self.length = length
    self.origin = origin
    views = BlockViews(bytes, isText: false, origin)
  }

  func read(
    _ count: Int, into target: UnsafeMutableRawPointer, blocks: inout [Buffer]
  ) throws {
    let target = target.assumingMemoryBound(to: ByteView.self)
    let first = next
    try skip(count)
    var block = -1
    for k in 0..<count {
      target[k] = try views.view(first &+ k &* length, length, &block, &blocks)
    }
  }

  func skip(_ count: Int) throws {
    guard count <= (bytes.count - next) / length else {
      throw origin.corrupt("a page has fewer values than it says", at: next)
    }
    next += count * length
  }
}

/// Values one after the other, behind all of their lengths.
final class DeltaLengthDecoder: ValueDecoder {
  private let bytes: Buffer
  private let views: BlockViews
  private let origin: ParquetOrigin
  private var lengths: DeltaDecoder
  private var next: Int

  init(_ bytes: Buffer, limit: Int, isText: Bool, _ origin: ParquetOrigin) throws {
    self.bytes = bytes
    self.origin = origin
    lengths = try DeltaDecoder(bytes, limit: limit, origin)
    next = try lengths.end()
    views = BlockViews(bytes, isText: isText, origin)
  }

  func read(
    _ count: Int, into target: UnsafeMutableRawPointer, blocks: inout [Buffer]
  ) throws {
    let target = target.assumingMemoryBound(to: ByteView.self)
    var block = -1
    try eachLength(count) { k, length in
      target[k] = try views.view(next, length, &block, &blocks)
    }
  }

  func skip(_ count: Int) throws { try eachLength(count) { _, _ in } }

  private func eachLength(_ count: Int, _ body: (Int, Int) throws -> Void) throws {
    let memory = MutableBuffer(count: count * 4)
    let found = memory.pointer(as: Int32.self)
    try lengths.read(count, into: found)
    for k in 0..<count {
      let length = Int(found[k])
      guard length >= 0, length <= bytes.count - next else {
        throw origin.corrupt("a value of \(length) bytes reaches beyond its page", at: next)
      }
      try body(k, length)
      next += length
    }
  }
}

/// Values as what they share with the one before and what they do not.
final class DeltaBytesDecoder: ValueDecoder {
  /// What one read may make of values that share much.
  private static let readLimit = 1 << 30

  private let bytes: Buffer
  private let leaf: ParquetLeaf
  private let origin: ParquetOrigin
  private var prefixes: DeltaDecoder
  private var suffixes: DeltaDecoder
  private var next: Int
  private var last: [UInt8] = []

  init(
    _ bytes: Buffer, limit: Int, _ leaf: ParquetLeaf, _ origin: ParquetOrigin
  ) throws {
    self.bytes = bytes
    self.leaf = leaf
    self.origin = origin
    prefixes = try DeltaDecoder(bytes, limit: limit, origin)
    let middle = try prefixes.end()
    let rest = bytes.slice(middle..<bytes.count)
    suffixes = try DeltaDecoder(rest, limit: limit, origin.advanced(by: middle))
    next = middle + (try suffixes.end())
  }

  func read(
    _ count: Int, into target: UnsafeMutableRawPointer, blocks: inout [Buffer]
  ) throws {
    var made = MutableBuffer(capacity: count * 16)
    let ends = MutableBuffer(count: count * 8)
    let end = ends.pointer(as: Int.self)
    try eachValue(count) { k, value in
      made.append(contentsOf: value)
      guard made.count <= Self.readLimit else {
        throw origin.tooLarge("\(k) values have more than \(Self.readLimit) bytes")
      }
      end[k] = made.count
    }
    let memory = made.freeze()
    guard leaf.isBytes else {
      return target.copyMemory(from: memory.start, byteCount: memory.count)
    }
    let views = BlockViews(memory, isText: leaf.type == .string, origin)
    let target = target.assumingMemoryBound(to: ByteView.self)
    var (start, block) = (0, -1)
    for k in 0..<count {
      target[k] = try views.view(start, end[k] &- start, &block, &blocks)
      start = end[k]
    }
  }

  func skip(_ count: Int) throws { try eachValue(count) { _, _ in } }

  private func eachValue(
    _ count: Int, _ body: (Int, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let memory = MutableBuffer(count: count * 8)
    let (shared, own) = (memory.pointer(as: Int32.self), memory.pointer(as: Int32.self) + count)
    try prefixes.read(count, into: shared)
    try suffixes.read(count, into: own)
    for k in 0..<count {
      let (prefix, suffix) = (Int(shared[k]), Int(own[k]))
      guard prefix >= 0, prefix <= last.count, suffix >= 0, suffix <= bytes.count - next else {
        throw origin.corrupt(
          "a value shares \(prefix) bytes with one of \(last.count) and has \(suffix) of its own",
          at: next)
      }
      if prefix < last.count { last.removeSubrange(prefix...) }
      last.append(
        contentsOf: UnsafeRawBufferPointer(start: bytes.start + next, count: suffix))
      next += suffix
      guard leaf.physical == .byteArray || last.count == leaf.typeLength else {
        throw origin.corrupt("a value has \(last.count) bytes instead of \(leaf.typeLength)")
      }
      try last.withUnsafeBytes { try body(k, $0) }
    }
  }
}
