import ColumnarCore

/// What statistics say about the values of one leaf in some pieces of a file (row groups, pages),
/// as values of ours.
struct ParquetBounds {
  /// A row for each piece; null where there is no bound that can be relied upon.
  var minimum: Column
  var maximum: Column
  var nullCounts: [Int?]
  var rowCounts: [Int]
  /// Whether values may be NaN, which no bound tells of.
  var mayHoldNaN: [Bool]

  /// What a row group's statistics say.
  init(_ leaf: ParquetLeaf, _ group: ParquetRowGroup, order: Int) {
    let statistics = group.chunks[leaf.index].statistics
    rowCounts = [group.rowCount]
    nullCounts = [statistics.nullCount.flatMap { $0 >= 0 && $0 <= group.rowCount ? $0 : nil }]
    mayHoldNaN = [leaf.type.isFloatingPoint && statistics.nanCount != 0]
    var (low, high): (Buffer?, Buffer?) = (nil, nil)
    if Self.follows(order, leaf) {
      (low, high) = (statistics.minimum, statistics.maximum)
    } else if leaf.isSigned {
      low = statistics.legacyMinimum ?? statistics.minimum
      high = statistics.legacyMaximum ?? statistics.maximum
    }
    minimum = leaf.bounds([low])
    maximum = leaf.bounds([high])
  }

  /// What a column index says of each page.
  init(_ leaf: ParquetLeaf, _ index: ParquetColumnIndex, rowCounts: [Int], order: Int) {
    self.rowCounts = rowCounts
    let isKnown = Self.follows(order, leaf) || leaf.isSigned
    func bounds(_ found: [Buffer]) -> [Buffer?] {
      zip(found, index.nullPages).map { bytes, isNull in isNull || !isKnown ? nil : bytes }
    }
    minimum = leaf.bounds(bounds(index.minimums))
    maximum = leaf.bounds(bounds(index.maximums))
    nullCounts = index.nullPages.indices.map { page in
      index.nullPages[page] ? rowCounts[page] : index.nullCounts?[page]
    }
    mayHoldNaN = index.nullPages.indices.map { page in
      leaf.type.isFloatingPoint && index.nanCounts?[page] != 0
    }
  }

  private static func follows(_ order: Int, _ leaf: ParquetLeaf) -> Bool {
    order == 1 || (order == 2 && leaf.type.isFloatingPoint)
  }

  /// A bit per piece, set where no row passes the test.
  func excluded(_ test: ColumnCondition.Test) -> Bitmap {
    let pieces = rowCounts.indices
    switch test {
    case .isNull: return Bitmap(pieces.map { nullCounts[$0] == 0 })
    case .isNotNull: return Bitmap(pieces.map { nullCounts[$0] == rowCounts[$0] })
    case .compare(let op, let value):
      if op == .equalMissing || op == .notEqualMissing {
        // Nulls pass some of these.
        return Bitmap(repeating: false, count: rowCounts.count)
      }
      let onlyNulls = Bitmap(pieces.map { nullCounts[$0] == rowCounts[$0] && rowCounts[$0] > 0 })
      return onlyNulls | excluded(op, value)
    }
  }

  private func excluded(_ op: ComparisonOperator, _ value: Column) -> Bitmap {
    let constant = Column.constant(value, count: rowCounts.count)
    func holds(_ column: Column, _ op: ComparisonOperator) -> Bitmap {
      // Null where there is no bound, which selects nothing.
      (try? column.compared(op, constant))?.selection
        ?? Bitmap(repeating: false, count: rowCounts.count)
    }
    // A NaN is greater than all else, and equal to itself.
    let nothingAbove = Bitmap(mayHoldNaN.map { !$0 })
    switch op {
    case .equal:
      let outside = holds(minimum, .greater) | holds(maximum, .less)
      return Self.isNaN(value) ? outside & nothingAbove : outside
    case .less: return holds(minimum, .greaterOrEqual)
    case .lessOrEqual: return holds(minimum, .greater)
    case .greater: return nothingAbove & holds(maximum, .lessOrEqual)
    case .greaterOrEqual: return nothingAbove & holds(maximum, .less)
    case .notEqual:
      return nothingAbove & holds(minimum, .equal) & holds(maximum, .equal)
    case .equalMissing, .notEqualMissing:
      return Bitmap(repeating: false, count: rowCounts.count)
    }
  }

  private static func isNaN(_ value: Column) -> Bool {
    if value.isNull(0) { return false }
    switch value.type.kind {
    case .float32: return PrimitiveView<Float>(value)[0].isNaN
    case .float64: return PrimitiveView<Double>(value)[0].isNaN
    default: return false
    }
  }
}

extension ParquetLeaf {
  /// Whether values have an order that bounds can follow.
  fileprivate var hasBounds: Bool {
    physical != .int96 && conversion != .null
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

  /// A column of bounds in plain encoding, null where there is none or none that makes sense.
  fileprivate func bounds(_ bytes: [Buffer?]) -> Column {
    guard hasBounds else { return .nulls(of: type, count: bytes.count) }
    let columns = bytes.map { $0.flatMap(bound) ?? .nulls(of: type, count: 1) }
    if columns.count == 1 { return columns[0] }
    return .concatenating(columns, type: type)
  }

  /// A column of one row: a bound in plain encoding.
  private func bound(_ bytes: Buffer) -> Column? {
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
    if physical == .boolean, bytes.start.load(as: UInt8.self) > 1 { return nil }
    let copy = Buffer(copying: UnsafeRawBufferPointer(start: bytes.start, count: width))
    // What cannot be made ours says nothing.
    guard let column = try? column(copy, [], nil, 1, ParquetOrigin(name: path)) else { return nil }
    // A NaN as a bound says nothing.
    if type.kind == .float32, PrimitiveView<Float>(column)[0].isNaN { return nil }
    if type.kind == .float64, PrimitiveView<Double>(column)[0].isNaN { return nil }
    return column
  }
}
