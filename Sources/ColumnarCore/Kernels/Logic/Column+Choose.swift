extension Column {
  /// The rows of `then` where the condition is true, else (also where it is null) those of
  /// `otherwise`.
  ///
  /// All are equally long and the two alternatives of one type. Constants are not repeated.
  package static func choose(
    _ condition: Column, then: Column, else otherwise: Column
  ) -> Column {
    let count = condition.count
    precondition(then.count == count && otherwise.count == count)
    if count == 0 { return .empty(then.type) }
    if condition.encoding == .constant || condition.type.kind == .null {
      let isTrue = !condition.isConstantNull && condition.encodedValues.bits.isSet(0)
      return isTrue ? then : otherwise
    }
    if then.type.kind == .null { return .nulls(count) }
    let chosen = condition.selection
    let validity = chosenValidity(chosen, then, otherwise)
    switch then.type.physical {
    case .bool:
      let (a, b) = (BoolWords(then), BoolWords(otherwise))
      let bits = Bitmap(count: count) { k in
        let mask = chosen.word(k)
        return (mask & a.value(k)) | (~mask & b.value(k))
      }
      return Column(bits: bits, validity: validity)
    case .bytes: return chooseBytes(chosen, then, otherwise, validity)
    case .list, .fixedSizeList, .structure, .opaque, .null:
      return chooseAny(chosen, then, otherwise)
    default:
      let values =
        switch then.type.physical.width {
        case 1: blended(chosen, then, otherwise, UInt8.self)
        case 2: blended(chosen, then, otherwise, UInt16.self)
        case 4: blended(chosen, then, otherwise, UInt32.self)
        case 8: blended(chosen, then, otherwise, UInt64.self)
        default: blended(chosen, then, otherwise, UInt128.self)
        }
      return Column(type: then.type, values: values, validity: validity, count: count)
    }
  }

  private static func chosenValidity(
    _ chosen: Bitmap, _ then: Column, _ otherwise: Column
  ) -> Bitmap? {
    let (a, b) = (then.validity, otherwise.validity)
    if a == nil, b == nil { return nil }
    let bits = Bitmap(count: chosen.count) { k in
      let mask = chosen.word(k)
      return (mask & (a?.word(k) ?? ~0)) | (~mask & (b?.word(k) ?? ~0))
    }
    return bits.setCount == chosen.count ? nil : bits
  }

  private static func blended<T: FixedWidthInteger & BitwiseCopyable>(
    _ chosen: Bitmap, _ then: Column, _ otherwise: Column, _: T.Type
  ) -> Buffer {
    let (a, b) = (Operand<T>(then), Operand<T>(otherwise))
    let (x, y) = (a.pointer, b.pointer)
    let (stepX, stepY) = (a.step, b.step)
    let count = chosen.count
    let memory = MutableBuffer(count: count * MemoryLayout<T>.stride)
    let out = memory.pointer(as: T.self)
    for k in 0..<chosen.wordCount {
      let word = chosen.word(k)
      let base = k &<< 6
      for i in 0..<Swift.min(64, count &- base) {
        let row = base &+ i
        let mask = 0 &- T(truncatingIfNeeded: (word &>> UInt64(truncatingIfNeeded: i)) & 1)
        out[row] = (x[row &* stepX] & mask) | (y[row &* stepY] & ~mask)
      }
    }
    a.keepAlive()
    b.keepAlive()
    return memory.freeze()
  }

  private static func chooseBytes(
    _ chosen: Bitmap, _ then: Column, _ otherwise: Column, _ validity: Bitmap?
  ) -> Column {
    let (a, b) = (BytesOperand(then), BytesOperand(otherwise))
    let first = a.text.column.storage.blocks
    let second = b.text.column.storage.blocks
    let count = chosen.count
    let memory = MutableBuffer(count: count * 16)
    let out = memory.pointer(as: ByteView.self)
    for row in 0..<count {
      out[row] =
        chosen.isSet(row) ? a.view(row) : b.view(row).movingBlock(by: first.count)
    }
    return Column(
      type: then.type, views: memory.freeze(), blocks: first + second, validity: validity,
      count: count)
  }

  /// For types that are not moved by width: both alternatives in one column, and each row's place
  /// in it.
  private static func chooseAny(
    _ chosen: Bitmap, _ then: Column, _ otherwise: Column
  ) -> Column {
    let count = chosen.count
    let memory = MutableBuffer(count: count * 4)
    let rows = memory.pointer(as: Int32.self)
    for row in 0..<count {
      rows[row] = Int32(truncatingIfNeeded: chosen.isSet(row) ? row : count + row)
    }
    return concatenating([then, otherwise], type: then.type)
      .taking(RowIndices(buffer: memory.freeze(), count: count))
  }
}
