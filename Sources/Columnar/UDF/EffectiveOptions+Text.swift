extension EffectiveOptions {
  /// The options as `explain` prints them: every value by the level that decided it; of bounds,
  /// retries and timeouts only those that someone asked for.
  package func text(for kind: UserFunction.Kind, threads: Int) -> String {
    let all = entries(for: kind, threads: threads)
    return [Source.node, .engine, .tuned, .builtIn].compactMap { source in
      let texts = all.filter { $0.source == source }.map(\.text)
      return texts.isEmpty ? nil : "\(source.rawValue): \(texts.joined(separator: ", "))"
    }.joined(separator: "; ")
  }

  /// The options that someone asked for, a text each.
  package func differing(for kind: UserFunction.Kind, threads: Int) -> [String] {
    entries(for: kind, threads: threads).filter { $0.source != .builtIn }.map(\.text)
  }

  private func entries(
    for kind: UserFunction.Kind, threads: Int
  ) -> [(text: String, source: Source)] {
    let slots = kind == .async ? "\(Self.asyncCalls) calls" : "\(threads) threads"
    return [
      ("batchSize \(batchSize.value.map { "\($0)" } ?? "as it comes")", batchSize.source),
      (
        "maxConcurrency \(maxConcurrency.value.map { "\($0)" } ?? slots)",
        maxConcurrency.source
      ),
      ("contract \(contract.value.rawValue)", contract.source),
      ("isolation \(isolation.value.rawValue)", isolation.source),
      ("onError \(onError.value.rawValue)", onError.source),
    ] + asked
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
    return "retry \(value.text)\(ignored)"
  }
}
