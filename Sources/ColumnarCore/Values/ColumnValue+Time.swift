/// A day of the proleptic Gregorian calendar: the Swift value of a date column.
public struct CalendarDate: ColumnValue, Hashable, Comparable {
  /// Days since 1970-01-01.
  public var daysSinceEpoch: Int32

  /// The day so many days after 1970-01-01.
  public init(daysSinceEpoch: Int32) { self.daysSinceEpoch = daysSinceEpoch }

  public static func < (a: CalendarDate, b: CalendarDate) -> Bool {
    a.daysSinceEpoch < b.daysSinceEpoch
  }

  public static var columnType: DataType { .date }

  public static func _decoder(_ column: Column) throws -> @Sendable (Int) -> CalendarDate {
    let view = PrimitiveView(try column.checked(for: CalendarDate.self), as: Int32.self)
    return { CalendarDate(daysSinceEpoch: view[$0]) }
  }

  public static func _appender(capacity: Int) -> _ColumnAppender<CalendarDate> {
    TimeAppender<Int32, CalendarDate>(.date) { $0.daysSinceEpoch }
  }
}

extension CalendarDate: LosslessStringConvertible, Codable {
  /// The day of that year, month (1 to 12) and day (1 to 31); nil where the calendar has none, and
  /// beyond the years of five million.
  public init?(year: Int, month: Int, day: Int) {
    guard (-5_000_000...5_000_000).contains(year),
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    self.init(daysSinceEpoch: Int32(truncatingIfNeeded: date.daysSinceEpoch))
  }

  /// The day written as `2010-12-31`; nil for all other text.
  public init?(_ description: String) {
    var text = description
    guard let days = text.withUTF8({ TextParsing.date(UnsafeRawBufferPointer($0)) }) else {
      return nil
    }
    self.init(daysSinceEpoch: days)
  }

  private var civil: CivilDate { CivilDate(daysSinceEpoch: Int(daysSinceEpoch)) }

  /// The year; year 0 is 1 BC.
  public var year: Int { civil.year }
  /// The month, 1 to 12.
  public var month: Int { civil.month }
  /// The day of the month, 1 to 31.
  public var day: Int { civil.day }

  /// The day as `2010-12-31`.
  public var description: String {
    var text = MutableBuffer(capacity: 16)
    text.count = 0
    TextFormatting.appendDate(daysSinceEpoch, to: &text)
    return String(
      decoding: UnsafeRawBufferPointer(start: text.start, count: text.count), as: UTF8.self)
  }

  /// Reads a day that is written as text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let date = CalendarDate(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(MessageText.quoted(text)) is no date such as 2010-12-31"
      )
    }
    self = date
  }

  /// Writes the day as text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// An instant to the microsecond: the Swift value of a timestamp column.
public struct Timestamp: ColumnValue, Hashable, Comparable {
  /// Microseconds since 1970-01-01T00:00:00.
  public var microsecondsSinceEpoch: Int64

  /// The instant so many microseconds after 1970-01-01T00:00:00.
  public init(microsecondsSinceEpoch: Int64) {
    self.microsecondsSinceEpoch = microsecondsSinceEpoch
  }

  public static func < (a: Timestamp, b: Timestamp) -> Bool {
    a.microsecondsSinceEpoch < b.microsecondsSinceEpoch
  }

  public static var columnType: DataType { .timestamp(.microsecond) }

  /// Finer units are cut towards the past; coarser ones saturate at the ends of the range.
  public static func _decoder(_ column: Column) throws -> @Sendable (Int) -> Timestamp {
    let checked = try column.checked(for: Timestamp.self)
    let view = PrimitiveView(checked, as: Int64.self)
    guard case .timestamp(let unit, _) = checked.type.kind else {
      return { Timestamp(microsecondsSinceEpoch: view[$0]) }
    }
    return { Timestamp(microsecondsSinceEpoch: unit.microseconds(view[$0])) }
  }

  public static func _appender(capacity: Int) -> _ColumnAppender<Timestamp> {
    TimeAppender<Int64, Timestamp>(columnType) { $0.microsecondsSinceEpoch }
  }
}

extension Duration: ColumnValue {
  public static var columnType: DataType { .duration(.microsecond) }

  public static func _decoder(_ column: Column) throws -> @Sendable (Int) -> Duration {
    let checked = try column.checked(for: Duration.self)
    let view = PrimitiveView(checked, as: Int64.self)
    guard case .duration(let unit) = checked.type.kind else { return { .microseconds(view[$0]) } }
    return { .microseconds(unit.microseconds(view[$0])) }
  }

  /// Kept to the microsecond; longer than 292,000 years saturates.
  public static func _appender(capacity: Int) -> _ColumnAppender<Duration> {
    TimeAppender<Int64, Duration>(columnType) { duration in
      let (seconds, attoseconds) = duration.components
      let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
      let (sum, more) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000_000)
      return overflow || more ? (seconds < 0 ? .min : .max) : sum
    }
  }
}

extension TimeUnit {
  /// A count of this unit in microseconds, saturating.
  fileprivate func microseconds(_ count: Int64) -> Int64 {
    if self == .nanosecond { return (count - (count < 0 ? 999 : 0)) / 1_000 }
    let (product, overflow) = count.multipliedReportingOverflow(by: 1_000_000 / perSecond)
    return overflow ? (count < 0 ? .min : .max) : product
  }
}

private final class TimeAppender<Stored: Primitive, Value>: _ColumnAppender<Value> {
  private var builder = PrimitiveBuilder<Stored>()
  private let type: DataType
  private let stored: (Value) -> Stored

  init(_ type: DataType, stored: @escaping (Value) -> Stored) {
    self.type = type
    self.stored = stored
  }

  override func append(_ value: Value) { builder.append(stored(value)) }
  override func appendNull() { builder.appendNull() }
  override func finish() -> Column {
    var full = PrimitiveBuilder<Stored>()
    swap(&full, &builder)
    return full.finish(as: type)
  }
}
