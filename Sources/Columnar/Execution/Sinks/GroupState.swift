import ColumnarCore

/// The groups of one thread, or of one partition: a table of keys and the state of every aggregate.
///
/// `@unchecked Sendable`: one thread works on it at a time; it is handed over at the end of the
/// thread's work.
package final class GroupState: @unchecked Sendable {
  /// Rows to be grouped: their keys and the inputs of the aggregates.
  struct Rows {
    let keys: [Column]
    let values: [Column]
    /// The number of the first row, by which `first` and `last` compare.
    let firstRow: Int64
    /// Which rows of a batch they are, where only some are and that must be known.
    var chosen: RowIndices?
  }

  /// Groups of another state, one row each: their keys and the partial state of every aggregate.
  struct Partials: Sendable {
    let keys: [Column]
    let states: [[Column]]

    /// The groups at `rows`.
    func taking(_ rows: RowIndices) -> Partials {
      Partials(
        keys: keys.map { $0.taking(rows) }, states: states.map { $0.map { $0.taking(rows) } })
    }
  }

  /// Nil where all rows are one group.
  private let table: GroupTable?
  private let accumulators: [any GroupAccumulator]
  /// The aggregates as text, for errors.
  private let names: [String]
  private var rowCount = 0
  /// Rows that were split by hash and not yet grouped, by partition; empty while grouping pays.
  private var partitions: [[Rows]] = []
  /// The rows that came of each morsel, where they are counted.
  private(set) var rowCounts: [Int: Int] = [:]

  /// The partitions that rows are split into, by the top bits of their hash: sixteen measured best.
  static let partitionBits = 4
  /// Grouping is judged when there are so many groups: then the table leaves the cache.
  private static let judgedGroupCount = 32_768

  init(keyTypes: [DataType], accumulators: [any GroupAccumulator], names: [String]) {
    self.names = names
    table = keyTypes.isEmpty ? nil : GroupTable(keyTypes: keyTypes)
    self.accumulators = accumulators
  }

  /// The groups so far; without keys there is always one.
  var groupCount: Int { table?.groupCount ?? 1 }

  /// Whether rows are only split by hash, because grouping them here would not make them fewer.
  var isSpreading: Bool { !partitions.isEmpty }

  /// Groups rows into this state.
  func update(_ rows: Rows) throws {
    guard let table else {
      for (accumulator, column) in zip(accumulators, rows.values) {
        accumulator.grow(to: 1)
        try accumulator.updateAll(column, firstRow: rows.firstRow)
      }
      return
    }
    let ids = table.assign(rows.keys)
    for (accumulator, column) in zip(accumulators, rows.values) {
      accumulator.grow(to: table.groupCount)
      try accumulator.update(column, groups: ids.pointer, firstRow: rows.firstRow)
    }
    rowCount += ids.count
    withExtendedLifetime(ids) {}
    if table.groupCount > Self.judgedGroupCount, rowCount < 4 * table.groupCount {
      partitions = [[Rows]](repeating: [], count: 1 << Self.partitionBits)
    }
  }

  /// Counts rows of a morsel.
  func count(_ rows: Int, of sequence: Int) { rowCounts[sequence, default: 0] += rows }

  /// Splits rows by their hash and keeps them for later.
  func spread(_ rows: Rows, namesRows: Bool) {
    let split = HashPartitions(
      hashes: RowHash.hash(rows.keys), count: rows.keys[0].count, bits: Self.partitionBits)
    for partition in partitions.indices {
      let indices = split[partition]
      guard indices.count > 0 else { continue }
      partitions[partition].append(
        Rows(
          keys: rows.keys.map { $0.taking(indices) },
          values: rows.values.map { $0.taking(indices) },
          firstRow: rows.firstRow, chosen: namesRows ? indices : nil))
    }
  }

  /// The rows that were split into a partition.
  func spreadRows(of partition: Int) -> [Rows] {
    partitions.isEmpty ? [] : partitions[partition]
  }

  /// Adds groups of another state.
  func add(_ partials: Partials) throws {
    let count = partials.states.first?.first?.count ?? partials.keys.first?.count ?? 0
    guard let table else {
      let zeros = MutableBuffer(zeroed: count * 4).freeze()
      for (accumulator, state) in zip(accumulators, partials.states) {
        accumulator.grow(to: 1)
        try accumulator.merge(state, groups: zeros.pointer())
      }
      return
    }
    let ids = table.assign(partials.keys)
    for (accumulator, state) in zip(accumulators, partials.states) {
      accumulator.grow(to: table.groupCount)
      try accumulator.merge(state, groups: ids.pointer)
    }
    withExtendedLifetime(ids) {}
  }

  /// The groups with their partial states.
  func partials() -> Partials {
    Partials(
      keys: table?.keys() ?? [],
      states: accumulators.map { accumulator in
        accumulator.grow(to: groupCount)
        return accumulator.partialState()
      })
  }

  /// Keys and results, one row per group.
  func finish() throws -> [Column] {
    let keys = table?.keys() ?? []
    return keys
      + (try accumulators.enumerated().map { position, accumulator in
        accumulator.grow(to: groupCount)
        do {
          let results = try accumulator.finish()
          (accumulator as? any FailingAccumulator)?.failures.note(keys)
          return results
        } catch let error as ColumnarError {
          // A user's function names itself.
          guard error.context.isEmpty, position < names.count else { throw error }
          throw error.at(.expression(names[position]))
        }
      })
  }
}
