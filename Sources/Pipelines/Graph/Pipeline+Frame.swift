import Columnar
import ColumnarCore

extension Pipeline {
  /// Runs the pipeline on the rows of a frame: each input is the column of its name, unless it is
  /// bound.
  ///
  /// Other columns are not looked at.
  ///
  /// A lazy frame's query runs together with the nodes, without its rows being collected before; of
  /// a file only the columns that are taken are read. `outputs` as in `map`.
  public func map(
    in frame: LazyFrame, _ bindings: Binding..., outputs: any OutputSelecting...
  ) throws -> Results {
    try selecting(outputs).map(frame, bindings, Cancellation())
  }

  /// Runs the pipeline on the rows of a frame in memory: each input is the column of its name, unless
  /// it is bound.
  public func map(
    in frame: DataFrame, _ bindings: Binding..., outputs: any OutputSelecting...
  ) throws -> Results {
    try selecting(outputs).map(frame.lazy, bindings, Cancellation())
  }

  /// As `map(in:)`, waiting without blocking a thread; cancelling the task cancels the run.
  public func map(
    in frame: LazyFrame, _ bindings: Binding..., outputs: any OutputSelecting...
  ) async throws -> Results {
    let pipeline = try selecting(outputs)
    return try await cancellable { try pipeline.map(frame, bindings, $0) }
  }

  /// As `map(in:)`, waiting without blocking a thread; cancelling the task cancels the run.
  public func map(
    in frame: DataFrame, _ bindings: Binding..., outputs: any OutputSelecting...
  ) async throws -> Results {
    let pipeline = try selecting(outputs)
    return try await cancellable { try pipeline.map(frame.lazy, bindings, $0) }
  }
}

extension Pipeline {
  /// The work of a run over a frame.
  package func map(
    _ frame: LazyFrame, _ bindings: [Binding], _ cancellation: Cancellation
  ) throws -> Results {
    if engine is any PipelineEngine {
      let items = try sequentialItems(frame, bindings, cancellation).items
      return try compute(items, isSingle: false, cancellation)
    }
    if engine is SequentialEngine {
      let (items, mapped) = try sequentialItems(frame, bindings, cancellation)
      let run = try withPaths { try PipelineRun(pipeline: self, items, isSingle: true) }
      let output = try withPaths { try PipelineRunner(engine: engine).run(run, cancellation) }
      return results(
        output.columns, count: mapped, output.failedRows, cacheReport: output.cacheReport)
    }
    let configuration = engine._configuration.reporting()
    let result = try withPaths {
      let (frame, subject) = try outputFrame(over: frame, bindings)
      return try Query(frame, configuration, subject: subject).run(cancellation)
    }
    return results(
      try outputs.map { try result.column($0) }, count: result.count, result.failedRows,
      cacheReport: configuration.cacheReport)
  }

  /// The outputs alone, as a query over the frame, and what its events name it.
  package func outputFrame(
    over frame: LazyFrame, _ bindings: [Binding]
  ) throws -> (frame: LazyFrame, subject: RunSubject) {
    let (extended, expressions) = try PipelineInFrame(pipeline: self)
      .appended(to: frame.plan, bindings)
    return (
      extended.select(outputs), RunSubject(name: name, items: nil, expressions: expressions)
    )
  }

  /// The rows of a frame as items: the reference, and engines of users' own, collect them first.
  package func sequentialItems(
    _ frame: LazyFrame, _ bindings: [Binding], _ cancellation: Cancellation
  ) throws -> (items: MappedItems, count: Int) {
    // For its errors, which are about columns.
    _ = try outputFrame(over: frame, bindings)
    let given = Set(merged(bindings).map(\.name))
    let names = try frame.schema().names.filter { inputNames.contains($0) && !given.contains($0) }
    let rows = try Query(frame, engine).run(cancellation)
    let columns = try names.map { Binding(mapping: $0, try rows.column($0)) }
    if columns.isEmpty {
      let items = try items(bindings, count: rows.count)
      return (items, rows.count)
    }
    return (try items(columns + bindings, mode: .zip, isByName: false), rows.count)
  }

  /// Items of a run that maps over nothing but the number of rows.
  private func items(_ bindings: [Binding], count: Int) throws -> MappedItems {
    let nodes = graph.needed(for: outputs)
    let resolver = BindingResolver(graph: graph, needed: graph.inputs(of: nodes))
    let (bound, _) = try resolver.resolve(merged(bindings))
    return MappedItems(nodes: nodes, bound: bound, columns: [], count: count)
  }

  package func results(
    _ columns: [Column], count: Int, _ failedRows: Batch?, cacheReport: CacheReport? = nil
  ) -> Results {
    Results(
      count: count, pipeline: name, outputs: Array(zip(outputs, columns)).map { ($0, $1) },
      failedRows: failedRows, cacheReport: cacheReport)
  }
}
