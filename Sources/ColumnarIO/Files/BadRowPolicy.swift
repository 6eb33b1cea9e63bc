import ColumnarCore

/// What to do with the rows of a text file that cannot be read.
public enum BadRowPolicy: Sendable, Hashable {
  /// The first one is an error.
  case fail
  /// They are left out and noted down; more than `limit` of them are an error.
  case collect(limit: Int = 10_000)
}
