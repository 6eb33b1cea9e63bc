/// A named, typed column of a schema or a struct.
public struct Field: Hashable, Sendable, Codable {
  /// The name.
  public let name: String
  /// The type.
  public let type: DataType

  /// A field of that name and type.
  public init(_ name: String, _ type: DataType) {
    self.name = name
    self.type = type
  }
}

/// The names and types of a frame's columns, in order; names are unique.
public struct Schema: Sendable {
  /// One reference, so that a batch carries its schema for the price of a retain.
  private final class Storage: Sendable {
    let fields: [Field]
    let positions: [String: Int]

    init(_ fields: [Field]) {
      self.fields = fields
      positions = Dictionary(
        fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
  }
  private let storage: Storage

  /// A schema of those fields; two of one name are an error.
  public init(_ fields: [Field]) throws {
    self.init(unchecked: fields)
    guard storage.positions.count == fields.count else {
      var seen = Set<String>()
      let twice = fields.first { !seen.insert($0.name).inserted }?.name ?? ""
      throw ColumnarError(
        .duplicateName,
        "Two columns are named \"\(twice)\". Give one of them another name with .as(\"…\").")
    }
  }

  /// A schema between operators, where names may repeat because columns are found by position.
  package init(unchecked fields: [Field]) { storage = Storage(fields) }

  /// The same columns, those at some positions with other types.
  package func narrowed(to types: [Int: DataType]) -> Schema {
    Schema(
      unchecked: fields.enumerated().map { position, field in
        types[position].map { Field(field.name, $0) } ?? field
      })
  }

  /// The fields in order.
  public var fields: [Field] { storage.fields }
  /// The names in order.
  public var names: [String] { storage.fields.map(\.name) }
  /// The number of columns.
  public var count: Int { storage.fields.count }

  /// The position of the column of that name, or nil.
  public func firstIndex(of name: String) -> Int? { storage.positions[name] }

  /// The position of the column of that name; an unknown one is an error with a suggestion.
  public func index(of name: String) throws -> Int {
    if let position = storage.positions[name] { return position }
    throw ColumnarError(
      .columnNotFound,
      "There is no column \"\(name)\". \(Suggestion.hint(for: name, among: names, what: "columns"))"
    )
  }

  /// The field at a position.
  public subscript(position: Int) -> Field { storage.fields[position] }
}

extension Schema: Equatable, Codable, CustomStringConvertible {
  public static func == (a: Schema, b: Schema) -> Bool {
    a.storage === b.storage || a.fields == b.fields
  }

  public func encode(to encoder: any Encoder) throws { try fields.encode(to: encoder) }

  public init(from decoder: any Decoder) throws { try self.init([Field](from: decoder)) }

  public var description: String {
    "[" + fields.map { "\($0.name): \($0.type)" }.joined(separator: ", ") + "]"
  }
}
