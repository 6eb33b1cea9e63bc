/// Reads a fixed-width value as an unsigned word of the same order.
protocol OrderedWord: Sendable {
  associatedtype Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable
  static func word(_ base: UnsafeRawPointer, _ row: Int) -> Word
  /// Writes the value back that `word` stands for.
  static func store(_ word: Word, _ base: UnsafeMutableRawPointer, _ row: Int)
}

/// Signed integers: the sign bit is flipped.
enum Signed<T: FixedWidthInteger & SignedInteger & BitwiseCopyable>: OrderedWord
where T.Magnitude: BitwiseCopyable & Sendable {
  typealias Word = T.Magnitude

  @inline(__always)
  static func word(_ base: UnsafeRawPointer, _ row: Int) -> T.Magnitude {
    let bits = base.load(fromByteOffset: row &* MemoryLayout<T>.stride, as: T.Magnitude.self)
    return bits ^ ((1 as T.Magnitude) &<< T.Magnitude(truncatingIfNeeded: T.bitWidth &- 1))
  }

  @inline(__always)
  static func store(_ word: T.Magnitude, _ base: UnsafeMutableRawPointer, _ row: Int) {
    let bits = word ^ ((1 as T.Magnitude) &<< T.Magnitude(truncatingIfNeeded: T.bitWidth &- 1))
    base.storeBytes(
      of: bits, toByteOffset: row &* MemoryLayout<T>.stride, as: T.Magnitude.self)
  }
}

/// Unsigned integers are their own words.
enum Unsigned<T: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>: OrderedWord {
  @inline(__always)
  static func word(_ base: UnsafeRawPointer, _ row: Int) -> T {
    base.load(fromByteOffset: row &* MemoryLayout<T>.stride, as: T.self)
  }

  @inline(__always)
  static func store(_ word: T, _ base: UnsafeMutableRawPointer, _ row: Int) {
    base.storeBytes(of: word, toByteOffset: row &* MemoryLayout<T>.stride, as: T.self)
  }
}

/// Doubles as they are stored: zeros keep their sign (-0.0 first), NaNs become one, which is
/// greatest.
enum StoredDouble: OrderedWord {
  @inline(__always)
  static func word(_ base: UnsafeRawPointer, _ row: Int) -> UInt64 {
    let value = base.load(fromByteOffset: row &* 8, as: Double.self)
    let bits = (value == value ? value : .nan).bitPattern
    return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) &>> 63) | 1 &<< 63)
  }

  @inline(__always)
  static func store(_ word: UInt64, _ base: UnsafeMutableRawPointer, _ row: Int) {
    DoubleOrder.store(word, base, row)
  }
}

/// Floats as they are stored, likewise.
enum StoredFloat: OrderedWord {
  @inline(__always)
  static func word(_ base: UnsafeRawPointer, _ row: Int) -> UInt32 {
    let value = base.load(fromByteOffset: row &* 4, as: Float.self)
    let bits = (value == value ? value : .nan).bitPattern
    return bits ^ (UInt32(bitPattern: Int32(bitPattern: bits) &>> 31) | 1 &<< 31)
  }

  @inline(__always)
  static func store(_ word: UInt32, _ base: UnsafeMutableRawPointer, _ row: Int) {
    FloatOrder.store(word, base, row)
  }
}

/// Doubles: negative ones are inverted, the others get the top bit; one zero, one NaN, which is
/// greatest.
enum DoubleOrder: OrderedWord {
  @inline(__always)
  static func word(_ base: UnsafeRawPointer, _ row: Int) -> UInt64 {
    let bits = base.load(fromByteOffset: row &* 8, as: Double.self).canonical.bitPattern
    return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) &>> 63) | 1 &<< 63)
  }

  @inline(__always)
  static func store(_ word: UInt64, _ base: UnsafeMutableRawPointer, _ row: Int) {
    let sign = UInt64(bitPattern: Int64(bitPattern: ~word) &>> 63)
    base.storeBytes(of: word ^ (sign | 1 &<< 63), toByteOffset: row &* 8, as: UInt64.self)
  }
}

/// Floats likewise.
enum FloatOrder: OrderedWord {
  @inline(__always)
  static func word(_ base: UnsafeRawPointer, _ row: Int) -> UInt32 {
    let bits = base.load(fromByteOffset: row &* 4, as: Float.self).canonical.bitPattern
    return bits ^ (UInt32(bitPattern: Int32(bitPattern: bits) &>> 31) | 1 &<< 31)
  }

  @inline(__always)
  static func store(_ word: UInt32, _ base: UnsafeMutableRawPointer, _ row: Int) {
    let sign = UInt32(bitPattern: Int32(bitPattern: ~word) &>> 31)
    base.storeBytes(of: word ^ (sign | 1 &<< 31), toByteOffset: row &* 4, as: UInt32.self)
  }
}
