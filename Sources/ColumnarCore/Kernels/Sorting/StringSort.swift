/// The order of strings, binary values and encoded rows by their bytes.
///
/// Eight bytes at a time are a word for the radix sort; only rows whose words are equal go on to
/// the next eight.
struct StringSort: @unchecked Sendable {
  private let view: BytesView
  private let elements: UnsafeMutablePointer<KeyedRow>
  /// All ones where the order is descending.
  private let flip: UInt64

  /// A run of rows that are equal in their first `depth` bytes.
  private struct Run {
    var start: Int
    var count: Int
    var depth: Int
  }

  /// The order of a plain bytes column without nulls.
  static func order(_ column: Column, descending: Bool, _ parallel: Parallel) -> RowIndices {
    let count = column.count
    guard count > 1 else { return Sorting.identity(count) }
    let memory = MutableBuffer(count: count * MemoryLayout<KeyedRow>.stride)
    let sort = StringSort(
      view: BytesView(column), elements: memory.pointer(as: KeyedRow.self),
      flip: descending ? ~0 : 0)
    sort.run(count, parallel)
    let target = MutableBuffer(count: count * 4)
    let rows = target.pointer(as: Int32.self)
    for k in 0..<count { rows[k] = Int32(truncatingIfNeeded: sort.elements[k].row) }
    return RowIndices(buffer: target.freeze(), count: count)
  }

  /// Runs longer than this are sorted by all threads together, shorter ones by one each.
  private static var sharedRun: Int { 1 << 18 }

  private func run(_ count: Int, _ parallel: Parallel) {
    var shared = [Run(start: 0, count: count, depth: 0)]
    for row in 0..<count { elements[row].row = UInt64(truncatingIfNeeded: row) }
    while let run = shared.popLast(), !parallel.isCancelled() {
      let differing = fillWords(run, parallel)
      if differing != 0 {
        let memory = ElementMemory(base: elements + run.start)
        RadixSort(
          source: memory, sink: memory, count: run.count, lowBit: 0,
          highBit: 64 - differing.leadingZeroBitCount
        ).run(parallel)
      }
      // The rest relies on the order of the words.
      if parallel.isCancelled() { return }
      shared += refineParts(run, parallel)
    }
  }

  /// Puts the words at the run's depth beside its rows and gives the bits in which they differ.
  private func fillWords(_ run: Run, _ parallel: Parallel) -> UInt64 {
    let parts = parallel.width
    let first = word(Int(elements[run.start].row), run.depth)
    let differing = Monitor<UInt64>(0)
    parallel.run(parts) { part in
      var bits: UInt64 = 0
      for k in Parallel.part(part, of: parts, run.count) {
        let position = run.start &+ k
        let word = word(Int(elements[position].row), run.depth)
        elements[position].key = word
        bits |= word ^ first
      }
      differing.withLock { $0 |= bits }
    }
    return differing.withLock { $0 }
  }

  /// Finishes a run that is in the order of its words, but for the runs within it that are to be
  /// shared.
  private func refineParts(_ run: Run, _ parallel: Parallel) -> [Run] {
    // Runs of equal words are independent: the rows are cut between them.
    let tasks = parallel.width == 1 ? 1 : parallel.width * 8
    let bounds = (0...tasks).map { task in
      boundary(run.start + run.count * task / tasks, run)
    }
    let shared = Monitor<[Run]>([])
    parallel.run(tasks) { task in
      let (start, end) = (bounds[task], bounds[task + 1])
      guard start < end, !parallel.isCancelled() else { return }
      let long = refine(start..<end, run.depth)
      if !long.isEmpty { shared.withLock { $0 += long } }
    }
    return shared.withLock { $0 }
  }

  /// The first position from `position` on where a new word begins.
  private func boundary(_ position: Int, _ run: Run) -> Int {
    let end = run.start + run.count
    guard position > run.start, position < end else { return position }
    let key = elements[position - 1].key
    var (low, high) = (position, end)
    while low < high {
      let middle = low + (high - low) / 2
      if elements[middle].key == key { low = middle + 1 } else { high = middle }
    }
    return low
  }

  @inline(__always)
  private func word(_ row: Int, _ depth: Int) -> UInt64 { view.leadingWord(row, depth) ^ flip }

  // MARK: Rows with equal words

  /// Sorts a range whose rows are in the order of their words at `depth`, and gives the runs too
  /// long for one thread.
  private func refine(_ range: Range<Int>, _ depth: Int) -> [Run] {
    var long: [Run] = []
    var pending: [Run] = []
    collectRuns(range, depth, &pending)
    while let run = pending.popLast() {
      if run.count <= 20 {
        insertionSort(run)
      } else if run.count >= Self.sharedRun {
        long.append(run)
      } else {
        var differing: UInt64 = 0
        let first = word(Int(elements[run.start].row), run.depth)
        for k in run.start..<(run.start + run.count) {
          let word = word(Int(elements[k].row), run.depth)
          elements[k].key = word
          differing |= word ^ first
        }
        if differing != 0 {
          let memory = ElementMemory(base: elements + run.start)
          RadixSort(
            source: memory, sink: memory, count: run.count, lowBit: 0,
            highBit: 64 - differing.leadingZeroBitCount
          ).run(.serial)
        }
        collectRuns(run.start..<(run.start + run.count), run.depth, &pending)
      }
    }
    return long
  }

  /// Finds the runs of equal words at `depth` that longer rows still have to decide.
  private func collectRuns(_ range: Range<Int>, _ depth: Int, _ pending: inout [Run]) {
    var start = range.lowerBound
    while start < range.upperBound {
      var end = start + 1
      let key = elements[start].key
      while end < range.upperBound, elements[end].key == key { end += 1 }
      if end - start > 1 { splitByLength(start..<end, depth, &pending) }
      start = end
    }
  }

  /// Orders rows of equal words by where they end, which padding hides; those that go on are left
  /// to be sorted.
  private func splitByLength(_ range: Range<Int>, _ depth: Int, _ pending: inout [Run]) {
    var counts = [Int](repeating: 0, count: 10)
    for k in range { counts[lengthClass(k, depth)] += 1 }
    if !counts.contains(range.count) { partition(range, depth, counts) }
    let longer = counts[9]
    guard longer > 1 else { return }
    let start = flip == 0 ? range.upperBound - longer : range.lowerBound
    pending.append(Run(start: start, count: longer, depth: depth + 8))
  }

  /// The bytes left at `depth`, nine for more than eight.
  @inline(__always)
  private func lengthClass(_ position: Int, _ depth: Int) -> Int {
    min(9, view.views[Int(elements[position].row)].count &- depth)
  }

  private func partition(_ range: Range<Int>, _ depth: Int, _ counts: [Int]) {
    var next = [Int](repeating: 0, count: 10)
    var total = 0
    for step in 0..<10 {
      let length = flip == 0 ? step : 9 - step
      next[length] = total
      total += counts[length]
    }
    let memory = MutableBuffer(count: range.count * MemoryLayout<KeyedRow>.stride)
    let target = memory.pointer(as: KeyedRow.self)
    for k in range {
      let length = lengthClass(k, depth)
      target[next[length]] = elements[k]
      next[length] += 1
    }
    (elements + range.lowerBound).update(from: target, count: range.count)
  }

  private func insertionSort(_ run: Run) {
    for i in (run.start + 1)..<(run.start + run.count) {
      let element = elements[i]
      var j = i
      while j > run.start, comesBefore(element, elements[j - 1], run.depth) {
        elements[j] = elements[j - 1]
        j -= 1
      }
      elements[j] = element
    }
  }

  private func comesBefore(_ a: KeyedRow, _ b: KeyedRow, _ depth: Int) -> Bool {
    let first = UnsafeRawBufferPointer(rebasing: view.bytes(Int(a.row)).dropFirst(depth))
    let second = UnsafeRawBufferPointer(rebasing: view.bytes(Int(b.row)).dropFirst(depth))
    return flip == 0 ? precedes(first, second) : precedes(second, first)
  }
}

extension BytesView {
  /// Eight bytes of a row from `depth` (a multiple of eight) on as a word of the same order, zero
  /// beyond the end.
  @inline(__always)
  func leadingWord(_ row: Int, _ depth: Int) -> UInt64 {
    let value = views[row]
    if value.isInline {
      if depth == 0 { return (value.low &>> 32 | value.high &<< 32).byteSwapped }
      return (depth == 8 ? value.high &>> 32 : 0).byteSwapped
    }
    let start = blocks[value.block] + value.offset + depth
    let left = value.count &- depth
    if left >= 8 { return start.loadUnaligned(as: UInt64.self).byteSwapped }
    var word: UInt64 = 0
    for k in 0..<max(left, 0) {
      word |= UInt64(start.load(fromByteOffset: k, as: UInt8.self)) &<< UInt64(56 &- 8 &* k)
    }
    return word
  }
}
