extension Column {
  /// Conjunction in three-valued logic: false beats null, null beats true.
  ///
  /// Both columns are boolean and equally long.
  package func and(_ other: Column) -> Column {
    combined(
      other, value: { $0 & $1 },
      valid: { a, b, validA, validB in
        (validA & validB) | (validA & ~a) | (validB & ~b)
      })
  }

  /// Disjunction in three-valued logic: true beats null, null beats false.
  ///
  /// Both columns are boolean and equally long.
  package func or(_ other: Column) -> Column {
    combined(
      other, value: { $0 | $1 },
      valid: { a, b, validA, validB in
        (validA & validB) | (validA & a) | (validB & b)
      })
  }

  /// Whether the two differ; null where either is.
  ///
  /// Both columns are boolean and equally long.
  package func xor(_ other: Column) -> Column {
    combined(
      other, value: { $0 ^ $1 }, valid: { _, _, validA, validB in validA & validB })
  }

  /// The opposite; null stays null.
  ///
  /// The column is boolean.
  package func not() -> Column {
    if type.kind == .null { return .nulls(of: .bool, count: count) }
    return mappingValues { Column(bits: ~$0.bits, validity: $0.validity) }
  }

  @inline(__always)
  private func combined(
    _ other: Column, value: (UInt64, UInt64) -> UInt64,
    valid: (UInt64, UInt64, UInt64, UInt64) -> UInt64
  ) -> Column {
    precondition(count == other.count, "\(count) and \(other.count) rows")
    if count > 0, encoding == .constant, other.encoding == .constant {
      return .constant(
        encodedValues.combined(other.encodedValues, value: value, valid: valid), count: count)
    }
    let (a, b) = (BoolWords(self), BoolWords(other))
    if a.isTotal, b.isTotal {
      return Column(bits: Bitmap(count: count) { value(a.value($0), b.value($0)) })
    }
    // The bits under a null are cleared or set so that the value alone decides where the result is
    // valid.
    let bits = Bitmap(count: count) { k in
      let (x, y) = (a.value(k), b.value(k))
      let (validX, validY) = (a.valid(k), b.valid(k))
      // Where one side is null, the other decides; the neutral value of a null is the other side's.
      return value(x & validX | y & ~validX, y & validY | x & ~validY)
    }
    let validity = Bitmap(count: count) { k in
      valid(a.value(k), b.value(k), a.valid(k), b.valid(k))
    }
    return Column(bits: bits, validity: validity.setCount == count ? nil : validity)
  }

  /// The rows of a boolean column that are true, and not null: what a filter keeps.
  package var selection: Bitmap {
    if isConstantNull { return Bitmap(repeating: false, count: count) }
    let words = BoolWords(self)
    return Bitmap(count: count) { words.value($0) & words.valid($0) }
  }
}
