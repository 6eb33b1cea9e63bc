import ColumnarCore

/// Makes errors and rejects of what is wrong with lines.
struct JSONLinesFaults {
  let path: String
  let window: TextWindow

  /// Text that is not UTF-8 is a fault.
  static func checkText(_ bytes: UnsafeRawBufferPointer) throws(JSONFault) {
    guard let bad = UTF8Validation.firstInvalidByte(in: bytes), let base = bytes.baseAddress else {
      return
    }
    throw JSONFault(.invalidUTF8, base.assumingMemoryBound(to: UInt8.self) + bad, length: 1)
  }

  /// The error for a fault in that line, whatever is known of the column.
  func error(
    _ fault: JSONFault, _ line: Range<Int>, type: DataType = .null, column: String? = nil,
    hint: String? = nil
  ) -> ColumnarError {
    let (code, text) = explain(fault, line, type)
    let place = offset(fault)
    return TextError(path).bad(
      code, text, line: window.line(of: line.lowerBound), column: column,
      offset: window.fileOffset + place, hint: hint ?? self.hint(fault))
  }

  /// The reject for a fault in that line.
  func reject(
    _ fault: JSONFault, _ line: Range<Int>, type: DataType, column: String?
  ) -> RowRejects.Reject {
    let bytes = UnsafeRawBufferPointer(start: window.base + line.lowerBound, count: line.count)
    return RowRejects.Reject(
      offset: window.fileOffset + line.lowerBound, line: window.line(of: line.lowerBound),
      column: column, text: String(decoding: bytes.prefix(1000), as: UTF8.self),
      reason: explain(fault, line, type).text)
  }

  private func explain(
    _ fault: JSONFault, _ line: Range<Int>, _ type: DataType
  ) -> (code: ColumnarError.Code, text: String) {
    fault.explain(rest: max(0, line.upperBound - offset(fault)), type: type)
  }

  private func offset(_ fault: JSONFault) -> Int { UnsafeRawPointer(fault.place) - window.base }

  private func hint(_ fault: JSONFault) -> String {
    if fault.reason == .expected(.object), fault.place.pointee == 0x5B {
      return
        "A file that is one JSON array is not JSON Lines: each line must be an object of its own."
    }
    return "Rows like this are left out with badRows: .collect()."
  }
}
