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

    func contains(_ key: Key) -> Bool { cells.position(of: key.stringValue) != nil }

    private func position(_ key: Key) throws -> Int {
      if let position = cells.position(of: key.stringValue) { return position }
      throw DecodingError.keyNotFound(
        key, .init(codingPath: codingPath, debugDescription: "no such column"))
    }

    private func cell(_ key: Key) throws -> CellDecoder { cell(key, at: try position(key)) }

    private func cell(_ key: Key, at position: Int) -> CellDecoder {
      CellDecoder(column: cells.columns[position], row: row, codingPath: codingPath + [key])
    }

    func decodeNil(forKey key: Key) throws -> Bool {
      cells.columns[try position(key)].isNull(row)
    }

    // The generic method would do for all types; for these the compiler makes one of its own, which
    // spares looking up metadata in every row.
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(key) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try value(key) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try value(key) }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key) }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try value(key) }

    @inline(__always)
    private func value<T: Decodable>(_ key: Key, as type: T.Type = T.self) throws -> T {
      let position = try position(key)
      if let value = cells.value(position, row, as: type) { return value }
      return try cell(key, at: position).decode(type)
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
    let cell = column.slice(row..<(row + 1))
    return RowDecoder(
      cells: RowCells(fields: fields, columns: cell.structChildren.map { $0.decoded() }),
      row: 0, codingPath: codingPath
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
    // A value that no column type stands for is there as it is.
    if column.type.physical == .opaque, !column.isNull(row),
      let value = column.objects[column.objects.startIndex + row] as? T
    {
      return value
    }
    if let value = type as? any ColumnValue.Type, !value._isNullable,
      let decoded = try exact(value) as? T
    {
      return decoded
    }
    if let number = type as? any (BinaryInteger & Decodable).Type {
      if let converted = try integer(number) as? T { return converted }
    }
    if type == Double.self, let double = try float(Double.self) as? T { return double }
    if type == Float.self, let float = try float(Float.self) as? T { return float }
    if let value = try foundationValue(type) ?? day(type) { return value }
    // A list whose elements are of another type, say of integers as [Double], is decoded one by one.
    if type is any ListDecodable.Type, column.type.element != nil { return try T(from: self) }
    if type is any ColumnValue.Type { throw mismatch(SwiftName.of(type)) }
    return try T(from: self)
  }

  /// The value where the column stores just this type.
  private func exact<Value: ColumnValue>(_ type: Value.Type) throws -> Value? {
    guard Value.isStored(in: column) else { return nil }
    do {
      return try Value._decoder(column.slice(row..<(row + 1)))(0)
    } catch let error as ColumnarError {
      // Its row is that of the slice.
      throw ColumnarError(error.code, error.message, underlying: error)
    }
  }

  /// A day or time as text, or text as a day; nil for all others.
  private func day<T: Decodable>(_ type: T.Type) throws -> T? {
    if type == String.self, column.type.isTemporal || column.type.isDecimal {
      return column.text(at: row) as? T
    }
    guard type == CalendarDate.self, column.type.kind == .string else { return nil }
    return try CalendarDate(from: self) as? T
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
      throw corrupted("\(wide.text(at: 0)) does not fit into \(type)")
    }
    return number
  }

  /// A floating-point number of any number.
  ///
  /// An integer must be one that the type has; a double may be rounded to a Float, but is not made
  /// infinite.
  private func float<Float: BinaryFloatingPoint>(_ type: Float.Type) throws -> Float? {
    guard column.type.isNumeric else { return nil }
    let cell = column.slice(row..<(row + 1))
    let exact: Float?
    if column.type.isSignedInteger {
      exact = Float(exactly: PrimitiveView<Int64>(try cell.cast(to: .int64, strict: true))[0])
    } else if column.type.isInteger {
      exact = Float(exactly: PrimitiveView<UInt64>(try cell.cast(to: .uint64, strict: true))[0])
    } else {
      let double = PrimitiveView<Double>(try cell.cast(to: .float64, strict: true))[0]
      let float = Float(double)
      exact = float.isInfinite && double.isFinite ? nil : float
    }
    guard let exact else { throw corrupted("\(cell.text(at: 0)) does not fit into \(type)") }
    return exact
  }

  /// An error about the value of this cell.
  func corrupted(_ text: String) -> DecodingError {
    .dataCorrupted(.init(codingPath: codingPath, debugDescription: text))
  }

  private func mismatch(_ wanted: String) -> DecodingError {
    .typeMismatch(
      CellDecoder.self,
      .init(
        codingPath: codingPath,
        debugDescription: "a column of \(column.type) cannot be decoded as \(wanted)"))
  }
}

/// What an unkeyed container decodes.
private protocol ListDecodable {}

extension Array: ListDecodable {}

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
