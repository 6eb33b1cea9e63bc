extension Column {
  /// Whether every row is null because the type or the constant says so.
  var isConstantNull: Bool {
    type.kind == .null || (encoding == .constant && encodedValues.isNull(0))
  }

  /// Throws unless the other column is as long.
  func requireCount(of other: Column, for operation: String) throws {
    guard count == other.count else {
      throw ColumnarError(
        .lengthMismatch,
        "\(operation) needs columns of one length, but they have \(count) and \(other.count) rows.")
    }
  }

  /// Row numbers into the values of a dictionary column; -1 for a null.
  package var codeIndices: RowIndices {
    guard let validity else {
      return RowIndices(
        buffer: storage.values.slice((offset * 4)..<((offset + count) * 4)), count: count)
    }
    let memory = MutableBuffer(count: count * 4)
    let target = memory.pointer(as: Int32.self)
    let codes = codes
    for row in 0..<count { target[row] = validity.isSet(row) ? codes[row] : -1 }
    return RowIndices(buffer: memory.freeze(), count: count, mayBeAbsent: true)
  }

  /// Applies a total elementwise function where it costs least: once to a constant, once per
  /// dictionary value.
  ///
  /// The result of a dictionary is plain, because the function may map two values to one. Functions
  /// that can fail must not come this way: dictionary values need not occur in any row.
  package func mappingValues(_ body: (Column) throws -> Column) rethrows -> Column {
    switch encoding {
    case .plain: return try body(self)
    case .constant:
      let value = try body(encodedValues)
      return count == 0 ? .empty(value.type) : .constant(value, count: count)
    case .dictionary:
      if encodedValues.count > count { return try body(decoded()) }
      return try body(encodedValues).taking(codeIndices).decoded()
    }
  }
}

/// An operation on types that it is not defined for.
func undefined(_ operation: String, _ types: [DataType], hint: String) -> ColumnarError {
  let names = types.map { "\($0)" }.joined(separator: " and ")
  return ColumnarError(.typeMismatch, "\(operation) is not defined for \(names). \(hint)")
}
