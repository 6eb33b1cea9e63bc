import ColumnarCore

/// What a probe learns of a value.
final class ShapeNotes {
  var part: RowShape.Part?
}

/// Finds out how a type is stored: a decoder that notes what it is asked for, and answers with
/// zeros.
struct ShapeProbe: Decoder {
  /// Deeper is a type that has itself as a part.
  private static let deepest = 24

  let notes: ShapeNotes
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(_ notes: ShapeNotes, codingPath: [any CodingKey] = []) {
    (self.notes, self.codingPath) = (notes, codingPath)
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Keyed<Key>(notes: notes, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    Elements(notes: notes, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer {
    Single(notes: notes, codingPath: codingPath)
  }

  static func error(_ text: String, _ path: [any CodingKey]) -> ColumnarError {
    ColumnarError(.typeMismatch, Self.text(text, path))
  }

  static func text(_ text: String, _ path: [any CodingKey]) -> String {
    path.isEmpty ? text : "\"\(path.map(\.stringValue).joined(separator: "."))\": \(text)"
  }

  /// A value of any type that is decoded, and how it is stored.
  private static func value<T: Decodable>(
    _ type: T.Type, _ notes: ShapeNotes, _ path: [any CodingKey]
  ) throws -> T {
    if let stored = type as? any ColumnValue.Type {
      notes.part = .value(stored)
      if let zero = zero(stored) as? T { return zero }
    }
    if let (stored, value) = FoundationShape.of(type) {
      notes.part = .value(stored)
      return value
    }
    guard path.count < deepest else { throw error("the type has itself as a part.", path) }
    do { return try T(from: ShapeProbe(notes, codingPath: path)) } catch {
      // An enum has no case for the zero of its raw value.
      if case .value? = notes.part, let cases = type as? any CaseIterable.Type,
        let first = first(of: cases) as? T
      {
        return first
      }
      throw error
    }
  }

  private static func first<Cases: CaseIterable>(of type: Cases.Type) -> Any? {
    type.allCases.first
  }

  private static func zero<Value: ColumnValue>(_ type: Value.Type) -> Value? {
    let appender = Value._appender(capacity: 1)
    appender.appendNull()
    return try? Value._decoder(appender.finish().decoded().withValidity(nil))(0)
  }

  // MARK: Containers

  private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let notes: ShapeNotes
    let codingPath: [any CodingKey]
    /// Keys that were asked for a null.
    let optional = ShapeNames()

    init(notes: ShapeNotes, codingPath: [any CodingKey]) {
      (self.notes, self.codingPath) = (notes, codingPath)
      if notes.part == nil { notes.part = .structure([]) }
    }

    // No key is there beforehand, so that a dictionary is empty.
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { true }

    func decodeNil(forKey key: Key) -> Bool {
      optional.names.insert(key.stringValue)
      return false
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
      let part = ShapeNotes()
      let value = try ShapeProbe.value(type, part, codingPath + [key])
      try note(key, part, isOptional: type is any ExpressibleByNilLiteral.Type)
      return value
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
      let part = ShapeNotes()
      do { _ = try ShapeProbe.value(type, part, codingPath + [key]) } catch {
        // The value itself is not needed.
        guard case .value? = part.part else { throw error }
      }
      try note(key, part, isOptional: true)
      return nil
    }

    private func note(_ key: Key, _ notes: ShapeNotes, isOptional: Bool) throws {
      guard let part = notes.part else {
        throw ShapeProbe.error("the value asks for nothing.", codingPath + [key])
      }
      guard case .structure(let keys)? = self.notes.part else {
        throw ShapeProbe.error("a value and keys at one place.", codingPath)
      }
      if case .structure(let inner) = part, inner.isEmpty {
        throw ShapeProbe.error("it has no keys that are known beforehand.", codingPath + [key])
      }
      if keys.contains(where: { $0.name == key.stringValue }) { return }
      let added = RowShape.Key(
        name: key.stringValue, part: part,
        isOptional: isOptional || optional.names.contains(key.stringValue))
      self.notes.part = .structure(keys + [added])
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
      throw ShapeProbe.error("give the nested keys a type of their own.", codingPath + [key])
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      throw ShapeProbe.error("decode the list as an array.", codingPath + [key])
    }

    func superDecoder() throws -> any Decoder {
      throw ShapeProbe.error("a class with a superclass is no row.", codingPath)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder { try superDecoder() }
  }

  /// One element, which tells what the others are.
  private struct Elements: UnkeyedDecodingContainer {
    let notes: ShapeNotes
    let codingPath: [any CodingKey]
    var count: Int? { 1 }
    var isAtEnd: Bool { currentIndex > 0 }
    private(set) var currentIndex = 0

    init(notes: ShapeNotes, codingPath: [any CodingKey]) {
      (self.notes, self.codingPath) = (notes, codingPath)
    }

    func decodeNil() -> Bool { false }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
      currentIndex += 1
      let (part, path) = (ShapeNotes(), codingPath + [ListPosition(0)])
      let value = try ShapeProbe.value(type, part, path)
      guard let element = part.part else {
        throw ShapeProbe.error("the value asks for nothing.", path)
      }
      if case .structure(let inner) = element, inner.isEmpty {
        throw ShapeProbe.error("it has no keys that are known beforehand.", path)
      }
      notes.part = .list(element)
      return value
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
      throw ShapeProbe.error("give the elements a type of their own.", codingPath)
    }

    func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
      throw ShapeProbe.error("decode the list as an array.", codingPath)
    }

    func superDecoder() throws -> any Decoder {
      throw ShapeProbe.error("a class with a superclass is no row.", codingPath)
    }
  }

  private struct Single: SingleValueDecodingContainer {
    let notes: ShapeNotes
    let codingPath: [any CodingKey]

    func decodeNil() -> Bool { false }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
      try ShapeProbe.value(type, notes, codingPath)
    }
  }
}

/// Names that a container that is copied around has seen.
final class ShapeNames {
  var names: Set<String> = []
}
