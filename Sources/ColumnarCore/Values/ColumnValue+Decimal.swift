extension Decimal128: ColumnValue {
  /// The type of a column that a function's results become: twenty digits before the point and
  /// eighteen behind it.
  public static var columnType: DataType {
    .decimal128(DecimalMath.maxPrecision, scale: DecimalAppender.scale)
  }

  public static func _decoder(_ column: Column) throws -> @Sendable (Int) -> Decimal128 {
    let checked = try column.checked(for: Decimal128.self)
    let view = PrimitiveView(checked, as: Int128.self)
    let scale = checked.type.decimalDigits?.scale ?? 0
    return { Decimal128(unscaled: view[$0], scale: scale) }
  }

  /// Digits beyond the eighteenth behind the point are rounded off, halves away from zero.
  public static func _appender(capacity: Int) -> _ColumnAppender<Decimal128> { DecimalAppender() }

  /// A column of the values without a loss: its scale is the greatest of theirs.
  ///
  /// Where 38 digits are not enough for all of them, the last ones behind the point are rounded off.
  package static func column(exactly values: [Decimal128?], precision: Int? = nil) -> Column {
    let present = values.compactMap { $0 }
    let whole = present.reduce(0) {
      max($0, DecimalMath.digitCount($1.unscaled) - $1.scale)
    }
    let wanted = present.reduce(0) { max($0, $1.scale) }
    var scale = min(wanted, max(0, DecimalMath.maxPrecision - whole))
    func unscaled() -> [Int128?]? {
      var result: [Int128?] = []
      for value in values {
        guard let value else {
          result.append(nil)
          continue
        }
        guard let rescaled = value.rescaled(to: scale) else { return nil }
        result.append(rescaled.unscaled)
      }
      return result
    }
    var found = unscaled()
    // Rounding may have carried into one digit more.
    while found == nil, scale > 0 {
      scale -= 1
      found = unscaled()
    }
    var builder = PrimitiveBuilder<Int128>(capacity: values.count)
    for value in found ?? values.map({ $0?.unscaled }) { builder.append(value) }
    return builder.finish(
      as: .decimal128(precision ?? DecimalMath.maxPrecision, scale: scale))
  }
}

/// Collects decimals at one scale; the first that does not fit there is kept as a failure.
final class DecimalAppender: _ColumnAppender<Decimal128> {
  /// The digits behind the point of what functions return.
  static let scale = 18

  private var values: [Decimal128?] = []
  private var misfit: Int?

  override func append(_ value: Decimal128) {
    if let rescaled = value.rescaled(to: Self.scale) {
      values.append(rescaled)
    } else {
      misfit = misfit ?? values.count
      values.append(value)
    }
  }

  override func appendNull() { values.append(nil) }

  override var failure: ColumnarError? {
    guard let misfit, let value = values[misfit] else { return nil }
    return ColumnarError(
      .overflow,
      "\(value) does not fit in \(Decimal128.columnType), in which a function's decimals are stored. "
        + "Return it as text or Double instead, or scale it down."
    ).at(.row(misfit))
  }

  override func finish() -> Column {
    if misfit != nil { return Decimal128.column(exactly: values) }
    var builder = PrimitiveBuilder<Int128>(capacity: values.count)
    for value in values { builder.append(value?.unscaled) }
    return builder.finish(as: Decimal128.columnType)
  }
}
