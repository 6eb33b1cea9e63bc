import ColumnarCore

/// Where Arrow data comes from: makes the errors about it.
package struct IPCOrigin: Sendable {
  /// The file's path, or what else people know the data by.
  package let name: String
  /// Where in it byte zero of the piece at hand stands.
  package var offset: Int

  package init(_ name: String, offset: Int = 0) {
    self.name = name
    self.offset = offset
  }

  /// The same data from a later byte on.
  func advanced(by bytes: Int) -> IPCOrigin { IPCOrigin(name, offset: offset &+ bytes) }

  /// Bytes that break the format at `position` of the piece at hand.
  func corrupt(_ what: String, at position: Int = 0) -> ColumnarError {
    let byte = offset &+ position
    return ColumnarError(
      .corruptFile,
      "\"\(name)\" is no valid Arrow data: \(what) (at byte \(byte)). It was cut short, damaged, or "
        + "written by something that breaks the format; write it anew.",
      context: [.file(name, offset: byte)])
  }

  /// Data that is valid but that this engine does not read.
  func unsupported(_ what: String, hint: String) -> ColumnarError {
    ColumnarError(
      .unsupported, "\"\(name)\" \(what). \(hint)", context: [.file(name, offset: offset)])
  }
}
