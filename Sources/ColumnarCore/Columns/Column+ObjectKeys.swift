/// Keys of opaque values that do not tell themselves apart, but whose origin is known: what a
/// cached node has made of values with keys.
///
/// They stand in a plain opaque column's storage as its only child, two words per row, and go along
/// when rows are sliced, taken or joined. What loses them on the way makes later nodes compute, no
/// more.
extension Column {
  /// The key of every row; nil where there are none.
  var objectKeys: UnsafePointer<StableKey>? {
    guard type.physical == .opaque, encoding == .plain else { return nil }
    return storage.children.first.map { $0.storage.values.pointer(as: StableKey.self) + offset }
  }

  /// The same values with those keys of 16 bytes per row; of a struct, its opaque fields with keys
  /// made of them.
  package func withObjectKeys(_ keys: Buffer) -> Column {
    switch type.physical {
    case .opaque:
      return Column(
        storage: ColumnStorage(
          type: type, validity: validity?.compactBuffer, children: [Self.child(keys, count)],
          objects: Array(objects)), count: count)
    case .structure:
      let children = structChildren.enumerated().map { position, child in
        child.type.physical == .opaque
          ? child.withObjectKeys(keys.keys(ofField: position, count: count)) : child
      }
      return Column(
        fields: type.fields ?? [], children: children, validity: validity, count: count)
    default: return self
    }
  }

  private static func child(_ keys: Buffer, _ count: Int) -> Column {
    Column(type: .uint64, values: keys, count: count * 2)
  }

  /// The keys of the rows at `indices`, as a storage's children.
  func takenObjectKeys(_ indices: RowIndices) -> [Column] {
    guard let keys = objectKeys else { return [] }
    let memory = MutableBuffer(zeroed: indices.count * 16)
    let target = memory.pointer(as: StableKey.self)
    for k in 0..<indices.count where indices.row(at: k) >= 0 {
      target[k] = keys[indices.row(at: k)]
    }
    return [Self.child(memory.freeze(), indices.count)]
  }

  /// The keys of several plain columns' rows, one after the other, as a storage's children.
  static func joinedObjectKeys(_ parts: [Column], _ count: Int) -> [Column] {
    guard parts.allSatisfy({ $0.objectKeys != nil }) else { return [] }
    var memory = MutableBuffer(capacity: count * 16)
    for part in parts {
      memory.append(
        contentsOf: UnsafeRawBufferPointer(start: part.objectKeys, count: part.count * 16))
    }
    return [Self.child(memory.freeze(), count)]
  }
}

extension Buffer {
  /// The keys of one of several values that come of the same call.
  fileprivate func keys(ofField position: Int, count: Int) -> Buffer {
    let memory = MutableBuffer(count: count * 16)
    let (source, target) = (pointer(as: StableKey.self), memory.pointer(as: StableKey.self))
    for row in 0..<count {
      var hash = StableHash(seed: source[row])
      hash.absorb(UInt64(position), 0)
      target[row] = hash.finish()
    }
    withExtendedLifetime(owner) {}
    return memory.freeze()
  }
}
