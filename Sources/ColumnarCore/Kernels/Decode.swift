extension Column {
  /// The same rows, one value each: constants are repeated and dictionary codes looked up.
  ///
  /// Cost: none if plain.
  package func decoded() -> Column {
    switch encoding {
    case .plain: return self
    case .constant: return repeatingConstant()
    case .dictionary: return storage.children[0].taking(codeIndices)
    }
  }

  /// The value of a constant column, written down `count` times.
  private func repeatingConstant() -> Column {
    let value = storage.children[0]
    if !value.isNull(0) {
      if type.physical == .bool {
        return Column(bits: Bitmap(repeating: value.bits.isSet(0), count: count))
      }
      if type.physical.width ?? 16 <= 8 {
        return Column(type: type, values: filled(with: value), count: count)
      }
    }
    let zeros = MutableBuffer(zeroed: count * 4).freeze()
    return value.taking(RowIndices(buffer: zeros, count: count))
  }

  private func filled(with value: Column) -> Buffer {
    switch type.physical.width {
    case 1: repeating(value, UInt8.self)
    case 2: repeating(value, UInt16.self)
    case 4: repeating(value, UInt32.self)
    default: repeating(value, UInt64.self)
    }
  }

  private func repeating<T: BitwiseCopyable>(_ value: Column, _: T.Type) -> Buffer {
    let memory = MutableBuffer(count: count * MemoryLayout<T>.stride)
    let word = value.storage.values.pointer(as: T.self)[value.offset]
    memory.pointer(as: T.self).initialize(repeating: word, count: count)
    return memory.freeze()
  }
}
