import ColumnarCore

/// The options a function runs with, each with the level that decided it.
package struct EffectiveOptions: Sendable {
  /// Where a value came from.
  package enum Source: String, Sendable {
    case node, engine, tuned
    case builtIn = "built-in"
  }

  package struct Entry<Value: Sendable>: Sendable {
    package let value: Value
    package let source: Source
  }

  package let batchSize: Entry<Int?>
  package let maxBatchBytes: Entry<Int?>
  package let maxConcurrency: Entry<Int?>
  package let isolation: Entry<UDFOptions.Isolation>
  package let onError: Entry<UDFOptions.ErrorPolicy>
  package let errorBudget: Entry<UDFOptions.ErrorBudget?>
  package let retry: Entry<Retry?>
  package let timeout: Entry<UDFOptions.Timeout?>
  package let contract: Entry<UDFOptions.Contract>

  /// Resolves key by key: node over engine over tuned over built-in.
  package init(node: UDFOptions, engine: UDFOptions, tuned: UDFOptions = UDFOptions()) {
    func resolve<Value: Sendable>(_ key: KeyPath<UDFOptions, Value?>) -> Entry<Value?> {
      if let value = node[keyPath: key] { return Entry(value: value, source: .node) }
      if let value = engine[keyPath: key] { return Entry(value: value, source: .engine) }
      if let value = tuned[keyPath: key] { return Entry(value: value, source: .tuned) }
      return Entry(value: nil, source: .builtIn)
    }
    func resolve<Value: Sendable>(
      _ key: KeyPath<UDFOptions, Value?>, builtIn: Value
    ) -> Entry<Value> {
      let entry = resolve(key)
      return Entry(value: entry.value ?? builtIn, source: entry.source)
    }
    batchSize = resolve(\.batchSize)
    maxBatchBytes = resolve(\.maxBatchBytes)
    maxConcurrency = resolve(\.maxConcurrency)
    isolation = resolve(\.isolation, builtIn: .thread)
    onError = resolve(\.onError, builtIn: .fail)
    errorBudget = resolve(\.errorBudget)
    retry = resolve(\.retry)
    timeout = resolve(\.timeout)
    contract = resolve(\.contract, builtIn: .pure)
  }

  /// The calls of a function that may be in flight on an engine of `threads` compute threads.
  package func slots(for function: UserFunction, threads: Int) -> Int {
    if contract.value == .ordered { return 1 }
    let stated = maxConcurrency.value.map { min($0, Self.mostSlots) }
    return stated ?? (function.kind == .async ? Self.asyncCalls : threads)
  }

  /// The worker processes of a function: one per call in flight, and one for all calls that wait.
  package func workers(for function: UserFunction, threads: Int) -> Int {
    function.kind == .async ? 1 : slots(for: function, threads: threads)
  }

  /// More calls in flight than this are never told from as many as one likes.
  static let mostSlots = 1 << 24

  /// Calls of an async function in flight where nothing is said: enough to hide the time of a
  /// service, few enough not to overrun one.
  package static let asyncCalls = 64

  /// The retries that are made: none where a call must not be repeated.
  package var effectiveRetry: Retry? { contract.value == .pure ? retry.value : nil }
}
