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
    /// A pipeline, whose nodes are lowered in its place or over the elements of lists.
    case nested(NestedPipeline)
  }

  /// One column a node makes.
  package struct Output: Sendable {
    package let name: String
    /// The Swift type, and the column type it is stored as.
    package let value: UDFParameter
    package let type: any ErasedOutputType

    package init<Value>(_ name: String, _ type: Value.Type) {
      self.name = name
      value = UDFParameter(data: type)
      self.type = SwiftType<Value>()
    }

    package init(_ name: String, _ value: UDFParameter) {
      self.name = name
      self.value = value
      type = StoredType(value: value)
    }

    private init(_ name: String, _ other: Output) {
      self.name = name
      (value, type) = (other.value, other.type)
    }

    /// The same column under another name.
    package func named(_ name: String) -> Output { Output(name, self) }
  }

  package let outputs: [Output]
  /// In the order of the closure's parameters.
  package let parameters: [NodeParameter]
  package let options: UDFOptions
  package let work: Work
  /// Whether a batch closure's values each depend on their own row alone.
  package let isElementwise: Bool
  /// What is wrong with its declaration, an error in every pipeline.
  package let flaw: ColumnarError?
  /// What it says about the keeping of its results.
  package let cachePolicy: CachePolicy
  /// The row closure that a batch closure stands beside: it runs single items, and is the reference.
  package let single: (@Sendable (UDFCall) throws -> Column)?
  /// What the advisor found for the node: a level of its own between the engine's and the built-in.
  package let tuned: UDFOptions

  package init(
    _ outputs: [Output], _ parameters: [NodeParameter], _ options: UDFOptions, _ work: Work,
    isElementwise: Bool = false, flaw: ColumnarError? = nil,
    cachePolicy: CachePolicy = CachePolicy(),
    single: (@Sendable (UDFCall) throws -> Column)? = nil,
    tuned: UDFOptions = UDFOptions()
  ) {
    self.cachePolicy = cachePolicy
    self.isElementwise = isElementwise
    self.flaw = flaw
    self.single = single
    self.tuned = tuned
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

  /// Its output's name; of several, all of them; of a nested pipeline the name it was given.
  package var name: String { nested?.name ?? outputs.map(\.name).joined(separator: ", ") }

  /// The pipeline that it is, if it is one.
  package var nested: NestedPipeline? {
    if case .nested(let nested) = work { return nested }
    return nil
  }

  /// The column type of what the closure returns: of several outputs, a struct of them.
  package var resultType: DataType {
    outputs.count == 1
      ? outputs[0].value.type
      : .structure(outputs.map { Field($0.name, $0.value.type) })
  }

  /// The same node with other options.
  package func with(_ options: UDFOptions) -> NodeDefinition { with(options: options) }

  /// The same node but for what is given.
  package func with(
    outputs: [Output]? = nil, parameters: [NodeParameter]? = nil, options: UDFOptions? = nil,
    cachePolicy: CachePolicy? = nil, tuned: UDFOptions? = nil
  ) -> NodeDefinition {
    NodeDefinition(
      outputs ?? self.outputs, parameters ?? self.parameters, options ?? self.options, work,
      isElementwise: isElementwise, flaw: flaw, cachePolicy: cachePolicy ?? self.cachePolicy,
      single: single, tuned: tuned ?? self.tuned)
  }

  /// The same node whose results are kept otherwise.
  package func with(_ policy: CachePolicy) -> NodeDefinition { with(cachePolicy: policy) }

  /// What kind of function its closure is; nil for an expression.
  package var functionKind: UserFunction.Kind? {
    if case .closure(let kind, _) = work { return kind }
    return nil
  }

  /// What kind of node it is, for `explain`.
  package var kind: String {
    single == nil ? functionKind?.rawValue ?? nested?.kind ?? "expression" : "row and batch"
  }
}
