import ColumnarCore

/// Where Arrow data comes from: makes the errors about it.
package struct IPCOrigin: Sendable {
  /// The file's path, or what else people know the data by.
  package let name: String
  /// Where in it byte zero of the piece at hand stands.
  package var offset: Int
  /// Whether it is memory of another library, not bytes of a file.
  var isForeign = false

  package init(_ name: String, offset: Int = 0) {
    self.name = name
    self.offset = offset
  }

  /// Arrays of another library in this process.
  static func foreign(_ name: String) -> IPCOrigin {
    var origin = IPCOrigin(name)
    origin.isForeign = true
    return origin
  }

  /// The same data from a later byte on.
  func advanced(by bytes: Int) -> IPCOrigin { IPCOrigin(name, offset: offset &+ bytes) }

  /// Bytes that break the format at `position` of the piece at hand; of another library's arrays an
  /// error of code `invalidValue`.
  func corrupt(_ what: String, at position: Int = 0) -> ColumnarError {
    if isForeign {
      return ColumnarError(
        .invalidValue,
        "The arrays of \"\(name)\" break Arrow's C interface: \(what). Whatever exported them is at "
          + "fault; have it check them, as `validate(full=True)` does in pyarrow.")
    }
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
      .unsupported, "\"\(name)\" \(what). \(hint)",
      context: isForeign ? [] : [.file(name, offset: offset)])
  }
}
