extension Column {
  /// The value of a row as text, for messages and plans: `null`, numbers, text as it is, `[1, 2]`,
  /// `{a: 1}`.
  package func text(at row: Int) -> String {
    if isNull(row) { return "null" }
    if encoding != .plain { return slice(row..<(row + 1)).decoded().text(at: 0) }
    func number<T: Primitive>(_: T.Type) -> String { "\(PrimitiveView<T>(self)[row])" }
    switch type.physical {
    case .null: return "null"
    case .bool: return "\(bits[row])"
    case .int8: return number(Int8.self)
    case .int16: return number(Int16.self)
    case .int32: return type.kind == .date ? temporalText(at: row) : number(Int32.self)
    case .int64: return type.isTemporal ? temporalText(at: row) : number(Int64.self)
    case .uint8: return number(UInt8.self)
    case .uint16: return number(UInt16.self)
    case .uint32: return number(UInt32.self)
    case .uint64: return number(UInt64.self)
    case .float32: return number(Float.self)
    case .float64: return number(Double.self)
    case .int128:
      return Decimal128(
        unscaled: PrimitiveView<Int128>(self)[row], scale: type.decimalDigits?.scale ?? 0
      ).description
    case .bytes: return bytesText(at: row)
    case .list, .fixedSizeList:
      let elements = ListView(self)[row]
      let shown = (0..<Swift.min(elements.count, 8)).map { elements.text(at: $0) }
      let rest = elements.count > 8 ? ", … \(elements.count) in all" : ""
      return "[" + shown.joined(separator: ", ") + rest + "]"
    case .structure:
      let parts = zip(type.fields ?? [], structChildren).map { "\($0.name): \($1.text(at: row))" }
      return "{" + parts.joined(separator: ", ") + "}"
    case .opaque: return "\(objects[objects.startIndex + row])"
    }
  }

  /// As `text(at:)`, escaped and cut for a message; strings stand between quotes.
  package func quotedText(at row: Int, limit: Int = 60) -> String {
    let text = text(at: row)
    return type == .string && !isNull(row)
      ? MessageText.quoted(text, limit: limit) : MessageText.shown(text, limit: limit)
  }

  private func bytesText(at row: Int) -> String {
    let view = BytesView(self)
    if type.kind == .string { return view.string(row) }
    let bytes = view.bytes(row)
    let digits = Array("0123456789abcdef")
    let shown = bytes.prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return "0x" + String(shown) + (bytes.count > 16 ? "… \(bytes.count) bytes" : "")
  }

  private func temporalText(at row: Int) -> String {
    guard let text = try? slice(row..<(row + 1)).cast(to: .string, strict: false), !text.isNull(0)
    else { return "out of range" }
    return BytesView(text).string(0)
  }
}
