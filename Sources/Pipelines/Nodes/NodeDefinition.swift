import Columnar
import ColumnarCore

/// A node whose Swift types are erased: what graphs and engines know of it.
///
/// `===` is its identity.
package final class NodeDefinition: Sendable {
  /// How a node computes.
  package enum Work: Sendable {
    /// A closure, called per row or per batch.
    case closure(UserFunction.Kind, @Sendable (UDFCall) throws -> Column)
    /// An expression over its inputs, lowered natively.
    case expression(@Sendable ([Expr]) -> Expr)
  }

  /// One column a node makes.
  package struct Output: Sendable {
    package let name: String
    /// The Swift type, and the column type it is stored as.
    package let value: UDFParameter

    package init<Value>(_ name: String, _ type: Value.Type) {
      self.name = name
      value = UDFParameter(data: type)
    }

    package init(_ name: String, _ value: UDFParameter) { (self.name, self.value) = (name, value) }
  }

  package let outputs: [Output]
  /// In the order of the closure's parameters.
  package let parameters: [NodeParameter]
  package let options: UDFOptions
  package let work: Work
  /// Whether a batch closure's values each depend on their own row alone.
  package let isElementwise: Bool
  /// What the advisor found for the node: a level of its own between the engine's and the built-in.
  package let tuned: UDFOptions
  /// What is wrong with its declaration, an error in every pipeline.
  package let flaw: ColumnarError?
  /// What it says about the keeping of its results.
  package let cachePolicy: CachePolicy

  package init(
    _ outputs: [Output], _ parameters: [NodeParameter], _ options: UDFOptions, _ work: Work,
    isElementwise: Bool = false, flaw: ColumnarError? = nil,
    cachePolicy: CachePolicy = CachePolicy(), tuned: UDFOptions = UDFOptions()
  ) {
    self.cachePolicy = cachePolicy
    self.tuned = tuned
    self.isElementwise = isElementwise
    self.flaw = flaw
    self.outputs = outputs
    self.parameters = parameters
    self.options = options
    self.work = work
  }

  /// A node of a registered function: its states come along, and what the node's options leave out.
  ///
  /// A function of several outputs as a node of one gives its closure's tuples, which pass from node
  /// to node as they are.
  package convenience init(
    _ outputs: [Output], _ parameters: [NodeParameter], _ function: UserFunction,
    _ options: UDFOptions
  ) {
    let states = function.states.map { NodeParameter($0.name, .state($0), as: Any.self) }
    let isBatch = function.kind == .batch
    let whole = outputs.count == 1 ? function.whole : nil
    self.init(
      outputs, (isBatch ? parameters.map(\.asColumn) : parameters) + states,
      options.filled(from: function.options),
      .closure(function.kind, whole ?? function.body), isElementwise: function.isElementwise)
  }

  /// Its output's name; of several, all of them.
  package var name: String { outputs.map(\.name).joined(separator: ", ") }

  /// The column type of what the closure returns: of several outputs, a struct of them.
  package var resultType: DataType {
    outputs.count == 1
      ? outputs[0].value.type
      : .structure(outputs.map { Field($0.name, $0.value.type) })
  }

  /// The same node with other options.
  package func with(_ options: UDFOptions) -> NodeDefinition {
    NodeDefinition(
      outputs, parameters, options, work, isElementwise: isElementwise, flaw: flaw,
      cachePolicy: cachePolicy, tuned: tuned)
  }

  /// The same node whose results are kept otherwise.
  package func with(_ policy: CachePolicy) -> NodeDefinition {
    NodeDefinition(
      outputs, parameters, options, work, isElementwise: isElementwise, flaw: flaw,
      cachePolicy: policy, tuned: tuned)
  }

  /// The same node with what the advisor found for it.
  package func with(tuned: UDFOptions) -> NodeDefinition {
    NodeDefinition(
      outputs, parameters, options, work, isElementwise: isElementwise, flaw: flaw,
      cachePolicy: cachePolicy, tuned: tuned)
  }

  /// What kind of function its closure is; nil for an expression.
  package var functionKind: UserFunction.Kind? {
    if case .closure(let kind, _) = work { return kind }
    return nil
  }

  /// What kind of node it is, for `explain`.
  package var kind: String { functionKind?.rawValue ?? "expression" }
}
