import Columnar
import ColumnarCore

/// A nested pipeline that is mapped over lists, as both engines run it.
package struct NestedMap: Sendable {
  /// The path of the node.
  package let name: String
  package let lists: [ListMapping.Source]
  package let repeated: [ListMapping.Source]
  package let mode: Pipeline.Mode
  package let outputs: [ListMapping.Output]
  /// What runs over a frame of the sources' names.
  package let levels: [NodeLowering.Level]

  /// The map as an operation of a frame.
  package var mapping: ListMapping {
    ListMapping(
      name: name, lists: lists, repeated: repeated, isProduct: mode == .product, outputs: outputs
    ) { [levels] in levels.plan(over: $0) }
  }
}

extension [NodeLowering.Level] {
  /// The columns that are expression nodes, also of pipelines within, and the paths of these.
  package var expressions: [String: String] {
    reduce(into: [:]) { all, level in
      all.merge(level.expressions) { a, _ in a }
      for map in level.maps { all.merge(map.levels.expressions) { a, _ in a } }
    }
  }

  /// The plan that computes the levels' columns.
  package func plan(over input: FramePlan) -> FramePlan {
    reduce(input) { plan, level in
      let computed =
        level.columns.isEmpty
        ? plan : .with(level.columns.map { $0.expr.as($0.name) }, plan)
      return level.maps.reduce(computed) { .mapLists($1.mapping, $0) }
    }
  }
}

extension NodeLowering {
  /// The nodes of a nested pipeline in its place: columns named by path, at `depth` and deeper.
  ///
  /// Returns the depth of the last.
  func inline(
    _ nested: NestedPipeline, _ node: NodeDefinition, at depth: Int, _ levels: inout [Level],
    _ temporary: inout [String]
  ) throws -> Int {
    let graph = nested.graph
    let nodes = graph.needed(for: nested.pipeline.outputs)
    var inner = try lowering(of: nested, node, graph)
    var between: [String] = []
    for made in nodes.flatMap({ graph.nodes[$0].outputs }) {
      if let position = nested.pipeline.outputs.firstIndex(of: made.name) {
        inner.columnNames[made.name] = columnName(node.outputs[position].name)
      } else {
        let name = unused(inner.path + made.name)
        inner.columnNames[made.name] = name
        between.append(name)
      }
    }
    let (deeper, more) = try inner.levels(of: nodes)
    temporary += between + more
    for (k, level) in deeper.enumerated() {
      while levels.count <= depth + k { levels.append(Level()) }
      levels[depth + k].columns += level.columns
      levels[depth + k].maps += level.maps
      levels[depth + k].expressions.merge(level.expressions) { a, _ in a }
    }
    return depth + max(0, deeper.count - 1)
  }

  /// A nested pipeline over the elements of lists.
  func map(_ nested: NestedPipeline, _ node: NodeDefinition) throws -> NestedMap {
    let graph = nested.graph
    var inner = try lowering(of: nested, node, graph)
    var (lists, repeated): ([ListMapping.Source], [ListMapping.Source]) = ([], [])
    for (wire, parameter) in zip(nested.wires, node.parameters) {
      let bound = inner.inputs.values[wire.input]
      let expr: Expr
      switch bound {
      case .column(let column): expr = column
      case .constant(let value, _) where wire.isMapped: expr = Expr(.literal(value))
      case .state where wire.isMapped: throw noList(parameter, node)
      case .constant, .state, nil: continue
      }
      let source = ListMapping.Source(
        expr, wire.input, label: parameter.name, unpack: wire.isMapped ? wire.unpacking : nil)
      if wire.isMapped { lists.append(source) } else { repeated.append(source) }
      inner.inputs.values[wire.input] = .column(col(wire.input))
    }
    let nodes = graph.needed(for: nested.pipeline.outputs)
    // Columns are known by the paths of their nodes, also to those who listen.
    for made in nodes.flatMap({ graph.nodes[$0].outputs }) {
      inner.columnNames[made.name] = inner.unused(inner.path + made.name)
    }
    let levels = try inner.levels(of: nodes).levels
    let outputs = node.outputs.indices.map { k in
      ListMapping.Output(
        inner.columnName(nested.pipeline.outputs[k]), as: columnName(node.outputs[k].name),
        pack: nested.packings[k])
    }
    return NestedMap(
      name: path + nested.name, lists: lists, repeated: repeated, mode: nested.mode,
      outputs: outputs, levels: levels)
  }

  private func noList(_ parameter: NodeParameter, _ node: NodeDefinition) -> ColumnarError {
    ColumnarError(
      .typeMismatch,
      "\"\(node.name)\" is mapped over \"\(parameter.name)\", but a state was given for it. Give a list.",
      context: [.node(path + node.name)])
  }

  /// The lowering of a nested pipeline's nodes, its inputs bound to what the node takes.
  private func lowering(
    of nested: NestedPipeline, _ node: NodeDefinition, _ graph: PipelineGraph
  ) throws -> NodeLowering {
    var inputs = BoundInputs()
    inputs.states = self.inputs.states
    inputs.boundStates = self.inputs.boundStates
    for (wire, parameter) in zip(nested.wires, node.parameters) {
      let bound = try bound(parameter, node)
      if self.inputs.given.contains(parameter.name) { inputs.given.insert(wire.input) }
      if self.inputs.bound.contains(parameter.name) { inputs.bound.insert(wire.input) }
      guard case .column(let expr) = bound, !wire.isMapped, let input = graph.input(wire.input),
        let given = self.graph.producer(for: parameter).map({
          self.graph.nodes[$0.node].outputs[$0.output].value.type
        }), !given.kind.matches(input.type.kind), given.isNumeric
      else {
        inputs.values[wire.input] = bound
        continue
      }
      inputs.values[wire.input] = .column(expr.cast(to: input.type))
    }
    try bind(nested, &inputs)
    var inner = NodeLowering(graph: graph, inputs: inputs)
    inner.path = path + nested.name + "/"
    inner.root = root ?? self.graph.pipeline
    inner.reserved.formUnion(reserved)
    inner.prefersRows = prefersRows
    inner.engineDefaults = engineDefaults
    return inner
  }

  /// Adds what is bound in a nested pipeline itself and is not wired.
  private func bind(_ nested: NestedPipeline, _ inputs: inout BoundInputs) throws {
    let own = nested.pipeline.bound.filter { binding in
      !nested.wires.contains { $0.input == binding.name }
    }
    guard !own.isEmpty else { return }
    let resolver = BindingResolver(graph: nested.pipeline.graph, needed: [])
    let (bound, _) = try resolver.resolve(own)
    if let name = bound.values.first(where: { if case .column = $0.value { true } else { false } })?
      .key
    {
      throw resolver.error(
        .invalidPlan,
        "\"\(name)\" is bound with .each(…), but the pipeline is a node of another, which says what it "
          + "is mapped over. Wire it with over:, or bind it with .always(…).")
    }
    inputs.values.merge(bound.values) { wired, _ in wired }
    inputs.states.merge(bound.states) { $1 }
    inputs.given.formUnion(bound.given)
    inputs.bound.formUnion(bound.bound)
    inputs.boundStates.formUnion(bound.boundStates)
  }

  /// What a parameter of a nested pipeline is in this run, as it is.
  private func bound(_ parameter: NodeParameter, _ node: NodeDefinition) throws -> BoundInput {
    if case .state(let factory) = parameter.source {
      return .state(inputs.states[ObjectIdentifier(factory)] ?? factory)
    }
    if graph.producer(for: parameter) != nil { return .column(col(columnName(parameter.name))) }
    if let bound = inputs.values[parameter.name] { return bound }
    throw ColumnarError(
      .internal, "The input \"\(parameter.name)\" of \"\(node.name)\" was not bound.")
  }

  /// A name that no column of the frame has.
  func unused(_ name: String) -> String {
    var name = name
    while reserved.contains(name) { name += "'" }
    return name
  }
}
