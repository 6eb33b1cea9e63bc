/// Sorts a dictionary once instead of its values row by row.
enum DictionaryRanks {
  /// A column in the same order as `column`: ranks for a dictionary-coded one where that pays, else
  /// itself, plain.
  static func ranked(_ column: Column) -> Column {
    guard column.encoding == .dictionary, column.encodedValues.count <= column.count,
      !column.type.isFloatingPoint
    else { return column.decoded() }
    let values = column.encodedValues
    let order = Sorting.order([SortKey(values)])
    let ranks = MutableBuffer(count: values.count * 4 + 4)
    let rank = ranks.pointer(as: UInt32.self)
    for k in 0..<order.count { rank[Int(order.pointer[k])] = UInt32(truncatingIfNeeded: k) }
    let memory = MutableBuffer(count: column.count * 4)
    let target = memory.pointer(as: UInt32.self)
    let codes = column.codes
    let validity = column.validity
    if validity != nil { target.update(repeating: 0, count: column.count) }
    forEachValid(column.count, validity) { target[$0] = rank[Int(codes[$0])] }
    withExtendedLifetime(order) {}
    return Column(
      type: .uint32, values: memory.freeze(), validity: validity, count: column.count)
  }
}
