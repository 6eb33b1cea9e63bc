import Columnar
import ColumnarCore

/// Runs a sample of the items node by node, and measures each node's calls.
struct SampleRun {
  /// One column, and what it is computed from.
  struct Step {
    let name: String
    let evaluator: Evaluator
    let schema: Schema

    /// The function that is called; nil: an expression.
    var function: UserFunction? {
      if case .call(let called, _) = evaluator.expr { called } else { nil }
    }
  }

  let run: PipelineRun
  let engine: EngineConfiguration
  let states: CountedStates
  let clock: any WorkClock
  let context: EvaluationContext
  let steps: SequentialSteps
  /// Whether nodes are called that must be called just once per item.
  let callsOnce: Bool
  /// The items of the whole run.
  let items: Int

  init(
    _ run: PipelineRun, _ engine: EngineConfiguration, items: Int, _ request: AdviceRequest,
    _ cancellation: Cancellation
  ) throws {
    let states = CountedStates(request.clock)
    self.run = run
    self.engine = engine
    self.states = states
    self.items = items
    callsOnce = request.callsOnce
    clock = request.clock
    context = EvaluationContext(cancellation: cancellation, defaults: engine.defaults)
    steps = try SequentialSteps(
      run.levels, over: run.columns.map { (name: $0.0, type: $0.1.type) }, calling: states.counting)
  }

  /// What was measured, a value per node, within about that time.
  func measurements(within budget: Duration) throws -> [NodeMeasurement] {
    defer { context.finish() }
    var rows = SampleWalk.Rows(columns: run.columns.map(\.1), count: run.count, total: items)
    var walk = SampleWalk(self, until: clock.now.wall &+ budget.nanoseconds)
    try walk.measure(steps, &rows)
    return walk.measured
  }

  func options(of function: UserFunction) -> EffectiveOptions {
    EffectiveOptions(node: function.options, engine: engine.defaults)
  }

  /// The calls of an async function that are made at once.
  func callsInFlight(of step: Step) -> Int {
    step.function.map { options(of: $0).slots(for: $0, threads: engine.threads) } ?? 1
  }
}
