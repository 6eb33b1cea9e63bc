import ColumnarCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension CellDecoder {
  /// The value of a Foundation type that decodes itself in a way that no column is laid out in;
  /// nil for all others.
  ///
  /// As JSON decoders do: a URL and a Decimal from their text, Data from Base64. A Decimal is also
  /// made of numbers, Data of a binary column, and a Date of text or of a date column.
  func foundationValue<T: Decodable>(_ type: T.Type) throws -> T? {
    let value: Any? =
      if type == URL.self {
        try parsed(type) { URL(string: $0) }
      } else if type == Decimal.self {
        try decimal()
      } else if type == Data.self {
        try data()
      } else if type == Date.self {
        try date()
      } else {
        nil
      }
    // Nothing is no value of an optional type either.
    guard let value else { return nil }
    return value as? T
  }

  private var cell: Column { column.slice(row..<(row + 1)) }

  /// What a string column's text is read as; nil for other columns.
  private func parsed<Parsed>(
    _ type: any Any.Type, _ parse: (String) -> Parsed?
  ) throws -> Parsed? {
    guard column.type.kind == .string else { return nil }
    let text = try String._decoder(cell)(0)
    guard let value = parse(text) else {
      throw corrupted("\"\(text)\" cannot be read as \(type)")
    }
    return value
  }

  private func decimal() throws -> Decimal? {
    if column.type.isNumeric, !column.isNull(row) {
      let text = cell.text(at: 0)
      guard let decimal = Decimal(string: text) else {
        throw corrupted("\(text) does not fit into Decimal")
      }
      return decimal
    }
    return try parsed(Decimal.self) { text in
      // Decimal reads as far as it understands; the rest must not be dropped silently.
      let isNumber = !text.isEmpty && text.utf8.allSatisfy { "+-.eE0123456789".utf8.contains($0) }
      return isNumber ? Decimal(string: text) : nil
    }
  }

  private func data() throws -> Data? {
    if column.type.kind == .binary {
      let view = BytesView(cell)
      return Data(view.bytes(0))
    }
    return try parsed(Data.self) { Data(base64Encoded: $0) }
  }

  private func date() throws -> Date? {
    guard column.type.kind == .string || column.type.kind == .date else { return nil }
    guard let instant = try? cell.cast(to: Timestamp.columnType, strict: true) else {
      throw corrupted("\"\(cell.text(at: 0))\" cannot be read as Date")
    }
    return try Date._decoder(instant)(0)
  }
}
