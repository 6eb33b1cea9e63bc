import ColumnarCore

/// What is wrong with a line, and where.
///
/// `@unchecked Sendable`: it is caught by the thread that threw it, while the line's bytes live.
struct JSONFault: Error, @unchecked Sendable {
  enum Reason: Equatable {
    /// Something else should stand there.
    case expected(Expected)
    /// The line ends too early.
    case ended
    case openString
    case controlCharacter
    case escape
    case surrogate
    case number
    case tooDeep
    case textBehind
    case invalidUTF8
    /// A value that is none of its column's type.
    case notOfType
    case outOfRange
    case unknownKey
    case duplicateKey
    /// A fixed-size list of so many elements.
    case size(Int)
  }

  enum Expected: String {
    case object = "an object"
    case value = "a value"
    case key = "a key in quotes"
    case colon = "a colon"
    case commaOrBrace = "a comma or a closing brace"
    case commaOrBracket = "a comma or a closing bracket"
  }

  let reason: Reason
  /// Where it is, and the bytes of the value or key where it is one.
  let place: UnsafePointer<UInt8>
  let length: Int
  /// The node that was being filled.
  var node: Int

  init(_ reason: Reason, _ place: UnsafePointer<UInt8>, length: Int = 0, node: Int = 0) {
    self.reason = reason
    self.place = place
    self.length = length
    self.node = node
  }

  /// The kind of error, and what is wrong in words; `rest` are the bytes from the place to the line's
  /// end.
  func explain(rest: Int, type: DataType) -> (code: ColumnarError.Code, text: String) {
    let shown = TextError.preview(
      UnsafeRawBufferPointer(start: place, count: length > 0 ? length : min(rest, 40)), limit: 80)
    switch reason {
    case .expected(let what):
      let found = rest == 0 ? "the line ends" : "there is: \(shown)"
      return (.corruptFile, "\(what.rawValue) should stand here, but \(found)")
    case .ended: return (.corruptFile, "the line ends in the middle of a value")
    case .openString: return (.corruptFile, "the quote that opens here is never closed: \(shown)")
    case .controlCharacter:
      return (.corruptFile, "a string holds a control character that is not escaped")
    case .escape: return (.corruptFile, "\(shown) begins with an escape that JSON does not have")
    case .surrogate:
      return (.corruptFile, "\(shown) begins with half of a pair of surrogates, which is no text")
    case .number: return (.corruptFile, "\(shown) begins like a number but is none")
    case .tooDeep: return (.corruptFile, "arrays and objects lie too deep in one another")
    case .textBehind: return (.corruptFile, "behind the object stands more: \(shown)")
    case .invalidUTF8: return (.corruptFile, "the text is not valid UTF-8")
    case .notOfType: return (.invalidValue, "\(shown) is no \(type)")
    case .outOfRange: return (.invalidValue, "\(shown) is beyond the range of \(type)")
    case .unknownKey: return (.columnNotFound, "the key \"\(shown)\" is not in the schema")
    case .duplicateKey: return (.corruptFile, "the key \"\(shown)\" stands twice in one object")
    case .size(let count):
      return (.invalidValue, "a list of \(count) elements stands where \(type) is asked for")
    }
  }
}
