import ColumnarCore

extension StoredValues {
  /// The bounds of the values of `range`; none of no values.
  func bounds(_ range: Range<Int>) -> WrittenBounds {
    guard !range.isEmpty else { return WrittenBounds() }
    switch form {
    case .none: return WrittenBounds()
    case .bits(let bits):
      let set = bits.slice(range).setCount
      return WrittenBounds(least: .bool(set == range.count), greatest: .bool(set > 0))
    case .bytes(let view) where stored.conversion == .decimal:
      return Self.decimals(view, range.count) { range.lowerBound &+ $0 }
    case .bytes(let view):
      return Self.bounds(view, range.count, stored.logical == .string) {
        range.lowerBound &+ $0
      }
    case .words(let words, _):
      defer { withExtendedLifetime(words.owner) {} }
      switch (stored.physical, stored.isUnsigned) {
      case (.int32, false): return signed(words.pointer(as: Int32.self), range)
      case (.int32, true): return unsigned(words.pointer(as: UInt32.self), range)
      case (.float, _): return floats(words.pointer(as: Float.self), range)
      case (.double, _): return floats(words.pointer(as: Double.self), range)
      case (_, false): return signed(words.pointer(as: Int64.self), range)
      case (_, true): return unsigned(words.pointer(as: UInt64.self), range)
      }
    }
  }

  /// The bounds of the values that `codes` stand for.
  func bounds(codes: UnsafePointer<UInt32>, _ count: Int, isSorted: Bool) -> WrittenBounds {
    guard count > 0 else { return WrittenBounds() }
    if isSorted {
      let (least, greatest) = Self.extremes(codes, 0..<count)
      var result = bounds(Int(least)..<(Int(least) + 1))
      result.merge(bounds(Int(greatest)..<(Int(greatest) + 1)))
      return result
    }
    switch form {
    case .bytes(let view) where stored.conversion == .decimal:
      return Self.decimals(view, count) { Int(codes[$0]) }
    case .bytes(let view):
      return Self.bounds(view, count, stored.logical == .string) { Int(codes[$0]) }
    case .words(let words, let width):
      let memory = MutableBuffer(count: count * width)
      let target = memory.pointer(as: UInt32.self)
      let source = words.pointer(as: UInt32.self)
      let parts = width / 4
      for k in 0..<count {
        for part in 0..<parts {
          target[k &* parts &+ part] = source[Int(codes[k]) &* parts &+ part]
        }
      }
      withExtendedLifetime(words.owner) {}
      return StoredValues(words: memory.freeze(), count: count, stored).bounds(0..<count)
    case .none, .bits: return WrittenBounds()
    }
  }

  @inline(__always)
  private static func extremes<T: Comparable>(
    _ values: UnsafePointer<T>, _ range: Range<Int>
  ) -> (T, T) {
    var least = values[range.lowerBound]
    var greatest = least
    for k in range {
      least = min(least, values[k])
      greatest = max(greatest, values[k])
    }
    return (least, greatest)
  }

  @inline(__always)
  private func signed<T: FixedWidthInteger & SignedInteger>(
    _ values: UnsafePointer<T>, _ range: Range<Int>
  ) -> WrittenBounds {
    let (least, greatest) = Self.extremes(values, range)
    return WrittenBounds(least: .signed(Int64(least)), greatest: .signed(Int64(greatest)))
  }

  @inline(__always)
  private func unsigned<T: FixedWidthInteger & UnsignedInteger>(
    _ values: UnsafePointer<T>, _ range: Range<Int>
  ) -> WrittenBounds {
    let (least, greatest) = Self.extremes(values, range)
    return WrittenBounds(least: .unsigned(UInt64(least)), greatest: .unsigned(UInt64(greatest)))
  }

  /// Four at a time, so that a comparison need not wait for the one before.
  @inline(__always)
  private func floats<T: BinaryFloatingPoint>(
    _ values: UnsafePointer<T>, _ range: Range<Int>
  ) -> WrittenBounds {
    var low = (T.infinity, T.infinity, T.infinity, T.infinity)
    var high = (-T.infinity, -T.infinity, -T.infinity, -T.infinity)
    var nans = 0
    var k = range.lowerBound
    @inline(__always)
    func note(_ value: T, _ low: inout T, _ high: inout T) {
      low = value < low ? value : low
      high = value > high ? value : high
      nans &+= value == value ? 0 : 1
    }
    while k &+ 4 <= range.upperBound {
      note(values[k], &low.0, &high.0)
      note(values[k &+ 1], &low.1, &high.1)
      note(values[k &+ 2], &low.2, &high.2)
      note(values[k &+ 3], &low.3, &high.3)
      k &+= 4
    }
    while k < range.upperBound {
      note(values[k], &low.0, &high.0)
      k &+= 1
    }
    guard nans < range.count else { return WrittenBounds(nanCount: nans) }
    let least = min(min(low.0, low.1), min(low.2, low.3))
    let greatest = max(max(high.0, high.1), max(high.2, high.3))
    return WrittenBounds(
      least: .float(Double(least)), greatest: .float(Double(greatest)), nanCount: nans)
  }

  @inline(__always)
  private static func bounds(
    _ view: BytesView, _ count: Int, _ isText: Bool, _ row: (Int) -> Int
  ) -> WrittenBounds {
    var (least, greatest) = (row(0), row(0))
    var (low, high) = (BytesKey(view.views[least]), BytesKey(view.views[greatest]))
    for k in 1..<max(1, count) {
      let place = row(k)
      let key = BytesKey(view.views[place])
      if key.high < low.high || (key.high == low.high && Self.precedes(view, place, least)) {
        (least, low) = (place, key)
      } else if key.high > high.high
        || (key.high == high.high && Self.precedes(view, greatest, place))
      {
        (greatest, high) = (place, key)
      }
    }
    let bound = WrittenBound.greatest(view.bytes(greatest), isText: isText)
    return WrittenBounds(
      least: .least(view.bytes(least), isText: isText), greatest: bound,
      hasNoGreatest: bound == nil)
  }

  /// Of decimals that are stored as bytes, whose order is not that of their bytes.
  @inline(__always)
  private static func decimals(
    _ view: BytesView, _ count: Int, _ row: (Int) -> Int
  ) -> WrittenBounds {
    var (least, greatest) = (Int128.max, Int128.min)
    for k in 0..<count {
      let value = view.withBytes(row(k)) { bytes in
        bytes.baseAddress.flatMap { DecimalDecoder.value($0, bytes.count) } ?? 0
      }
      least = min(least, value)
      greatest = max(greatest, value)
    }
    return WrittenBounds(least: .decimal(least), greatest: .decimal(greatest))
  }

  /// Whether one value of equal beginning comes before another.
  private static func precedes(_ view: BytesView, _ a: Int, _ b: Int) -> Bool {
    if view.views[a].isInline, view.views[b].isInline {
      return BytesKey(view.views[a]).precedes(BytesKey(view.views[b]))
    }
    return view.bytes(a).lexicographicallyPrecedes(view.bytes(b))
  }
}

/// The beginning of a text or binary value as numbers that compare as its bytes do.
private struct BytesKey {
  /// The first four bytes, zeros behind the end.
  let high: UInt32
  /// The eight bytes behind them, of a short value.
  let low: UInt64
  let count: Int

  @inline(__always)
  init(_ view: ByteView) {
    high = UInt32(truncatingIfNeeded: view.low &>> 32).byteSwapped
    low = view.high.byteSwapped
    count = view.count
  }

  @inline(__always)
  func precedes(_ other: BytesKey) -> Bool {
    if high != other.high { return high < other.high }
    if low != other.low { return low < other.low }
    // Zeros may be bytes of the value or what is behind its end.
    return count < other.count
  }
}
