import ColumnarCore

/// The values of a column chunk's dictionary page.
///
/// `@unchecked Sendable`: constant after init, but for the normalised values, which are behind a
/// lock.
final class ParquetDictionary: @unchecked Sendable {
  let count: Int
  /// Fixed-width values, or views.
  let values: Buffer
  /// What views point into.
  let blocks: [Buffer]
  private let type: DataType
  private let chain: Monitor<IPCDictionaryChain.Normal?>

  /// Decodes a dictionary page of `count` values.
  init(_ leaf: ParquetLeaf, _ bytes: Buffer, count: Int, _ origin: ParquetOrigin) throws {
    // No value takes less than this.
    let least = leaf.physical == .byteArray ? 4 : leaf.isBytes ? leaf.typeLength : leaf.width
    guard leaf.physical != .boolean, count >= 0, count <= bytes.count / least else {
      throw origin.corrupt("a dictionary of \(bytes.count) bytes is said to have \(count) values")
    }
    self.count = count
    type = leaf.type
    chain = Monitor(nil)
    if leaf.isPlainNumber, Int(bitPattern: bytes.start) % leaf.width == 0 {
      values = bytes
      self.blocks = []
      return
    }
    let decoder = try leaf.decoder(.plain, bytes, count: count, dictionary: nil, origin)
    let memory = MutableBuffer(count: count * leaf.width)
    var blocks: [Buffer] = []
    try decoder.read(count, into: memory.start, blocks: &blocks)
    self.blocks = blocks
    values = memory.freeze()
  }

  /// The values as a column of unique ones, and the code of each value in it; of text only.
  func normalized() -> IPCDictionaryChain.Normal {
    chain.withLock { known in
      if let known { return known }
      let column = Column(type: type, views: values, blocks: blocks, count: count)
      let made = IPCDictionaryChain(column).normalized()
      known = made
      return made
    }
  }
}

extension ParquetLeaf {
  /// Whether values stand in a plain page as they are decoded.
  fileprivate var isPlainNumber: Bool {
    switch physical {
    case .int32, .float: width == 4
    case .int64, .double: width == 8
    default: false
    }
  }
}

/// Codes into a dictionary, looked up.
final class DictionaryDecoder: ValueDecoder {
  /// Codes are looked up in pieces that stay in the first-level cache.
  private static let piece = 1024

  private var codes: HybridDecoder
  private let dictionary: ParquetDictionary
  private let width: Int
  private let isBytes: Bool
  private let origin: ParquetOrigin

  init(
    _ bytes: Buffer, _ dictionary: ParquetDictionary, width: Int, isBytes: Bool,
    _ origin: ParquetOrigin
  ) throws {
    self.dictionary = dictionary
    self.width = width
    self.isBytes = isBytes
    self.origin = origin
    guard bytes.count > 0 else {
      // A page of nothing but nulls.
      codes = try HybridDecoder(bytes, width: 0, origin)
      return
    }
    let bits = Int(bytes.start.load(as: UInt8.self))
    codes = try HybridDecoder(
      bytes.slice(1..<bytes.count), width: bits, origin.advanced(by: 1))
  }

  /// Writes the next `count` codes, which are checked to be within the dictionary.
  func readCodes(_ count: Int, into target: UnsafeMutablePointer<UInt32>) throws {
    try codes.read(count, into: target)
    var largest: UInt32 = 0
    for k in 0..<count { largest = max(largest, target[k]) }
    guard count == 0 || largest < dictionary.count else {
      throw origin.corrupt("code \(largest) of a dictionary of \(dictionary.count) values")
    }
  }

  func read(
    _ count: Int, into target: UnsafeMutableRawPointer, blocks: inout [Buffer]
  ) throws {
    if !isBytes, width == 4 || width == 8 { return try lookUp(count, into: target) }
    let shift = blocks.count
    if isBytes, count > 0 { blocks.append(contentsOf: dictionary.blocks) }
    try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.piece) { room in
      guard let codes = room.baseAddress else { return }
      var done = 0
      while done < count {
        let taken = min(count - done, Self.piece)
        try readCodes(taken, into: codes)
        gather(codes, taken, target + done * width, shift)
        done += taken
      }
    }
  }

  /// As `read`, of numbers, which are unpacked and looked up at once.
  private func lookUp(_ count: Int, into target: UnsafeMutableRawPointer) throws {
    func lookUp<T: FixedWidthInteger & BitwiseCopyable>(_: T.Type) throws -> Bool {
      try codes.lookUp(
        count, in: dictionary.values.pointer(as: T.self), limit: dictionary.count,
        into: target.assumingMemoryBound(to: T.self))
    }
    let before = codes
    let areCodes = try width == 4 ? lookUp(UInt32.self) : lookUp(UInt64.self)
    withExtendedLifetime(dictionary) {}
    guard !areCodes else { return }
    codes = before
    let memory = MutableBuffer(count: count * 4)
    try readCodes(count, into: memory.pointer(as: UInt32.self))
    throw origin.corrupt("a code beyond a dictionary of \(dictionary.count) values")
  }

  private func gather(
    _ codes: UnsafePointer<UInt32>, _ count: Int, _ target: UnsafeMutableRawPointer, _ shift: Int
  ) {
    func copy<T: BitwiseCopyable>(_: T.Type) {
      let values = dictionary.values.pointer(as: T.self)
      let target = target.assumingMemoryBound(to: T.self)
      for k in 0..<count { target[k] = values[Int(codes[k])] }
    }
    switch width {
    case 16 where !isBytes: copy(UInt128.self)
    case 16 where isBytes:
      let values = dictionary.values.pointer(as: ByteView.self)
      let target = target.assumingMemoryBound(to: ByteView.self)
      for k in 0..<count { target[k] = values[Int(codes[k])].movingBlock(by: shift) }
    default:
      for k in 0..<count {
        (target + k * width).copyMemory(
          from: dictionary.values.start + Int(codes[k]) * width, byteCount: width)
      }
    }
  }

  func skip(_ count: Int) throws { try codes.skip(count) }
}
