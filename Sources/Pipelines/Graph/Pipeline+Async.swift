import Columnar
import ColumnarCore

extension Pipeline {
  /// As `map`, waiting without blocking a thread; cancelling the task cancels the run.
  public func map(
    _ bindings: Binding..., mode: Mode = .zip, outputs: any OutputSelecting...
  ) async throws -> Results {
    let pipeline = try selecting(outputs)
    return try await cancellable { try pipeline.map(bindings, mode: mode, isByName: false, $0) }
  }

  /// As `map` by names, waiting without blocking a thread; cancelling the task cancels the run.
  public func map(
    _ inputs: [String: any Sendable], over: String..., mode: Mode = .zip,
    outputs: any OutputSelecting...
  ) async throws -> Results {
    let pipeline = try selecting(outputs)
    let bindings = try named(inputs, over: over)
    return try await cancellable { try pipeline.map(bindings, mode: mode, isByName: true, $0) }
  }

  /// As `run`, waiting without blocking a thread; cancelling the task cancels the run.
  public func run(
    _ bindings: Binding..., outputs: any OutputSelecting...
  ) async throws -> RunResult {
    let pipeline = try selecting(outputs)
    return try await cancellable { try pipeline.run(bindings, $0) }
  }

  /// As `run` by names, waiting without blocking a thread; cancelling the task cancels the run.
  public func run(
    _ inputs: [String: any Sendable], outputs: any OutputSelecting...
  ) async throws -> RunResult {
    let pipeline = try selecting(outputs)
    let bindings = try named(inputs, over: [])
    return try await cancellable { try pipeline.run(bindings, isByName: true, $0) }
  }

  /// Runs `body` on a thread of the engine; cancelling the task cancels it.
  func cancellable<Value: Sendable>(
    _ body: @escaping @Sendable (Cancellation) throws -> Value
  ) async throws -> Value {
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
      try await engine._configuration.threadPool.value { try body(cancellation) }
    } onCancel: {
      cancellation.cancel()
    }
  }
}
