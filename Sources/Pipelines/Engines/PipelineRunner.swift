import Columnar
import ColumnarCore

/// The work of one run: the items' columns, and the columns that the nodes compute from them.
package struct PipelineRun: Sendable {
  package let columns: [(String, Column)]
  package let count: Int
  package let levels: [NodeLowering.Level]
  package let outputs: [String]
  package let types: [DataType]
}

/// Runs pipelines on an engine.
package struct PipelineRunner {
  package let engine: any Engine

  /// One column per output, as long as there are items.
  package func run(_ run: PipelineRun) throws -> [Column] {
    if engine is SequentialEngine { return try SequentialRun(run).results() }
    return try ColumnarRun(run).results(on: engine)
  }
}

/// Compiles a run into a lazy frame and collects it.
struct ColumnarRun {
  let run: PipelineRun

  init(_ run: PipelineRun) { self.run = run }

  func frame() throws -> LazyFrame {
    LazyFrame(.select(run.outputs.map(col), try plan(over: DataFrame(columns: run.columns).lazy.plan)))
  }

  private func plan(over input: FramePlan) throws -> FramePlan {
    run.levels.reduce(input) { plan, level in
      .with(level.columns.map { $0.expr.as($0.name) }, plan)
    }
  }

  func results(on engine: any Engine) throws -> [Column] {
    let frame = try frame().collect(on: engine)
    return try run.outputs.map { try frame.column($0) }
  }
}
