import Columnar
import ColumnarCore

/// The nodes that a closure of structs makes: one for each key of the struct, from one call per
/// item.
///
/// ```swift
/// struct Name: Codable { var first: String, last: String? }
/// let name = outputs(of: Name.self, from: text) { Name($0) }
/// let pipeline = try Pipeline { name }
/// let firsts = try pipeline.map(text.each(texts))[name("first", as: String.self)]
/// ```
///
/// An item whose struct is nil, or that was not called for, is null in each. A type that cannot be
/// columns is an error where a pipeline is made.
public struct OutputNodes<Row: Codable & Sendable>: Sendable {
  package let definition: NodeDefinition

  @usableFromInline
  package init(
    _ parameters: [NodeParameter], _ options: UDFOptions,
    _ body: @escaping @Sendable (UDFCall) throws -> Column
  ) {
    self.init(.row, parameters, options, body)
  }

  @usableFromInline
  package init(
    async parameters: [NodeParameter], _ options: UDFOptions,
    _ body: @escaping @Sendable (UDFCall) throws -> Column
  ) {
    self.init(.async, parameters, options, body)
  }

  @usableFromInline
  package init(
    batch parameters: [NodeParameter], _ options: UDFOptions,
    _ body: @escaping @Sendable (UDFCall) throws -> Column, isElementwise: Bool
  ) {
    self.init(.batch, parameters, options, body, isElementwise: isElementwise)
  }

  private init(
    _ kind: UserFunction.Kind, _ parameters: [NodeParameter], _ options: UDFOptions,
    _ body: @escaping @Sendable (UDFCall) throws -> Column, isElementwise: Bool = false
  ) {
    do {
      let keys = try RowShape(of: Row.self).keys
      let outputs = keys.map { NodeDefinition.Output($0.name, UDFParameter($0)) }
      // What makes one column returns it, and no struct of it.
      let one: @Sendable (UDFCall) throws -> Column = { try body($0).structChildren[0] }
      definition = NodeDefinition(
        outputs, parameters, options, .closure(kind, keys.count == 1 ? one : body),
        isElementwise: isElementwise)
    } catch {
      definition = NodeDefinition(
        [], parameters, options, .closure(kind, body),
        flaw: ColumnarError.wrapping(error, as: .typeMismatch)
          .at(.node("outputs of \(SwiftName.of(Row.self))")))
    }
  }

  /// The node of a key, to wire it to others and to take its results; an unknown key, or one of
  /// another type, is an error.
  public func callAsFunction<Value: ColumnValue>(
    _ key: String, as type: Value.Type = Value.self
  ) throws -> Node<Value> {
    if let flaw = definition.flaw { throw flaw }
    guard let output = definition.outputs.first(where: { $0.name == key }) else {
      let hint = Suggestion.hint(for: key, among: definition.outputs.map(\.name), what: "keys")
      throw ColumnarError(
        .columnNotFound, "\(SwiftName.of(Row.self)) has no key \"\(key)\". \(hint)")
    }
    guard output.value.type == Value.columnType else {
      throw ColumnarError(
        .typeMismatch,
        "The key \"\(key)\" of \(SwiftName.of(Row.self)) is \(output.value.swiftName), not "
          + "\(SwiftName.of(type)).")
    }
    return Node(key, definition)
  }

  /// Each key's node.
  package var all: [AnyNode] {
    definition.flaw != nil
      ? [AnyNode("", definition)] : definition.outputs.map { AnyNode($0.name, definition) }
  }
}
