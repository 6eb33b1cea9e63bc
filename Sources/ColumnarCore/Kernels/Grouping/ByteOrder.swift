import Glibc

/// Like memcmp: negative, zero or positive.
@inline(__always)
func compareBytes(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> Int32 {
  memcmp(a, b, count)
}

/// The order of two byte strings; a prefix comes before what it begins.
@inline(__always)
func precedes(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
  guard let first = a.baseAddress, let second = b.baseAddress else { return a.count < b.count }
  let order = compareBytes(first, second, min(a.count, b.count))
  return order < 0 || (order == 0 && a.count < b.count)
}
