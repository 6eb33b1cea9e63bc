/// The dense group number of every row of a batch.
package struct GroupIDs: Sendable {
  package let buffer: Buffer
  package let count: Int

  package init(buffer: Buffer, count: Int) {
    precondition(buffer.count >= count * 4)
    self.buffer = buffer
    self.count = count
  }

  /// What `find` gives for a key that the table does not hold; as Int32 it is -1, "no row".
  package static let absent = UInt32.max

  /// The numbers, valid as long as this value lives.
  @inline(__always)
  package var pointer: UnsafePointer<UInt32> { buffer.pointer(as: UInt32.self) }
}
