import ColumnarCore

/// The second pass: makes one column of a type out of one field of each row.
///
/// Each loop tries the common form of a value where it lies; everything else (nulls, quotes, bad
/// text) takes the slow way through `CSVDialect.content`.
struct CSVColumnParser {
  let dialect: CSVDialect
  let fields: CSVFields
  let column: Int
  let type: DataType
  /// Whether all text of these rows is known to be valid UTF-8.
  let isValidText: Bool
  /// The quote; without one a byte that no value begins with.
  let quoteByte: UInt8
  var bad: [CSVBadField] = []
  private let scratch = CSVScratch()

  init(
    _ dialect: CSVDialect, _ fields: CSVFields, column: Int, type: DataType, isValidText: Bool
  ) {
    self.dialect = dialect
    self.fields = fields
    self.column = column
    self.type = type
    self.isValidText = isValidText
    quoteByte = dialect.quote ?? 0
  }

  /// The column of all rows; rows with a bad field hold a null and are listed in `bad`.
  mutating func parse() throws -> Column {
    switch type.kind {
    case .int64: integers(Int64.self)
    case .int32: integers(Int32.self)
    case .int16: integers(Int16.self)
    case .int8: integers(Int8.self)
    case .uint8: integers(UInt8.self)
    case .uint16: integers(UInt16.self)
    case .uint32: integers(UInt32.self)
    case .uint64: values(UInt64.self) { TextParsing.uint64($0) }
    case .float64 where dialect.decimal != 0x2E: odd(Double.self) { $0 }
    case .float32 where dialect.decimal != 0x2E: odd(Float.self) { Float($0) }
    case .float64: values(Double.self) { TextParsing.double($0) }
    case .float32: values(Float.self) { TextParsing.float($0) }
    case .decimal128(let precision, let scale):
      values(Int128.self) { TextParsing.decimal($0, precision: precision, scale: scale) }
    case .date where !dialect.times.isEmpty: dates()
    case .timestamp(let unit, _) where !dialect.times.isEmpty: timestamps(unit)
    case .date: values(Int32.self) { TextParsing.date($0) }
    case .timestamp(let unit, _): values(Int64.self) { TextParsing.timestamp($0, unit: unit) }
    case .duration(let unit): values(Int64.self) { TextParsing.duration($0, unit: unit) }
    case .bool: booleans()
    case .string: texts(isString: true)
    case .binary: texts(isString: false)
    case .null: nulls()
    default: throw CSVColumnParser.unsupported(type)
    }
  }

  /// Whether text can be read as that type.
  static func supports(_ type: DataType) -> Bool {
    switch type.kind {
    case .list, .fixedSizeList, .structure, .opaque: false
    default: true
    }
  }

  static func unsupported(_ type: DataType) -> ColumnarError {
    ColumnarError(.unsupported, "CSV has no form for values of type \(type).")
  }

  /// Whether one of the null texts reads as a value of the type, so that nulls must be looked for
  /// first.
  var isNullReadable: Bool {
    dialect.spelledNulls.contains { text in
      text.withUnsafeBytes { bytes in
        switch type.kind {
        case .bool: TextParsing.bool(bytes) != nil
        case .date: dialect.date(bytes) != nil
        case .timestamp(let unit, _): dialect.timestamp(bytes, unit: unit) != nil
        case .duration(let unit): TextParsing.duration(bytes, unit: unit) != nil
        default: TextParsing.double(bytes) != nil
        }
      }
    }
  }

  /// A field that the quick way gave up: its value, or nil for a null and for a bad one, which is
  /// noted down.
  @inline(never)
  mutating func slowly<V>(_ row: Int, _ read: (UnsafeRawBufferPointer) -> V?) -> V? {
    switch dialect.content(fields.bytes(row, column), isText: false, scratch: scratch) {
    case .null: return nil
    case .textBehindQuote:
      note(row, .textBehindQuote)
      return nil
    case .text(let text):
      if let value = read(text) { return value }
      note(row, .notOfType)
      return nil
    }
  }

  mutating func note(_ row: Int, _ reason: CSVBadField.Reason) {
    bad.append(CSVBadField(row: row, column: column, reason: reason))
  }

  /// The text of a field for a string or binary column, nil for a null and for a bad one.
  mutating func slowText(_ row: Int) -> UnsafeRawBufferPointer? {
    switch dialect.content(fields.bytes(row, column), isText: true, scratch: scratch) {
    case .null: return nil
    case .textBehindQuote:
      note(row, .textBehindQuote)
      return nil
    case .text(let text): return text
    }
  }

  /// Numbers whose fraction does not stand behind a point.
  private mutating func odd<T: Primitive>(
    _ as: T.Type, _ made: @escaping (Double) -> T
  ) -> Column {
    let dialect = dialect
    return values(T.self) { dialect.double($0).map(made) }
  }

  /// Dates and times that are not written as in ISO 8601.
  private mutating func dates() -> Column {
    let dialect = dialect
    return values(Int32.self) { dialect.date($0) }
  }

  private mutating func timestamps(_ unit: TimeUnit) -> Column {
    let dialect = dialect
    return values(Int64.self) { dialect.timestamp($0, unit: unit) }
  }

  /// A column that must hold nothing but nulls.
  private mutating func nulls() -> Column {
    for row in 0..<fields.rows { _ = slowly(row) { _ in nil as Bool? } }
    return .nulls(fields.rows)
  }

  private mutating func booleans() -> Column {
    var builder = BoolBuilder(capacity: fields.rows)
    let nullsFirst = isNullReadable
    for row in 0..<fields.rows {
      if !nullsFirst, let value = TextParsing.bool(fields.bytes(row, column)) {
        builder.append(value)
      } else {
        builder.append(slowly(row) { TextParsing.bool($0) })
      }
    }
    return builder.finish()
  }
}

/// Fixed-width values of a known number of rows, and the nulls among them.
struct CSVValues<T: Primitive>: ~Copyable {
  private var memory: MutableBuffer
  private var nulls: CSVNulls
  let values: UnsafeMutablePointer<T>

  init(rows: Int) {
    memory = MutableBuffer(count: rows * MemoryLayout<T>.stride)
    nulls = CSVNulls(rows: rows)
    values = memory.pointer(as: T.self)
  }

  /// Stores a value, or a null with zero beneath it.
  @inline(never)
  mutating func set(_ row: Int, _ value: T?) {
    if let value {
      values[row] = value
      return
    }
    UnsafeMutableRawPointer(values + row).initializeMemory(
      as: UInt8.self, repeating: 0, count: MemoryLayout<T>.stride)
    nulls.add(row)
  }

  consuming func finish(as type: DataType) -> Column {
    let rows = nulls.rows
    let validity = nulls.finish()
    return Column(type: type, values: memory.freeze(), validity: validity, count: rows)
  }
}

/// The nulls of a known number of rows; costs nothing until there is one.
struct CSVNulls: ~Copyable {
  let rows: Int
  private var valid: MutableBuffer?

  init(rows: Int) { self.rows = rows }

  mutating func add(_ row: Int) {
    if valid == nil { start() }
    valid?.start.assumingMemoryBound(to: UInt64.self)[row >> 6] &= ~(1 << UInt64(row & 63))
  }

  private mutating func start() {
    let words = (rows + 63) / 64
    let bits = MutableBuffer(count: words * 8)
    let target = bits.pointer(as: UInt64.self)
    for k in 0..<words { target[k] = ~0 }
    if rows & 63 != 0 { target[words - 1] = (1 << UInt64(rows & 63)) - 1 }
    valid = consume bits
  }

  /// The validity, nil where there is no null.
  consuming func finish() -> Bitmap? {
    let rows = rows
    guard let bits = valid.take() else { return nil }
    return Bitmap(buffer: bits.freeze(), count: rows)
  }
}
