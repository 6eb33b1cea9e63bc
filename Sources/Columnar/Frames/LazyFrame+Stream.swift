import ColumnarCore

extension LazyFrame {
  /// The query's result batch by batch, as it is computed, in bounded memory.
  ///
  /// Errors about names and types come here; those of the data come from the iteration. What collects
  /// all rows (a sort, groups, the build side of a join) still does; batches come as soon as it is
  /// done.
  ///
  /// - Parameter batchRows: the most rows of a batch; nil: as many as stay in cache. Few of them come
  ///   sooner where rows are slow.
  public func stream(
    on engine: any Engine = .columnar, batchRows: Int? = nil
  ) throws -> FrameStream {
    try stream(on: engine, batchRows: batchRows, subject: .query)
  }

  /// As `stream`, whose events name the run as `subject`.
  package func stream(
    on engine: any Engine, batchRows: Int?, subject: RunSubject
  ) throws -> FrameStream {
    let engine = ResizedEngine(engine, batchRows: batchRows)
    let query = try Query(self, engine, subject: subject)
    return FrameStream(schema: query.optimized.schema, engine._configuration) {
      channel, cancellation in try query.stream(cancellation, into: channel)
    }
  }
}

/// An engine with batches of at most some size.
package struct ResizedEngine: Engine {
  package let _configuration: EngineConfiguration

  package init(_ engine: any Engine, batchRows: Int?) {
    var configuration = engine._configuration
    configuration.batchRows = Swift.min(configuration.batchRows, Swift.max(1, batchRows ?? .max))
    _configuration = configuration
  }
}
