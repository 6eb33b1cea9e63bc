import Columnar
import ColumnarCore

/// Makes a node of a pipeline; what makes no sense is kept until the outer pipeline is made.
struct NestedBuilder {
  let pipeline: Pipeline
  let name: String
  var mode = Pipeline.Mode.zip
  /// What inputs are wired to: mapped ones in the order of the axes.
  var wires: [InputWire] = []
  /// The names of inputs in the outer pipeline, where they are others.
  var names: [String: String] = [:]
  /// The inner and the outer names of outputs.
  var outputs: [(inner: String, outer: String)] = []
  private(set) var failure: ColumnarError?

  init(_ pipeline: Pipeline, _ name: String) {
    self.pipeline = pipeline
    self.name = name
  }

  /// Keeps the first of all errors.
  mutating func fail(_ code: ColumnarError.Code, _ message: String) {
    if failure == nil { failure = ColumnarError(code, message) }
  }

  /// Keeps an error if something is not right.
  mutating func require(_ isRight: Bool, _ code: ColumnarError.Code, _ message: String) {
    if !isRight { fail(code, message) }
  }

  // MARK: Outputs

  /// Adds an output of the inner pipeline.
  mutating func addOutput(_ inner: String, as outer: String) {
    guard pipeline.graph.output(inner) != nil else {
      let names = pipeline.graph.outputNames
      return fail(
        .columnNotFound,
        "The pipeline \"\(pipeline.name)\" has no node \"\(inner)\" whose output could be given as "
          + "\"\(outer)\". \(Suggestion.hint(for: inner, among: names, what: "nodes"))")
    }
    require(
      !outputs.contains { $0.outer == outer }, .duplicateName,
      "Two outputs of \"\(name)\" are named \"\(outer)\". Give one of them another name.")
    outputs.append((inner, outer))
  }

  /// Adds the output of a node that was given by handle.
  mutating func addOutput<Value>(_ node: Node<Value>, as outer: String) {
    let type = UDFParameter(data: Value.self)
    if let made = pipeline.graph.output(node.name) {
      require(
        made.value.type == type.type, .typeMismatch,
        "The node \"\(node.name)\" of the pipeline \"\(pipeline.name)\" makes \(made.value.swiftName), "
          + "but the one that was given makes \(type.swiftName). Give the node of that pipeline.")
    }
    addOutput(node.name, as: outer)
  }

  // MARK: Inputs

  private mutating func checkWires() {
    var seen = Set<String>()
    for wire in wires {
      guard let input = pipeline.graph.input(wire.input) else {
        failUnknown(input: wire.input)
        continue
      }
      require(
        seen.insert(wire.input).inserted, .duplicateName,
        "The input \"\(wire.input)\" of \"\(name)\" is wired twice.")
      require(
        input.parameter.data.takes(wire.data.type), .typeMismatch,
        "The input \"\(wire.input)\" of \"\(name)\" is \(input.parameter.data.swiftName), but "
          + "\(wire.data.swiftName) was given for it.")
    }
  }

  mutating func failUnknown(input: String) {
    let names = pipeline.graph.inputs.map(\.name)
    let hint = Suggestion.hint(for: input, among: names, what: "inputs")
    let made = pipeline.graph.output(input) == nil ? "" : " It is made by a node in it."
    fail(
      .columnNotFound,
      "The pipeline \"\(pipeline.name)\" takes no input \"\(input)\".\(made) \(hint)")
  }

  // MARK: The node

  /// The node.
  mutating func definition() -> NodeDefinition {
    checkWires()
    require(!outputs.isEmpty, .invalidPlan, "\"\(name)\" gives no outputs.")
    require(
      !name.isEmpty, .invalidPlan,
      "The nested pipeline \"\(pipeline.name)\" has an empty name as a node.")
    let outputs = outputs.filter { pipeline.graph.output($0.inner) != nil }
    let inner = pipeline.giving(outputs.map(\.inner))
    let graph = inner.graph.pruned(for: inner.outputs)
    let needed = graph.inputs(of: graph.needed(for: inner.outputs))
    let mapped = wires.filter { $0.element != nil }
    // What is bound in the pipeline needs nothing from outside.
    let bound = Set(pipeline.boundNames)
    let others = needed.filter { input in !mapped.contains { $0.input == input.name } }
      .filter { input in
        !bound.contains(input.name) || names[input.name] != nil
          || wires.contains { $0.input == input.name }
      }
      .map { input in wires.first { $0.input == input.name } ?? named(input) }
    let made = outputs.compactMap { output in
      pipeline.graph.output(output.inner).map { ($0.type, output.outer) }
    }
    let isMapped = !mapped.isEmpty
    let nested = NestedPipeline(
      name: name, pipeline: inner,
      wires: (mapped + others).map {
        .init(input: $0.input, isMapped: $0.element != nil, unpacking: $0.element?.unpacking)
      }, mode: mode, packings: made.map { isMapped ? $0.0.packing : nil }, failure: failure)
    return NodeDefinition(
      made.map { isMapped ? $0.0.listOutput($0.1) : $0.0.output($0.1) },
      (mapped + others).map(\.parameter), UDFOptions(), .nested(nested))
  }

  /// The wire of an input that is found by name.
  private func named(_ input: GraphInput) -> InputWire {
    let parameter = input.parameter.swiftType.parameter(
      names[input.name] ?? input.name,
      .nested(
        default: input.defaultValue, isStateful: input.isMarkedStateful, isMade: input.maker != nil),
      mustBeColumn: input.parameter.mustBeColumn)
    return InputWire(input, parameter, element: nil)
  }
}
