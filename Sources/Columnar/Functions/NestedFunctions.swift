import ColumnarCore

/// What a function gives of a nested value.
package enum NestedPart: Sendable, Hashable, CustomStringConvertible {
  /// A field of a struct.
  case field(String)
  /// An element of a list, counted from the end where the number is negative.
  case element(Int)
  /// How many elements a list has.
  case count

  /// As it is written.
  package var description: String {
    switch self {
    case .field(let name): "field(\"\(name)\")"
    case .element(let index): "list.element(at: \(index))"
    case .count: "list.count()"
    }
  }

  /// The field's name.
  package var fieldName: String? {
    if case .field(let name) = self { name } else { nil }
  }
}

extension ScalarFunction {
  /// A field of a struct; one that is not there is an error with a suggestion.
  package static func field(_ name: String) -> ScalarFunction {
    ScalarFunction("field", part: .field(name)) { types in
      guard let type = types.first, types.count == 1, type.fields != nil || type == .null else {
        throw notNested("field(\"\(name)\") takes a struct", types)
      }
      guard let fields = type.fields else { return .null }
      if let field = fields.first(where: { $0.name == name }) { return field.type }
      let hint = Suggestion.hint(for: name, among: fields.map(\.name), what: "fields")
      throw ColumnarError(
        .columnNotFound, "The struct has no field \"\(MessageText.shown(name))\". \(hint)")
    } evaluate: { columns in
      columns[0].structField(named: name) ?? .nulls(columns[0].count)
    }
  }

  /// An element of each list.
  package static func element(at index: Int) -> ScalarFunction {
    ofLists(.element(index), to: { $0 }, kernel: { $0.elements(at: index) })
  }

  /// The number of elements of each list.
  package static let elementCount = ofLists(
    .count, to: { _ in .int64 }, kernel: { $0.elementCounts() })

  private static func ofLists(
    _ part: NestedPart, to result: @escaping @Sendable (DataType) -> DataType,
    kernel: @escaping @Sendable (Column) -> Column
  ) -> ScalarFunction {
    ScalarFunction("list", part: part) { types in
      guard let type = types.first, types.count == 1, type.element != nil || type == .null else {
        throw notNested("\(part) takes a list", types)
      }
      return result(type.element ?? .null)
    } evaluate: { columns in
      guard columns[0].type.element != nil else {
        return .nulls(of: result(.null), count: columns[0].count)
      }
      return kernel(columns[0])
    }
  }

  private static func notNested(_ what: String, _ types: [DataType]) -> ColumnarError {
    ColumnarError(
      .typeMismatch, "\(what), not \(types.map(\.description).joined(separator: ", ")).")
  }
}
