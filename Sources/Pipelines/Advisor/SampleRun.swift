import Columnar
import ColumnarCore

/// Runs a sample of the items node by node, and measures each node's calls.
struct SampleRun {
  /// One column, and what it is computed from.
  struct Step {
    let name: String
    let evaluator: Evaluator
    /// The function that is called; nil: an expression.
    let function: UserFunction?
    let type: DataType
  }

  let run: PipelineRun
  let engine: EngineConfiguration
  let states: CountedStates
  let clock: any WorkClock
  let context: EvaluationContext
  let steps: [Step]
  /// Whether nodes are called that must be called just once per item.
  let callsOnce: Bool
  /// The items of the whole run.
  let items: Int
  private let schema: Schema

  init(
    _ run: PipelineRun, _ engine: EngineConfiguration, _ states: CountedStates, items: Int,
    _ request: AdviceRequest, _ cancellation: Cancellation
  ) throws {
    self.run = run
    self.engine = engine
    self.states = states
    self.items = items
    callsOnce = request.callsOnce
    clock = request.clock
    context = EvaluationContext(cancellation: cancellation, defaults: engine.defaults)
    var binder = PlanBinder(contract: engine.defaults.contract)
    var columns = run.columns.map { binder.column($0.0, $0.1.type) }
    var steps: [Step] = []
    for level in run.levels {
      if let map = level.maps.first { throw Self.noAdvice(map.name) }
      let known = columns
      for (name, expr) in level.columns {
        let bound = try ExprBinder(known).bind(expr)
        var function: UserFunction?
        if case .call(let called, _) = bound { function = called }
        steps.append(
          Step(
            name: name, evaluator: Evaluator(bound, inputs: known), function: function,
            type: bound.type))
        columns.append(binder.column(name, bound.type))
      }
    }
    self.steps = steps
    schema = Schema(unchecked: columns.map { Field($0.name, $0.type) })
  }

  private static func noAdvice(_ nested: String) -> ColumnarError {
    ColumnarError(
      .unsupported,
      "Advice does not look into \"\(nested)\", a pipeline that is mapped over lists. Ask that pipeline "
        + "for advice by itself, on elements, and give its options with with(_:for:).",
      context: [.node(nested)])
  }

  /// What was measured, a value per node, within about that time.
  func measurements(within budget: Duration) throws -> [NodeMeasurement] {
    defer { context.finish() }
    let deadline = clock.now.wall &+ budget.nanoseconds
    var columns = run.columns.map(\.1)
    var rows = run.count
    /// Columns that were not computed, and the node that is to blame.
    var missing: [Int: String] = [:]
    var measured: [NodeMeasurement] = []
    var left = steps.filter { $0.function != nil }.count
    for step in steps {
      try context.cancellation.check()
      let needed = step.evaluator.expr.columnIDs.map(\.raw)
      let lost = needed.lazy.compactMap { missing[$0] }.first
      var node = NodeMeasurement(node: nodeName(step), kind: step.function?.kind)
      node.items = items
      if let reason = reasonToSkip(step, lost) {
        node.skipped = reason
        missing[columns.count] = lost ?? node.node
        columns.append(.nulls(of: step.type, count: rows))
      } else {
        let now = clock.now.wall
        let time = Double(deadline > now ? deadline - now : 0) / Double(max(1, left))
        let batch = Batch(unchecked: schema, columns: columns, count: rows)
        var probe = NodeProbe(sample: self, step: step, batch: batch, budget: time)
        let result = try probe.measure(&node)
        columns.append(result)
        if result.count < rows {
          rows = result.count
          columns = columns.map { $0.count > rows ? $0.slice(0..<rows) : $0 }
        }
      }
      if step.function != nil { left -= 1 }
      if !isOutput(step) { measured.append(node) }
    }
    return measured
  }

  /// Why a node is not called.
  private func reasonToSkip(_ step: Step, _ lost: String?) -> String? {
    if let lost { return "it needs \"\(lost)\", which was not run" }
    guard let function = step.function else { return nil }
    guard [.row, .batch, .async].contains(function.kind) else {
      return "a \(function.kind.rawValue) is not run in parts"
    }
    let contract = options(of: function).contract.value
    guard contract == .pure || callsOnce else {
      return
        "its contract is \(contract.rawValue), so that it is not called for advice (callsOnce: true does)"
    }
    return nil
  }

  func options(of function: UserFunction) -> EffectiveOptions {
    EffectiveOptions(node: function.options, engine: engine.defaults)
  }

  /// The calls of an async function that are made at once.
  func callsInFlight(of step: Step) -> Int {
    step.function.map { options(of: $0).slots(for: $0, threads: engine.threads) } ?? 1
  }

  /// Whether a step takes one output out of a call of several, and so is no node.
  private func isOutput(_ step: Step) -> Bool {
    step.function == nil && run.subject.expressions[step.name] == nil
  }

  /// The node that a column is of; a call of several outputs stands in parentheses.
  private func nodeName(_ step: Step) -> String {
    step.function?.name ?? step.name
  }
}
