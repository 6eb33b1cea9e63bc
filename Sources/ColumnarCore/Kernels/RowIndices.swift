/// Row numbers for `taking`: what sorts, joins and filters hand to the gathering kernels.
///
/// Int32, because a column of one partition never has more than 2^31 rows; -1 stands for "no row"
/// and gives a null.
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

extension RowIndices {
  /// The row number at a position.
  package func row(at position: Int) -> Int { Int(pointer[position]) }

  /// For each of `count` rows its position among these indices, absent where it is not one of them.
  package func inverted(count rows: Int) -> RowIndices {
    let memory = MutableBuffer(count: rows * 4)
    memory.start.initializeMemory(as: UInt8.self, repeating: 0xFF, count: rows * 4)
    let target = memory.pointer(as: Int32.self)
    for position in 0..<count { target[row(at: position)] = Int32(truncatingIfNeeded: position) }
    // No row comes twice, so where there are as many all are there.
    return RowIndices(buffer: memory.freeze(), count: rows, mayBeAbsent: count < rows)
  }
}

extension RowIndices {
  /// These row numbers where the bit at their position is set.
  package func filtered(by bits: Bitmap) -> RowIndices {
    let memory = MutableBuffer(count: bits.setCount * 4)
    let (target, source) = (memory.pointer(as: Int32.self), pointer)
    var k = 0
    bits.forEachSet { position in
      target[k] = source[position]
      k &+= 1
    }
    return RowIndices(buffer: memory.freeze(), count: k, mayBeAbsent: mayBeAbsent)
  }
}

extension Column {
  /// The numbers from `first` on.
  package static func rowNumbers(from first: Int64, count: Int) -> Column {
    let memory = MutableBuffer(count: count * 8)
    let target = memory.pointer(as: Int64.self)
    for row in 0..<count { target[row] = first &+ Int64(row) }
    return Column(type: .int64, values: memory.freeze(), count: count)
  }
}
