import ColumnarCore

/// Where the results of a batch's rows stand, and their gathering into a column.
///
/// Used by one thread.
final class CacheLookup {
  /// What there is about a row.
  private enum Mark {
    /// Not called, so its result is null.
    static let null: UInt64 = .max - 1
  }

  private let count: Int
  /// Per row the position of a source in the upper half, a row of it in the lower.
  private let places: MutableBox
  private var sources: [Column] = []
  /// The rows that have no result yet.
  private(set) var missing: [Int32] = []
  private(set) var hitCount = 0

  /// Memory that grows no more.
  private final class MutableBox {
    let start: UnsafeMutablePointer<UInt64>
    init(_ count: Int) { start = .allocate(capacity: count) }
    deinit { start.deallocate() }
  }

  /// Looks up the rows of `keys` that are to be called.
  init(
    _ keys: Buffer, count: Int, callable: Bitmap?, in index: CacheIndex,
    _ segment: (UInt32) -> CacheSegment?, time: UInt64
  ) {
    self.count = count
    places = MutableBox(count)
    index.find(keys.pointer(as: StableKey.self), count: count, into: places.start)
    withExtendedLifetime(keys) {}
    resolve(callable, segment, time)
  }

  /// Turns places in segments into places in the sources of this batch.
  private func resolve(
    _ callable: Bitmap?, _ segment: (UInt32) -> CacheSegment?, _ time: UInt64
  ) {
    var known: [UInt64: Int] = [:]
    let places = places.start
    // Rows of one part mostly come one after the other.
    var part = 0..<0
    var (partSegment, source): (UInt64, Int) = (.max, 0)
    for row in 0..<count {
      let place = places[row]
      if let callable, !callable.isSet(row) {
        places[row] = Mark.null
        continue
      }
      if place == CacheIndex.nowhere {
        missing.append(Int32(truncatingIfNeeded: row))
        continue
      }
      let at = Int(truncatingIfNeeded: place & 0xFFFF_FFFF)
      if place &>> 32 != partSegment || !part.contains(at) {
        guard let found = segment(UInt32(truncatingIfNeeded: place &>> 32)) else {
          places[row] = CacheIndex.nowhere
          missing.append(Int32(truncatingIfNeeded: row))
          continue
        }
        let position = found.part(of: at)
        let (start, column) = (found.parts[position].start, found.parts[position].column)
        let id = (place & ~0xFFFF_FFFF) | UInt64(position)
        if known[id] == nil {
          found.use(at: time)
          known[id] = sources.count
          sources.append(column)
        }
        (partSegment, part, source) = (place &>> 32, start..<start + column.count, known[id] ?? 0)
      }
      places[row] = UInt64(source) &<< 32 | UInt64(at &- part.lowerBound)
    }
    hitCount = count - missing.count - (callable.map { count - $0.setCount } ?? 0)
  }

  /// Adds the results of the rows that were missing: `rows[k]` is that of `missing[k]`.
  func add(_ results: Column, rows: (Int) -> Int) {
    for (k, row) in missing.enumerated() {
      places.start[Int(row)] = UInt64(sources.count) << 32 | UInt64(rows(k))
    }
    sources.append(results)
    missing = []
  }

  /// The results of all rows.
  func gathered(_ type: DataType) -> Column {
    if sources.isEmpty { return .nulls(of: type, count: count) }
    if sources.count == 1 { return gatheredFromOne() }
    return gatheredFromMany(type)
  }

  private func gatheredFromOne() -> Column {
    let first = places.start[0]
    var (isWindow, isComplete) = (first < Mark.null, true)
    for row in 0..<count {
      let place = places.start[row]
      if place >= Mark.null { isComplete = false }
      if place != first &+ UInt64(row) { isWindow = false }
    }
    if isWindow { return sources[0].slice(Int(first)..<Int(first) + count) }
    let memory = MutableBuffer(count: count * 4)
    let target = memory.pointer(as: Int32.self)
    for row in 0..<count {
      let place = places.start[row]
      target[row] = place >= Mark.null ? -1 : Int32(truncatingIfNeeded: place)
    }
    return sources[0].taking(
      RowIndices(buffer: memory.freeze(), count: count, mayBeAbsent: !isComplete))
  }

  /// Takes each source's rows, joins them, and puts them in order unless they are.
  private func gatheredFromMany(_ type: DataType) -> Column {
    let places = places.start
    var rows = [[Int32]](repeating: [], count: sources.count)
    var (last, isSorted, isComplete): (UInt64, Bool, Bool) = (0, true, true)
    for row in 0..<count {
      let place = places[row]
      guard place < Mark.null else {
        (isComplete, isSorted) = (false, false)
        continue
      }
      let source = place &>> 32
      if source < last { isSorted = false }
      last = source
      rows[Int(source)].append(Int32(truncatingIfNeeded: place))
    }
    let parts = zip(sources, rows).map { $0.taking(RowIndices($1)) }
    let joined = Column.concatenating(parts, type: type)
    if isSorted { return joined }
    var next: [Int32] = []
    var start: Int32 = 0
    for taken in rows {
      next.append(start)
      start += Int32(taken.count)
    }
    let memory = MutableBuffer(count: count * 4)
    let target = memory.pointer(as: Int32.self)
    for row in 0..<count {
      let place = places[row]
      guard place < Mark.null else {
        target[row] = -1
        continue
      }
      let source = Int(place &>> 32)
      target[row] = next[source]
      next[source] &+= 1
    }
    return joined.taking(
      RowIndices(buffer: memory.freeze(), count: count, mayBeAbsent: !isComplete))
  }
}
