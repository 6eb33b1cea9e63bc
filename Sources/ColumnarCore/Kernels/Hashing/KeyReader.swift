/// Reads a fixed-width value as the word that stands for it as a key: equal values have equal
/// words.
protocol KeyReader {
  associatedtype Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable
  static func read(_ base: UnsafeRawPointer, _ row: Int) -> Word
}

/// One-byte keys, widened so that they share the table of four-byte keys.
enum ByteKey: KeyReader {
  @inline(__always)
  static func read(_ base: UnsafeRawPointer, _ row: Int) -> UInt32 {
    UInt32(base.load(fromByteOffset: row, as: UInt8.self))
  }
}

/// Two-byte keys, widened likewise.
enum ShortKey: KeyReader {
  @inline(__always)
  static func read(_ base: UnsafeRawPointer, _ row: Int) -> UInt32 {
    UInt32(base.load(fromByteOffset: row &* 2, as: UInt16.self))
  }
}

enum WordKey: KeyReader {
  @inline(__always)
  static func read(_ base: UnsafeRawPointer, _ row: Int) -> UInt32 {
    base.load(fromByteOffset: row &* 4, as: UInt32.self)
  }
}

enum LongKey: KeyReader {
  @inline(__always)
  static func read(_ base: UnsafeRawPointer, _ row: Int) -> UInt64 {
    base.load(fromByteOffset: row &* 8, as: UInt64.self)
  }
}

/// Floats with one zero and one NaN.
enum FloatKey: KeyReader {
  @inline(__always)
  static func read(_ base: UnsafeRawPointer, _ row: Int) -> UInt32 {
    base.load(fromByteOffset: row &* 4, as: Float.self).canonical.bitPattern
  }
}

/// Doubles with one zero and one NaN.
enum DoubleKey: KeyReader {
  @inline(__always)
  static func read(_ base: UnsafeRawPointer, _ row: Int) -> UInt64 {
    base.load(fromByteOffset: row &* 8, as: Double.self).canonical.bitPattern
  }
}

extension Float {
  /// The value with -0 as 0 and every NaN as the same one.
  @inline(__always)
  var canonical: Float {
    let sum = self + 0
    return sum == sum ? sum : .nan
  }
}

extension Double {
  /// The value with -0 as 0 and every NaN as the same one.
  @inline(__always)
  var canonical: Double {
    let sum = self + 0
    return sum == sum ? sum : .nan
  }
}

/// What a kernel does for the one reader that fits a column's type.
protocol KeyReaderBody {
  associatedtype Result
  func run<R: KeyReader>(_ reader: R.Type, _ base: UnsafeRawPointer) -> Result
}

extension Column {
  /// The first row's address of a plain fixed-width column.
  @inline(__always)
  var plainBase: UnsafeRawPointer {
    storage.values.start + offset &* (type.physical.width ?? 0)
  }

  /// A plain column of fixed width: booleans become bytes, encodings are decoded.
  func fixedWidth() -> Column {
    type.kind == .bool ? booleansAsBytes() : decoded()
  }

  /// A boolean column as bytes 0 and 1.
  func booleansAsBytes() -> Column {
    let memory = MutableBuffer(count: count)
    let target = memory.pointer(as: UInt8.self)
    let bits = bits
    for k in 0..<bits.wordCount {
      let word = bits.word(k)
      let first = k &<< 6
      for bit in 0..<min(64, count &- first) {
        target[first &+ bit] = UInt8(truncatingIfNeeded: (word &>> UInt64(bit)) & 1)
      }
    }
    return Column(type: .uint8, values: memory.freeze(), validity: validity, count: count)
  }

  /// Bytes 0 and 1 as a boolean column.
  func bytesAsBooleans() -> Column {
    let plain = decoded()
    let bytes = plain.plainBase
    let bits = Bitmap(count: count) { k in
      var word: UInt64 = 0
      for i in (k &* 64)..<min(count, k &* 64 &+ 64) {
        let bit = UInt64(bytes.load(fromByteOffset: i, as: UInt8.self) & 1)
        word |= bit &<< UInt64(truncatingIfNeeded: i & 63)
      }
      return word
    }
    return Column(bits: bits, validity: validity)
  }

  /// Runs `body` with the reader for this column's type, or gives nil where values have no fixed
  /// width.
  @inline(__always)
  func withKeyReader<B: KeyReaderBody>(_ body: B) -> B.Result? {
    switch type.physical {
    case .int8, .uint8: body.run(ByteKey.self, plainBase)
    case .int16, .uint16: body.run(ShortKey.self, plainBase)
    case .int32, .uint32: body.run(WordKey.self, plainBase)
    case .int64, .uint64: body.run(LongKey.self, plainBase)
    case .float32: body.run(FloatKey.self, plainBase)
    case .float64: body.run(DoubleKey.self, plainBase)
    case .null, .bool, .int128, .bytes, .list, .fixedSizeList, .structure, .opaque: nil
    }
  }
}

extension DataType {
  /// Whether values can be keys of a group-by, join, sort or distinct: all but opaque ones.
  package var isHashable: Bool { !containsOpaque }
}

/// 0 or 1 without a jump, for counting loops.
@inline(__always)
func asInt(_ condition: Bool) -> Int {
  Int(truncatingIfNeeded: unsafeBitCast(condition, to: UInt8.self))
}

/// Calls `body` for every row that holds a value: 64 rows at a time where none is null.
@inline(__always)
func forEachValid(_ count: Int, _ validity: Bitmap?, _ body: (Int) -> Void) {
  guard let validity else {
    for row in 0..<count { body(row) }
    return
  }
  for k in 0..<validity.wordCount {
    var word = validity.word(k)
    let first = k &<< 6
    if word == ~0 {
      for row in first..<(first &+ 64) { body(row) }
      continue
    }
    while word != 0 {
      body(first &+ word.trailingZeroBitCount)
      word &= word &- 1
    }
  }
}
