import Columnar
import ColumnarCore

/// The handles of a node of two outputs.
@usableFromInline
package func outputNodes<X: Sendable, Y: Sendable>(
  _ x: String, _ y: String, _ parameters: [NodeParameter], _ options: UDFOptions,
  _ body: @escaping @Sendable (UDFCall) throws -> Column
) -> (Node<X>, Node<Y>) {
  let definition = NodeDefinition(
    [.init(x, X.self), .init(y, Y.self)], parameters, options, .closure(.row, body))
  return (Node(x, definition), Node(y, definition))
}

/// The handles of a node of three outputs.
@usableFromInline
package func outputNodes<X: Sendable, Y: Sendable, Z: Sendable>(
  _ x: String, _ y: String, _ z: String, _ parameters: [NodeParameter], _ options: UDFOptions,
  _ body: @escaping @Sendable (UDFCall) throws -> Column
) -> (Node<X>, Node<Y>, Node<Z>) {
  let definition = NodeDefinition(
    [.init(x, X.self), .init(y, Y.self), .init(z, Z.self)], parameters, options,
    .closure(.row, body))
  return (Node(x, definition), Node(y, definition), Node(z, definition))
}
