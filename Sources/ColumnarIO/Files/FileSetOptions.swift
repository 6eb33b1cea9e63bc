import ColumnarCore

/// How several files are read as one table.
public struct FileSetOptions: Sendable, Hashable {
  /// Whether folders named `key=value` on the way to a file are columns.
  public enum Partitions: Sendable, Hashable {
    /// For files that are found in a folder, those beneath it; for files that match a pattern, all
    /// on their paths; not for files that are named one by one.
    case automatic
    /// Also for files that are named one by one.
    case hive
    /// No.
    case none
  }

  /// Which columns there are.
  public enum Columns: Sendable, Hashable {
    /// Those of all files, found by name. All files are opened before anything is read.
    case ofAllFiles
    /// Those of the first file; what others have besides is left out. Files that a filter on their
    /// folders leaves out are not even opened.
    case ofFirstFile
  }

  /// What becomes of columns, and fields of structs, that a file lacks.
  public enum MissingColumns: Sendable, Hashable {
    /// They are null there.
    case null
    /// They are an error that names the file.
    case fail
  }

  /// Whether folders named `key=value` are columns.
  public var partitions = Partitions.automatic
  /// Types of such columns; without one it is int64 or date if all values are, else string.
  public var partitionTypes: [String: DataType] = [:]
  /// Which columns there are.
  public var columns = Columns.ofAllFiles
  /// What becomes of columns, and fields of structs, that a file lacks.
  public var missingColumns = MissingColumns.null
  /// The name of a column to be added that holds the path of each row's file.
  public var pathColumn: String?

  /// Folders are columns where files are found; columns of all files, null where one lacks them.
  public init() {}
}
