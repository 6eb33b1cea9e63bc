extension Column {
  /// The rows at `indices`, in that order; an absent index gives a null.
  ///
  /// The indices are within the column: callers get them from sorting, joining or filtering it.
  /// Strings share their blocks, dictionary columns their values, and constants stay constant.
  package func taking(_ indices: RowIndices) -> Column {
    switch encoding {
    case .constant:
      if !indices.mayBeAbsent { return Column.constant(storage.children[0], count: indices.count) }
      return decoded().taking(indices)
    case .dictionary:
      return Column.dictionary(
        codes: gather(storage.values, offset, indices, UInt32.self), values: storage.children[0],
        validity: takenValidity(indices), count: indices.count)
    case .plain:
      return takingPlain(indices)
    }
  }

  private func takingPlain(_ indices: RowIndices) -> Column {
    let validity = takenValidity(indices)
    let count = indices.count
    switch type.physical {
    case .null: return .nulls(count)
    case .bool:
      let bits = Bitmap(buffer: storage.values, offset: offset, count: self.count)
      return Column(bits: gatherBits(bits, indices), validity: validity)
    case .int8, .uint8, .int16, .uint16, .int32, .uint32, .float32, .int64, .uint64, .float64,
      .int128:
      return Column(type: type, values: gatherValues(indices), validity: validity, count: count)
    case .bytes:
      return Column(
        type: type, views: gather(storage.values, offset, indices, ByteView.self),
        blocks: storage.blocks, validity: validity, count: count)
    case .list: return takingList(indices, validity)
    case .fixedSizeList: return takingFixedSizeList(indices, validity)
    case .structure:
      return Column(
        fields: type.fields ?? [], children: structChildren.map { $0.taking(indices) },
        validity: validity, count: count)
    case .opaque:
      let rows = indices.pointer
      let objects = (0..<count).map { k -> any Sendable in
        rows[k] < 0 ? Absent.value : storage.objects[offset + Int(rows[k])]
      }
      return Column(
        storage: ColumnStorage(
          type: type, validity: validity?.compactBuffer, children: takenObjectKeys(indices),
          objects: objects), count: count)
    }
  }

  private func gatherValues(_ indices: RowIndices) -> Buffer {
    switch type.physical.width {
    case 1: gather(storage.values, offset, indices, UInt8.self)
    case 2: gather(storage.values, offset, indices, UInt16.self)
    case 4: gather(storage.values, offset, indices, UInt32.self)
    case 8: gather(storage.values, offset, indices, UInt64.self)
    default: gather(storage.values, offset, indices, UInt128.self)
    }
  }

  /// Validity of the taken rows: that of the source, and no absent index.
  private func takenValidity(_ indices: RowIndices) -> Bitmap? {
    let source = validity
    guard source != nil || indices.mayBeAbsent else { return nil }
    let rows = indices.pointer
    var clear = 0
    let bits = Bitmap(count: indices.count) { k in
      var word: UInt64 = 0
      let last = Swift.min(indices.count, (k &+ 1) &* 64)
      for i in (k &* 64)..<last {
        let row = Int(rows[i])
        let valid = row >= 0 && (source?.isSet(row) ?? true)
        word |= UInt64(valid ? 1 : 0) &<< UInt64(truncatingIfNeeded: i & 63)
      }
      clear &+= (last &- k &* 64) &- word.nonzeroBitCount
      return word
    }
    return clear == 0 ? nil : bits
  }

  private func takingList(_ indices: RowIndices, _ validity: Bitmap?) -> Column {
    let lists = ListView(self)
    let rows = indices.pointer
    var offsets = MutableBuffer(capacity: (indices.count + 1) * 8)
    var elements = RowRuns(capacity: indices.count)
    offsets.append(Int64(0))
    for k in 0..<indices.count {
      // Whatever stands under a null list is dropped, so that the elements are those of valid rows alone.
      if rows[k] >= 0, validity?.isSet(k) ?? true { elements.append(lists.range(Int(rows[k]))) }
      offsets.append(Int64(elements.count))
    }
    return Column(
      listOf: lists.elements.taking(elements), offsets: offsets.freeze(), validity: validity,
      count: indices.count)
  }

  private func takingFixedSizeList(_ indices: RowIndices, _ validity: Bitmap?) -> Column {
    guard case .fixedSizeList(_, let size) = type.kind else { return self }
    let rows = indices.pointer
    var elements = RowRuns(capacity: indices.count)
    for k in 0..<indices.count {
      if rows[k] < 0 {
        elements.append(absent: size)
      } else {
        let first = (offset + Int(rows[k])) * size
        elements.append(first..<(first + size))
      }
    }
    return Column(
      fixedSizeListOf: storage.children[0].taking(elements), size: size, validity: validity,
      count: indices.count)
  }
}

/// Gathers fixed-width values by width; an absent index gives zero bytes.
private func gather<T: BitwiseCopyable>(
  _ source: Buffer, _ offset: Int, _ indices: RowIndices, _ type: T.Type
) -> Buffer {
  let count = indices.count
  let memory = MutableBuffer(count: count * MemoryLayout<T>.stride)
  let target = memory.pointer(as: T.self)
  let values = source.pointer(as: T.self) + offset
  let rows = indices.pointer
  if indices.mayBeAbsent {
    memory.start.initializeMemory(as: UInt8.self, repeating: 0, count: memory.count)
    for k in 0..<count where rows[k] >= 0 { target[k] = values[Int(rows[k])] }
  } else {
    for k in 0..<count { target[k] = values[Int(rows[k])] }
  }
  return memory.freeze()
}

private func gatherBits(_ bits: Bitmap, _ indices: RowIndices) -> Bitmap {
  let rows = indices.pointer
  return Bitmap(count: indices.count) { k in
    var word: UInt64 = 0
    for i in (k &* 64)..<Swift.min(indices.count, (k &+ 1) &* 64) where rows[i] >= 0 {
      let bit: UInt64 = bits.isSet(Int(rows[i])) ? 1 : 0
      word |= bit &<< UInt64(truncatingIfNeeded: i & 63)
    }
    return word
  }
}
