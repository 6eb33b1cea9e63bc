import ColumnarCore

/// How a CSV file is to be written.
///
/// Fields are quoted only where they must be: text with a delimiter, quote or line end in it, and
/// text that would read as a null. What is written reads back as the same values under the same
/// schema, as long as the null text is no value of a column that is not text.
public struct CSVWriteOptions: Sendable {
  /// Between fields: one ASCII character.
  public var delimiter: Character = ","
  /// Around fields that need it: one ASCII character.
  public var quote: Character = "\""
  /// Whether the first row holds the names of the columns.
  public var hasHeader = true
  /// What stands for a null.
  public var nullText = ""
  /// Whether rows end in a carriage return and a line feed rather than a line feed alone.
  public var usesCarriageReturns = false

  /// Whether all text is quoted, needed or not, so that an empty text differs from a null for every
  /// reader.
  public var quotesText = false
  /// How the file is packed.
  public var compression = TextCompression.byName

  /// Commas, double quotes, a header, line feeds.
  public init() {}
}
