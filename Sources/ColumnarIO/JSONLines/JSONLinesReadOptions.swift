import ColumnarCore

/// How the text of a JSON Lines file is to be understood.
///
/// The text is UTF-8, with or without a byte order mark, or UTF-16 with one. Every line holds one
/// JSON object, whose keys are the columns; lines of nothing but white space are skipped, and lines
/// may end in a carriage return and a line feed. A key that an object lacks is null.
///
/// | JSON | inferred type |
/// |---|---|
/// | whole numbers | int64; uint64 if they need it, string if they are longer than that |
/// | numbers, some with a fraction or an exponent | float64 |
/// | `true`, `false` | bool |
/// | strings | string; date or timestamp if `infersTimes` |
/// | objects | struct |
/// | arrays | list |
/// | nothing but nulls, empty arrays' elements, values of different kinds | string |
///
/// A string column takes strings as they are, and of any other value its JSON text. A binary column
/// takes Base64. Columns of floating point also take the strings `"NaN"`, `"Infinity"` and
/// `"-Infinity"`, which JSON has no numbers for; the bare words are refused, and so is a number
/// beyond the range of its type. Whole-number columns take `1.0` and `1e3`, but no fraction.
///
/// The syntax of every line is checked. Values of columns that a query does not use are skipped
/// without being parsed.
public struct JSONLinesReadOptions: Sendable {
  /// The columns and their types; nil: those of the first lines.
  ///
  /// Nothing is inferred then. Keys of other names are ignored unless `unknownKeys` says otherwise.
  public var schema: Schema?
  /// Types for columns by name, instead of the inferred ones.
  public var schemaOverrides: [String: DataType] = [:]
  /// How many lines the columns and types are inferred from, nil for all.
  public var inferenceRows: Int? = 10_000
  /// Whether strings that are all dates, or all times, are inferred as such.
  public var infersTimes = false
  /// What to do with a key that the schema does not have; nil: `.fail` where the schema was inferred,
  /// `.ignore` where it was given.
  public var unknownKeys: UnknownKeys?
  /// What to do with a key that stands twice in one object.
  public var duplicateKeys = DuplicateKeys.fail
  /// What to do with lines that are no JSON object or hold a value that does not fit its column.
  public var badRows = BadRowPolicy.fail
  /// How deep arrays and objects may lie in one another, from 1 to 512.
  public var maxDepth = 128
  /// The longest line, in bytes, that is read.
  public var maxRowBytes = 256 << 20

  /// Whether other files may have the columns that `schemaOverrides` names.
  package var isOneOfMany = false

  /// What to do with a key that the schema does not have.
  public enum UnknownKeys: Sendable, Hashable {
    /// The line is a bad row.
    case fail
    /// Its value is skipped.
    case ignore
  }

  /// What to do with a key that stands twice in one object.
  public enum DuplicateKeys: Sendable, Hashable {
    /// The line is a bad row.
    case fail
    /// The last one counts.
    case last
  }

  /// Everything inferred from the first 10,000 lines.
  public init() {}
}
