/// Dense group numbers for rows of keys: the table behind group-by, distinct and hash joins.
///
/// New keys get the next number in the order in which they first come. A null is a key like any
/// other, NaN equals itself and -0.0 equals 0.0. Not safe for use by several threads, except `find`
/// while nobody assigns.
package final class GroupTable {
  private enum Kind {
    case narrow, wide, bytes, cascade, rows, nothing
  }

  package let keyTypes: [DataType]
  private var kind: Kind
  private var narrow: FixedKeyTable<NarrowSlot>
  private var wide: FixedKeyTable<WideSlot>
  private var bytes: BytesKeyTable
  /// The first row of every group, where keys are encoded rows.
  private var firstRows: [ColumnPieces] = []
  /// The tables of several keys while they are small; encoded rows take over later.
  private var cascade: KeyCascade?
  /// The dictionary that was seen last, and the group of each of its values as far as they
  /// occurred.
  private var dictionary: Column?
  private var groupsOfCodes = MutableBuffer(count: 0)

  /// An empty table for keys of those types, none of which may be opaque.
  ///
  /// Without keys, all rows are one group.
  package init(keyTypes: [DataType]) {
    self.keyTypes = keyTypes
    let kind = Self.kind(for: keyTypes)
    self.kind = kind
    narrow = FixedKeyTable(isUsed: kind == .narrow)
    wide = FixedKeyTable(isUsed: kind == .wide)
    bytes = BytesKeyTable(isUsed: kind == .bytes || kind == .rows)
    if kind == .cascade { cascade = KeyCascade(keyTypes: keyTypes) }
    if kind == .rows || kind == .cascade { firstRows = keyTypes.map { ColumnPieces(type: $0) } }
  }

  private static func kind(for keyTypes: [DataType]) -> Kind {
    guard let first = keyTypes.first else { return .nothing }
    if keyTypes.count > 1 { return .cascade }
    switch first.physical {
    case .bool: return .narrow
    case .bytes: return .bytes
    case .int128: return .rows
    default:
      switch first.physical.width {
      case 8?: return .wide
      case .some: return .narrow
      case nil: return .rows
      }
    }
  }

  private var sawRows = false

  /// The number of different keys so far.
  package var groupCount: Int {
    switch kind {
    case .narrow: narrow.groupCount
    case .wide: wide.groupCount
    case .bytes, .rows: bytes.groupCount
    case .cascade: cascade?.groupCount ?? 0
    case .nothing: sawRows ? 1 : 0
    }
  }

  /// Makes room for so many more groups at once, where their number is known.
  package func reserve(_ groups: Int) {
    switch kind {
    case .narrow: narrow.reserve(groups)
    case .wide: wide.reserve(groups)
    case .bytes, .rows: bytes.reserve(groups)
    case .cascade, .nothing: break
    }
  }

  /// The group of every row; the columns are equally long and of the key types.
  ///
  /// `hashes`, if given, are those of `RowHash` for the same rows. Cost: 1.5 to 10 ns per row for
  /// fixed-width keys, by the table's size.
  package func assign(_ keys: [Column], hashes: Buffer? = nil) -> GroupIDs {
    let count = keys.first?.count ?? 0
    let memory = MutableBuffer(count: count * 4)
    assign(
      keys, count: count, hashes: hashes?.pointer(as: UInt64.self),
      into: memory.pointer(as: UInt32.self))
    withExtendedLifetime(hashes) {}
    return GroupIDs(buffer: memory.freeze(), count: count)
  }

  private func assign(
    _ keys: [Column], count: Int, hashes: UnsafePointer<UInt64>?,
    into target: UnsafeMutablePointer<UInt32>
  ) {
    precondition(keys.count == keyTypes.count, "\(keys.count) keys for \(keyTypes.count) types")
    guard count > 0 else { return }
    if keys.count == 1 {
      switch keys[0].encoding {
      case .constant: return assignConstant(keys[0], into: target)
      case .dictionary where usesCodes(keys[0]): return assignCodes(keys[0], into: target)
      case .dictionary, .plain: break
      }
    }
    // Long inputs go through in pieces, so that hashes and encoded rows stay in cache.
    if count > Self.piece, kind != .narrow, kind != .wide {
      for first in stride(from: 0, to: count, by: Self.piece) {
        let part = first..<min(count, first + Self.piece)
        assign(
          keys.map { $0.slice(part) }, count: part.count, hashes: hashes.map { $0 + first },
          into: target + first)
      }
      return
    }
    switch kind {
    case .narrow, .wide: assignFixed(keys[0].fixedWidth(), hashes, into: target)
    case .bytes:
      let view = BytesView(keys[0])
      withHashes(keys, hashes) { bytes.assign(view, hashes: $0, into: target) }
    case .cascade: assignCascade(keys, count, into: target)
    case .rows: assignRows(keys, hashes, into: target)
    case .nothing:
      sawRows = true
      target.update(repeating: 0, count: count)
    }
  }

  private func assignFixed(
    _ column: Column, _ hashes: UnsafePointer<UInt64>?,
    into target: UnsafeMutablePointer<UInt32>
  ) {
    let (base, count, validity) = (column.plainBase, column.count, column.validity)
    withExtendedLifetime(column) {
      switch column.type.physical {
      case .int8, .uint8:
        narrow.assign(
          ByteKey.self, base, count: count, validity: validity, hashes: hashes, into: target)
      case .int16, .uint16:
        narrow.assign(
          ShortKey.self, base, count: count, validity: validity, hashes: hashes, into: target)
      case .float32:
        narrow.assign(
          FloatKey.self, base, count: count, validity: validity, hashes: hashes, into: target)
      case .float64:
        wide.assign(
          DoubleKey.self, base, count: count, validity: validity, hashes: hashes, into: target)
      case .int64, .uint64:
        wide.assign(
          LongKey.self, base, count: count, validity: validity, hashes: hashes, into: target)
      default:
        narrow.assign(
          WordKey.self, base, count: count, validity: validity, hashes: hashes, into: target)
      }
    }
  }

  private static var piece: Int { 1 << 16 }

  private func assignCascade(
    _ keys: [Column], _ count: Int, into target: UnsafeMutablePointer<UInt32>
  ) {
    guard let tables = cascade else { return }
    let groups = tables.assign(keys)
    target.update(from: groups.pointer, count: count)
    guard tables.isLarge else { return }
    // The keys come in the order of their numbers, so that the rows' table gives them the same ones.
    let known = tables.keys()
    let numbers = MutableBuffer(count: tables.groupCount * 4)
    cascade = nil
    kind = .rows
    bytes = BytesKeyTable(isUsed: true)
    assign(
      known, count: known[0].count, hashes: nil, into: numbers.pointer(as: UInt32.self))
    withExtendedLifetime(groups) {}
  }

  private func assignRows(
    _ keys: [Column], _ hashes: UnsafePointer<UInt64>?,
    into target: UnsafeMutablePointer<UInt32>
  ) {
    let before = bytes.groupCount
    let encoded = BytesView(RowEncoding.encode(keys))
    withHashes(keys, hashes) { bytes.assign(encoded, hashes: $0, into: target) }
    let added = bytes.groupCount - before
    guard added > 0 else { return }
    var rows = [Int32]()
    rows.reserveCapacity(added)
    for row in 0..<encoded.count where Int(target[row]) == before + rows.count {
      rows.append(Int32(truncatingIfNeeded: row))
    }
    let indices = RowIndices(rows)
    for k in keys.indices {
      firstRows[k].append(keys[k].taking(indices).detached(canonical: true))
    }
  }

  private func withHashes(
    _ keys: [Column], _ hashes: UnsafePointer<UInt64>?, _ body: (UnsafePointer<UInt64>) -> Void
  ) {
    if let hashes { return body(hashes) }
    let own = RowHash.hash(keys)
    withExtendedLifetime(own) { body(own.pointer(as: UInt64.self)) }
  }

  /// One row per group in the order of the numbers, as plain columns of the key types.
  package func keys() -> [Column] {
    switch kind {
    case .narrow:
      return [
        fixedKeys(narrow.keys.start, stride: 4, count: narrow.groupCount, narrow.nullGroup)
      ]
    case .wide:
      return [fixedKeys(wide.keys.start, stride: 8, count: wide.groupCount, wide.nullGroup)]
    case .bytes: return [bytes.keyColumn(keyTypes[0])]
    case .cascade: return cascade?.keys() ?? []
    case .rows: return firstRows.map { $0.joined() }
    case .nothing: return []
    }
  }

  private func fixedKeys(
    _ words: UnsafeRawPointer, stride: Int, count: Int, _ nullGroup: UInt32
  ) -> Column {
    let type = keyTypes[0]
    let validity = nullValidity(nullGroup, count)
    let width = type.physical.width ?? 1
    let memory = MutableBuffer(count: count * width)
    if width == stride {
      memory.start.copyMemory(from: words, byteCount: count * width)
    } else {
      for k in 0..<count {
        let word = words.load(fromByteOffset: k &* stride, as: UInt32.self)
        if width == 1 {
          memory.pointer(as: UInt8.self)[k] = UInt8(truncatingIfNeeded: word)
        } else {
          memory.pointer(as: UInt16.self)[k] = UInt16(truncatingIfNeeded: word)
        }
      }
    }
    if type.kind == .bool {
      return Column(type: .uint8, values: memory.freeze(), validity: validity, count: count)
        .bytesAsBooleans()
    }
    return Column(type: type, values: memory.freeze(), validity: validity, count: count)
  }
}

extension GroupTable {
  private func assignConstant(_ key: Column, into target: UnsafeMutablePointer<UInt32>) {
    var group: UInt32 = 0
    assign([key.encodedValues.slice(0..<1)], count: 1, hashes: nil, into: &group)
    target.update(repeating: group, count: key.count)
  }

  /// Whether to number the codes rather than the rows: not for a new dictionary much larger than
  /// the batch.
  private func usesCodes(_ key: Column) -> Bool {
    let values = key.encodedValues
    return dictionary?.isSameWindow(as: values) ?? false || values.count <= 4 * key.count
  }

  private func assignCodes(_ key: Column, into target: UnsafeMutablePointer<UInt32>) {
    let values = key.encodedValues
    if !(dictionary?.isSameWindow(as: values) ?? false) {
      dictionary = values
      // One more entry stands for null.
      groupsOfCodes = MutableBuffer(count: (values.count + 1) * 4)
      groupsOfCodes.pointer(as: UInt32.self)
        .update(repeating: GroupIDs.absent, count: values.count + 1)
    }
    let map = groupsOfCodes.pointer(as: UInt32.self)
    let codes = key.codes
    let validity = key.validity
    let null = values.count
    func entry(_ row: Int) -> Int {
      validity?.isSet(row) ?? true ? Int(codes[row]) : null
    }
    // Values that come for the first time are numbered together, in the order in which they come.
    let pending = GroupIDs.absent - 1
    var new: [Int32] = []
    for row in 0..<key.count where map[entry(row)] == GroupIDs.absent {
      map[entry(row)] = pending
      new.append(entry(row) == null ? -1 : codes[row])
    }
    if !new.isEmpty {
      let taken = values.taking(RowIndices(new, mayBeAbsent: true)).decoded()
      let groups = assign([taken])
      for (k, code) in new.enumerated() {
        map[code < 0 ? null : Int(code)] = groups.pointer[k]
      }
    }
    if validity == nil {
      for row in 0..<key.count { target[row] = map[Int(codes[row])] }
    } else {
      for row in 0..<key.count { target[row] = map[entry(row)] }
    }
  }

  /// The group of every row, `GroupIDs.absent` where the table lacks the key.
  ///
  /// Adds nothing. Safe from several threads at once while none assigns.
  package func find(_ keys: [Column]) -> GroupIDs {
    let count = keys.first?.count ?? 0
    let memory = MutableBuffer(count: count * 4)
    find(keys, count: count, into: memory.pointer(as: UInt32.self))
    return GroupIDs(buffer: memory.freeze(), count: count)
  }

  private func find(_ keys: [Column], count: Int, into target: UnsafeMutablePointer<UInt32>) {
    precondition(keys.count == keyTypes.count, "\(keys.count) keys for \(keyTypes.count) types")
    guard count > 0 else { return }
    if keys.count == 1 {
      let key = keys[0]
      switch key.encoding {
      case .constant:
        var group: UInt32 = 0
        find([key.encodedValues.slice(0..<1)], count: 1, into: &group)
        return target.update(repeating: group, count: count)
      case .dictionary where key.encodedValues.count <= count:
        return findCodes(key, into: target)
      case .dictionary, .plain: break
      }
    }
    switch kind {
    case .narrow, .wide: findFixed(keys[0].fixedWidth(), into: target)
    case .bytes:
      let view = BytesView(keys[0])
      withHashes(keys, nil) { bytes.find(view, hashes: $0, into: target) }
    case .cascade:
      guard let cascade else { return }
      let groups = cascade.find(keys)
      target.update(from: groups.pointer, count: count)
      withExtendedLifetime(groups) {}
    case .rows:
      let encoded = BytesView(RowEncoding.encode(keys))
      withHashes(keys, nil) { bytes.find(encoded, hashes: $0, into: target) }
    case .nothing: target.update(repeating: sawRows ? 0 : GroupIDs.absent, count: count)
    }
  }

  private func findCodes(_ key: Column, into target: UnsafeMutablePointer<UInt32>) {
    let groups = find([key.encodedValues])
    let map = groups.pointer
    let codes = key.codes
    if let validity = key.validity {
      var null = GroupIDs.absent
      find([Column.nulls(of: key.type, count: 1).decoded()], count: 1, into: &null)
      for row in 0..<key.count {
        target[row] = validity.isSet(row) ? map[Int(codes[row])] : null
      }
    } else {
      for row in 0..<key.count { target[row] = map[Int(codes[row])] }
    }
    withExtendedLifetime(groups) {}
  }

  private func findFixed(_ column: Column, into target: UnsafeMutablePointer<UInt32>) {
    let (base, count, validity) = (column.plainBase, column.count, column.validity)
    withExtendedLifetime(column) {
      switch column.type.physical {
      case .int8, .uint8:
        narrow.find(ByteKey.self, base, count: count, validity: validity, into: target)
      case .int16, .uint16:
        narrow.find(ShortKey.self, base, count: count, validity: validity, into: target)
      case .float32:
        narrow.find(FloatKey.self, base, count: count, validity: validity, into: target)
      case .float64:
        wide.find(DoubleKey.self, base, count: count, validity: validity, into: target)
      case .int64, .uint64:
        wide.find(LongKey.self, base, count: count, validity: validity, into: target)
      default:
        narrow.find(WordKey.self, base, count: count, validity: validity, into: target)
      }
    }
  }
}
