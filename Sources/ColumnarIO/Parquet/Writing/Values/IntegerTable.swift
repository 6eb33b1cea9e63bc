import ColumnarCore

/// Which integers between the least and the greatest of some occur: the quickest way to a
/// dictionary, and to a sorted one, where they lie close together.
struct IntegerTable {
  let values: StoredValues
  private let least: UInt64
  private let span: Int
  /// One more than the code of each integer from the least on, zero for those that do not occur.
  private let marks: Buffer
  /// The number of different integers.
  let distinctCount: Int

  /// Larger tables do not stay in the second-level cache.
  private static let spanLimit = 1 << 19

  /// The table of integers; nil where they are none, or too far apart.
  init?(_ values: StoredValues) {
    guard case .words(let words, let width) = values.form, !values.stored.isFloat,
      values.count > 0
    else { return nil }
    let bounds = values.bounds(0..<values.count)
    let ends: (UInt64, UInt64)
    switch (bounds.least, bounds.greatest) {
    case (.signed(let a), .signed(let b)):
      ends = (UInt64(bitPattern: a), UInt64(bitPattern: b))
    case (.unsigned(let a), .unsigned(let b)): ends = (a, b)
    default: return nil
    }
    let reach = ends.1 &- ends.0
    guard reach < Self.spanLimit, reach < 2 * values.count + 1024 else { return nil }
    self.values = values
    least = ends.0
    span = Int(reach) + 1
    let memory = MutableBuffer(zeroed: span * 4)
    let target = memory.pointer(as: UInt32.self)
    if width == 4 {
      Self.mark(words.pointer(as: UInt32.self), values.count, ends.0, target)
    } else {
      Self.mark(words.pointer(as: UInt64.self), values.count, ends.0, target)
    }
    withExtendedLifetime(words.owner) {}
    var count: UInt32 = 0
    for k in 0..<span where target[k] != 0 {
      count += 1
      target[k] = count
    }
    distinctCount = Int(count)
    marks = memory.freeze()
  }

  @inline(__always)
  private static func mark<T: FixedWidthInteger & UnsignedInteger>(
    _ values: UnsafePointer<T>, _ count: Int, _ least: UInt64,
    _ target: UnsafeMutablePointer<UInt32>
  ) {
    let least = T(truncatingIfNeeded: least)
    for k in 0..<count { target[Int(truncatingIfNeeded: values[k] &- least)] = 1 }
  }

  /// The code of each value.
  func codes() -> Buffer {
    let memory = MutableBuffer(count: values.count * 4)
    let target = memory.pointer(as: UInt32.self)
    guard case .words(let words, let width) = values.form else { return .empty }
    if width == 4 {
      code(words.pointer(as: UInt32.self), target)
    } else {
      code(words.pointer(as: UInt64.self), target)
    }
    withExtendedLifetime(words.owner) {}
    return memory.freeze()
  }

  @inline(__always)
  private func code<T: FixedWidthInteger & UnsignedInteger>(
    _ values: UnsafePointer<T>, _ target: UnsafeMutablePointer<UInt32>
  ) {
    let least = T(truncatingIfNeeded: least)
    let count = self.values.count
    if distinctCount == span {
      for k in 0..<count { target[k] = UInt32(truncatingIfNeeded: values[k] &- least) }
      return
    }
    let known = marks.pointer(as: UInt32.self)
    for k in 0..<count {
      target[k] = known[Int(truncatingIfNeeded: values[k] &- least)] &- 1
    }
    withExtendedLifetime(marks.owner) {}
  }

  /// The integers that occur, in order.
  func distinct() -> StoredValues {
    let width = values.stored.width ?? 8
    var memory = MutableBuffer(capacity: distinctCount * width)
    let known = marks.pointer(as: UInt32.self)
    for k in 0..<span where known[k] != 0 {
      let value = least &+ UInt64(truncatingIfNeeded: k)
      if width == 4 {
        memory.append(UInt32(truncatingIfNeeded: value))
      } else {
        memory.append(value)
      }
    }
    withExtendedLifetime(marks.owner) {}
    return StoredValues(words: memory.freeze(), count: distinctCount, values.stored)
  }
}
