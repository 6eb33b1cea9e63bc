import ColumnarCore

/// Guesses the type of a column from the fields of its first rows.
///
/// Of bool, int64, date, timestamp and float64 the first that reads every field; whole numbers
/// beyond int64 become uint64 or stay text, so that no digit is lost; everything else is string, as
/// is a column of nothing but nulls. A timestamp gets nanoseconds where a fraction has more than
/// six digits, and the zone UTC where every one names an offset; where only some do, the column
/// stays text. Quotes make no difference.
struct CSVInference {
  /// How numbers are written; nil for a point before fractions.
  let dialect: CSVDialect?
  private var isSeen = false
  private var isBool = true
  private var isInt64 = true
  private var isUInt64 = true
  private var isDouble = true
  private var isWhole = true
  private var isDate = true
  private var isTimestamp = true
  private var isFine = false
  private var hasZone = false
  private var hasNoZone = false

  init(_ dialect: CSVDialect? = nil) { self.dialect = dialect }

  /// Looks at one more field that is no null.
  mutating func add(_ text: UnsafeRawBufferPointer) {
    isSeen = true
    if isBool { isBool = TextParsing.bool(text) != nil }
    if isDouble {
      if isInt64 { isInt64 = TextParsing.int64(text) != nil }
      if isUInt64 { isUInt64 = TextParsing.uint64(text) != nil }
      if isWhole, !isInt64, !isUInt64 { isWhole = Self.isWhole(text) }
      isDouble = isInt64 || isUInt64 || isDouble(text)
    }
    if isDate { isDate = (dialect.map { $0.date(text) } ?? TextParsing.date(text)) != nil }
    if isTimestamp, let dialect, !dialect.times.isEmpty {
      let pattern = dialect.timePattern(of: text)
      isTimestamp = pattern != nil
      // A date alone says nothing about a zone.
      if let pattern, pattern.hasTime {
        hasZone = hasZone || pattern.hasZone
        hasNoZone = hasNoZone || !pattern.hasZone
      }
    } else if isTimestamp {
      isTimestamp = TextParsing.timestamp(text, unit: .microsecond) != nil
      // A date alone is read as its midnight but says nothing about a zone.
      if isTimestamp, text.count > 12 { addTimestamp(text) }
    }
  }

  private mutating func addTimestamp(_ text: UnsafeRawBufferPointer) {
    let time = text.dropFirst(10)
    let zoned = time.contains { $0 == 0x2B || $0 == 0x2D || $0 | 0x20 == 0x7A }
    hasZone = hasZone || zoned
    hasNoZone = hasNoZone || !zoned
    if let point = time.firstIndex(where: { $0 == 0x2E || $0 == 0x2C }) {
      let digits = time[(point + 1)...].prefix { $0 >= 0x30 && $0 <= 0x39 }
      if digits.count > 6 { isFine = TextParsing.timestamp(text, unit: .nanosecond) != nil }
    }
  }

  private func isDouble(_ text: UnsafeRawBufferPointer) -> Bool {
    (dialect.map { $0.double(text) } ?? TextParsing.double(text)) != nil
  }

  /// Whether nothing but a sign and digits stands there.
  private static func isWhole(_ text: UnsafeRawBufferPointer) -> Bool {
    text.dropFirst(text[0] == 0x2D || text[0] == 0x2B ? 1 : 0).allSatisfy {
      $0 >= 0x30 && $0 <= 0x39
    }
  }

  /// The type found so far.
  var type: DataType {
    guard isSeen else { return .string }
    if isBool { return .bool }
    if isDouble {
      if isInt64 { return .int64 }
      if isUInt64 { return .uint64 }
      return isWhole ? .string : .float64
    }
    if isDate { return .date }
    if isTimestamp, !(hasZone && hasNoZone) {
      return .timestamp(isFine ? .nanosecond : .microsecond, zone: hasZone ? "UTC" : nil)
    }
    return .string
  }
}
