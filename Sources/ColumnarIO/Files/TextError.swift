import ColumnarCore

/// Makes the errors of one file: each names the file, the line and column, and shows the text.
struct TextError {
  let path: String

  init(_ path: String) { self.path = path }

  /// A bad row or field; the same words make the reason of a reject.
  func bad(
    _ code: ColumnarError.Code, _ reason: String, line: Int, column: String?, offset: Int,
    hint: String
  ) -> ColumnarError {
    let place = column.map { ", column \"\($0)\"" } ?? ""
    return ColumnarError(
      code, "\"\(path)\", line \(line)\(place): \(reason). \(hint)",
      context: [.file(path, offset: offset)])
  }

  func tooLong(_ window: TextWindow, _ position: Int, limit: Int, hint: String) -> ColumnarError {
    let line = window.line(of: position)
    return ColumnarError(
      .corruptFile,
      "\"\(path)\", line \(line): the row that starts here is longer than \(limit) bytes. "
        + hint,
      context: [.file(path, offset: window.fileOffset + position)])
  }

  func invalid(_ message: String) -> ColumnarError {
    ColumnarError(.corruptFile, "\"\(path)\" \(message)", context: [.file(path)])
  }

  /// The beginning of a text for people, with what is no UTF-8 replaced.
  static func preview(_ bytes: UnsafeRawBufferPointer, limit: Int = 80) -> String {
    var text = String(decoding: bytes.prefix(limit), as: UTF8.self)
    text = text.reduce(into: "") { shown, character in
      switch character {
      case "\n": shown += "\\n"
      case "\r": shown += "\\r"
      case "\r\n": shown += "\\r\\n"
      default: shown.append(character)
      }
    }
    return bytes.count > limit ? text + "…" : text
  }
}
