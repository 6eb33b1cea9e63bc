import ColumnarCore
import Synchronization

/// Some rows of results of one node, in the order in which they came.
///
/// Open, it takes more rows; sealed, it is one column, in memory of its own or a mapped file.
///
/// `@unchecked Sendable`: everything that changes is changed under the table's lock for writing,
/// but for what is atomic.
final class CacheSegment: @unchecked Sendable {
  /// Results that came together, and the row at which they begin.
  struct Part {
    let start: Int
    let column: Column
    let keys: Buffer
  }

  /// Its place in the table.
  let number: UInt32
  /// The file it stands in, by name.
  private(set) var file: String?
  private(set) var parts: [Part] = []
  private(set) var count = 0
  /// What it takes of the limit.
  private(set) var byteCount = 0
  private(set) var isOpen = true
  /// When the first row came, in nanoseconds.
  private(set) var began: UInt64 = 0
  /// When it was last read: a count of the cache's looks.
  private let used = Atomic<UInt64>(0)
  /// Whether it was read since its file was last touched.
  private let isTouched = Atomic<Bool>(false)

  /// What a row costs beside its value: its key, and its share of the index.
  static let rowBytes = 48

  /// An open one.
  init(number: UInt32) { self.number = number }

  /// A sealed one.
  init(number: UInt32, column: Column, byteCount: Int, file: String?) {
    self.number = number
    self.file = file
    parts = [Part(start: 0, column: column, keys: .empty)]
    count = column.count
    self.byteCount = byteCount + column.count * Self.rowBytes
    isOpen = false
  }

  var lastUse: UInt64 { used.load(ordering: .relaxed) }

  /// Notes that it was read.
  func use(at time: UInt64) {
    used.store(time, ordering: .relaxed)
    if !isTouched.load(ordering: .relaxed) { isTouched.store(true, ordering: .relaxed) }
  }

  /// Whether it was read since this was last asked.
  func takeTouch() -> Bool { isTouched.exchange(false, ordering: .relaxed) }

  func append(_ column: Column, keys: Buffer, byteCount: Int) {
    if count == 0 { began = MonotonicClock.nanoseconds() }
    parts.append(Part(start: count, column: column, keys: keys))
    count += column.count
    self.byteCount += byteCount + column.count * Self.rowBytes
  }

  /// No more rows; the parts stay until `seal`.
  func close() { isOpen = false }

  /// Its rows are those of `column` from now on, in the same order.
  func seal(_ column: Column, byteCount: Int, file: String?) {
    parts = [Part(start: 0, column: column, keys: .empty)]
    self.byteCount = byteCount + count * Self.rowBytes
    self.file = file
  }

  /// The part that holds a row.
  func part(of row: Int) -> Int {
    var (low, high) = (0, parts.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if parts[middle].start <= row { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
