import ColumnarCore

/// How the values of a Codable type are stored: a column for each of its keys, in their order.
@usableFromInline
package struct RowShape: Sendable {
  /// What is stored under one key.
  package indirect enum Part: Sendable {
    case value(any ColumnValue.Type)
    case structure([Key])
    case list(Part)

    package var type: DataType {
      switch self {
      case .value(let type): type.columnType
      case .structure(let keys): .structure(keys.map { Field($0.name, $0.part.type) })
      case .list(let element): .list(element.type)
      }
    }
  }

  /// One key.
  package struct Key: Sendable {
    package let name: String
    package let part: Part
    /// Whether there may be no value, as for an optional property.
    package let isOptional: Bool
  }

  package let keys: [Key]

  /// The shape of a type, as its `init(from:)` asks for it; an error of a type without keys, or
  /// with values that no column stores.
  package init<Row: Decodable>(of type: Row.Type) throws {
    guard !(type is any ColumnValue.Type) else {
      throw Self.error("\(SwiftName.of(type)) is one value. Give no `outputs` for it.")
    }
    let notes = ShapeNotes()
    do { _ = try Row(from: ShapeProbe(notes)) } catch {
      throw Self.error(
        "\(SwiftName.of(type)) cannot be columns: \(Self.text(error)) Its properties may be numbers, "
          + "text, booleans, dates, URLs, UUIDs, Data, Decimals, enums of a raw value with "
          + "CaseIterable, structs of these, and arrays and optionals of all.")
    }
    guard case .structure(let keys)? = notes.part, !keys.isEmpty else {
      throw Self.error("\(SwiftName.of(type)) has no keys, so it makes no columns.")
    }
    self.keys = keys
  }

  package var fields: [Field] { keys.map { Field($0.name, $0.part.type) } }

  private static func text(_ error: any Error) -> String {
    if let known = error as? ColumnarError { return known.message }
    guard let known = error as? DecodingError else { return "\(error)." }
    switch known {
    case .typeMismatch(_, let context), .dataCorrupted(let context),
      .valueNotFound(_, let context), .keyNotFound(_, let context):
      return ShapeProbe.text(context.debugDescription, context.codingPath)
    @unknown default: return "\(error)."
    }
  }

  private static func error(_ message: String) -> ColumnarError {
    ColumnarError(.typeMismatch, message)
  }
}

extension UDFParameter {
  /// What takes the values of a key.
  package init(_ key: RowShape.Key) {
    let swiftName =
      switch key.part {
      case .value(let type): SwiftName.of(type)
      case .structure, .list: "\(key.part.type)"
      }
    self.init(
      swiftName: key.isOptional ? swiftName + "?" : swiftName, type: key.part.type,
      isNullable: key.isOptional)
  }
}
