/// How Arrow files are written.
public struct ArrowWriteOptions: Sendable, Hashable {
  /// The two forms that Arrow data has on disk.
  public enum Format: Sendable, Hashable {
    /// With a footer, so that batches can be read in any order: what `.arrow` and `.feather` files
    /// are.
    case file
    /// One message after the other, as through a pipe.
    case stream
  }

  /// The form on disk.
  public var format: Format
  /// How text, binary values and lists are laid out.
  public var layout: ArrowLayout
  /// The columns to write as codes into a dictionary; good for text of which few values differ.
  ///
  /// Nested columns cannot be.
  public var dictionaryColumns: [String]
  /// How buffers are packed.
  public var compression: ArrowCompression

  /// Options: a file with the engine's own layouts, no dictionaries and no compression, unless told
  /// otherwise.
  public init(
    format: Format = .file, layout: ArrowLayout = .views, dictionaryColumns: [String] = [],
    compression: ArrowCompression = .none
  ) {
    self.format = format
    self.layout = layout
    self.dictionaryColumns = dictionaryColumns
    self.compression = compression
  }
}
