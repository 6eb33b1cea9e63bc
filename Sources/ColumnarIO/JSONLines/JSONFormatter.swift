import ColumnarCore

/// Turns batches into lines of JSON objects; one can be shared by any number of threads.
package struct JSONFormatter: Sendable {
  private let schema: Schema
  private let path: String
  private let keys: [Buffer]
  private let options: JSONLinesWriteOptions

  /// A formatter for batches of that schema; types without a form in JSON are errors.
  package init(_ schema: Schema, _ options: JSONLinesWriteOptions, path: String) throws {
    for field in schema.fields {
      do { try JSONLinesSource.check(field.type, of: field.name) } catch {
        throw ColumnarError(
          .unsupported,
          "JSON has no form for column \"\(field.name)\" of type \(field.type). Write it to another "
            + "format, or cast or drop it first.", context: [.file(path)])
      }
    }
    self.schema = schema
    self.path = path
    self.options = options
    keys = schema.names.map { Self.key($0) }
  }

  /// A key as it is written, with quotes and a colon behind.
  static func key(_ name: String) -> Buffer {
    var text = MutableBuffer(capacity: name.utf8.count + 3)
    Array(name.utf8).withUnsafeBytes { appendString($0, to: &text) }
    text.append(0x3A as UInt8)
    return text.freeze()
  }

  /// Appends the rows of a batch, whose types must be those of the schema, a line each.
  package func append(_ batch: Batch, to text: inout MutableBuffer) throws {
    try append(batch, to: &text, separator: [0x0A], atEnd: true)
  }

  /// Appends the rows with `separator` between them, and behind the last if `atEnd`.
  package func append(
    _ batch: Batch, to text: inout MutableBuffer, separator: [UInt8], atEnd: Bool
  ) throws {
    guard batch.columns.map(\.type) == schema.fields.map(\.type) else {
      throw ColumnarError(
        .typeMismatch,
        "A batch of \(batch.schema) was given to \"\(path)\", which holds \(schema).",
        context: [.file(path)])
    }
    let tree = JSONCellTree(batch.columns)
    let keys = self.keys.map { UnsafeRawBufferPointer(start: $0.start, count: $0.count) }
    let pen = JSONPen(writesNulls: options.writesNulls, nonFinite: options.nonFinite)
    try withExtendedLifetime((tree, self.keys)) {
      try tree.cells.withUnsafeBufferPointer { cells in
        try keys.withUnsafeBufferPointer { keys in
          for row in 0..<batch.count {
            do throws(JSONPen.NonFiniteValue) {
              try pen.appendObject(cells, keys, row, to: &text)
            } catch {
              throw nonFinite(error, batch, row)
            }
            if atEnd || row + 1 < batch.count { for byte in separator { text.append(byte) } }
          }
        }
      }
    }
  }

  private func nonFinite(
    _ value: JSONPen.NonFiniteValue, _ batch: Batch, _ row: Int
  ) -> ColumnarError {
    let name = schema.names[value.column]
    return ColumnarError(
      .invalidValue,
      "Column \"\(name)\" holds \(value.value), which JSON has no number for. Say with nonFinite that "
        + "it becomes null or text.", context: [.file(path)])
  }

  /// Appends text between quotes, escaped where JSON asks for it.
  static func appendString(_ bytes: UnsafeRawBufferPointer, to text: inout MutableBuffer) {
    text.reserve(bytes.count + 2)
    text.append(0x22 as UInt8)
    var done = 0
    if let start = bytes.baseAddress {
      var at = 0
      while at < bytes.count {
        if at &+ 8 <= bytes.count, isPlain(start.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        {
          at &+= 8
          continue
        }
        let byte = bytes[at]
        if byte < 0x20 || byte == 0x22 || byte == 0x5C {
          text.append(contentsOf: UnsafeRawBufferPointer(start: start + done, count: at - done))
          appendEscape(byte, to: &text)
          done = at + 1
        }
        at &+= 1
      }
      text.append(
        contentsOf: UnsafeRawBufferPointer(start: start + done, count: bytes.count - done))
    }
    text.append(0x22 as UInt8)
  }

  /// Whether none of eight bytes needs an escape.
  @inline(__always)
  private static func isPlain(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = word ^ (ones &* 0x22)
    let slashes = word ^ (ones &* 0x5C)
    let special =
      ((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes)
      | ((word &- (ones &* 0x20)) & ~word)
    return special & 0x8080_8080_8080_8080 == 0
  }

  private static func appendEscape(_ byte: UInt8, to text: inout MutableBuffer) {
    text.append(0x5C as UInt8)
    switch byte {
    case 0x08: text.append(0x62 as UInt8)
    case 0x09: text.append(0x74 as UInt8)
    case 0x0A: text.append(0x6E as UInt8)
    case 0x0C: text.append(0x66 as UInt8)
    case 0x0D: text.append(0x72 as UInt8)
    case 0x22, 0x5C: text.append(byte)
    default:
      for letter in "u00".utf8 { text.append(letter) }
      for digit in [byte >> 4, byte & 15] { text.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
    }
  }
}

/// Writes values as JSON.
struct JSONPen {
  /// A number that JSON does not have.
  struct NonFiniteValue: Error {
    var column = 0
    let value: Double
  }

  let writesNulls: Bool
  let nonFinite: JSONLinesWriteOptions.NonFinite

  /// The object of a row.
  @inline(__always)
  func appendObject(
    _ cells: UnsafeBufferPointer<JSONCells>, _ keys: UnsafeBufferPointer<UnsafeRawBufferPointer>,
    _ row: Int, to text: inout MutableBuffer
  ) throws(NonFiniteValue) {
    text.append(0x7B as UInt8)
    var isFirst = true
    for k in 0..<cells.count {
      let isValid = cells[k].isValid(row)
      if !isValid, !writesNulls { continue }
      if !isFirst { text.append(0x2C as UInt8) }
      isFirst = false
      text.append(contentsOf: keys[k])
      guard isValid else {
        Self.appendNull(to: &text)
        continue
      }
      do { try appendValue(cells[k], row, to: &text) } catch {
        throw NonFiniteValue(column: k, value: error.value)
      }
    }
    text.append(0x7D as UInt8)
  }

  private static func appendNull(to text: inout MutableBuffer) {
    text.append(0x6C6C_756E as UInt32)
  }

  /// A value that is not null.
  private func appendValue(
    _ cells: JSONCells, _ row: Int, to text: inout MutableBuffer
  ) throws(NonFiniteValue) {
    switch cells.form {
    case .plain: cells.cells.append(row, to: &text)
    case .quoted:
      text.append(0x22 as UInt8)
      cells.cells.append(row, to: &text)
      text.append(0x22 as UInt8)
    case .text: JSONFormatter.appendString(cells.cells.text(row), to: &text)
    case .binary:
      text.append(0x22 as UInt8)
      Base64.append(cells.cells.text(row), to: &text)
      text.append(0x22 as UInt8)
    case .float64:
      let value = cells.cells.double(row)
      if value.isFinite { cells.cells.append(row, to: &text) } else { try special(value, &text) }
    case .float32:
      let value = Double(cells.cells.float(row))
      if value.isFinite { cells.cells.append(row, to: &text) } else { try special(value, &text) }
    case .list:
      text.append(0x5B as UInt8)
      let elements = cells.children[0]
      var isFirst = true
      for element in cells.range(row) {
        if !isFirst { text.append(0x2C as UInt8) }
        isFirst = false
        if elements.isValid(element) {
          try appendValue(elements, element, to: &text)
        } else {
          Self.appendNull(to: &text)
        }
      }
      text.append(0x5D as UInt8)
    case .structure:
      try appendObject(
        UnsafeBufferPointer(cells.children), UnsafeBufferPointer(cells.keys), row, to: &text)
    }
  }

  private func special(_ value: Double, _ text: inout MutableBuffer) throws(NonFiniteValue) {
    switch nonFinite {
    case .fail: throw NonFiniteValue(value: value)
    case .null: Self.appendNull(to: &text)
    case .text:
      let name = value.isNaN ? "\"NaN\"" : value > 0 ? "\"Infinity\"" : "\"-Infinity\""
      for byte in name.utf8 { text.append(byte) }
    }
  }
}
