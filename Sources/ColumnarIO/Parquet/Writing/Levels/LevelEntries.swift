import ColumnarCore

/// The slots of one field on the way down from the rows to a leaf: their levels so far, and which
/// row of the field's column each of them is.
struct LevelEntries {
  /// Which rows of the column the slots are.
  enum Rows {
    /// Slot k is row k, and all are there.
    case all
    /// An Int32 each, -1 where something above was null or empty.
    case some(Buffer)
  }

  var count: Int
  /// The definition levels; where `rows` is `.all` they are all the same.
  var definitions: WriteLevels
  /// The repetition levels; nil where there is no list above.
  var repetitions: Buffer?
  var rows = Rows.all

  /// The rows of a column at the top.
  init(rows count: Int) {
    self.count = count
    definitions = .uniform(0)
  }

  private init(count: Int, definitions: WriteLevels, repetitions: Buffer?, rows: Rows) {
    self.count = count
    self.definitions = definitions
    self.repetitions = repetitions
    self.rows = rows
  }

  /// The slots once rows that are null are told from others, which have level `level`.
  func defined(by validity: Bitmap?, level: Int) -> LevelEntries {
    let level = UInt8(truncatingIfNeeded: level)
    if validity == nil, case .all = rows {
      var copy = self
      copy.definitions = .uniform(level)
      return copy
    }
    let levels = MutableBuffer(count: count)
    let places = MutableBuffer(count: count * 4)
    let (definition, place) = (levels.pointer(as: UInt8.self), places.pointer(as: Int32.self))
    copyDefinitions(to: definition)
    forEachRow { slot, row in
      place[slot] = -1
      guard row >= 0, validity?.isSet(row) ?? true else { return }
      definition[slot] = level
      place[slot] = Int32(truncatingIfNeeded: row)
    }
    return LevelEntries(
      count: count, definitions: .bytes(levels.freeze()), repetitions: repetitions,
      rows: .some(places.freeze()))
  }

  /// Calls `body` with every slot and its row, -1 where it has none.
  @inline(__always)
  private func forEachRow(_ body: (Int, Int) -> Void) {
    switch rows {
    case .all: for slot in 0..<count { body(slot, slot) }
    case .some(let places):
      let place = places.pointer(as: Int32.self)
      for slot in 0..<count { body(slot, Int(place[slot])) }
      withExtendedLifetime(places.owner) {}
    }
  }

  private func copyDefinitions(to target: UnsafeMutablePointer<UInt8>) {
    switch definitions {
    case .uniform(let level): target.update(repeating: level, count: count)
    case .bytes(let levels):
      target.update(from: levels.pointer(as: UInt8.self), count: count)
      withExtendedLifetime(levels.owner) {}
    case .bits: break
    }
  }

  /// The slots of the elements of `lists`, which are `span` rows of their column from `first` on: an
  /// element's level is `level`, the one of a list without any is one less.
  ///
  /// More than 2^31 elements are an error.
  func expanded(
    _ lists: ListView, first: Int, span: Int, level: Int, repetition: Int, _ name: String
  ) throws -> LevelEntries {
    var (total, elements, absent) = (0, 0, 0)
    var next = first
    var isDense = true
    forEachRow { _, row in
      let range = row < 0 ? 0..<0 : lists.range(row)
      total &+= max(1, range.count)
      elements &+= range.count
      absent &+= range.isEmpty ? 1 : 0
      isDense = isDense && range.lowerBound == next
      next = range.upperBound
    }
    guard total <= Int32.max, span <= Int32.max else {
      throw ColumnarError(
        .resourcesExhausted,
        "Column \"\(name)\" has \(elements) elements in one row group, more than 2^31. Write with "
          + "smaller rowGroupRows.")
    }
    let repeats = MutableBuffer(count: total)
    fillRepetitions(repeats.pointer(as: UInt8.self), lists, UInt8(truncatingIfNeeded: repetition))
    if absent == 0, isDense {
      return LevelEntries(
        count: total, definitions: .uniform(UInt8(truncatingIfNeeded: level)),
        repetitions: repeats.freeze(), rows: .all)
    }
    let levels = MutableBuffer(count: total)
    let places = MutableBuffer(count: total * 4)
    fill(levels.pointer(), places.pointer(), lists, first, UInt8(truncatingIfNeeded: level))
    return LevelEntries(
      count: total, definitions: .bytes(levels.freeze()), repetitions: repeats.freeze(),
      rows: .some(places.freeze()))
  }

  private func fillRepetitions(
    _ target: UnsafeMutablePointer<UInt8>, _ lists: ListView, _ repetition: UInt8
  ) {
    let before = repetitions?.pointer(as: UInt8.self)
    var slot = 0
    forEachRow { entry, row in
      target[slot] = before.map { $0[entry] } ?? 0
      slot &+= 1
      guard row >= 0 else { return }
      let more = lists.range(row).count &- 1
      guard more > 0 else { return }
      (target + slot).update(repeating: repetition, count: more)
      slot &+= more
    }
    withExtendedLifetime(repetitions?.owner) {}
  }

  private func fill(
    _ levels: UnsafeMutablePointer<UInt8>, _ places: UnsafeMutablePointer<Int32>,
    _ lists: ListView, _ first: Int, _ level: UInt8
  ) {
    let old = MutableBuffer(count: count)
    copyDefinitions(to: old.pointer())
    let before = old.pointer(as: UInt8.self)
    var slot = 0
    forEachRow { entry, row in
      let range = row < 0 ? 0..<0 : lists.range(row)
      guard !range.isEmpty else {
        levels[slot] = row < 0 ? before[entry] : level &- 1
        places[slot] = -1
        slot &+= 1
        return
      }
      (levels + slot).update(repeating: level, count: range.count)
      for element in range {
        places[slot] = Int32(truncatingIfNeeded: element &- first)
        slot &+= 1
      }
    }
    withExtendedLifetime(old) {}
  }

  /// The rows of `column` that are there, in order.
  func values(of column: Column) -> Column {
    guard case .some(let places) = rows else { return column }
    let place = places.pointer(as: Int32.self)
    let memory = MutableBuffer(count: count * 4)
    let target = memory.pointer(as: Int32.self)
    var found = 0
    for slot in 0..<count {
      target[found] = place[slot]
      found &+= place[slot] >= 0 ? 1 : 0
    }
    withExtendedLifetime(places.owner) {}
    return column.withValidity(nil).taking(RowIndices(buffer: memory.freeze(), count: found))
  }
}
