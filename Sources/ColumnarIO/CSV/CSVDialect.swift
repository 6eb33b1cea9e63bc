import CColumnarSystem
import ColumnarCore

/// The checked options in the form that the inner loops need.
///
/// `@unchecked Sendable`: constants only; the C struct points at `commentBytes`, which never
/// change.
final class CSVDialect: @unchecked Sendable {
  let delimiter: UInt8
  let quote: UInt8?
  let escape: UInt8?
  let comment: [UInt8]
  let nulls: [[UInt8]]
  /// Whether an empty field without quotes is a null in a string column.
  let isEmptyNull: Bool
  /// Whether null texts are nulls in a string column between quotes too.
  let readsQuotedNulls: Bool
  /// The null texts that are not empty.
  let spelledNulls: [[UInt8]]
  let maxRowBytes: Int
  /// Between the whole part of a number and its fraction.
  let decimal: UInt8
  /// How dates and times are written; none for ISO 8601.
  let times: [TimePattern]
  /// Whether rows of too few, and of too many fields are rows.
  private let fills: Bool
  private let cuts: Bool
  /// The same for the C kernels.
  let native: columnar_csv_dialect
  private let commentBytes: UnsafeMutablePointer<UInt8>

  init(_ options: CSVReadOptions) throws {
    delimiter = try Self.byte(options.delimiter, "delimiter")
    quote = try options.quote.map { try Self.byte($0, "quote") }
    let escape = try options.escape.map { try Self.byte($0, "escape") }
    // An escape that is the quote itself is the doubling that is understood anyway.
    self.escape = escape == quote ? nil : escape
    decimal = try Self.byte(options.decimalSeparator, "decimal separator")
    times = try options.timeFormats.map { text in
      if let pattern = TimePattern(text) { return pattern }
      throw ColumnarError(
        .invalidPlan,
        "\"\(text)\" is no time format. It needs year, month and day (%Y or %y, %m or %b, %d), and "
          + "may have %H or %I with %p (AM or PM), %M, %S, %f (a fraction), behind hours %z (the "
          + "offset from UTC), and %%.")
    }
    fills = options.raggedRows != .bad
    cuts = options.raggedRows == .fillAndCut
    let special = [delimiter, decimal] + [quote, self.escape].compactMap { $0 }
    guard Set(special).count == special.count else {
      throw ColumnarError(
        .invalidPlan,
        "The delimiter, quote, escape and decimal separator of a CSV file must be different "
          + "characters.")
    }
    guard self.escape == nil || quote != nil else {
      throw ColumnarError(
        .invalidPlan, "A CSV escape works inside quotes only, so it needs a quote character.")
    }
    comment = Array((options.commentPrefix ?? "").utf8)
    nulls = options.nullValues.map { Array($0.utf8) }
    isEmptyNull = nulls.contains([])
    readsQuotedNulls = options.readsQuotedNulls
    spelledNulls = nulls.filter { !$0.isEmpty }
    maxRowBytes = min(max(options.maxRowBytes, 1), Int(Int32.max) - 1024)
    commentBytes = .allocate(capacity: max(1, comment.count))
    commentBytes.update(from: comment, count: comment.count)
    native = columnar_csv_dialect(
      delimiter: delimiter, quote: quote ?? 0, escape: self.escape ?? 0, has_quote: quote != nil,
      is_general: self.escape != nil || !comment.isEmpty, has_escape: self.escape != nil,
      comment: UnsafePointer(commentBytes), comment_count: comment.count)
  }

  deinit { commentBytes.deallocate() }

  /// Whether a row of so many fields is taken for one of `columns`.
  func takes(_ fields: Int, for columns: Int) -> Bool { fields < columns ? fills : cuts }

  /// A number with this dialect's decimal separator.
  func double(_ text: UnsafeRawBufferPointer) -> Double? {
    guard decimal != 0x2E else { return TextParsing.double(text) }
    // Longer texts are no numbers that anybody writes.
    guard text.count <= 1024, !text.contains(0x2E) else { return nil }
    return withUnsafeTemporaryAllocation(byteCount: max(1, text.count), alignment: 8) { copy in
      for (k, byte) in text.enumerated() { copy[k] = byte == decimal ? 0x2E : byte }
      return TextParsing.double(UnsafeRawBufferPointer(rebasing: copy[..<text.count]))
    }
  }

  /// A date, in days since 1970-01-01.
  func date(_ text: UnsafeRawBufferPointer) -> Int32? {
    if times.isEmpty { return TextParsing.date(text) }
    for pattern in times {
      if let date = pattern.date(text) { return date }
    }
    return nil
  }

  /// A date and time, in `unit`s since 1970-01-01T00:00:00.
  func timestamp(_ text: UnsafeRawBufferPointer, unit: TimeUnit) -> Int64? {
    if times.isEmpty { return TextParsing.timestamp(text, unit: unit) }
    for pattern in times {
      if let time = pattern.timestamp(text, unit: unit) { return time }
    }
    return nil
  }

  /// The way of writing times that a text is a time in.
  func timePattern(of text: UnsafeRawBufferPointer) -> TimePattern? {
    times.first { $0.timestamp(text, unit: .microsecond) != nil }
  }

  private static func byte(_ character: Character, _ what: String) throws -> UInt8 {
    guard let byte = character.asciiValue, byte != 0x0A, byte != 0x0D, byte != 0 else {
      throw ColumnarError(
        .invalidPlan, "The \(what) of a CSV file must be one ASCII character and no line end.")
    }
    return byte
  }
}

extension columnar_csv_state {
  /// At the start of a row.
  static var rowStart: columnar_csv_state {
    columnar_csv_state(inside: 0, boundary: 1, escaped: 0, commented: 0, row_start: 1)
  }
}
