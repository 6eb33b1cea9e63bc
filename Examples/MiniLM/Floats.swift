/// Numbers in memory of their own, aligned for vectors, that nobody initialises twice.
///
/// `@unchecked Sendable`: weights are written before others see them; a workspace has one owner.
final class Floats: @unchecked Sendable {
  let start: UnsafeMutablePointer<Float>
  let count: Int

  /// Memory for `count` numbers, not initialised.
  init(count: Int) {
    self.count = count
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * 4, alignment: 64)
    start = bytes.bindMemory(to: Float.self, capacity: max(count, 1))
  }

  /// A copy, one part after the other.
  convenience init(_ parts: UnsafeBufferPointer<Float>...) {
    self.init(count: parts.reduce(0) { $0 + $1.count })
    var place = start
    for part in parts {
      guard let base = part.baseAddress else { continue }
      place.initialize(from: base, count: part.count)
      place += part.count
    }
  }

  deinit { UnsafeMutableRawPointer(start).deallocate() }
}
