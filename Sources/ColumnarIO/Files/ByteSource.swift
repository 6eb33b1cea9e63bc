/// Bytes in order, from a descriptor or out of a compressed file; nothing only at the end.
///
/// Used by one thread at a time.
protocol ByteSource: AnyObject {
  /// Up to `room` bytes, written to `target`; 0 only at the end.
  func read(into target: UnsafeMutableRawPointer, room: Int) throws -> Int
}
