/// Counts rows, or values that are not null.
final class CountAccumulator: GroupAccumulator {
  private var counts = StateArray<Int64>(initial: 0)
  private let countsNulls: Bool

  init(countsNulls: Bool) { self.countsNulls = countsNulls }

  func grow(to groups: Int) { counts.grow(to: groups) }

  func update(_ values: Column, groups: UnsafePointer<UInt32>, firstRow: Int64) {
    let counts = counts.pointer
    forEachValid(values.count, countsNulls ? nil : values.validity) {
      counts[Int(groups[$0])] &+= 1
    }
  }

  func updateAll(_ values: Column, firstRow: Int64) {
    grow(to: 1)
    let added = countsNulls ? values.count : values.count - values.nullCount
    counts.pointer[0] &+= Int64(added)
  }

  var stateTypes: [DataType] { [.int64] }

  func partialState() -> [Column] { [counts.column(.int64)] }

  func merge(_ state: [Column], groups: UnsafePointer<UInt32>) {
    let other = PrimitiveView<Int64>(state[0])
    let counts = counts.pointer
    for row in 0..<other.count { counts[Int(groups[row])] &+= other.values[row] }
  }

  func finish() -> Column { counts.column(.int64) }
}
