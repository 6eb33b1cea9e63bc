import Columnar
import ColumnarCore

/// The work of one run: the items' columns, and the columns that the nodes compute from them.
package struct PipelineRun: Sendable {
  package let columns: [(String, Column)]
  package let count: Int
  package let levels: [NodeLowering.Level]
  package let outputs: [String]
  package let types: [DataType]
  /// What its events name it.
  package let subject: RunSubject

  /// The run of a pipeline's nodes over those items.
  ///
  /// - Parameter isSingle: whether nodes with a row and a batch closure run the former, as they do
  ///   for one item, and always on the sequential engine.
  package init(pipeline: Pipeline, _ items: MappedItems, isSingle: Bool) throws {
    count = items.count
    // A frame of no columns has no rows: something must say how many items there are.
    // Its name has what a node's may not have.
    columns =
      items.columns.isEmpty
      ? [("/item", .constant(.holding([true]), count: items.count))] : items.columns
    var lowering = NodeLowering(
      graph: pipeline.graph.pruned(for: pipeline.outputs), inputs: items.bound)
    lowering.prefersRows = isSingle || pipeline.engine is SequentialEngine
    lowering.engineDefaults = pipeline.engine._configuration.defaults
    levels = try lowering.levels(of: items.nodes).levels
    outputs = pipeline.outputs
    subject = RunSubject(name: pipeline.name, items: items.count, expressions: levels.expressions)
    types = pipeline.outputs.map { pipeline.graph.output($0)?.value.type ?? .null }
  }
}

extension PipelineRun {
  /// What a run gives: a column per output, and the rows that failed under `onError: .collect`.
  package struct Output: Sendable {
    package let columns: [Column]
    package let failedRows: Batch?
    /// What the cache did, by node; nil without one.
    package var cacheReport: CacheReport?
  }
}

/// Runs pipelines on an engine.
package struct PipelineRunner {
  package let engine: any Engine

  /// One column per output, as long as there are items.
  package func run(_ run: PipelineRun, _ cancellation: Cancellation) throws -> PipelineRun.Output {
    let configuration = engine._configuration.reporting()
    var output =
      engine is SequentialEngine
      ? try SequentialRun(run).results(configuration, cancellation)
      : try ColumnarRun(run).results(configuration, cancellation)
    output.cacheReport = configuration.cacheReport
    return output
  }
}

/// Compiles a run into a lazy frame and collects it.
struct ColumnarRun {
  let run: PipelineRun

  init(_ run: PipelineRun) { self.run = run }

  func frame() throws -> LazyFrame {
    let items = try DataFrame(columns: run.columns.map { (name: $0.0, column: $0.1) })
    return LazyFrame(.select(run.outputs.map(col), plan(over: items.lazy.plan)))
  }

  private func plan(over input: FramePlan) -> FramePlan {
    run.levels.plan(over: input)
  }

  func results(
    _ configuration: EngineConfiguration, _ cancellation: Cancellation
  ) throws -> PipelineRun.Output {
    let frame = try Query(frame(), configuration, subject: run.subject).run(cancellation)
    return PipelineRun.Output(
      columns: try run.outputs.map { try frame.column($0) }, failedRows: frame.failedRows)
  }
}
