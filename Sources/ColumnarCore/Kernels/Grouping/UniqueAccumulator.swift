/// Counts the different values of each group; nulls are skipped.
///
/// Values are numbered once, then pairs of group and value number are, both in tables of
/// fixed-width keys.
final class UniqueAccumulator: GroupAccumulator {
  private var counts = StateArray<Int64>(initial: 0)
  private let type: DataType
  private let values: GroupTable
  private let pairs = GroupTable(keyTypes: [.uint64])

  init(type: DataType) {
    self.type = type
    values = GroupTable(keyTypes: [type])
  }

  func grow(to groups: Int) { counts.grow(to: groups) }

  func update(_ column: Column, groups: UnsafePointer<UInt32>, firstRow: Int64) {
    add(column) { groups[$0] }
  }

  func updateAll(_ column: Column, firstRow: Int64) {
    grow(to: 1)
    add(column) { _ in 0 }
  }

  @inline(__always)
  private func add(_ column: Column, _ group: (Int) -> UInt32) {
    guard column.count > 0, type.kind != .null else { return }
    let numbers = values.assign([column])
    let value = numbers.pointer
    var memory = MutableBuffer(capacity: column.count * 8)
    let target = memory.pointer(as: UInt64.self)
    var count = 0
    forEachValid(column.count, column.validity) {
      target[count] = UInt64(group($0)) &<< 32 | UInt64(value[$0])
      count &+= 1
    }
    withExtendedLifetime(numbers) {}
    memory.count = count * 8
    let keys = memory.freeze()
    var known = pairs.groupCount
    let ids = pairs.assign([Column(type: .uint64, values: keys, count: count)])
    let (id, key, counts) = (ids.pointer, keys.pointer(as: UInt64.self), counts.pointer)
    for row in 0..<count where Int(id[row]) == known {
      known &+= 1
      counts[Int(key[row] &>> 32)] &+= 1
    }
    withExtendedLifetime((ids, keys)) {}
  }

  var stateTypes: [DataType] { [.list(type)] }

  /// Every group's different values as a list.
  func partialState() -> [Column] {
    let count = counts.count
    let memory = MutableBuffer(count: (count + 1) * 8)
    let offsets = memory.pointer(as: Int64.self)
    offsets[0] = 0
    for group in 0..<count { offsets[group + 1] = offsets[group] + counts.pointer[group] }
    let total = Int(offsets[count])
    guard total > 0 else {
      return [Column(listOf: .empty(type), offsets: memory.freeze(), count: count)]
    }
    let keys = PrimitiveView<UInt64>(pairs.keys()[0])
    var next = (0..<count).map { Int(offsets[$0]) }
    var rows = [Int32](repeating: 0, count: total)
    for k in 0..<keys.count {
      let group = Int(keys.values[k] >> 32)
      rows[next[group]] = Int32(truncatingIfNeeded: keys.values[k] & 0xFFFF_FFFF)
      next[group] += 1
    }
    let elements = values.keys()[0].taking(RowIndices(rows)).withValidity(nil)
    return [Column(listOf: elements, offsets: memory.freeze(), count: count)]
  }

  func merge(_ state: [Column], groups: UnsafePointer<UInt32>) {
    let lists = ListView(state[0])
    let count = state[0].count
    guard count > 0 else { return }
    let first = lists.range(0).lowerBound
    let last = lists.range(count - 1).upperBound
    let memory = MutableBuffer(count: (last - first) * 4)
    let target = memory.pointer(as: UInt32.self)
    for row in 0..<count {
      for k in lists.range(row) { target[k - first] = groups[row] }
    }
    add(lists.elements.slice(first..<last)) { target[$0] }
  }

  func finish() -> Column { counts.column(.int64) }
}
