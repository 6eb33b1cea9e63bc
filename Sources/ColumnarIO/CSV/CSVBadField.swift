import ColumnarCore

/// A field that is no value of its column's type.
struct CSVBadField {
  enum Reason {
    case notOfType
    case textBehindQuote
    /// The offset of the first bad byte within the field.
    case invalidUTF8(Int)
  }
  let row: Int
  /// The position in the file's schema.
  let column: Int
  let reason: Reason
}

extension CSVBadField {
  /// What is wrong with the field, and who is to blame.
  func explain(_ fields: CSVFields, _ type: DataType) -> (code: ColumnarError.Code, text: String) {
    let bytes = fields.bytes(row, column)
    let shown = TextError.preview(bytes)
    switch reason {
    case .notOfType: return (.invalidValue, "\"\(shown)\" is no \(type)")
    case .textBehindQuote:
      return (.corruptFile, "\(shown) has text behind its closing quote")
    case .invalidUTF8(let offset):
      return (.corruptFile, "\"\(shown)\" is not valid UTF-8 from its byte \(offset) on")
    }
  }
}
