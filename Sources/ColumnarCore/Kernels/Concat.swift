extension Column {
  /// The rows of several columns of one type, one after the other, as one plain column.
  ///
  /// Columns of one and the same dictionary stay coded; equal-valued constants are not looked for.
  package static func concatenating(_ parts: [Column], type: DataType) -> Column {
    let parts = parts.filter { $0.count > 0 }
    guard let first = parts.first else { return .empty(type) }
    if parts.count == 1 { return first }
    if let whole = rejoined(parts) { return whole }
    let count = parts.reduce(0) { $0 + $1.count }
    if let coded = concatenatingCodes(parts, count) { return coded }
    let plain = parts.map { $0.decoded() }
    let validity = joinedValidity(plain)
    switch type.physical {
    case .null: return .nulls(count)
    case .bool:
      var bits = BitmapBuilder(capacity: count)
      for part in plain { bits.append(part.bits) }
      return Column(bits: bits.finish(), validity: validity)
    case .bytes: return concatenatingBytes(plain, type, validity, count)
    case .list: return concatenatingLists(plain, type, validity, count)
    case .fixedSizeList:
      guard case .fixedSizeList(let element, let size) = type.kind else { return first }
      let elements = plain.map {
        $0.storage.children[0].slice(($0.offset * size)..<(($0.offset + $0.count) * size))
      }
      return Column(
        fixedSizeListOf: concatenating(elements, type: element), size: size, validity: validity,
        count: count)
    case .structure:
      let fields = type.fields ?? []
      let children = plain.map(\.structChildren)
      return Column(
        fields: fields,
        children: fields.indices.map { k in
          concatenating(children.map { $0[k] }, type: fields[k].type)
        }, validity: validity, count: count)
    case .opaque:
      return Column(
        storage: ColumnStorage(
          type: type, validity: validity?.compactBuffer,
          children: joinedObjectKeys(plain, count), objects: plain.flatMap(\.objects)),
        count: count)
    default:
      let width = type.physical.width ?? 1
      var memory = MutableBuffer(capacity: count * width)
      for part in plain {
        memory.append(
          contentsOf: UnsafeRawBufferPointer(
            start: part.storage.values.start + part.offset * width, count: part.count * width))
      }
      return Column(type: type, values: memory.freeze(), validity: validity, count: count)
    }
  }

  /// The window over parts that lie side by side in one storage: what a scan cut up comes together
  /// without a copy.
  private static func rejoined(_ parts: [Column]) -> Column? {
    var end = parts[0].offset
    for part in parts {
      guard part.storage === parts[0].storage, part.offset == end else { return nil }
      end += part.count
    }
    return Column(
      storage: parts[0].storage, offset: parts[0].offset, count: end - parts[0].offset)
  }

  /// Joins the codes where all parts share one dictionary.
  private static func concatenatingCodes(_ parts: [Column], _ count: Int) -> Column? {
    guard parts[0].encoding == .dictionary else { return nil }
    let dictionary = parts[0].storage.children[0]
    guard
      parts.allSatisfy({
        $0.encoding == .dictionary && $0.storage.children[0].isSameWindow(as: dictionary)
      })
    else { return nil }
    var codes = MutableBuffer(capacity: count * 4)
    for part in parts {
      codes.append(contentsOf: UnsafeRawBufferPointer(start: part.codes, count: part.count * 4))
    }
    return .dictionary(
      codes: codes.freeze(), values: dictionary, validity: joinedValidity(parts), count: count)
  }

  /// Whether this is the very same memory: the identity of a dictionary.
  package func isSameWindow(as other: Column) -> Bool {
    storage === other.storage && offset == other.offset && count == other.count
  }

  private static func joinedValidity(_ parts: [Column]) -> Bitmap? {
    guard parts.contains(where: { $0.validity != nil }) else { return nil }
    var bits = BitmapBuilder(capacity: parts.reduce(0) { $0 + $1.count })
    for part in parts {
      if let validity = part.validity {
        bits.append(validity)
      } else {
        bits.append(repeating: true, count: part.count)
      }
    }
    return bits.clearCount == 0 ? nil : bits.finish()
  }

  private static func concatenatingBytes(
    _ parts: [Column], _ type: DataType, _ validity: Bitmap?, _ count: Int
  ) -> Column {
    let memory = MutableBuffer(count: count * 16)
    let target = memory.pointer(as: ByteView.self)
    var blocks: [Buffer] = []
    var row = 0
    var lastStorage: ColumnStorage?
    var shift = 0
    for part in parts {
      // Slices of one storage share its blocks rather than list them again.
      if part.storage !== lastStorage {
        shift = blocks.count
        blocks.append(contentsOf: part.storage.blocks)
        lastStorage = part.storage
      }
      let views = part.storage.values.pointer(as: ByteView.self) + part.offset
      for k in 0..<part.count { target[row &+ k] = views[k].movingBlock(by: shift) }
      row += part.count
    }
    return Column(
      type: type, views: memory.freeze(), blocks: blocks, validity: validity, count: count)
  }

  private static func concatenatingLists(
    _ parts: [Column], _ type: DataType, _ validity: Bitmap?, _ count: Int
  ) -> Column {
    var offsets = MutableBuffer(capacity: (count + 1) * 8)
    var elements: [Column] = []
    var total = 0
    offsets.append(Int64(0))
    for part in parts where part.count > 0 {
      let lists = ListView(part)
      let first = lists.range(0).lowerBound
      for row in 0..<part.count {
        offsets.append(Int64(total + lists.range(row).upperBound - first))
      }
      let last = lists.range(part.count - 1).upperBound
      elements.append(lists.elements.slice(first..<last))
      total += last - first
    }
    return Column(
      listOf: concatenating(elements, type: type.element ?? .null), offsets: offsets.freeze(),
      validity: validity, count: count)
  }
}

extension BitmapBuilder {
  /// Appends all bits of another bitmap, a word at a time where this one is at a word's boundary.
  package mutating func append(_ bits: Bitmap) {
    for k in 0..<bits.wordCount {
      appendWord(bits.word(k), count: Swift.min(64, bits.count - k * 64))
    }
  }
}

extension Batch {
  /// The rows of several batches of one schema as one batch.
  package static func concatenating(_ parts: [Batch], schema: Schema) -> Batch {
    if parts.count == 1 { return parts[0] }
    let columns = (0..<schema.count).map { k in
      Column.concatenating(parts.map { $0.columns[k] }, type: schema[k].type)
    }
    return Batch(
      unchecked: schema, columns: columns, count: parts.reduce(0) { $0 + $1.count })
  }
}
