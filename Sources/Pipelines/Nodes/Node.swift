import Columnar
import ColumnarCore

/// A named step of a pipeline: a closure, a registered function or an expression over inputs,
/// states and other nodes.
///
/// Wiring is by handle or by name:
///
/// ```swift
/// let text = Input<String>("text")
/// let words = Node("words", from: text) { $0.split(separator: " ").map(String.init) }
/// let count = Node("count", inputs: "words") { (words: [String]) in words.count }
/// ```
///
/// A closure is called once per item, or with `Node(batch:…)` once per batch on columns. A null for
/// a parameter that is not optional gives a null result without a call. `Value` may be any Sendable
/// type; one that no column type stands for passes from node to node as it is. A trailing parameter
/// of a `Stateful` class is made by the engine.
public struct Node<Value: Sendable>: Port {
  public typealias BatchValue = ColumnView<Value>

  public let name: String
  package let definition: NodeDefinition

  package init(_ name: String, _ definition: NodeDefinition) {
    self.name = name
    self.definition = definition
  }

  /// A node of an erased row closure.
  @usableFromInline
  package init(
    row name: String, _ parameters: [NodeParameter], _ options: UDFOptions,
    _ body: @escaping @Sendable (UDFCall) throws -> Column
  ) {
    self.init(
      name, NodeDefinition([.init(name, Value.self)], parameters, options, .closure(.row, body)))
  }

  /// A node of an erased batch closure.
  @usableFromInline
  package init(
    batch name: String, _ parameters: [NodeParameter], _ options: UDFOptions,
    _ body: @escaping @Sendable (UDFCall) throws -> Column, isElementwise: Bool
  ) {
    self.init(
      name,
      NodeDefinition(
        [.init(name, Value.self)], parameters, options, .closure(.batch, body),
        isElementwise: isElementwise))
  }

  /// A node of an erased row closure and an erased batch closure that give the same.
  @usableFromInline
  package init(
    dual name: String, _ parameters: [NodeParameter], _ options: UDFOptions,
    row: @escaping @Sendable (UDFCall) throws -> Column,
    batch: @escaping @Sendable (UDFCall) throws -> Column
  ) {
    self.init(
      name,
      NodeDefinition(
        [.init(name, Value.self)], parameters, options, .closure(.batch, UDFBody.present(batch)),
        isElementwise: true, single: row))
  }

  /// A node of an erased async closure.
  @usableFromInline
  package init(
    async name: String, _ parameters: [NodeParameter], _ options: UDFOptions,
    _ body: @escaping @Sendable (UDFCall) throws -> Column
  ) {
    self.init(
      name, NodeDefinition([.init(name, Value.self)], parameters, options, .closure(.async, body)))
  }

  /// A node of a registered function; of one of several outputs its value is the tuple of them.
  package init(
    _ name: String, _ parameters: [NodeParameter], _ function: UserFunction, _ options: UDFOptions
  ) {
    self.init(name, NodeDefinition([.init(name, Value.self)], parameters, function, options))
  }

  /// A node of an expression over its inputs.
  package init(
    _ name: String, _ parameters: [NodeParameter],
    expression: @escaping @Sendable ([Expr]) -> Expr
  ) {
    self.init(
      name,
      NodeDefinition(
        [.init(name, Value.self)], parameters.map(\.asColumn), UDFOptions(),
        .expression(expression)))
  }

  public var _wire: _PortWire {
    _PortWire(parameter: NodeParameter(name, .node(definition), as: Value.self))
  }
}
