import ColumnarCore

extension ParquetFile {
  /// Whether by its statistics no row of a row group can meet all of these conditions.
  package func excludes(_ conditions: [ColumnCondition], group number: Int) -> Bool {
    guard options.usesStatistics else { return false }
    let group = metadata.rowGroups[number]
    return conditions.contains { condition in
      guard case .leaf(let index, _) = schema.nodes[condition.column],
        let leaf = schema.leaves[index]
      else { return false }
      return ParquetBounds(leaf, group, order: order(of: leaf)).excludes(condition.test)
    }
  }

  private func order(of leaf: ParquetLeaf) -> Int {
    leaf.index < metadata.orders.count ? metadata.orders[leaf.index] : 0
  }
}

/// What a row group's statistics say about one leaf, as values of ours.
struct ParquetBounds {
  /// Columns of one row; nil where there is none that can be relied upon.
  var minimum: Column?
  var maximum: Column?
  var nullCount: Int?
  var rowCount: Int
  /// Whether values may be NaN, which no bound tells of.
  var mayHoldNaN: Bool

  init(_ leaf: ParquetLeaf, _ group: ParquetRowGroup, order: Int) {
    let statistics = group.chunks[leaf.index].statistics
    rowCount = group.rowCount
    nullCount = statistics.nullCount.flatMap { $0 >= 0 && $0 <= group.rowCount ? $0 : nil }
    mayHoldNaN = leaf.type.isFloatingPoint && statistics.nanCount != 0
    guard leaf.hasBounds else { return }
    if order == 1 || (order == 2 && leaf.type.isFloatingPoint) {
      minimum = statistics.minimum.flatMap(leaf.bound)
      maximum = statistics.maximum.flatMap(leaf.bound)
    } else if leaf.isSigned {
      minimum = (statistics.legacyMinimum ?? statistics.minimum).flatMap(leaf.bound)
      maximum = (statistics.legacyMaximum ?? statistics.maximum).flatMap(leaf.bound)
    }
  }

  /// Whether no value passes the test.
  func excludes(_ test: ColumnCondition.Test) -> Bool {
    switch test {
    case .isNull: return nullCount == 0
    case .isNotNull: return nullCount == rowCount
    case .compare(let op, let value):
      if nullCount == rowCount, rowCount > 0 { return true }
      return excludes(op, value)
    }
  }

  private func excludes(_ op: ComparisonOperator, _ value: Column) -> Bool {
    func holds(_ column: Column?, _ op: ComparisonOperator) -> Bool {
      guard let column, let answer = try? column.compared(op, value), !answer.isNull(0) else {
        return false
      }
      return answer.bits.isSet(0)
    }
    // A NaN is greater than all else, and equal to itself.
    let isNaN = Self.isNaN(value)
    let hasNothingAbove = !mayHoldNaN
    switch op {
    case .equal:
      return holds(minimum, .greater) && !(isNaN && mayHoldNaN)
        || holds(maximum, .less) && !(isNaN && mayHoldNaN)
    case .less: return holds(minimum, .greaterOrEqual)
    case .lessOrEqual: return holds(minimum, .greater)
    case .greater: return hasNothingAbove && holds(maximum, .lessOrEqual)
    case .greaterOrEqual: return hasNothingAbove && holds(maximum, .less)
    case .notEqual:
      return hasNothingAbove && holds(minimum, .equal) && holds(maximum, .equal)
    case .equalMissing, .notEqualMissing: return false
    }
  }

  private static func isNaN(_ value: Column) -> Bool {
    switch value.type.kind {
    case .float32: PrimitiveView<Float>(value)[0].isNaN
    case .float64: PrimitiveView<Double>(value)[0].isNaN
    default: false
    }
  }
}

extension ParquetLeaf {
  /// Whether values have an order that bounds can follow.
  fileprivate var hasBounds: Bool {
    switch physical {
    case .boolean, .int96: false
    default: conversion != .null
    }
  }

  /// Whether values are ordered as signed numbers, which is what bounds of old files follow.
  fileprivate var isSigned: Bool {
    switch type.physical {
    case .int8, .int16, .int32, .int64, .float32, .float64: true
    // As bytes they were compared without their signs.
    case .int128: !isBytes
    default: false
    }
  }

  /// A column of one row: a bound in plain encoding.
  fileprivate func bound(_ bytes: Buffer) -> Column? {
    if isDecimalBytes {
      guard physical == .byteArray || bytes.count == typeLength else { return nil }
      return bytes.withBytes { bytes in
        guard let start = bytes.baseAddress, bytes.count > 0 else { return nil }
        return DecimalDecoder.value(start, bytes.count).map { value in
          Column(type: type, values: Buffer(copying: [value]), count: 1)
        }
      }
    }
    if isBytes {
      guard physical == .byteArray || bytes.count <= typeLength else { return nil }
      var builder = BytesBuilder(capacity: 1)
      // Text may have been cut within a character: the order is that of bytes all the same.
      bytes.withBytes { builder.append($0) }
      return builder.finish(as: type)
    }
    guard bytes.count == width else { return nil }
    let column = column(
      Buffer(copying: UnsafeRawBufferPointer(start: bytes.start, count: width)),
      [], nil, 1)
    // A NaN as a bound says nothing.
    if type.kind == .float32, PrimitiveView<Float>(column)[0].isNaN { return nil }
    if type.kind == .float64, PrimitiveView<Double>(column)[0].isNaN { return nil }
    return column
  }
}
