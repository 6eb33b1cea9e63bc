import CColumnarSystem
import ColumnarCore

/// Takes numbers apart, so that bytes that are alike lie together.
enum ByteStreamSplitEncoder {
  /// Appends the first bytes of all values of `width` bytes, then the second ones, and so on.
  static func append(_ values: Buffer, width: Int, to bytes: inout MutableBuffer) {
    bytes.reserve(values.count)
    columnar_split(
      values.pointer(as: UInt8.self), values.count / width, width,
      (bytes.start + bytes.count).assumingMemoryBound(to: UInt8.self))
    bytes.count += values.count
    withExtendedLifetime(values.owner) {}
  }
}
