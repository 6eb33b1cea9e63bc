extension Column {
  /// Whether this column stands in that relation to the other, row by row, as a boolean column.
  ///
  /// A null on either side gives null, but for the null-safe operators. NaN equals itself and is
  /// greater than all else, minus zero equals zero, false is less than true, strings compare by
  /// their UTF-8 bytes. Numbers and times of different types are compared in their common type.
  /// Lists and structs have equality only; nulls inside of them equal each other. A constant is not
  /// repeated, and a dictionary compared with a constant costs one comparison per dictionary value.
  package func compared(_ op: ComparisonOperator, _ other: Column) throws -> Column {
    try requireCount(of: other, for: "\"\(op.symbol)\"")
    guard let common = DataType.common(type, other.type) else {
      throw undefined("\"\(op.symbol)\"", [type, other.type], hint: "Cast one side first.")
    }
    guard op.isEquality ? !common.containsOpaque : common.hasOrder else {
      throw undefined(
        "\"\(op.symbol)\"", [type, other.type],
        hint: "Lists and structs can be tested for equality, opaque values not even that.")
    }
    if count == 0 { return .empty(.bool) }
    if isConstantNull || other.isConstantNull { return comparedWithNull(op, other) }
    if common.isDecimal { return try comparedDecimals(op, other) }
    let left = try cast(to: common, strict: true)
    let right = try other.cast(to: common, strict: true)
    return left.comparedAlike(op, right)
  }

  /// Comparison where one side at least is nothing but null.
  private func comparedWithNull(_ op: ComparisonOperator, _ other: Column) -> Column {
    guard op.isNullSafe else { return .nulls(of: .bool, count: count) }
    let isEqual = isConstantNull ? other.isNullMask() : isNullMask()
    return op == .equalMissing ? isEqual : isEqual.not()
  }

  /// Comparison of columns of one type.
  func comparedAlike(_ op: ComparisonOperator, _ other: Column) -> Column {
    if other.encoding == .constant {
      // Not for null-safe operators: what is null is known by the codes, not by the dictionary.
      if encoding == .constant || (encoding == .dictionary && !op.isNullSafe) {
        return mappingValues { values in
          let constant = Column.constant(other.encodedValues, count: values.count)
          return values.comparedPlain(op, constant)
        }
      }
    } else if encoding == .constant {
      return other.comparedAlike(op.swapped, self)
    }
    if let codes = comparedCodes(op, other) { return codes }
    return comparedPlain(op, other)
  }

  /// Equality under one dictionary, whose values are unique, is equality of codes.
  private func comparedCodes(_ op: ComparisonOperator, _ other: Column) -> Column? {
    guard encoding == .dictionary, other.encoding == .dictionary, op.isEquality,
      encodedValues.isSameWindow(as: other.encodedValues)
    else { return nil }
    let (a, b) = (codes, other.codes)
    let flip = BasicComparison.of(op).flip
    let bits = Arity.bits(count, flip: flip) { a[$0] == b[$0] }
    withExtendedLifetime((self, other)) {}
    return truth(bits, op, other)
  }

  private func comparedPlain(_ op: ComparisonOperator, _ other: Column) -> Column {
    let (question, isSwapped, flip) = BasicComparison.of(op)
    let (a, b) = isSwapped ? (other, self) : (self, other)
    let bits = question == .equal ? a.equalBits(b, flip: flip) : a.lessBits(b, flip: flip)
    return truth(bits, op, other)
  }

  /// Joins the answer on values with what the operator says about nulls.
  private func truth(_ bits: Bitmap, _ op: ComparisonOperator, _ other: Column) -> Column {
    guard op.isNullSafe else {
      return Column(bits: bits, validity: Bitmap.both(validity, other.validity))
    }
    let (a, b) = (validity, other.validity)
    if a == nil, b == nil { return Column(bits: bits) }
    let isNegated = op == .notEqualMissing
    return Column(
      bits: Bitmap(count: count) { k in
        let (one, two) = (a?.word(k) ?? ~0, b?.word(k) ?? ~0)
        // Where both are values the answer stands; else the rows are alike only if both are null.
        let alike = ~(one ^ two)
        return (one & two & bits.word(k)) | (~(one & two) & (isNegated ? ~alike : alike))
      })
  }
}

extension DataType {
  /// Whether values of the type can be put in order.
  package var hasOrder: Bool {
    switch physical {
    case .list, .fixedSizeList, .structure, .opaque: false
    default: true
    }
  }
}

extension Column {
  /// Comparison of decimals, of any scales, or of decimals and integers, by their exact values.
  private func comparedDecimals(_ op: ComparisonOperator, _ other: Column) throws -> Column {
    let (a, b) = (type.exactDigits?.fraction ?? 0, other.type.exactDigits?.fraction ?? 0)
    let scale = Swift.max(a, b)
    return try ordered(at: scale).comparedAlike(op, other.ordered(at: scale))
  }

  /// Values with `scale` fraction digits; those that leave 128 bits then become the ends of the
  /// range, beyond whatever they are compared with.
  private func ordered(at scale: Int) throws -> Column {
    let own = type.exactDigits ?? DecimalShape(whole: 0, fraction: 0)
    let same = DataType(.decimal128(precision: DecimalMath.maxPrecision, scale: scale))
    let decimal = type.isDecimal ? self : try cast(to: own.type, strict: true)
    if own.fraction == scale { return decimal.reinterpreted(as: same) }
    let factor = DecimalMath.power(scale - own.fraction)
    let scaled = decimal.mappingValues { values in
      let result = Arity.unary(Operand<Int128>(values), values.count) { value -> Int128 in
        let (product, overflow) = value.multipliedReportingOverflow(by: factor)
        return overflow ? (value < 0 ? .min : .max) : product
      }
      return Column(
        type: values.type, values: result, validity: values.validity, count: values.count)
    }
    return scaled.reinterpreted(as: same)
  }
}
