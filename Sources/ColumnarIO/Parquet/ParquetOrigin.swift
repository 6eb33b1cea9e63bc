import ColumnarCore

/// Where Parquet data comes from: makes the errors about it.
struct ParquetOrigin: Sendable {
  /// The file's path, or what else people know the data by.
  let name: String
  /// Where in it byte zero of the piece at hand stands.
  var offset = 0
  /// The column that the piece belongs to.
  var column: String?
  /// Whether the piece at hand was unpacked, so that only where it began in the file can be told.
  var isUnpacked = false

  /// The same data from a later byte on.
  func advanced(by bytes: Int) -> ParquetOrigin {
    var copy = self
    if !isUnpacked { copy.offset = offset &+ bytes }
    return copy
  }

  /// The same data at a byte of the file.
  func at(_ byte: Int) -> ParquetOrigin {
    var copy = self
    copy.offset = byte
    return copy
  }

  /// The column, for messages.
  var columnText: String {
    column.map { " in column \"\(MessageText.shown($0))\"" } ?? ""
  }

  /// Bytes that break the format at `position` of the piece at hand.
  func corrupt(_ what: String, at position: Int = 0) -> ColumnarError {
    let byte = isUnpacked ? offset : offset &+ position
    return ColumnarError(
      .corruptFile,
      "\"\(name)\" is no valid Parquet file: \(what)\(columnText) (at byte \(byte)). It was cut short, "
        + "damaged, or written by something that breaks the format; write it anew.",
      context: [.file(name, offset: byte)])
  }

  /// Data that is valid but that this engine does not read.
  func unsupported(_ what: String, hint: String) -> ColumnarError {
    ColumnarError(
      .unsupported, "\"\(name)\" \(what). \(hint)", context: [.file(name, offset: offset)])
  }

  /// Data under keys.
  func encrypted(_ what: String) -> ColumnarError {
    unsupported(
      what,
      hint: "Our own reader has no decryption. "
        + SystemArrow.hint(needs: "options:) with its footerKey and columnKeys"))
  }

  /// Data that would take more memory than is sane.
  func tooLarge(_ what: String) -> ColumnarError {
    return ColumnarError(
      .resourcesExhausted,
      "\"\(name)\" says that \(what)\(columnText) (at byte \(offset)), which is more than is read at "
        + "once. If that is right, write it in smaller pages.",
      context: [.file(name, offset: offset)])
  }
}
