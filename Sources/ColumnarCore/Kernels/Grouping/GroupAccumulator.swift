/// The state of one aggregate over all groups of a table.
///
/// Each thread, or each partition, has its own; partial states travel between them as columns.
/// Groups are numbered from zero; `grow` is called before a number is used.
package protocol GroupAccumulator: AnyObject {
  /// Makes room for groups up to `groups`; new ones have seen nothing.
  func grow(to groups: Int)

  /// Adds each row to the group that `groups` gives for it.
  ///
  /// `firstRow` is the global number of row 0, which only `first` and `last` look at. For a count
  /// of rows, the column's content does not matter.
  func update(_ values: Column, groups: UnsafePointer<UInt32>, firstRow: Int64) throws

  /// Adds all rows to group 0: the aggregate of a whole frame.
  func updateAll(_ values: Column, firstRow: Int64) throws

  /// The types of the columns of `partialState`.
  var stateTypes: [DataType] { get }

  /// The state, one row per group, from which `merge` goes on elsewhere.
  func partialState() -> [Column]

  /// Adds the states of another accumulator, each row to the group that `groups` gives for it.
  func merge(_ state: [Column], groups: UnsafePointer<UInt32>) throws

  /// The results, one row per group.
  func finish() throws -> Column
}

/// A value per group, growing as groups come.
struct StateArray<T: BitwiseCopyable>: ~Copyable {
  private var memory = MutableBuffer(capacity: 0)
  private(set) var count = 0
  private let initial: T

  init(initial: T) { self.initial = initial }

  mutating func grow(to groups: Int) {
    guard groups > count else { return }
    memory.reserve((groups - count) * MemoryLayout<T>.stride)
    (pointer + count).initialize(repeating: initial, count: groups - count)
    count = groups
    memory.count = count * MemoryLayout<T>.stride
  }

  /// The values, valid until the next growth.
  @inline(__always)
  var pointer: UnsafeMutablePointer<T> { memory.pointer(as: T.self) }

  /// A copy of the values as a buffer.
  func buffer() -> Buffer {
    Buffer(
      copying: UnsafeRawBufferPointer(start: memory.start, count: count * MemoryLayout<T>.stride))
  }

  /// A copy as a column.
  func column(_ type: DataType, validity: Bitmap? = nil) -> Column {
    Column(type: type, values: buffer(), validity: validity, count: count)
  }
}

/// A bit per group, set where `body` holds; nil where it holds for all.
@inline(__always)
func groupValidity(_ count: Int, _ body: (Int) -> Bool) -> Bitmap? {
  var clear = 0
  let bits = Bitmap(count: count) { k in
    var word: UInt64 = 0
    for i in (k &* 64)..<min(count, k &* 64 &+ 64) {
      let bit = asInt(body(i))
      clear &+= 1 &- bit
      word |= UInt64(truncatingIfNeeded: bit) &<< UInt64(truncatingIfNeeded: i & 63)
    }
    return word
  }
  return clear == 0 ? nil : bits
}
