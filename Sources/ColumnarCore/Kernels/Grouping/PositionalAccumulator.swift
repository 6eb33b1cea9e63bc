/// The first or the last row's value of each group, null or not, by global row number.
final class PositionalAccumulator: GroupAccumulator {
  private struct State: BitwiseCopyable {
    /// The global row number.
    var row: Int64
    /// Where the value stands in the pieces, or -1.
    var place: Int64 = -1
  }
  private let type: DataType
  private let last: Bool
  private var states: StateArray<State>
  private var pieces: ColumnPieces

  init(type: DataType, last: Bool) {
    self.type = type
    self.last = last
    states = StateArray(initial: State(row: last ? -1 : .max))
    pieces = ColumnPieces(type: type)
  }

  func grow(to groups: Int) { states.grow(to: groups) }

  func update(_ values: Column, groups: UnsafePointer<UInt32>, firstRow: Int64) {
    take(values, groups: groups) { firstRow &+ Int64($0) }
  }

  func updateAll(_ values: Column, firstRow: Int64) {
    grow(to: 1)
    guard values.count > 0 else { return }
    let row = last ? values.count - 1 : 0
    var group: UInt32 = 0
    take(values.slice(row..<(row + 1)), groups: &group) { firstRow &+ Int64(row &+ $0) }
  }

  @inline(__always)
  private func take(
    _ values: Column, groups: UnsafePointer<UInt32>, _ number: (Int) -> Int64
  ) {
    let states = states.pointer
    let base = Int64(pieces.count)
    var winners: [Int32] = []
    // A later row may take the place of an earlier one of this batch: it reuses that one's place.
    for row in 0..<values.count {
      let global = number(row)
      let state = states + Int(groups[row])
      let wins = last ? global > state.pointee.row : global < state.pointee.row
      guard wins else { continue }
      state.pointee.row = global
      if state.pointee.place >= base {
        winners[Int(state.pointee.place - base)] = Int32(truncatingIfNeeded: row)
      } else {
        state.pointee.place = base &+ Int64(winners.count)
        winners.append(Int32(truncatingIfNeeded: row))
      }
    }
    guard !winners.isEmpty else { return }
    pieces.append(values.taking(RowIndices(winners)).detached())
    if pieces.count > 2 * self.states.count + 65_536 { compact() }
  }

  /// Drops values that are no group's any more.
  private func compact() {
    let values = currentValues()
    pieces = ColumnPieces(type: type)
    pieces.append(values)
    for group in 0..<states.count where states.pointer[group].place >= 0 {
      states.pointer[group].place = Int64(group)
    }
  }

  private func currentValues() -> Column {
    let states = states.pointer
    let indices = (0..<self.states.count).map { Int32(truncatingIfNeeded: states[$0].place) }
    if pieces.count == 0 { return .nulls(of: type, count: indices.count).decoded() }
    return pieces.joined()
      .taking(RowIndices(indices, mayBeAbsent: indices.contains(-1))).detached()
  }

  var stateTypes: [DataType] { [type, .int64] }

  func partialState() -> [Column] {
    let states = states.pointer
    let count = self.states.count
    let memory = MutableBuffer(count: count * 8)
    for group in 0..<count { memory.pointer(as: Int64.self)[group] = states[group].row }
    let validity = groupValidity(count) { states[$0].place >= 0 }
    return [
      currentValues(),
      Column(type: .int64, values: memory.freeze(), validity: validity, count: count),
    ]
  }

  func merge(_ state: [Column], groups: UnsafePointer<UInt32>) {
    let rows = PrimitiveView<Int64>(state[1])
    // A group that saw no row brings the number that never wins.
    let never: Int64 = last ? -1 : .max
    take(state[0], groups: groups) { rows.validity?.isSet($0) ?? true ? rows.values[$0] : never }
  }

  func finish() -> Column { currentValues() }
}
