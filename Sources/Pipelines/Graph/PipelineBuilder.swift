/// A node whose type is erased, as a pipeline's builder collects them.
public struct AnyNode: Sendable {
  package let name: String
  package let definition: NodeDefinition
  /// What a pipeline that lists it gives back of it.
  package let outputNames: [String]

  /// The node.
  public init<Value>(_ node: Node<Value>) {
    name = node.name
    definition = node.definition
    outputNames = [node.name]
  }

  /// A node all of whose outputs are listed.
  package init(_ definition: NodeDefinition) {
    name = definition.name
    self.definition = definition
    outputNames = definition.outputs.map(\.name)
  }

  /// Another definition of the same node.
  init(_ definition: NodeDefinition, as other: AnyNode) {
    (name, self.definition, outputNames) = (other.name, definition, other.outputNames)
  }

  package init(_ name: String, _ definition: NodeDefinition) {
    (self.name, self.definition, outputNames) = (name, definition, [name])
  }
}

/// Collects the nodes of a pipeline, with `if` and `for`.
@resultBuilder
public enum PipelineBuilder {
  public static func buildExpression<Value>(_ node: Node<Value>) -> [AnyNode] { [AnyNode(node)] }
  public static func buildExpression<Row>(_ nodes: OutputNodes<Row>) -> [AnyNode] { nodes.all }
  public static func buildExpression(_ node: AnyNode) -> [AnyNode] { [node] }
  public static func buildBlock(_ parts: [AnyNode]...) -> [AnyNode] { parts.flatMap { $0 } }
  public static func buildOptional(_ part: [AnyNode]?) -> [AnyNode] { part ?? [] }
  public static func buildEither(first part: [AnyNode]) -> [AnyNode] { part }
  public static func buildEither(second part: [AnyNode]) -> [AnyNode] { part }
  public static func buildArray(_ parts: [[AnyNode]]) -> [AnyNode] { parts.flatMap { $0 } }
}
