import ColumnarCore

/// Encodes a value into the columns of its shape.
struct ShapeEncoder: Encoder {
  let writer: ShapeWriter
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    (writer as? StructWriter)?.begin()
    return KeyedEncodingContainer(Keyed<Key>(writer: writer, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    guard let writer = writer as? ListWriter else { return Refusal(codingPath: codingPath) }
    writer.begin()
    return Elements(writer: writer, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    Single(writer: writer, codingPath: codingPath)
  }

  fileprivate static func refused(_ path: [any CodingKey]) -> ColumnarError {
    ColumnarError(
      .typeMismatch, ShapeProbe.text("the value is encoded in another way than decoded.", path))
  }

  private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: ShapeWriter
    let codingPath: [any CodingKey]

    private func target(_ key: Key) throws -> ShapeWriter {
      guard let writer = writer as? StructWriter else { throw ShapeEncoder.refused(codingPath) }
      return try writer.writer(key, codingPath)
    }

    func encodeNil(forKey key: Key) throws { try target(key).discard() }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
      try target(key).hold(value, codingPath + [key])
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
      KeyedEncodingContainer(
        Keyed<Nested>(writer: ShapeWriter(), codingPath: codingPath + [key]))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      Refusal(codingPath: codingPath + [key])
    }

    func superEncoder() -> any Encoder {
      ShapeEncoder(writer: ShapeWriter(), codingPath: codingPath)
    }

    func superEncoder(forKey key: Key) -> any Encoder { superEncoder() }
  }

  private struct Single: SingleValueEncodingContainer {
    let writer: ShapeWriter
    let codingPath: [any CodingKey]

    func encodeNil() { writer.discard() }

    func encode<T: Encodable>(_ value: T) throws { try writer.hold(value, codingPath) }
  }

  /// The elements of a list.
  private struct Elements: UnkeyedEncodingContainer {
    let writer: ListWriter
    let codingPath: [any CodingKey]
    private(set) var count = 0

    init(writer: ListWriter, codingPath: [any CodingKey]) {
      (self.writer, self.codingPath) = (writer, codingPath)
    }

    mutating func encodeNil() throws {
      try writer.append(nil as Int?, codingPath)
      count += 1
    }

    mutating func encode<T: Encodable>(_ value: T) throws {
      try writer.append(value, codingPath)
      count += 1
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
      KeyedEncodingContainer(Keyed<Nested>(writer: ShapeWriter(), codingPath: codingPath))
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
      Refusal(codingPath: codingPath)
    }

    func superEncoder() -> any Encoder {
      ShapeEncoder(writer: ShapeWriter(), codingPath: codingPath)
    }
  }

  /// Lists that no column stores.
  private struct Refusal: UnkeyedEncodingContainer {
    let codingPath: [any CodingKey]
    var count: Int { 0 }

    func encodeNil() throws { throw ShapeEncoder.refused(codingPath) }

    func encode<T: Encodable>(_ value: T) throws { throw ShapeEncoder.refused(codingPath) }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
      KeyedEncodingContainer(Keyed<Nested>(writer: ShapeWriter(), codingPath: codingPath))
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }

    func superEncoder() -> any Encoder {
      ShapeEncoder(writer: ShapeWriter(), codingPath: codingPath)
    }
  }
}
