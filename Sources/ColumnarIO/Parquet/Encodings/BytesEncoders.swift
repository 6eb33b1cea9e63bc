import ColumnarCore

/// Writes text and binary values, none of which is null.
enum BytesEncoder {
  /// Appends each value behind its length.
  static func appendPlain(_ values: BytesView, _ rows: Range<Int>, to bytes: inout MutableBuffer) {
    for row in rows {
      let value = values.bytes(row)
      bytes.append(UInt32(truncatingIfNeeded: value.count))
      bytes.append(contentsOf: value)
    }
  }

  /// Appends the differences of the lengths, then all the bytes.
  static func appendDeltaLength(
    _ values: BytesView, _ rows: Range<Int>, to bytes: inout MutableBuffer
  ) {
    let memory = MutableBuffer(count: rows.count * 4)
    let lengths = memory.pointer(as: Int32.self)
    var total = 0
    for (k, row) in rows.enumerated() {
      let count = values.views[row].count
      lengths[k] = Int32(truncatingIfNeeded: count)
      total &+= count
    }
    DeltaEncoder.append(lengths, rows.count, to: &bytes)
    bytes.reserve(total)
    for row in rows { bytes.append(contentsOf: values.bytes(row)) }
    withExtendedLifetime(memory) {}
  }

  /// Appends what each value shares with the one before, and what it does not.
  static func appendDelta(_ values: BytesView, _ rows: Range<Int>, to bytes: inout MutableBuffer) {
    let memory = MutableBuffer(count: rows.count * 8)
    let prefixes = memory.pointer(as: Int32.self)
    let lengths = prefixes + rows.count
    var rest = MutableBuffer(capacity: rows.count * 8)
    var previous = UnsafeRawBufferPointer(start: nil, count: 0)
    for (k, row) in rows.enumerated() {
      let value = values.bytes(row)
      let shared = sharedPrefix(previous, value)
      prefixes[k] = Int32(truncatingIfNeeded: shared)
      lengths[k] = Int32(truncatingIfNeeded: value.count &- shared)
      rest.append(contentsOf: UnsafeRawBufferPointer(rebasing: value[shared...]))
      previous = value
    }
    DeltaEncoder.append(prefixes, rows.count, to: &bytes)
    DeltaEncoder.append(lengths, rows.count, to: &bytes)
    bytes.append(contentsOf: UnsafeRawBufferPointer(start: rest.start, count: rest.count))
    withExtendedLifetime(memory) {}
  }

  private static func sharedPrefix(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int
  {
    let limit = min(a.count, b.count)
    guard limit > 0, let first = a.baseAddress, let second = b.baseAddress else { return 0 }
    var at = 0
    while at &+ 8 <= limit {
      let difference =
        first.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        ^ second.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      if difference != 0 { return at &+ difference.trailingZeroBitCount / 8 }
      at &+= 8
    }
    while at < limit, a[at] == b[at] { at &+= 1 }
    return at
  }
}
