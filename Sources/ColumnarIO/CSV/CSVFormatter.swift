import ColumnarCore

/// Turns batches into CSV text; one can be shared by any number of threads.
package struct CSVFormatter: Sendable {
  private let schema: Schema
  private let path: String
  private let delimiter: UInt8
  private let quote: UInt8
  private let null: [UInt8]
  private let lineEnd: [UInt8]
  /// Whether numbers and dates may hold the delimiter or the quote.
  private let isOdd: Bool

  package init(_ schema: Schema, _ options: CSVWriteOptions, path: String) throws {
    for field in schema.fields where !CSVColumnParser.supports(field.type) {
      throw ColumnarError(
        .unsupported,
        "CSV has no form for column \"\(field.name)\" of type \(field.type). Write it to another "
          + "format, or cast or drop it first.", context: [.file(path)])
    }
    // The reader's rules say which characters make sense together.
    var reading = CSVReadOptions()
    reading.delimiter = options.delimiter
    reading.quote = options.quote
    let dialect = try CSVDialect(reading)
    delimiter = dialect.delimiter
    quote = dialect.quote ?? 0x22
    self.schema = schema
    self.path = path
    null = Array(options.nullText.utf8)
    lineEnd = options.usesCarriageReturns ? [0x0D, 0x0A] : [0x0A]
    let special = [delimiter, quote, 0x0A, 0x0D]
    let plain = Array("+-.:0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    isOdd = plain.contains(delimiter) || plain.contains(quote)
    guard schema.count > 0 else {
      throw ColumnarError(
        .unsupported, "CSV has no form for rows without columns.", context: [.file(path)])
    }
    guard !null.contains(where: special.contains) else {
      throw ColumnarError(
        .invalidPlan, "The null text of a CSV file may hold no delimiter, quote or line end.")
    }
  }

  /// Appends the row of names.
  package func appendHeader(to text: inout MutableBuffer) {
    for (k, name) in schema.names.enumerated() {
      if k > 0 { text.append(delimiter) }
      let bytes = Array(name.utf8)
      // Where the file would begin with a byte order mark, or a name look like no name, quotes
      // tell.
      let isMark = k == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
      bytes.withUnsafeBytes { appendText($0, to: &text, quoted: isMark) }
    }
    append(lineEnd, to: &text)
  }

  /// Appends the rows of a batch, whose types must be those of the schema.
  package func append(_ batch: Batch, to text: inout MutableBuffer) throws {
    guard batch.columns.map(\.type) == schema.fields.map(\.type) else {
      throw ColumnarError(
        .typeMismatch,
        "A batch of \(batch.schema) was given to \"\(path)\", which holds \(schema).",
        context: [.file(path)])
    }
    let columns = batch.columns.map { $0.decoded() }
    let blocks = columns.map { CSVBlockList($0.storage.blocks) }
    let cells = zip(columns, blocks).map { CSVCells($0, $1) }
    let width = cells.count
    withExtendedLifetime((columns, blocks)) {
      cells.withUnsafeBufferPointer { cells in
        for row in 0..<batch.count {
          for k in 0..<width {
            if k > 0 { text.append(delimiter) }
            append(cells[k], row, to: &text)
          }
          append(lineEnd, to: &text)
        }
      }
    }
  }

  @inline(__always)
  private func append(_ bytes: [UInt8], to text: inout MutableBuffer) {
    for byte in bytes { text.append(byte) }
  }

  @inline(__always)
  private func append(_ cells: CSVCells, _ row: Int, to text: inout MutableBuffer) {
    guard cells.isValid(row) else { return append(null, to: &text) }
    if case .text = cells.form { return appendText(cells.text(row), to: &text, quoted: false) }
    let start = text.count
    cells.append(row, to: &text)
    if isOdd { quoteAgain(from: start, &text) }
  }

  /// Quotes what was written from `start` on if it needs it.
  private func quoteAgain(from start: Int, _ text: inout MutableBuffer) {
    let written = Array(
      UnsafeRawBufferPointer(start: text.start + start, count: text.count - start))
    text.count = start
    written.withUnsafeBytes { appendText($0, to: &text, quoted: false) }
  }

  @inline(__always)
  private func appendText(
    _ bytes: UnsafeRawBufferPointer, to text: inout MutableBuffer, quoted: Bool
  ) {
    if quoted || needsQuotes(bytes) { return appendQuoted(bytes, to: &text) }
    text.append(contentsOf: bytes)
  }

  @inline(__always)
  private func needsQuotes(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if bytes.count == null.count, bytes.elementsEqual(null) { return true }
    guard let start = bytes.baseAddress, bytes.count > 0 else { return false }
    var at = 0
    while at &+ 8 <= bytes.count {
      if isSpecial(start.loadUnaligned(fromByteOffset: at, as: UInt64.self)) { return true }
      at &+= 8
    }
    if at == bytes.count { return false }
    if bytes.count >= 8 {
      return isSpecial(start.loadUnaligned(fromByteOffset: bytes.count &- 8, as: UInt64.self))
    }
    while at < bytes.count {
      let byte = start.load(fromByteOffset: at, as: UInt8.self)
      if byte == delimiter || byte == quote || byte == 0x0A || byte == 0x0D { return true }
      at &+= 1
    }
    return false
  }

  /// Whether one of eight bytes is the delimiter, the quote or part of a line end.
  @inline(__always)
  private func isSpecial(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let a = word ^ ones &* UInt64(delimiter)
    let b = word ^ ones &* UInt64(quote)
    let c = word ^ ones &* 0x0A
    let d = word ^ ones &* 0x0D
    let zero = ((a &- ones) & ~a) | ((b &- ones) & ~b) | ((c &- ones) & ~c) | ((d &- ones) & ~d)
    return zero & 0x8080_8080_8080_8080 != 0
  }

  @inline(never)
  private func appendQuoted(_ bytes: UnsafeRawBufferPointer, to text: inout MutableBuffer) {
    text.reserve(2 * bytes.count + 2)
    text.append(quote)
    for byte in bytes {
      if byte == quote { text.append(quote) }
      text.append(byte)
    }
    text.append(quote)
  }
}

/// Raw access to the values of one plain column, free of references, so that going from cell to
/// cell counts none.
///
/// Valid as long as the column and its list of blocks live.
private struct CSVCells {
  enum Form {
    case null, bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float32, float64
    case text, date
    case decimal(scale: Int)
    case timestamp(TimeUnit, isUTC: Bool)
    case duration(TimeUnit)
  }
  let form: Form
  private let values: UnsafeRawPointer
  private let valid: UnsafePointer<UInt8>?
  /// The bit of row 0, in the validity and in the bits of a boolean column.
  private let bit: Int
  private let valueBit: Int
  private let blocks: UnsafePointer<UnsafeRawPointer>

  init(_ column: Column, _ blocks: CSVBlockList) {
    form = Self.form(column.type)
    let width = column.type.physical.width ?? 0
    values = column.storage.values.start + column.offset * width
    valueBit = column.offset
    let validity = column.type.kind == .null ? nil : column.validity
    valid = validity?.buffer.pointer(as: UInt8.self)
    bit = validity?.offset ?? 0
    self.blocks = blocks.starts
  }

  private static func form(_ type: DataType) -> Form {
    switch type.kind {
    case .bool: .bool
    case .int8: .int8
    case .int16: .int16
    case .int32: .int32
    case .int64: .int64
    case .uint8: .uint8
    case .uint16: .uint16
    case .uint32: .uint32
    case .uint64: .uint64
    case .float32: .float32
    case .float64: .float64
    case .string, .binary: .text
    case .date: .date
    case .decimal128(_, let scale): .decimal(scale: scale)
    case .timestamp(let unit, let zone): .timestamp(unit, isUTC: zone != nil)
    case .duration(let unit): .duration(unit)
    default: .null
    }
  }

  @inline(__always)
  func isValid(_ row: Int) -> Bool {
    if case .null = form { return false }
    guard let valid else { return true }
    let place = bit &+ row
    return valid[place &>> 3] &>> UInt8(truncatingIfNeeded: place & 7) & 1 != 0
  }

  @inline(__always)
  func text(_ row: Int) -> UnsafeRawBufferPointer {
    let place = values + row &* 16
    let view = place.load(as: ByteView.self)
    if view.isInline {
      return UnsafeRawBufferPointer(start: place + 4, count: view.count)
    }
    return UnsafeRawBufferPointer(start: blocks[view.block] + view.offset, count: view.count)
  }

  @inline(__always)
  private func load<T: BitwiseCopyable>(_ row: Int, as type: T.Type = T.self) -> T {
    values.load(fromByteOffset: row &* MemoryLayout<T>.stride, as: T.self)
  }

  @inline(__always)
  func append(_ row: Int, to text: inout MutableBuffer) {
    switch form {
    case .null, .text: break
    case .bool:
      let place = valueBit &+ row
      let byte = values.load(fromByteOffset: place &>> 3, as: UInt8.self)
      TextFormatting.append(byte &>> UInt8(truncatingIfNeeded: place & 7) & 1 != 0, to: &text)
    case .int8: TextFormatting.append(Int64(load(row, as: Int8.self)), to: &text)
    case .int16: TextFormatting.append(Int64(load(row, as: Int16.self)), to: &text)
    case .int32: TextFormatting.append(Int64(load(row, as: Int32.self)), to: &text)
    case .int64: TextFormatting.append(load(row, as: Int64.self), to: &text)
    case .uint8: TextFormatting.append(UInt64(load(row, as: UInt8.self)), to: &text)
    case .uint16: TextFormatting.append(UInt64(load(row, as: UInt16.self)), to: &text)
    case .uint32: TextFormatting.append(UInt64(load(row, as: UInt32.self)), to: &text)
    case .uint64: TextFormatting.append(load(row, as: UInt64.self), to: &text)
    case .float32: TextFormatting.append(load(row, as: Float.self), to: &text)
    case .float64: TextFormatting.append(load(row, as: Double.self), to: &text)
    case .decimal(let scale):
      TextFormatting.appendDecimal(load(row, as: Int128.self), scale: scale, to: &text)
    case .date: TextFormatting.appendDate(load(row, as: Int32.self), to: &text)
    case .timestamp(let unit, let isUTC):
      TextFormatting.appendTimestamp(
        load(row, as: Int64.self), unit: unit, isUTC: isUTC, to: &text)
    case .duration(let unit):
      TextFormatting.appendDuration(load(row, as: Int64.self), unit: unit, to: &text)
    }
  }
}

/// The addresses of a column's blocks in a place of their own.
private final class CSVBlockList {
  let starts: UnsafePointer<UnsafeRawPointer>

  init(_ blocks: [Buffer]) {
    let memory = UnsafeMutablePointer<UnsafeRawPointer>.allocate(capacity: blocks.count)
    for (k, block) in blocks.enumerated() { (memory + k).initialize(to: block.start) }
    starts = UnsafePointer(memory)
  }

  deinit { starts.deallocate() }
}
