/// The memory in which one thread sorts buckets: two halves that passes go back and forth between.
final class SortScratch<Element: SortElement> {
  private var first = MutableBuffer(capacity: 0)
  private var second = MutableBuffer(capacity: 0)
  private let histograms = MutableBuffer(count: 8 * 512 * 4)
  private var capacity = 0

  var a: UnsafeMutablePointer<Element> { first.pointer(as: Element.self) }
  private var b: UnsafeMutablePointer<Element> { second.pointer(as: Element.self) }

  /// Makes room for so many elements in each half; what was there is lost.
  func reserve(_ count: Int) {
    guard count > capacity else { return }
    capacity = count + count / 4
    first = MutableBuffer(count: capacity * MemoryLayout<Element>.stride)
    second = MutableBuffer(count: capacity * MemoryLayout<Element>.stride)
  }

  /// Sorts by `passes` digits of `width` bits from bit `low` up and gives where the result is.
  ///
  /// The segments are outside this scratch, or the one segment is in it.
  func sort(
    _ segments: [(start: UnsafePointer<Element>, count: Int)], _ count: Int, from low: Int,
    passes: Int, width: Int
  ) -> UnsafeMutablePointer<Element> {
    let buckets = 1 << width
    let mask = UInt64(buckets - 1)
    let histogram = histograms.pointer(as: UInt32.self)
    histogram.update(repeating: 0, count: passes * buckets)
    countDigits(passes, segments, low, width, mask, histogram)
    var source = UnsafePointer<Element>(a)
    var target = a
    var isFirst = true
    if segments[0].start == UnsafePointer(a) { target = b }
    for pass in 0..<passes {
      let shift = UInt64(low + pass * width)
      let offsets = histogram + pass * buckets
      var sum: UInt32 = 0
      for k in 0..<buckets {
        let size = offsets[k]
        offsets[k] = sum
        sum &+= size
      }
      if isFirst {
        for segment in segments {
          Self.scatter(segment.start, segment.count, shift, mask, offsets, into: target)
        }
        isFirst = false
      } else {
        Self.scatter(source, count, shift, mask, offsets, into: target)
      }
      source = UnsafePointer(target)
      target = target == a ? b : a
    }
    return UnsafeMutablePointer(mutating: source)
  }

  /// Counts the digits of all passes in one go over the elements.
  @inline(__always)
  private func countDigits(
    _ passes: Int, _ segments: [(start: UnsafePointer<Element>, count: Int)], _ low: Int,
    _ width: Int, _ mask: UInt64, _ histogram: UnsafeMutablePointer<UInt32>
  ) {
    let (w, l) = (UInt64(width), UInt64(low))
    for segment in segments {
      if passes == 2 {
        let other = histogram + (1 << width)
        for k in 0..<segment.count {
          let key = segment.start[k].key &>> l
          histogram[Int(truncatingIfNeeded: key & mask)] &+= 1
          other[Int(truncatingIfNeeded: (key &>> w) & mask)] &+= 1
        }
        continue
      }
      for k in 0..<segment.count {
        var key = segment.start[k].key &>> l
        for pass in 0..<passes {
          histogram[pass &<< width &+ Int(truncatingIfNeeded: key & mask)] &+= 1
          key &>>= w
        }
      }
    }
  }

  @inline(__always)
  private static func scatter(
    _ source: UnsafePointer<Element>, _ count: Int, _ shift: UInt64, _ mask: UInt64,
    _ offsets: UnsafeMutablePointer<UInt32>, into target: UnsafeMutablePointer<Element>
  ) {
    for k in 0..<count {
      let element = source[k]
      let digit = Int(truncatingIfNeeded: (element.key &>> shift) & mask)
      let at = offsets[digit]
      offsets[digit] = at &+ 1
      target[Int(at)] = element
    }
  }
}
