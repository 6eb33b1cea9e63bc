import ColumnarCore

/// How a JSON Lines file is to be written: one object on each line, its keys the columns in order.
///
/// Numbers are written so that they read back as the same values; times as ISO 8601 text; binary
/// values as Base64. What is written reads back as the same values under the same schema. Integers
/// beyond 2^53 are written with all their digits, which some other readers round.
public struct JSONLinesWriteOptions: Sendable {
  /// Whether keys whose value is null are written; a null in an array always is.
  public var writesNulls = true
  /// What stands for NaN and the infinities, which JSON has no numbers for.
  public var nonFinite = NonFinite.fail
  /// How the file is packed.
  public var compression = TextCompression.byName

  /// What stands for NaN and the infinities.
  public enum NonFinite: Sendable, Hashable {
    /// They are an error.
    case fail
    /// They become nulls.
    case null
    /// The strings `"NaN"`, `"Infinity"` and `"-Infinity"`, which columns of floating point read back.
    case text
  }

  /// Nulls written, NaN and infinities errors, packed by name.
  public init() {}
}
