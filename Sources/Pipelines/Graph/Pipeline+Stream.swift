import Columnar
import ColumnarCore

extension Pipeline {
  /// As `map`, giving the results batch by batch while they are computed, in bounded memory.
  ///
  /// A slow reader holds the nodes back; a loop that ends early, or whose task is cancelled, ends the
  /// run. Each iteration runs the pipeline anew. Errors about inputs come here, those of nodes from
  /// the iteration, behind the results of the items before.
  ///
  /// ```swift
  /// for try await part in try pipeline.stream(text.each(texts)) { print(try part[count].count) }
  /// ```
  ///
  /// - Parameter batchRows: the most items of a batch; nil: as many as stay in cache. Few of them
  ///   come sooner where items are slow.
  public func stream(
    _ bindings: Binding..., mode: Mode = .zip, batchRows: Int? = nil,
    outputs: any OutputSelecting...
  ) throws -> ResultStream {
    let pipeline = try selecting(outputs)
    let items = try pipeline.items(bindings, mode: mode, isByName: false)
    return try pipeline.stream(items, batchRows)
  }

  /// As `stream`, by names; `over` as in `map`.
  public func stream(
    _ inputs: [String: any Sendable], over: String..., mode: Mode = .zip, batchRows: Int? = nil,
    outputs: any OutputSelecting...
  ) throws -> ResultStream {
    let pipeline = try selecting(outputs)
    let items = try pipeline.items(named(inputs, over: over), mode: mode, isByName: true)
    return try pipeline.stream(items, batchRows)
  }

  /// As `map(in:)`, giving the results batch by batch: neither the frame's rows nor the results are
  /// collected.
  public func stream(
    in frame: LazyFrame, _ bindings: Binding..., batchRows: Int? = nil,
    outputs: any OutputSelecting...
  ) throws -> ResultStream {
    try selecting(outputs).stream(frame, bindings, batchRows)
  }

  /// As `map(in:)`, giving the results batch by batch.
  public func stream(
    in frame: DataFrame, _ bindings: Binding..., batchRows: Int? = nil,
    outputs: any OutputSelecting...
  ) throws -> ResultStream {
    try selecting(outputs).stream(frame.lazy, bindings, batchRows)
  }
}

extension Pipeline {
  private func stream(_ items: MappedItems, _ batchRows: Int?) throws -> ResultStream {
    if let engine = engine as? any PipelineEngine {
      return customStream(engine, batchRows) { _ in items }
    }
    let isSequential = engine is SequentialEngine
    let run = try withPaths { try PipelineRun(pipeline: self, items, isSingle: false) }
    if isSequential { return try sequentialStream(batchRows) { _ in run } }
    return try columnarStream(ColumnarRun(run).frame(), batchRows, run.subject)
  }

  private func stream(
    _ frame: LazyFrame, _ bindings: [Binding], _ batchRows: Int?
  ) throws -> ResultStream {
    let (outputs, subject) = try outputFrame(over: frame, bindings)
    if let engine = engine as? any PipelineEngine {
      return customStream(engine, batchRows) { [self] in
        try sequentialItems(frame, bindings, $0).items
      }
    }
    guard engine is SequentialEngine else {
      return try columnarStream(outputs, batchRows, subject)
    }
    return try sequentialStream(batchRows) { [self] in
      let (items, _) = try sequentialItems(frame, bindings, $0)
      return try PipelineRun(pipeline: self, items, isSingle: true)
    }
  }

  private func columnarStream(
    _ frame: LazyFrame, _ batchRows: Int?, _ subject: RunSubject
  ) throws -> ResultStream {
    let frames = try withPaths {
      try frame.stream(on: engine, batchRows: batchRows, subject: subject)
    }
    return ResultStream(pipeline: self, frames: frames)
  }

  private func sequentialStream(
    _ batchRows: Int?, _ run: @escaping @Sendable (Cancellation) throws -> PipelineRun
  ) throws -> ResultStream {
    let schema = outputSchema
    let frames = FrameStream(schema: schema, engine._configuration) { [engine] in
      let (channel, cancellation) = ($0, $1)
      return try SequentialRun(run(cancellation)).stream(
        engine._configuration.reporting(to: channel.cacheReport), cancellation,
        rows: max(1, batchRows ?? 256), schema,
        into: channel)
    }
    return ResultStream(pipeline: self, frames: frames)
  }

  /// The results of an engine of a user's own, portion by portion.
  private func customStream(
    _ engine: any PipelineEngine, _ batchRows: Int?,
    _ items: @escaping @Sendable (Cancellation) throws -> MappedItems
  ) -> ResultStream {
    let schema = outputSchema
    let frames = FrameStream(schema: schema, engine._configuration) { [self] in
      let (channel, cancellation) = ($0, $1)
      let run = ItemRun(self, try items(cancellation), isSingle: false, cancellation)
      var failedRows: [Batch] = []
      for part in run.portions(of: batchRows ?? ExecutionSize.batchRows) {
        try cancellation.check()
        let results = try part.checked(engine.results(of: part))
        if let failed = results.failedRows { failedRows.append(failed) }
        let batch = Batch(
          unchecked: schema, columns: results.outputs.map(\.column), count: results.count)
        guard try channel.push(batch, sequence: 0) else { return nil }
      }
      return FailedRows.joined(failedRows)
    }
    return ResultStream(pipeline: self, frames: frames)
  }

  private var outputSchema: Schema {
    Schema(unchecked: outputs.map { Field($0, graph.output($0)?.value.type ?? .null) })
  }
}

/// The results of a pipeline, batch by batch, while they are computed.
///
/// Made by `Pipeline.stream`.
public struct ResultStream: AsyncSequence, Sendable {
  public typealias Element = Results

  let pipeline: Pipeline
  let frames: FrameStream

  /// The results as frames.
  public var dataFrames: FrameStream { frames }

  /// The results as values of a `Decodable` type, one by one: its keys are the outputs' names.
  public func rows<Row: Decodable>(as type: Row.Type = Row.self) -> RowStream<Row> {
    frames.rows()
  }

  /// The items that failed under `onError: .collect` in the last iteration that came to its end.
  public var failures: DataFrame { frames.failures }

  /// What the engine's cache did in the last iteration that came to its end, all nodes together; all
  /// zero without one.
  ///
  /// The parts themselves do not know: what becomes of them is known at the end.
  public var cacheStatistics: CacheStatistics { .total(frames.cacheReport) }

  /// What the engine's cache did for one node in the last iteration that came to its end; names as in
  /// `Results.cacheStatistics(of:)`.
  public func cacheStatistics(of node: String) -> CacheStatistics {
    frames.cacheReport?.byFunction[node] ?? CacheStatistics()
  }

  public func makeAsyncIterator() -> Iterator {
    Iterator(pipeline: pipeline, frames: frames.makeAsyncIterator())
  }

  /// One run of the pipeline.
  public struct Iterator: AsyncIteratorProtocol {
    let pipeline: Pipeline
    var frames: FrameStream.Iterator

    /// The results of the next items; nil at the end.
    public mutating func next() async throws -> Results? {
      do {
        guard let frame = try await frames.next() else { return nil }
        return pipeline.results(
          try pipeline.outputs.map { try frame.column($0) }, count: frame.count, nil)
      } catch let error as ColumnarError {
        throw pipeline.placed(error)
      }
    }
  }
}
