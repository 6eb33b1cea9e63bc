extension EffectiveOptions {
  /// The options as `explain` prints them: every value by the level that decided it; of bounds,
  /// retries and timeouts only those that someone asked for.
  package func text(for kind: UserFunction.Kind, threads: Int) -> String {
    let slots = kind == .async ? "\(Self.asyncCalls) calls" : "\(threads) threads"
    var all: [(text: String, source: Source)] = [
      ("batchSize \(batchSize.value.map { "\($0)" } ?? "as it comes")", batchSize.source),
      (
        "maxConcurrency \(maxConcurrency.value.map { "\($0)" } ?? slots)",
        maxConcurrency.source
      ),
      ("contract \(contract.value.rawValue)", contract.source),
      ("isolation \(isolation.value.rawValue)", isolation.source),
      ("onError \(onError.value.rawValue)", onError.source),
    ]
    all += asked
    return [Source.node, .engine, .tuned, .builtIn].compactMap { source in
      let texts = all.filter { $0.source == source }.map(\.text)
      return texts.isEmpty ? nil : "\(source.rawValue): \(texts.joined(separator: ", "))"
    }.joined(separator: "; ")
  }

  private var asked: [(text: String, source: Source)] {
    [
      maxBatchBytes.value.map { ("maxBatchBytes \($0)", maxBatchBytes.source) },
      errorBudget.value.map { ("errorBudget \($0.text)", errorBudget.source) },
      retry.value.map { (text(of: $0), retry.source) },
      timeout.value.map { ("timeout \($0.text)", timeout.source) },
    ].compactMap(\.self)
  }

  private func text(of value: Retry) -> String {
    let ignored = effectiveRetry == nil ? " (not made: contract \(contract.value.rawValue))" : ""
    return "retry up to \(value.attempts) calls, backoff \(value.backoff)\(ignored)"
  }
}

extension UDFOptions.ErrorBudget {
  /// As it stands in plans and messages.
  package var text: String {
    switch self {
    case .count(let count): "\(count) rows"
    case .fraction(let part): "\(part * 100)% of the rows"
    }
  }
}

extension UDFOptions.Timeout {
  fileprivate var text: String {
    let parts = [row.map { "\($0) per row" }, batch.map { "\($0) per batch" }].compactMap(\.self)
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }
}
