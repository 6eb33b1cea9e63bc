import ColumnarCore

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// An instant, kept to the microsecond: the Foundation value of a timestamp column, and of a date
/// column its midnights in UTC.
extension Date: ColumnValue {
  public static var columnType: DataType { Timestamp.columnType }

  public static func _decoder(_ column: Column) throws -> @Sendable (Int) -> Date {
    let decode = try Timestamp._decoder(column)
    return { Date(timeIntervalSince1970: Double(decode($0).microsecondsSinceEpoch) / 1e6) }
  }

  public static func _appender(capacity: Int) -> _ColumnAppender<Date> {
    DateAppender(Timestamp._appender(capacity: capacity))
  }
}

private final class DateAppender: _ColumnAppender<Date> {
  private let base: _ColumnAppender<Timestamp>

  init(_ base: _ColumnAppender<Timestamp>) { self.base = base }

  override func append(_ value: Date) {
    let microseconds = (value.timeIntervalSince1970 * 1e6).rounded()
    base.append(
      Timestamp(
        microsecondsSinceEpoch: Int64(exactly: microseconds) ?? (microseconds < 0 ? .min : .max)))
  }
  override func appendNull() { base.appendNull() }
  override func finish() -> Column { base.finish() }
}
