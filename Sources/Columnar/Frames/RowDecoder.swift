import ColumnarCore

/// Decodes one row of columns by their names.
struct RowDecoder: Decoder {
  let cells: RowCells
  let row: Int
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Keyed<Key>(cells: cells, row: row, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw mismatch("a row has named columns, so it cannot be decoded as a list")
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    guard cells.columns.count == 1 else {
      throw mismatch("a row of \(cells.columns.count) columns cannot be decoded as a single value")
    }
    return CellDecoder(column: cells.columns[0], row: row, codingPath: codingPath)
  }

  private func mismatch(_ text: String) -> DecodingError {
    .typeMismatch(RowDecoder.self, .init(codingPath: codingPath, debugDescription: text))
  }

  private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let cells: RowCells
    let row: Int
    let codingPath: [any CodingKey]

    var allKeys: [Key] { cells.fields.compactMap { Key(stringValue: $0.name) } }

    func contains(_ key: Key) -> Bool { cells.positions[key.stringValue] != nil }

    private func cell(_ key: Key) throws -> CellDecoder {
      guard let position = cells.positions[key.stringValue] else {
        throw DecodingError.keyNotFound(
          key, .init(codingPath: codingPath, debugDescription: "no such column"))
      }
      return CellDecoder(
        column: cells.columns[position], row: row, codingPath: codingPath + [key])
    }

    func decodeNil(forKey key: Key) throws -> Bool { try cell(key).decodeNil() }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
      try cell(key).decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
      try cell(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      try cell(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
      RowDecoder(cells: cells, row: row, codingPath: codingPath)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder { try cell(key) }
  }
}

/// Decodes one cell: a value, a list or a struct.
struct CellDecoder: Decoder, SingleValueDecodingContainer {
  let column: Column
  let row: Int
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard let fields = column.type.fields else { throw mismatch("keyed values") }
    return RowDecoder(
      cells: RowCells(fields: fields, columns: column.structChildren.map { $0.decoded() }),
      row: row, codingPath: codingPath
    ).container(keyedBy: type)
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard column.type.element != nil else { throw mismatch("a list") }
    return ElementsDecoder(
      elements: ListView(column)[row].decoded(), codingPath: codingPath)
  }

  func decodeNil() -> Bool { column.isNull(row) }

  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    if column.isNull(row), !(type is any ExpressibleByNilLiteral.Type) {
      throw DecodingError.valueNotFound(
        type, .init(codingPath: codingPath, debugDescription: "null"))
    }
    if let value = type as? any ColumnValue.Type, !value._isNullable,
      let decoded = try exact(value) as? T
    {
      return decoded
    }
    if let number = type as? any (BinaryInteger & Decodable).Type {
      if let converted = try integer(number) as? T { return converted }
    }
    if type == Double.self || type == Float.self, let double = double() {
      let float = Float(double)
      if type == Float.self, float.isInfinite, double.isFinite {
        throw DecodingError.dataCorrupted(
          .init(codingPath: codingPath, debugDescription: "\(double) does not fit into Float"))
      }
      if let converted = (type == Float.self ? float as Any : double as Any) as? T {
        return converted
      }
    }
    if type is any ColumnValue.Type { throw mismatch("\(type)") }
    return try T(from: self)
  }

  /// The value where the column stores just this type.
  private func exact<Value: ColumnValue>(_ type: Value.Type) throws -> Value? {
    guard column.type == Value.columnType || column.type.kind.matches(Value.columnType.kind) else {
      return nil
    }
    return try Value._decoder(column.slice(row..<(row + 1)))(0)
  }

  /// An integer of another width, if the value fits.
  private func integer<Number: BinaryInteger>(_ type: Number.Type) throws -> Number? {
    guard column.type.isInteger else { return nil }
    let wide = try column.slice(row..<(row + 1)).cast(
      to: column.type.isSignedInteger ? .int64 : .uint64, strict: true)
    let number =
      column.type.isSignedInteger
      ? Number(exactly: PrimitiveView<Int64>(wide)[0])
      : Number(exactly: PrimitiveView<UInt64>(wide)[0])
    guard let number else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: codingPath,
          debugDescription: "\(wide.text(at: 0)) does not fit into \(type)"))
    }
    return number
  }

  private func double() -> Double? {
    guard column.type.isNumeric,
      let wide = try? column.slice(row..<(row + 1)).cast(to: .float64, strict: false)
    else { return nil }
    return PrimitiveView<Double>(wide)[0]
  }

  private func mismatch(_ wanted: String) -> DecodingError {
    .typeMismatch(
      CellDecoder.self,
      .init(
        codingPath: codingPath,
        debugDescription: "a column of \(column.type) cannot be decoded as \(wanted)"))
  }
}

/// Decodes the elements of a list, in order.
struct ElementsDecoder: UnkeyedDecodingContainer {
  let elements: Column
  let codingPath: [any CodingKey]
  var currentIndex = 0

  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  private mutating func next() throws -> CellDecoder {
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(
        Any.self, .init(codingPath: codingPath, debugDescription: "the list has ended"))
    }
    defer { currentIndex += 1 }
    return CellDecoder(column: elements, row: currentIndex, codingPath: codingPath)
  }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, elements.isNull(currentIndex) else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next().decode(type) }

  mutating func nestedContainer<Key: CodingKey>(
    keyedBy type: Key.Type
  ) throws -> KeyedDecodingContainer<Key> {
    try next().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try next().unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder { try next() }
}
