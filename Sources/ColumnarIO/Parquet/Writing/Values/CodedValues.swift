import ColumnarCore

/// Values without nulls as codes into distinct ones.
struct CodedValues: Sendable {
  /// A UInt32 each.
  let codes: Buffer
  let count: Int
  /// The distinct values, each of which is used.
  let values: StoredValues
  /// Whether the distinct values are in order.
  let isSorted: Bool

  /// The bits that a code takes.
  var width: Int { Self.width(of: values.count) }

  /// The bits that codes into so many values take.
  static func width(of count: Int) -> Int {
    max(1, Int.bitWidth - max(0, count - 1).leadingZeroBitCount)
  }

  /// Up to so many values are put in order, which readers may make use of.
  private static let sortedLimit = 4096

  /// Codes of a column that has them; values that no row has are left out.
  init(_ column: Column, _ leaf: ParquetWriteLeaf) throws {
    let values = column.encodedValues
    let codes = column.codes
    let marks = MutableBuffer(zeroed: values.count)
    let isUsed = marks.pointer(as: UInt8.self)
    for row in 0..<column.count { isUsed[Int(codes[row])] = 1 }
    var used: [Int32] = []
    for code in 0..<values.count where isUsed[code] != 0 {
      used.append(Int32(truncatingIfNeeded: code))
    }
    var distinct = values.taking(RowIndices(used)).decoded()
    let sorts = !leaf.stored.isFloat && used.count <= Self.sortedLimit
    if sorts {
      let order = Sorting.order([SortKey(distinct)])
      distinct = distinct.taking(order)
      let unsorted = used
      for k in used.indices { used[k] = unsorted[order.row(at: k)] }
    }
    let memory = MutableBuffer(count: values.count * 4)
    let new = memory.pointer(as: UInt32.self)
    for (k, code) in used.enumerated() { new[Int(code)] = UInt32(truncatingIfNeeded: k) }
    let made = MutableBuffer(count: column.count * 4)
    let target = made.pointer(as: UInt32.self)
    for row in 0..<column.count { target[row] = new[Int(codes[row])] }
    withExtendedLifetime(column) {}
    self.codes = made.freeze()
    count = column.count
    self.values = try StoredValues(distinct, leaf)
    isSorted = sorts
  }

  /// Codes of integers whose distinct values were told by a table of all that lie between the least
  /// and the greatest.
  init(_ table: IntegerTable) {
    codes = table.codes()
    count = table.values.count
    values = table.distinct()
    isSorted = true
  }

  /// Codes of values that are found by hashing; nil once there are more than `limit` different ones.
  init?(hashing column: Column, _ leaf: ParquetWriteLeaf, _ stored: StoredValues, limit: Int) throws
  {
    // Numbers are told apart by their bits, so that zeros keep their signs.
    let keys = column.keyBits(stored)
    let table = GroupTable(keyTypes: [keys.type])
    let memory = MutableBuffer(count: keys.count * 4)
    let target = memory.pointer(as: UInt32.self)
    var at = 0
    while at < keys.count {
      let end = min(keys.count, at + (1 << 16))
      let groups = table.assign([keys.slice(at..<end)])
      (target + at).update(from: groups.pointer, count: end - at)
      withExtendedLifetime(groups) {}
      guard table.groupCount <= limit else { return nil }
      at = end
    }
    codes = memory.freeze()
    count = keys.count
    let distinct = table.keys()[0]
    if case .bytes = stored.form {
      values = try StoredValues(distinct, leaf)
    } else {
      let width = stored.stored.width ?? 8
      values = StoredValues(
        words: distinct.storage.values.slice(0..<(distinct.count * width)), count: distinct.count,
        stored.stored)
    }
    isSorted = false
  }
}

extension Column {
  /// The values as keys that are equal only where the stored bytes are.
  func keyBits(_ stored: StoredValues) -> Column {
    guard case .words(let words, let width) = stored.form else { return self }
    return Column(type: width == 4 ? .uint32 : .uint64, values: words, count: stored.count)
  }
}
