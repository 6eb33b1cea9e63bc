extension Column {
  /// True where there is no value.
  package func isNullMask() -> Column { nullMask { ~$0 } }

  /// True where there is a value.
  package func isNotNullMask() -> Column { nullMask { $0 } }

  private func nullMask(_ f: (UInt64) -> UInt64) -> Column {
    guard encoding != .constant, type.kind != .null, let validity else {
      let value = Bitmap(count: 1) { _ in f(isConstantNull ? 0 : ~0) }
      return count == 0 ? .empty(.bool) : .constant(Column(bits: value), count: count)
    }
    return Column(bits: Bitmap(count: count) { f(validity.word($0)) })
  }

  /// True where the value is NaN; null stays null.
  ///
  /// False for all that is not floating point.
  package func isNaNMask() -> Column {
    switch type.physical {
    case .float32: mappingValues { $0.nanMask(Float.self) }
    case .float64: mappingValues { $0.nanMask(Double.self) }
    case .null: .nulls(of: .bool, count: count)
    default: Column(bits: Bitmap(repeating: false, count: count), validity: validity)
    }
  }

  private func nanMask<T: BinaryFloatingPoint & BitwiseCopyable>(_: T.Type) -> Column {
    Column(bits: Arity.test(Operand<T>(self), count) { $0 != $0 }, validity: validity)
  }

  /// The values, and where there are none those of `other`, which is of the same type and length.
  package func fillingNulls(with other: Column) -> Column {
    precondition(count == other.count, "\(count) and \(other.count) rows")
    if isConstantNull { return other }
    if encoding == .constant || trueValidity == nil { return self }
    return Column.choose(isNotNullMask(), then: self, else: other)
  }
}
