import CColumnarSystem

/// A stable radix sort of 64-bit keys.
///
/// One scatter by the top bits that differ, through write-combining lines and streaming stores,
/// makes buckets that fit the cache; there, two or three passes over the next bits leave so little
/// disorder that an insertion pass ends it. A bucket too large for the cache is scattered again;
/// one that the next bits do not order (many keys that differ only far down) is sorted by all its
/// bits. Both bound the worst case.
struct RadixSort<Source: SortSource, Sink: SortSink>: @unchecked Sendable
where Source.Element == Sink.Element {
  typealias Element = Source.Element
  /// A run of elements in memory.
  typealias Segment = (start: UnsafePointer<Element>, count: Int)

  let source: Source
  let sink: Sink
  let count: Int
  /// Bits below this one are in order already and not looked at.
  let lowBit: Int
  /// No key reaches two to this power.
  let highBit: Int

  /// The most elements that are sorted within the second-level cache.
  static var cacheCount: Int { (1 << 20) / MemoryLayout<Element>.stride }
  /// The elements of a cache line.
  private static var line: Int { 64 / MemoryLayout<Element>.stride }

  func run(_ parallel: Parallel) {
    if count <= Self.cacheCount || highBit <= lowBit || parallel.isCancelled() {
      let scratch = SortScratch<Element>()
      let memory = MutableBuffer(count: count * MemoryLayout<Element>.stride)
      let elements = memory.pointer(as: Element.self)
      for k in 0..<count { elements[k] = source.element(k) }
      if parallel.isCancelled() { return sink.write(elements, count, at: 0) }
      sortInCache([(UnsafePointer(elements), count)], count, highBit, scratch, at: 0)
      return
    }
    scatter(parallel)
  }

  // MARK: The first scatter

  private func scatter(_ parallel: Parallel) {
    let shift = max(lowBit, highBit - 8)
    let parts = parallel.width
    let counts = MutableBuffer(zeroed: parts * 256 * 8)
    let table = BucketTable(counts: counts.pointer(as: Int.self))
    parallel.run(parts) { part in
      let histogram = table.counts + part * 256
      for k in Parallel.part(part, of: parts, count) {
        let digit = Int(truncatingIfNeeded: source.element(k).key &>> UInt64(shift)) & 255
        histogram[digit] &+= 1
      }
    }
    // Every part has its own, line-aligned piece of each bucket.
    let places = MutableBuffer(count: parts * 256 * 8)
    let starts = places.pointer(as: Int.self)
    var total = 0
    for bucket in 0..<256 {
      for part in 0..<parts {
        starts[part * 256 + bucket] = total
        total += (table.counts[part * 256 + bucket] + Self.line - 1) / Self.line * Self.line
      }
    }
    let memory = MutableBuffer(count: max(total, 1) * MemoryLayout<Element>.stride)
    let temporary = Temporary(
      elements: memory.pointer(as: Element.self), starts: UnsafePointer(starts))
    parallel.run(parts) { part in
      Self.combine(
        source, Parallel.part(part, of: parts, count), shift,
        starts: temporary.starts + part * 256, into: temporary.elements)
    }
    sortBuckets(table, temporary, parts, shift, parallel)
  }

  /// Scatters a range through one cache line per bucket.
  private static func combine<S: SortSource>(
    _ source: S, _ range: Range<Int>, _ shift: Int, starts: UnsafePointer<Int>,
    into target: UnsafeMutablePointer<Element>
  ) where S.Element == Element {
    let lines = MutableBuffer(count: 256 * 64)
    let buffer = lines.pointer(as: Element.self)
    let line = Self.line
    let mask = line &- 1
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { positions in
      guard let position = positions.baseAddress else { return }
      position.initialize(from: starts, count: 256)
      for k in range {
        let element = source.element(k)
        let digit = Int(truncatingIfNeeded: element.key &>> UInt64(truncatingIfNeeded: shift)) & 255
        let at = position[digit]
        position[digit] = at &+ 1
        buffer[digit &* line &+ (at & mask)] = element
        if at & mask == mask {
          columnar_stream_line(target + (at &- mask), buffer + digit &* line)
        }
      }
      for bucket in 0..<256 {
        let end = position[bucket]
        for at in max(end & ~mask, starts[bucket])..<end {
          target[at] = buffer[bucket &* line &+ (at & mask)]
        }
      }
    }
    columnar_stream_fence()
  }

  private func sortBuckets(
    _ table: BucketTable, _ temporary: Temporary, _ parts: Int, _ shift: Int, _ parallel: Parallel
  ) {
    var sizes = [Int](repeating: 0, count: 256)
    var positions = [Int](repeating: 0, count: 257)
    for bucket in 0..<256 {
      for part in 0..<parts { sizes[bucket] += table.counts[part * 256 + bucket] }
      positions[bucket + 1] = positions[bucket] + sizes[bucket]
    }
    let tasks = parts == 1 ? 1 : 256
    let (bucketSizes, bucketPositions) = (sizes, positions)
    parallel.run(tasks) { task in
      let buckets = tasks == 1 ? 0..<256 : task..<(task + 1)
      guard buckets.contains(where: { bucketSizes[$0] > 0 }) else { return }
      let scratch = SortScratch<Element>()
      for bucket in buckets where bucketSizes[bucket] > 0 {
        let segments: [Segment] = (0..<parts).map { part in
          let start = temporary.starts[part * 256 + bucket]
          return (UnsafePointer(temporary.elements + start), table.counts[part * 256 + bucket])
        }
        if parallel.isCancelled() {
          write(segments, at: bucketPositions[bucket])
        } else {
          sortBucket(
            segments, bucketSizes[bucket], shift, scratch, at: bucketPositions[bucket])
        }
      }
    }
  }

  // MARK: Buckets

  private func sortBucket(
    _ segments: [Segment], _ size: Int, _ high: Int, _ scratch: SortScratch<Element>,
    at position: Int
  ) {
    if size <= Self.cacheCount || high <= lowBit {
      return sortInCache(segments, size, high, scratch, at: position)
    }
    let top = Self.differingBits(segments, high)
    guard top > lowBit else { return sortInCache(segments, size, top, scratch, at: position) }
    // Too large for the cache: scatter by the next bits that differ.
    let shift = max(lowBit, top - 8)
    var counts = [Int](repeating: 0, count: 256)
    for segment in segments {
      for k in 0..<segment.count {
        counts[Int(truncatingIfNeeded: segment.start[k].key &>> UInt64(shift)) & 255] &+= 1
      }
    }
    var starts = [Int](repeating: 0, count: 257)
    for bucket in 0..<256 { starts[bucket + 1] = starts[bucket] + counts[bucket] }
    let memory = MutableBuffer(count: size * MemoryLayout<Element>.stride)
    let target = memory.pointer(as: Element.self)
    var next = starts
    next.withUnsafeMutableBufferPointer { next in
      for segment in segments {
        for k in 0..<segment.count {
          let element = segment.start[k]
          let digit = Int(truncatingIfNeeded: element.key &>> UInt64(shift)) & 255
          target[next[digit]] = element
          next[digit] &+= 1
        }
      }
    }
    for bucket in 0..<256 where counts[bucket] > 0 {
      sortBucket(
        [(UnsafePointer(target + starts[bucket]), counts[bucket])], counts[bucket], shift, scratch,
        at: position + starts[bucket])
    }
  }

  /// One more than the highest bit below `high` in which keys differ; zero if none.
  private static func differingBits(_ segments: [Segment], _ high: Int) -> Int {
    var differing: UInt64 = 0
    guard let first = segments.first(where: { $0.count > 0 })?.start[0].key else { return 0 }
    for segment in segments {
      for k in 0..<segment.count { differing |= segment.start[k].key ^ first }
    }
    let top = 64 - differing.leadingZeroBitCount
    return min(top, high)
  }

  private func sortInCache(
    _ segments: [Segment], _ size: Int, _ high: Int, _ scratch: SortScratch<Element>,
    at position: Int
  ) {
    let top = Self.differingBits(segments, high)
    guard top > lowBit else { return write(segments, at: position) }
    scratch.reserve(size)
    let sorted = sortedInScratch(segments, size, top, scratch)
    sink.write(sorted, size, at: position)
  }

  /// Writes segments as they are.
  private func write(_ segments: [Segment], at position: Int) {
    var at = position
    for segment in segments where segment.count > 0 {
      sink.write(segment.start, segment.count, at: at)
      at += segment.count
    }
  }

  private func sortedInScratch(
    _ segments: [Segment], _ size: Int, _ top: Int, _ scratch: SortScratch<Element>
  ) -> UnsafePointer<Element> {
    if size <= 40 {
      var at = 0
      for segment in segments {
        (scratch.a + at).update(from: segment.start, count: segment.count)
        at += segment.count
      }
      _ = Self.insertionSort(scratch.a, size, budget: .max)
      return UnsafePointer(scratch.a)
    }
    let all = top - lowBit
    // Two bits more than the size calls for leave few neighbours out of order.
    let wanted = min(all, Int.bitWidth - size.leadingZeroBitCount + 1)
    let passes = (wanted + 8) / 9
    let width = (wanted + passes - 1) / passes
    let partial = scratch.sort(
      segments, size, from: max(lowBit, top - passes * width), passes: passes, width: width)
    if all <= passes * width { return UnsafePointer(partial) }
    if Self.insertionSort(partial, size, budget: size * 4) { return UnsafePointer(partial) }
    let fullPasses = (all + 7) / 8
    return UnsafePointer(
      scratch.sort(
        [(UnsafePointer(partial), size)], size, from: lowBit, passes: fullPasses, width: 8))
  }

  /// Sorts what is nearly sorted; false if it took more than `budget` moves and was given up.
  @inline(__always)
  static func insertionSort(
    _ elements: UnsafeMutablePointer<Element>, _ count: Int, budget: Int
  ) -> Bool {
    guard count > 1 else { return true }
    var moves = 0
    var previous = elements[0].key
    for i in 1..<count {
      let element = elements[i]
      if element.key >= previous {
        previous = element.key
        continue
      }
      var j = i
      repeat {
        elements[j] = elements[j &- 1]
        j &-= 1
      } while j > 0 && element.key < elements[j &- 1].key
      elements[j] = element
      moves &+= i &- j
      if moves > budget { return false }
    }
    return true
  }

  /// Pointers that tasks share.
  ///
  /// `@unchecked Sendable`: each task works on its own part.
  private struct BucketTable: @unchecked Sendable {
    let counts: UnsafeMutablePointer<Int>
  }

  /// Likewise.
  private struct Temporary: @unchecked Sendable {
    let elements: UnsafeMutablePointer<Element>
    let starts: UnsafePointer<Int>
  }
}
