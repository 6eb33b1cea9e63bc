extension Column {
  /// The same rows, one value each: constants are repeated and dictionary codes looked up. Cost: none if plain.
  package func decoded() -> Column {
    switch encoding {
    case .plain: return self
    case .constant:
      let zeros = MutableBuffer(zeroed: count * 4).freeze()
      return storage.children[0].taking(RowIndices(buffer: zeros, count: count))
    case .dictionary:
      guard let validity else {
        return storage.children[0].taking(
          RowIndices(buffer: storage.values.slice((offset * 4)..<((offset + count) * 4)), count: count))
      }
      let memory = MutableBuffer(count: count * 4)
      let target = memory.pointer(as: Int32.self)
      let codes = codes
      for row in 0..<count { target[row] = validity.isSet(row) ? codes[row] : -1 }
      return storage.children[0].taking(
        RowIndices(buffer: memory.freeze(), count: count, mayBeAbsent: true))
    }
  }
}
