/// Minima or maxima of strings and binary values, by their bytes.
final class BytesExtremumAccumulator: GroupAccumulator {
  private var values = StateArray<ByteView>(initial: ByteView(low: 0, high: 0))
  private var seen = StateArray<UInt8>(initial: 0)
  private var arena = BytesArena()
  /// The bytes of the arena that the values still show.
  private var live = 0
  private let type: DataType

  private let wins: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Bool

  init<E: Extremum>(type: DataType, _ which: E.Type) {
    self.type = type
    wins = { E.wins($0, $1) }
  }

  func grow(to groups: Int) {
    values.grow(to: groups)
    seen.grow(to: groups)
  }

  func update(_ column: Column, groups: UnsafePointer<UInt32>, firstRow: Int64) {
    let view = BytesView(column)
    forEachValid(view.count, view.validity) { consider(view, $0, Int(groups[$0])) }
    compactIfWasteful()
  }

  func updateAll(_ column: Column, firstRow: Int64) {
    grow(to: 1)
    let view = BytesView(column)
    // The batch's best row first, so that at most one value is copied.
    var best = -1
    forEachValid(view.count, view.validity) {
      if best < 0 || wins(view.bytes($0), view.bytes(best)) { best = $0 }
    }
    if best >= 0 { consider(view, best, 0) }
    compactIfWasteful()
  }

  private func consider(_ view: BytesView, _ row: Int, _ group: Int) {
    let current = values.pointer + group
    if seen.pointer[group] != 0, !wins(view.bytes(row), bytes(current)) { return }
    if seen.pointer[group] != 0, !current.pointee.isInline { live -= current.pointee.count }
    seen.pointer[group] = 1
    let source = view.views[row]
    if source.isInline {
      current.pointee = source
    } else {
      live += source.count
      current.pointee = arena.append(view.blocks[source.block] + source.offset, source.count)
    }
  }

  private func bytes(_ view: UnsafePointer<ByteView>) -> UnsafeRawBufferPointer {
    let value = view.pointee
    let start =
      value.isInline ? UnsafeRawPointer(view) + 4 : arena.bases[value.block] + value.offset
    return UnsafeRawBufferPointer(start: start, count: value.count)
  }

  /// Copies the values that still count when more than half of the arena has been overwritten.
  private func compactIfWasteful() {
    guard arena.total > 1 << 20, arena.total > 2 * live else { return }
    let fresh = BytesArena()
    for group in 0..<values.count {
      let value = values.pointer[group]
      values.pointer[group] = fresh.keep(value, UnsafePointer(arena.bases))
    }
    arena = fresh
  }

  var stateTypes: [DataType] { [type] }

  func partialState() -> [Column] { [finish()] }

  func merge(_ state: [Column], groups: UnsafePointer<UInt32>) {
    update(state[0], groups: groups, firstRow: 0)
  }

  func finish() -> Column {
    let seen = seen.pointer
    return Column(
      type: type, views: values.buffer(), blocks: arena.blocks,
      validity: groupValidity(values.count) { seen[$0] != 0 }, count: values.count)
  }
}
