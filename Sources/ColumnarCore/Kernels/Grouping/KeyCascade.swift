/// Group numbers of several keys by way of each key's own: columns are numbered one by one, then
/// pairs of numbers are.
///
/// Cheap while the tables stay in cache, and it keeps the encodings of its columns: dictionary
/// codes are looked up, constants numbered once. Many groups are better held as encoded rows, with
/// one cache miss per row rather than one per column.
final class KeyCascade {
  private let columns: [GroupTable]
  /// Table k numbers pairs of (the columns up to k, column k + 1).
  private let pairs: [GroupTable]

  /// A cascade for at least two keys.
  init(keyTypes: [DataType]) {
    columns = keyTypes.map { GroupTable(keyTypes: [$0]) }
    pairs = keyTypes.dropFirst().map { _ in GroupTable(keyTypes: [.uint64]) }
  }

  var groupCount: Int { pairs[pairs.count - 1].groupCount }

  /// Whether the tables leave the cache, so that encoded rows would be cheaper.
  var isLarge: Bool {
    let limit = 1 << 16
    return columns.contains { $0.groupCount > limit } || pairs.contains { $0.groupCount > limit }
  }

  /// Numbers the rows, giving new keys new numbers.
  func assign(_ keys: [Column]) -> GroupIDs {
    number(keys) { table, column in table.assign([column]) }
  }

  /// Looks the rows up without adding any.
  func find(_ keys: [Column]) -> GroupIDs {
    // An absent number in a pair makes a pair that no table holds.
    number(keys) { table, column in table.find([column]) }
  }

  private func number(
    _ keys: [Column], _ look: (GroupTable, Column) -> GroupIDs
  ) -> GroupIDs {
    var numbers = look(columns[0], keys[0])
    for k in 1..<keys.count {
      let other = look(columns[k], keys[k])
      let memory = MutableBuffer(count: numbers.count * 8)
      let words = memory.pointer(as: UInt64.self)
      let (a, b) = (numbers.pointer, other.pointer)
      for row in 0..<numbers.count { words[row] = UInt64(a[row]) &<< 32 | UInt64(b[row]) }
      withExtendedLifetime(other) {}
      let count = numbers.count
      numbers = look(
        pairs[k - 1], Column(type: .uint64, values: memory.freeze(), count: count))
    }
    return numbers
  }

  /// One row per group in the order of the numbers.
  func keys() -> [Column] {
    var result: [Column] = []
    // From the last column backwards: each pair names its column's key and the pair before it.
    var groups = RowIndices((0..<groupCount).map { Int32(truncatingIfNeeded: $0) })
    for k in stride(from: pairs.count, through: 1, by: -1) {
      let words = PrimitiveView<UInt64>(pairs[k - 1].keys()[0].taking(groups))
      let own = (0..<words.count).map { Int32(truncatingIfNeeded: words[$0] & 0xFFFF_FFFF) }
      result.append(columns[k].keys()[0].taking(RowIndices(own)))
      groups = RowIndices((0..<words.count).map { Int32(truncatingIfNeeded: words[$0] >> 32) })
    }
    result.append(columns[0].keys()[0].taking(groups))
    return result.reversed()
  }
}
