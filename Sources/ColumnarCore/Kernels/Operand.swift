/// Fixed-width values of one input of an elementwise kernel: one per row, or one for all rows.
///
/// The pointer is valid while the operand lives; kernels call `keepAlive` after their loop, because
/// the optimizer may release a value after its last use.
struct Operand<T: BitwiseCopyable> {
  let pointer: UnsafePointer<T>
  /// Whether the pointer stands at the only value.
  let isConstant: Bool
  private let column: Column

  /// The values of a column whose type is stored in `T`'s width; dictionaries are looked up.
  init(_ column: Column, as type: T.Type = T.self) {
    isConstant = column.encoding == .constant
    let plain = isConstant ? column.encodedValues : column.decoded()
    precondition(
      plain.type.physical.width == MemoryLayout<T>.size, "\(plain.type) is not stored as \(T.self)")
    self.column = plain
    pointer = plain.storage.values.pointer(as: T.self) + plain.offset
  }

  /// How far the pointer moves per row.
  @inline(__always)
  var step: Int { isConstant ? 0 : 1 }

  @inline(__always)
  func keepAlive() { withExtendedLifetime(column) {} }
}
