/// Row numbers for `taking`: what sorts, joins and filters hand to the gathering kernels.
///
/// Int32, because a column of one partition never has more than 2^31 rows; -1 stands for "no row" and gives a null.
@usableFromInline
package struct RowIndices: Sendable {
  @usableFromInline package let buffer: Buffer
  package let count: Int
  /// Whether -1 may occur.
  package let mayBeAbsent: Bool

  package init(buffer: Buffer, count: Int, mayBeAbsent: Bool = false) {
    precondition(buffer.count >= count * 4)
    self.buffer = buffer
    self.count = count
    self.mayBeAbsent = mayBeAbsent
  }

  /// The given row numbers.
  package init(_ rows: [Int32], mayBeAbsent: Bool = false) {
    self.init(buffer: Buffer(copying: rows), count: rows.count, mayBeAbsent: mayBeAbsent)
  }

  @inlinable @inline(__always)
  package var pointer: UnsafePointer<Int32> { buffer.pointer(as: Int32.self) }

  /// The rows whose bit is set, in order.
  package init(selectedBy bits: Bitmap) {
    let count = bits.setCount
    let memory = MutableBuffer(count: count * 4)
    let target = memory.pointer(as: Int32.self)
    var k = 0
    bits.forEachSet { row in
      target[k] = Int32(truncatingIfNeeded: row)
      k &+= 1
    }
    self.init(buffer: memory.freeze(), count: count)
  }
}
