import Columnar
import ColumnarCore

extension LazyFrame {
  /// The frame with the pipeline's outputs as further columns, computed when the frame is
  /// collected.
  ///
  /// Each input is the column of its name, unless it is bound with `always` (states with `make`),
  /// here or in the pipeline. Later filters and selects prune the nodes and move past them as past
  /// any expression. An output replaces a column of its name.
  public func with(_ pipeline: Pipeline, _ bindings: Binding...) throws -> LazyFrame {
    try PipelineInFrame(pipeline: pipeline).appended(to: plan, bindings).frame
  }
}

/// A pipeline's nodes as columns of a frame.
struct PipelineInFrame {
  let pipeline: Pipeline

  /// The frame with the outputs, and which of its columns are nodes that are expressions.
  func appended(
    to plan: FramePlan, _ bindings: [Binding]
  ) throws -> (frame: LazyFrame, expressions: [String: String]) {
    var binder = PlanBinder()
    let columns = try binder.bind(plan).schema.fields
    let graph = pipeline.graph.pruned(for: pipeline.outputs)
    let nodes = graph.needed(for: pipeline.outputs)
    var resolver = BindingResolver(graph: pipeline.graph, needed: [])
    var (bound, mapped) = try resolver.resolve(pipeline.merged(bindings))
    if let name = mapped.first?.0 ?? bound.values.first(where: { isColumn($0.value) })?.key {
      throw resolver.error(
        .invalidPlan,
        "\"\(name)\" is bound with .each(…), but a frame's own columns are what is mapped over. Rename a "
          + "column to \"\(name)\", or bind it with .always(…).")
    }
    resolver = BindingResolver(graph: pipeline.graph, needed: graph.inputs(of: nodes))
    resolver.outputs = pipeline.outputs
    try bind(columns, resolver, &bound)

    var lowering = NodeLowering(graph: graph, inputs: bound)
    let outputs = Set(pipeline.outputs)
    let taken = Set(columns.map(\.name))
    lowering.reserved.formUnion(taken)
    let between = nodes.flatMap { graph.nodes[$0].outputs.map(\.name) }
      .filter { !outputs.contains($0) }
    for name in between where taken.contains(name) {
      lowering.columnNames[name] = lowering.unused("\(pipeline.name).\(name)")
    }
    let (levels, temporary) = try lowering.levels(of: nodes)
    let extended = levels.plan(over: plan)
    let dropped = temporary + between.map { lowering.columnName($0) }
    return (
      LazyFrame(dropped.isEmpty ? extended : .drop(dropped, extended)), levels.expressions
    )
  }

  private func isColumn(_ input: BoundInput) -> Bool {
    if case .column = input { return true }
    return false
  }

  /// Binds the inputs that were not given to the frame's columns, else to their defaults.
  private func bind(
    _ columns: [Field], _ resolver: BindingResolver, _ bound: inout BoundInputs
  ) throws {
    var missing: [GraphInput] = []
    for input in resolver.needed where bound.values[input.name] == nil {
      if let field = columns.first(where: { $0.name == input.name }) {
        guard input.parameter.data.takes(field.type) else {
          throw input.mismatch(field.type).at(.plan("pipeline \"\(pipeline.name)\""))
        }
        let column = col(field.name)
        bound.values[input.name] = .column(
          field.type.kind.matches(input.type.kind) ? column : column.cast(to: input.type))
      } else if let value = try input.unbound() {
        bound.values[input.name] = value
      } else {
        missing.append(input)
      }
    }
    guard missing.isEmpty else {
      throw resolver.missingError(missing, among: columns.map(\.name))
    }
  }
}
