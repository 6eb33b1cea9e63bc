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

  /// The run of those nodes over the mapped columns.
  package init(
    pipeline: Pipeline, _ nodes: [Int], _ bound: BoundInputs, _ columns: [(String, Column)],
    count: Int
  ) throws {
    // A frame of no columns has no rows: something must say how many items there are.
    self.columns =
      columns.isEmpty ? [("item", .constant(.holding([true]), count: count))] : columns
    self.count = count
    levels = try NodeLowering(graph: pipeline.graph.pruned(for: pipeline.outputs), inputs: bound)
     .levels(of: nodes).levels
    outputs = pipeline.outputs
    subject = RunSubject(name: pipeline.name, items: count, expressions: levels.expressions)
    types = pipeline.outputs.map { pipeline.graph.output($0)?.value.type ?? .null }
  }
}

extension PipelineRun {
  /// What a run gives: a column per output, and the rows that failed under `onError: .collect`.
  package struct Output: Sendable {
    package let columns: [Column]
    package let failedRows: Batch?
  }
}

/// Runs pipelines on an engine.
package struct PipelineRunner {
  package let engine: any Engine

  /// One column per output, as long as there are items.
  package func run(_ run: PipelineRun, _ cancellation: Cancellation) throws -> PipelineRun.Output {
    if engine is SequentialEngine {
      return try SequentialRun(run).results(engine._configuration, cancellation)
    }
    return try ColumnarRun(run).results(on: engine, cancellation)
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

  func results(on engine: any Engine, _ cancellation: Cancellation) throws -> PipelineRun.Output {
    let frame = try Query(frame(), engine, subject: run.subject).run(cancellation)
    return PipelineRun.Output(
      columns: try run.outputs.map { try frame.column($0) }, failedRows: frame.failedRows)
  }
}
