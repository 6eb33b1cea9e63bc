import ColumnarCore

/// How the text of a CSV file is to be understood.
///
/// The text is UTF-8, or UTF-16 with a byte order mark, unless `encoding` says otherwise. A row
/// ends at a line feed, or a carriage return and a line feed, outside of quotes; a lone carriage
/// return is an ordinary character. A field whose first character is the quote goes on to the next
/// single quote, delimiters and line ends included; a doubled quote stands for one. A quote inside
/// a field that did not start with one is an ordinary character. Text between a closing quote and
/// the next delimiter makes a bad row.
///
/// Empty lines are skipped, except in files of one column, where they are empty fields. White space
/// belongs to fields.
public struct CSVReadOptions: Sendable {
  /// Between fields: one ASCII character.
  public var delimiter: Character = ","
  /// Around fields that hold delimiters, quotes or line ends; nil where quotes are ordinary
  /// characters.
  public var quote: Character? = "\""
  /// Inside quotes, makes the character behind it ordinary; nil where a quote is written by
  /// doubling it only.
  public var escape: Character?
  /// Whether the first row holds the names of the columns.
  public var hasHeader = true
  /// The names of the columns, instead of those of the header.
  ///
  /// Without either they are `column_1`, `column_2` and so on.
  public var columnNames: [String]?
  /// The texts that stand for a null.
  ///
  /// In string and binary columns only without quotes, unless `readsQuotedNulls`: a quoted empty
  /// field is an empty string. In columns of other types quotes make no difference, and an empty
  /// field is always null.
  public var nullValues: [String] = [""]
  /// Whether `nullValues` stand for a null between quotes too, so that a quoted empty field is null;
  /// what DuckDB calls `allow_quoted_nulls`.
  public var readsQuotedNulls = false
  /// Types for columns by name, instead of the inferred ones.
  public var schemaOverrides: [String: DataType] = [:]
  /// How many rows the types are inferred from, nil for all.
  public var inferenceRows: Int? = 10_000
  /// How many lines to leave out before the header, whatever is in them.
  public var skipRows = 0
  /// Lines that start with this text are left out; nil for none.
  public var commentPrefix: String?
  /// What to do with rows that have too few or too many fields.
  public var raggedRows = RaggedRows.bad
  /// What stands between the whole part of a number and its fraction: one ASCII character.
  ///
  /// Where it is a comma, numbers with a point are no numbers.
  public var decimalSeparator: Character = "."
  /// How dates and times are written, instead of as in ISO 8601, in the letters of C's `strptime`:
  /// `"%d.%m.%Y"`, `"%m/%d/%y %H:%M"`.
  ///
  /// Letters are `Y y m d b H I p M S f z %`: `%I` and `%p` are an hour of twelve and AM or PM, and
  /// with `%z`, an offset such as `+0200`, times become those of UTC. A value may be written in any
  /// of the ways listed. Columns of such values are inferred as dates and timestamps, but for those
  /// that could be numbers (`20200102`), whose type has to be stated in `schemaOverrides`.
  public var timeFormats: [String] = []
  /// How letters are written as bytes.
  ///
  /// What is not UTF-8 is read from the beginning, by one thread.
  public var encoding = TextEncoding.utf8
  /// What to do with rows that have too few or too many fields (unless `raggedRows` takes them) or
  /// a field that is no value of the column's type.
  public var badRows = BadRows.fail
  /// The longest row, in bytes, that is read; guards the memory against a quote that is never
  /// closed.
  public var maxRowBytes = 256 << 20

  /// Whether other files may have the columns that `schemaOverrides` names.
  package var isOneOfMany = false

  /// What to do with bad rows.
  public typealias BadRows = BadRowPolicy

  /// What to do with rows that have too few or too many fields.
  public enum RaggedRows: Sendable, Hashable {
    /// They are bad rows.
    case bad
    /// Missing fields are taken for empty ones; too many make a bad row.
    case fill
    /// Missing fields are taken for empty ones, and those too many are left out.
    case fillAndCut
  }

  /// The common dialect: commas, double quotes, a header.
  public init() {}
}
