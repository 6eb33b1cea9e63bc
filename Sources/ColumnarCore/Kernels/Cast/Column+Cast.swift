extension Column {
  /// The same values in another type; null stays null.
  ///
  /// A value that does not fit gives null, or with `strict` an `.invalidValue` error that names the
  /// row, the value and both types. What fits:
  /// - integer to integer: the same number; to floating point: always, rounded where it is long
  /// - floating point to integer: without its fraction, if that is in range; NaN and infinities
  ///   never are
  /// - decimal to integer: without its fraction; to floating point: the nearest number
  /// - anything to a decimal: rounded to its scale, halves away from zero (floating point once, from
  ///   the exact binary value); what has too many digits before the point then does not fit
  /// - float64 to float32: rounded; a finite number beyond the range of float32 does not fit
  /// - bool to a number: 0 and 1; a number to bool: whether it is not 0
  /// - date, timestamp and duration to integers and back: their counts; to a coarser unit: rounded
  ///   down (durations towards zero); a date is its midnight
  /// - anything but nested and binary to string and back; binary to string: valid UTF-8
  /// - lists element by element (to a fixed size: lists of that length), structs by name if the
  ///   names are the same, else by position
  ///
  /// Other pairs of types throw `.typeMismatch`. Dictionaries are cast once per value that occurs.
  package func cast(to target: DataType, strict: Bool) throws -> Column {
    if type == target { return self }
    guard type.isCastable(to: target) else {
      throw undefined(
        "A cast to \(target)", [type], hint: "Go by way of another type, or use a function.")
    }
    if type.kind == .null || isConstantNull { return .nulls(of: target, count: count) }
    if count == 0 { return .empty(target) }
    switch encoding {
    case .plain: return try castPlain(to: target, strict)
    case .constant:
      return .constant(try encodedValues.castPlain(to: target, strict), count: count)
    case .dictionary:
      // Values that no row has must not fail, so a strict cast of the values is only tried.
      let values = encodedValues
      if values.count <= count, let cast = try? values.cast(to: target, strict: strict) {
        return cast.taking(codeIndices)
      }
      return try decoded().castPlain(to: target, strict)
    }
  }

  private func castPlain(to target: DataType, _ strict: Bool) throws -> Column {
    switch (type.kind, target.kind) {
    case (.string, .binary): return reinterpreted(as: target)
    case (_, .string): return try formatted(as: target, strict)
    case (.string, _): return try parsed(as: target, strict)
    case (.bool, .decimal128):
      return try boolAsNumber(.int8).castToDecimal(target, strict)
    case (.bool, _): return boolAsNumber(target)
    case (_, .bool): return isNotZero()
    case (_, _) where type.isTemporal && target.isTemporal: return try recounted(as: target, strict)
    case (_, .decimal128): return try castToDecimal(target, strict)
    case (.decimal128, _): return try castFromDecimal(target, strict)
    case (.list, _), (.fixedSizeList, _): return try castList(to: target, strict)
    case (.structure, .structure(let fields)): return try castStruct(to: fields, strict)
    default: return try castNumber(to: target, strict)
    }
  }
}

extension DataType {
  /// Whether a cast between the types is defined, whatever the values.
  package func isCastable(to target: DataType) -> Bool {
    if self == target || kind == .null { return true }
    switch (kind, target.kind) {
    case (.opaque, _), (_, .opaque), (_, .null): return false
    case (.structure(let fields), .structure(let others)):
      guard fields.count == others.count else { return false }
      return zip(fields.matched(to: others), others).allSatisfy {
        fields[$0].type.isCastable(to: $1.type)
      }
    case (.list, .list), (.list, .fixedSizeList), (.fixedSizeList, .list),
      (.fixedSizeList, .fixedSizeList):
      guard let from = element, let to = target.element else { return false }
      return from.isCastable(to: to)
    case (.list, _), (.fixedSizeList, _), (.structure, _), (_, .list), (_, .fixedSizeList),
      (_, .structure):
      return false
    case (.binary, .string), (.string, .binary): return true
    case (.binary, _), (_, .binary): return false
    case (.string, _), (_, .string): return true
    case (.bool, _): return target.isNumeric
    case (_, .bool): return isNumeric
    case (.date, .duration), (.duration, .date), (.timestamp, .duration), (.duration, .timestamp):
      return false
    default:
      // Numbers and times: times are counts, which only integers stand for.
      return !(isTemporal && (target.isFloatingPoint || target.isDecimal))
        && !((isFloatingPoint || isDecimal) && target.isTemporal)
    }
  }
}

extension [Field] {
  /// For each of the other fields the position of the one here that becomes it: by name, else by
  /// position.
  func matched(to others: [Field]) -> [Int] {
    let byName = others.map { other in firstIndex { $0.name == other.name } }
    return byName.contains(nil) ? others.indices.map { $0 } : byName.compactMap { $0 }
  }
}

/// The error of a value that does not fit the type it is cast to.
func castFailure(
  _ value: String, _ source: DataType, _ target: DataType, row: Int
) -> ColumnarError {
  ColumnarError(
    .invalidValue,
    "The \(source) \(MessageText.shown(value)) does not fit in \(target). Use tryCast to get null "
      + "for such values."
  ).at(.row(row))
}

/// The error of a text that is not one of a value of the type it is cast to.
func castFailure(
  text: String, _ source: DataType, _ target: DataType, row: Int
) -> ColumnarError {
  let null =
    NullSpelling.isUsual(text) ? ", or name it as a null when reading the file (nullValues)" : ""
  return ColumnarError(
    .invalidValue,
    "The \(source) \(MessageText.quoted(text)) does not fit in \(target). Use tryCast to get null "
      + "for such values\(null)."
  ).at(.row(row))
}
