import ColumnarCore

/// The results of one node that a cache knows: an index of keys, and segments of rows.
///
/// Many threads and queries at once use it. `@unchecked Sendable`: the index and the segments are
/// read under the lock for reading and changed under that for writing.
final class CacheTable: @unchecked Sendable {
  let type: DataType
  /// Whoever holds a table holds its cache too.
  private unowned let cache: Cache
  /// Where sealed segments are kept; nil: in memory.
  let folder: CacheFolder?
  private let lock = ReadWriteLock()
  private let index = CacheIndex()
  private var segments: [CacheSegment?] = []
  /// The segment that takes new rows.
  private var open: CacheSegment?
  private let codec: CacheCodec?

  init(_ cache: Cache, _ type: DataType, folder: CacheFolder?) {
    self.cache = cache
    self.type = type
    self.folder = folder
    codec = type.containsOpaque ? nil : try? CacheCodec(type)
  }

  /// The number of rows, and the bytes they take of the limit in memory.
  var size: (rows: Int, bytes: Int) {
    lock.reading {
      segments.reduce(into: (0, 0)) { size, segment in
        guard let segment else { return }
        size.0 += segment.count
        size.1 += segment.byteCount
      }
    }
  }

  // MARK: Rows

  /// Looks up the results of rows; those that are not called need none.
  func find(_ keys: Buffer, count: Int, callable: Bitmap?) -> CacheLookup {
    let time = cache.tick()
    return lock.reading {
      CacheLookup(
        keys, count: count, callable: callable, in: index, { segments[Int($0)] }, time: time)
    }
  }

  /// Keeps results; gives the bytes they take.
  func store(_ column: Column, keys: Buffer) -> Int {
    guard column.count > 0 else { return 0 }
    var sizes = [Int](repeating: 0, count: column.count)
    column.addRowBytes(to: &sizes)
    column.addSizesOfObjects(to: &sizes)
    let total = sizes.reduce(0, +) + column.count * CacheSegment.rowBytes
    let most = cache.segmentBytes
    // A segment is evicted as a whole, so it must be a small part of what may be kept.
    let pieces = min(column.count, (total + most - 1) / most)
    for piece in 0..<pieces {
      let rows = column.count * piece / pieces..<column.count * (piece + 1) / pieces
      append(
        column.slice(rows), keys: keys.slice(rows.lowerBound * 16..<rows.upperBound * 16),
        byteCount: sizes[rows].reduce(0, +))
    }
    return total
  }

  private func append(_ column: Column, keys: Buffer, byteCount: Int) {
    let time = cache.tick()
    let full = lock.writing { () -> CacheSegment? in
      let segment = open ?? newSegment()
      let first = UInt64(segment.number) << 32 | UInt64(segment.count)
      let before = segment.byteCount
      segment.append(column, keys: keys, byteCount: byteCount)
      countBytes(segment.byteCount - before)
      segment.use(at: time)
      insert(keys, column.count, first)
      let age = MonotonicClock.nanoseconds() &- segment.began
      guard
        segment.count >= Self.segmentRows || segment.byteCount >= cache.segmentBytes
          || age > Self.longestAge
      else { return nil }
      segment.close()
      open = nil
      return segment
    }
    // What is sealed on the way is counted too, so room is made before that.
    if folder == nil { cache.makeRoomIfNeeded() }
    if let full { seal(full) }
  }

  /// After so many rows, or so many nanoseconds, a segment is sealed.
  private static let segmentRows = 1 << 16
  private static let longestAge: UInt64 = 5_000_000_000

  private func newSegment() -> CacheSegment {
    let segment = CacheSegment(number: UInt32(segments.count))
    segments.append(segment)
    open = segment
    return segment
  }

  private func insert(_ keys: Buffer, _ count: Int, _ first: CacheIndex.Place) {
    let rows = keys.pointer(as: StableKey.self)
    let ahead = CacheIndex.ahead
    for row in 0..<count {
      if row + ahead < count { index.prefetch(rows[row + ahead]) }
      index.insert(rows[row], first &+ UInt64(row)) { isThere($0) }
    }
    withExtendedLifetime(keys) {}
  }

  private func isThere(_ place: CacheIndex.Place) -> Bool { segments[Int(place &>> 32)] != nil }

  // MARK: Segments

  /// Seals what is open: at the end of a query.
  func flush() {
    let segment = lock.writing { () -> CacheSegment? in
      defer { open = nil }
      open?.close()
      return open
    }
    if let segment { seal(segment) }
  }

  /// Writes a closed segment as one column.
  ///
  /// Its rows can be found meanwhile.
  private func seal(_ segment: CacheSegment) {
    let parts = lock.reading { segment.parts }
    let joined = Column.concatenating(parts.map(\.column), type: type)
    guard let codec else {
      // One column of the same objects takes what its parts took.
      let byteCount = segment.byteCount - segment.count * CacheSegment.rowBytes
      seal(segment, as: joined, byteCount: byteCount, file: nil)
      return cache.noteGrowth()
    }
    do {
      let keys = parts.map(\.keys)
      let sealed = try folder?.write(joined, keys, codec) ?? codec.packed(joined)
      seal(segment, as: sealed.column, byteCount: sealed.byteCount, file: sealed.file)
    } catch {
      // A cache that cannot keep something is no reason for a query to fail.
      cache.note("a segment could not be kept: \(error)")
      lock.writing { remove(Int(segment.number)) }
    }
    cache.noteGrowth()
  }

  /// Puts a column in the place of a segment's parts.
  private func seal(_ segment: CacheSegment, as column: Column, byteCount: Int, file: String?) {
    lock.writing {
      let before = segment.byteCount
      segment.seal(column, byteCount: byteCount, file: file)
      // It may have been dropped meanwhile, and is not counted any more.
      if segments[Int(segment.number)] === segment { countBytes(segment.byteCount - before) }
    }
  }

  /// Counts what segments in memory take more, or less, of the cache's limit.
  ///
  /// Those of a table with files take none: open, they are files to be.
  private func countBytes(_ bytes: Int) { if folder == nil { cache.countBytes(bytes) } }

  /// The segments in memory, open ones too, with the time of their last use, for eviction.
  func evictable() -> [(number: UInt32, lastUse: UInt64, byteCount: Int)] {
    guard folder == nil else { return [] }
    return lock.reading {
      segments.compactMap { segment in
        segment.map { ($0.number, $0.lastUse, $0.byteCount) }
      }
    }
  }

  func drop(_ numbers: [UInt32]) {
    lock.writing {
      for number in numbers { remove(Int(number)) }
      shrink()
    }
  }

  func dropAll() {
    lock.writing {
      for k in segments.indices { remove(k) }
      shrink()
    }
  }

  /// Lets go of a segment, if it is still there.
  private func remove(_ number: Int) {
    guard let segment = segments[number] else { return }
    if segment === open { open = nil }
    countBytes(-segment.byteCount)
    segments[number] = nil
  }

  /// Makes the index smaller when most of it stands for rows that are gone.
  private func shrink() {
    let rows = segments.reduce(0) { $0 + ($1?.count ?? 0) }
    if index.count > 2 * rows + 64 { index.rebuild(room: 0, isThere) }
  }

  // MARK: Files

  /// Takes in what other processes wrote, and lets go of what they removed.
  func refresh() {
    guard let folder else { return }
    let names = Set(folder.names())
    let known = lock.writing { () -> Set<String> in
      var known = Set<String>()
      for (k, segment) in segments.enumerated() {
        guard let name = segment?.file else { continue }
        if names.contains(name) { known.insert(name) } else { segments[k] = nil }
      }
      return known
    }
    let new = names.subtracting(known).sorted().compactMap { name in
      folder.read(name, type, cache).map { (name, $0) }
    }
    guard !new.isEmpty else { return }
    lock.writing {
      // Another query may have taken some in meanwhile.
      let taken = Set(segments.compactMap { $0?.file })
      let new = new.filter { !taken.contains($0.0) }
      index.reserve(new.reduce(0) { $0 + $1.1.column.count }, isThere)
      for (name, content) in new { take(content, file: name) }
    }
  }

  private func take(_ content: CacheFile.Content, file: String) {
    let segment = CacheSegment(
      number: UInt32(segments.count), column: content.column, byteCount: content.byteCount,
      file: file)
    segments.append(segment)
    insert(content.keys, content.column.count, UInt64(segment.number) << 32)
  }

  /// Marks the files as used that were read since this was last called.
  func touchFiles() {
    guard let folder else { return }
    let names = lock.reading { segments.compactMap { $0?.takeTouch() == true ? $0?.file : nil } }
    for name in names { folder.touch(name) }
  }
}
