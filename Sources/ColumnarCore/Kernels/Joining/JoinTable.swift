/// How a probe treats rows with and without matches.
package enum JoinKind: Sendable, Hashable {
  /// A pair for every match.
  case inner
  /// As inner, and a pair with an absent build row for a probe row without a match.
  case left
  /// Probe rows with a match, once each.
  case semi
  /// Probe rows without a match.
  case anti
}

/// Pairs of matching rows, in the order of the probe's rows; of one probe row, in the order of the
/// build's.
package struct JoinMatches: Sendable {
  /// Rows of the probe's batch.
  package let probe: RowIndices
  /// Rows of the build side, -1 for none; empty for semi and anti joins.
  package let build: RowIndices
}

/// The build side of a hash join: from a key to its rows.
///
/// `@unchecked Sendable`: nothing changes after `init`, and `GroupTable.find` only reads.
package final class JoinTable: @unchecked Sendable {
  private let table: GroupTable
  private let nullsMatch: Bool
  /// Whether the group of a key is its only row; then there is no list of rows.
  private let rowsAreGroups: Bool
  /// Where each group's rows begin in `rows`; one more than groups.
  private let starts: Buffer
  /// The build's rows by group, in build order.
  private let rows: Buffer
  /// The number of build rows.
  package let count: Int

  /// Indexes the rows of `keys`, which are equally long and have the types of the probe's keys.
  ///
  /// With `nullsMatch`, a null equals a null; else a row with a null key matches nothing. `check` is
  /// called every million rows, and may give the table up by throwing. Cost: about 15 ns per row of
  /// a fixed-width key.
  package init(keys: [Column], nullsMatch: Bool, checking check: () throws -> Void) rethrows {
    self.nullsMatch = nullsMatch
    count = keys.first?.count ?? 0
    table = GroupTable(keyTypes: keys.map(\.type))
    let groups = try Self.number(keys, table, check)
    rowsAreGroups = table.groupCount == count
    if rowsAreGroups {
      starts = .empty
      rows = .empty
    } else {
      (starts, rows) = Self.rowsByGroup(groups, table.groupCount)
    }
  }

  /// As `init(keys:nullsMatch:checking:)`, to the end.
  package convenience init(keys: [Column], nullsMatch: Bool) {
    self.init(keys: keys, nullsMatch: nullsMatch) {}
  }

  /// Numbers the build's keys; where a first part has hardly a key twice, the table gets its final
  /// size at once.
  private static func number(
    _ keys: [Column], _ table: GroupTable, _ check: () throws -> Void
  ) rethrows -> GroupIDs {
    let count = keys.first?.count ?? 0
    let sample = 16_384
    guard count > 4 * sample else { return table.assign(keys) }
    // Numbering is repeatable, so the sample is simply numbered again with the rest.
    _ = table.assign(keys.map { $0.slice(0..<sample) })
    if table.groupCount > sample / 2 {
      table.reserve(count / sample * table.groupCount)
    }
    let memory = MutableBuffer(count: count * 4)
    for start in stride(from: 0, to: count, by: piece) {
      try check()
      let rows = start..<min(count, start + piece)
      let ids = table.assign(keys.map { $0.slice(rows) })
      memory.pointer(as: UInt32.self).advanced(by: start).update(
        from: ids.pointer, count: ids.count)
      withExtendedLifetime(ids) {}
    }
    try check()
    return GroupIDs(buffer: memory.freeze(), count: count)
  }

  /// The rows that are numbered between two checks.
  private static var piece: Int { 1 << 20 }

  /// Sorts the rows by group: counts, places, rows.
  private static func rowsByGroup(_ groups: GroupIDs, _ groupCount: Int) -> (Buffer, Buffer) {
    let offsets = MutableBuffer(zeroed: (groupCount + 2) * 4)
    let rows = MutableBuffer(count: groups.count * 4)
    // Shifted by one, so that after placing each entry is its own group's start.
    let start = offsets.pointer(as: UInt32.self)
    let (group, target) = (groups.pointer, rows.pointer(as: Int32.self))
    for row in 0..<groups.count { start[Int(group[row]) &+ 2] &+= 1 }
    for k in 0..<groupCount { start[k &+ 2] &+= start[k &+ 1] }
    for row in 0..<groups.count {
      let place = start[Int(group[row]) &+ 1]
      start[Int(group[row]) &+ 1] = place &+ 1
      target[Int(place)] = Int32(truncatingIfNeeded: row)
    }
    withExtendedLifetime(groups) {}
    return (offsets.freeze(), rows.freeze())
  }

  /// All matches of a batch at once; for batches with a large fan-out use a cursor.
  package func probe(_ keys: [Column], kind: JoinKind) -> JoinMatches {
    var cursor = makeCursor(keys)
    return probe(&cursor, kind: kind, limit: .max)
  }

  /// Looks a batch's keys up, to be emitted in slices.
  package func makeCursor(_ keys: [Column]) -> ProbeCursor {
    let found = table.find(keys)
    guard !nullsMatch else { return ProbeCursor(groups: found) }
    var valid: Bitmap?
    for key in keys { valid = Bitmap.both(valid, key.validity) }
    guard let valid, valid.setCount < found.count else { return ProbeCursor(groups: found) }
    let memory = MutableBuffer(count: found.count * 4)
    let target = memory.pointer(as: UInt32.self)
    for row in 0..<found.count {
      target[row] = valid.isSet(row) ? found.pointer[row] : GroupIDs.absent
    }
    return ProbeCursor(groups: GroupIDs(buffer: memory.freeze(), count: found.count))
  }

  /// The next matches of a batch, at most `limit` (at least one); the cursor is finished behind the
  /// last one.
  package func probe(_ cursor: inout ProbeCursor, kind: JoinKind, limit: Int) -> JoinMatches {
    switch kind {
    case .semi, .anti: return filter(&cursor, matched: kind == .semi, limit: limit)
    case .inner where rowsAreGroups: return pairs(&cursor, limit: limit)
    case .left where rowsAreGroups: return leftPairs(&cursor, limit: limit)
    case .inner, .left: return expand(&cursor, left: kind == .left, limit: limit)
    }
  }
}

/// How far the matches of one probe batch have been emitted.
package struct ProbeCursor: Sendable {
  fileprivate let groups: GroupIDs
  fileprivate var row = 0
  /// How many matches of `row` are out already.
  fileprivate var emitted = 0

  fileprivate init(groups: GroupIDs) { self.groups = groups }

  /// Whether all rows of the batch have been dealt with.
  package var isFinished: Bool { row >= groups.count }
}

extension JoinTable {
  private func filter(
    _ cursor: inout ProbeCursor, matched: Bool, limit: Int
  ) -> JoinMatches {
    let end = cursor.row + min(limit, cursor.groups.count - cursor.row)
    let memory = MutableBuffer(count: (end - cursor.row + 1) * 4)
    let target = memory.pointer(as: Int32.self)
    let group = cursor.groups.pointer
    var k = 0
    for row in cursor.row..<end {
      target[k] = Int32(truncatingIfNeeded: row)
      k &+= asInt((group[row] != GroupIDs.absent) == matched)
    }
    cursor.row = end
    return JoinMatches(
      probe: RowIndices(buffer: memory.freeze(), count: k),
      build: RowIndices(buffer: .empty, count: 0))
  }

  /// Inner pairs where every key has one row.
  private func pairs(_ cursor: inout ProbeCursor, limit: Int) -> JoinMatches {
    let end = cursor.row + min(limit, cursor.groups.count - cursor.row)
    let probes = MutableBuffer(count: (end - cursor.row + 1) * 4)
    let builds = MutableBuffer(count: (end - cursor.row + 1) * 4)
    let (probe, build) = (probes.pointer(as: Int32.self), builds.pointer(as: UInt32.self))
    let group = cursor.groups.pointer
    var k = 0
    for row in cursor.row..<end {
      probe[k] = Int32(truncatingIfNeeded: row)
      build[k] = group[row]
      k &+= asInt(group[row] != GroupIDs.absent)
    }
    cursor.row = end
    return JoinMatches(
      probe: RowIndices(buffer: probes.freeze(), count: k),
      build: RowIndices(buffer: builds.freeze(), count: k))
  }

  /// Left pairs where every key has one row: absent groups read as -1.
  private func leftPairs(_ cursor: inout ProbeCursor, limit: Int) -> JoinMatches {
    let first = cursor.row
    let end = first + min(limit, cursor.groups.count - first)
    let memory = MutableBuffer(count: (end - first) * 4)
    let probe = memory.pointer(as: Int32.self)
    for row in first..<end { probe[row &- first] = Int32(truncatingIfNeeded: row) }
    cursor.row = end
    return JoinMatches(
      probe: RowIndices(buffer: memory.freeze(), count: end - first),
      build: RowIndices(
        buffer: cursor.groups.buffer.slice((first * 4)..<(end * 4)), count: end - first,
        mayBeAbsent: true))
  }

  private func expand(_ cursor: inout ProbeCursor, left: Bool, limit: Int) -> JoinMatches {
    let group = cursor.groups.pointer
    let start = starts.pointer(as: UInt32.self)
    let rows = rows.pointer(as: Int32.self)
    let absent = asInt(left)
    // First how much there is, so that the output is allocated once.
    var total = -cursor.emitted
    var last = cursor.row
    while last < cursor.groups.count, total < limit {
      let found = Int(group[last])
      total &+=
        group[last] == GroupIDs.absent ? absent : Int(start[found &+ 1] &- start[found])
      last &+= 1
    }
    total = min(total, limit)
    let probes = MutableBuffer(count: total * 4)
    let builds = MutableBuffer(count: total * 4)
    let (probe, build) = (probes.pointer(as: Int32.self), builds.pointer(as: Int32.self))
    var k = 0
    var row = cursor.row
    var emitted = cursor.emitted
    while row < last {
      if group[row] == GroupIDs.absent {
        if left {
          if k == total { break }
          probe[k] = Int32(truncatingIfNeeded: row)
          build[k] = -1
          k &+= 1
        }
      } else {
        let from = Int(start[Int(group[row])]) &+ emitted
        let matches = Int(start[Int(group[row]) &+ 1]) &- from
        let length = min(matches, total &- k)
        for i in 0..<length {
          probe[k &+ i] = Int32(truncatingIfNeeded: row)
          build[k &+ i] = rows[from &+ i]
        }
        k &+= length
        if length < matches {
          emitted &+= length
          break
        }
      }
      emitted = 0
      row &+= 1
    }
    cursor.row = row
    cursor.emitted = emitted
    return JoinMatches(
      probe: RowIndices(buffer: probes.freeze(), count: k),
      build: RowIndices(buffer: builds.freeze(), count: k, mayBeAbsent: left))
  }
}
