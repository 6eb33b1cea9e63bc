extension Column {
  /// The same rows in memory of their own, plain, so that keeping them keeps no batch alive.
  ///
  /// With `canonical`, floats are as keys have them: one zero and one NaN.
  func detached(canonical: Bool = false) -> Column {
    let plain = decoded()
    switch plain.type.physical {
    case .null, .bool, .opaque: return plain
    case .bytes:
      var builder = BytesBuilder(capacity: count)
      let view = BytesView(plain)
      for row in 0..<count {
        if view.validity?.isSet(row) ?? true {
          builder.append(view.bytes(row))
        } else {
          builder.appendNull()
        }
      }
      return builder.finish(as: type)
    case .float32 where canonical: return plain.canonicalFloats(Float.self) { $0.canonical }
    case .float64 where canonical: return plain.canonicalFloats(Double.self) { $0.canonical }
    case .list:
      let lists = ListView(plain)
      guard count > 0 else { return .empty(type) }
      let first = lists.range(0).lowerBound
      let memory = MutableBuffer(count: (count + 1) * 8)
      let offsets = memory.pointer(as: Int64.self)
      offsets[0] = 0
      for row in 0..<count { offsets[row + 1] = Int64(lists.range(row).upperBound - first) }
      let elements = lists.elements.slice(first..<(first + Int(offsets[count])))
      return Column(
        listOf: elements.detached(canonical: canonical), offsets: memory.freeze(),
        validity: plain.validity, count: count)
    case .fixedSizeList:
      guard case .fixedSizeList(_, let size) = type.kind else { return plain }
      let elements = plain.storage.children[0]
        .slice((plain.offset * size)..<((plain.offset + count) * size))
      return Column(
        fixedSizeListOf: elements.detached(canonical: canonical), size: size,
        validity: plain.validity, count: count)
    case .structure:
      return Column(
        fields: type.fields ?? [],
        children: plain.structChildren.map { $0.detached(canonical: canonical) },
        validity: plain.validity, count: count)
    default: return plain
    }
  }

  private func canonicalFloats<T: Primitive>(_ type: T.Type, _ canonical: (T) -> T) -> Column {
    let view = PrimitiveView<T>(self)
    let memory = MutableBuffer(count: count * MemoryLayout<T>.stride)
    let target = memory.pointer(as: T.self)
    for row in 0..<count { target[row] = canonical(view[row]) }
    return Column(type: self.type, values: memory.freeze(), validity: validity, count: count)
  }
}

/// Rows put by one after the other, in pieces that are joined when there are many.
struct ColumnPieces {
  let type: DataType
  private var pieces: [Column] = []
  private(set) var count = 0

  init(type: DataType) { self.type = type }

  /// Adds rows that were detached from their batch.
  mutating func append(_ column: Column) {
    guard column.count > 0 else { return }
    pieces.append(column)
    count += column.count
    // Joining when the last pieces are as long as those before them keeps the copying
    // linear-logarithmic.
    if pieces.count >= 64 { pieces = [Column.concatenating(pieces, type: type).detached()] }
  }

  /// All rows as one column.
  func joined() -> Column { Column.concatenating(pieces, type: type) }
}
