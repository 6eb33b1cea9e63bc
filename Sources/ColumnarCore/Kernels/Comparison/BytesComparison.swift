import Glibc

extension Column {
  /// Equality of strings or binary values: length and prefix decide most pairs without touching
  /// their bytes.
  func equalBytes(_ other: Column, _ flip: UInt64) -> Bitmap {
    let (a, b) = (BytesOperand(self), BytesOperand(other))
    return Arity.bits(count, flip: flip) { row in
      let (x, y) = (a.view(row), b.view(row))
      if x.low != y.low { return false }
      if x.isInline { return x.high == y.high }
      return memcmp(a.longBytes(x), b.longBytes(y), x.count) == 0
    }
  }

  /// Order by bytes, a prefix before what it begins.
  func lessBytes(_ other: Column, _ flip: UInt64) -> Bitmap {
    let (a, b) = (BytesOperand(self), BytesOperand(other))
    return Arity.bits(count, flip: flip) { row in
      let (x, y) = (a.view(row), b.view(row))
      // Missing bytes are zero, so unequal prefixes, read as big-endian numbers, are in the order
      // of the strings.
      let one = UInt32(truncatingIfNeeded: x.low &>> 32)
      let two = UInt32(truncatingIfNeeded: y.low &>> 32)
      if one != two { return one.byteSwapped < two.byteSwapped }
      let (left, right) = (a.bytes(row), b.bytes(row))
      let shared = Swift.min(left.count, right.count)
      if shared > 4, let p = left.baseAddress, let q = right.baseAddress {
        let order = memcmp(p, q, shared)
        if order != 0 { return order < 0 }
      }
      return left.count < right.count
    }
  }
}

/// The strings of one input of a kernel: one per row, or one for all rows.
struct BytesOperand {
  let text: BytesView
  let isConstant: Bool

  init(_ column: Column) {
    isConstant = column.encoding == .constant
    text = BytesView(isConstant ? column.encodedValues : column)
  }

  @inline(__always)
  func view(_ row: Int) -> ByteView { text.views[isConstant ? 0 : row] }

  @inline(__always)
  func bytes(_ row: Int) -> UnsafeRawBufferPointer { text.bytes(isConstant ? 0 : row) }

  /// The bytes of a view that is not inline.
  @inline(__always)
  func longBytes(_ view: ByteView) -> UnsafeRawPointer { text.blocks[view.block] + view.offset }
}
