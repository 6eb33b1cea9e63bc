extension UDFOptions: CustomStringConvertible {
  /// The options that are given, as `explain` prints them; "none" without any.
  public var description: String {
    let given = [
      batchSize.map { "batchSize \($0)" },
      maxConcurrency.map { "maxConcurrency \($0)" },
      contract.map { "contract \($0.rawValue)" },
      isolation.map { "isolation \($0.rawValue)" },
      onError.map { "onError \($0.rawValue)" },
      maxBatchBytes.map { "maxBatchBytes \($0)" },
      errorBudget.map { "errorBudget \($0.text)" },
      retry.map { "retry \($0.text)" },
      timeout.map { "timeout \($0.text)" },
    ].compactMap(\.self)
    return given.isEmpty ? "none" : given.joined(separator: ", ")
  }
}

extension Retry {
  /// As it stands in plans and messages.
  package var text: String { "up to \(attempts) calls, backoff \(backoff)" }
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
  /// As it stands in plans and messages.
  package var text: String {
    let parts = [row.map { "\($0) per row" }, batch.map { "\($0) per batch" }].compactMap(\.self)
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }
}
