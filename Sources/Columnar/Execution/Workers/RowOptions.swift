import ColumnarCore

/// How rows that fail are dealt with, as the program tells its worker.
///
/// These are the options that hold in the program, whatever level they are from; whether an error
/// is worth a retry is a closure, which the worker has from its own definition of the function.
struct RowOptions: Sendable {
  private let onError: UDFOptions.ErrorPolicy
  private let contract: UDFOptions.Contract
  private let retry: Retry?
  private let rowTimeout: UInt64?
  /// The calls of an async function that may be in flight, all of them in one worker.
  private let maxConcurrency: Int?
  /// What listeners want to hear; nil: nobody listens.
  let detail: RunDetail?

  init(_ options: EffectiveOptions, detail: RunDetail? = nil) {
    self.detail = detail
    maxConcurrency = options.maxConcurrency.value
    onError = options.onError.value
    contract = options.contract.value
    retry = options.effectiveRetry
    rowTimeout = options.timeout.value?.row?.nanoseconds
  }

  /// The worker's function with these options.
  func applied(to function: UserFunction) -> UserFunction {
    var retry = retry
    if let own = function.options.retry, let given = retry { retry = own.timed(as: given) }
    let timeout = rowTimeout.map { UDFOptions.Timeout.perRow(.nanoseconds(Int64($0))) }
    return UserFunction(
      function,
      options: UDFOptions(
        maxConcurrency: maxConcurrency, onError: onError, retry: retry, timeout: timeout,
        contract: contract))
  }

  func write(to writer: inout WireWriter) {
    writer.write(onError.rawValue)
    writer.write(contract.rawValue)
    writer.write(rowTimeout.map { Int($0) })
    writer.write(maxConcurrency)
    writer.write(detail?.rawValue)
    writer.write(retry) { writer, retry in
      writer.write(retry.attempts)
      writer.write(Int(retry.backoff.nanoseconds))
      writer.write(Int(retry.maxBackoff.nanoseconds))
      writer.write(Int(min(retry.multiplier, 1e9) * 1_000_000))
      writer.write(Int(retry.jitter * 1_000_000))
    }
  }

  init(_ reader: inout WireReader) throws {
    guard let onError = UDFOptions.ErrorPolicy(rawValue: try reader.string()),
      let contract = UDFOptions.Contract(rawValue: try reader.string())
    else { throw WireReader.broken }
    self.onError = onError
    self.contract = contract
    rowTimeout = try reader.optional { UInt64(max(0, try $0.int())) }
    maxConcurrency = try reader.optional { max(1, try $0.int()) }
    detail = try reader.optional { try $0.int() }.flatMap(RunDetail.init)
    retry = try reader.optional { reader in
      let attempts = try reader.int()
      let backoff = try reader.int()
      let maxBackoff = try reader.int()
      let multiplier = try reader.int()
      return Retry(
        attempts: attempts, backoff: .nanoseconds(backoff),
        multiplier: Double(multiplier) / 1_000_000,
        maxBackoff: .nanoseconds(maxBackoff), jitter: Double(try reader.int()) / 1_000_000)
    }
  }
}

extension Retry {
  /// This condition with the numbers of another.
  fileprivate func timed(as other: Retry) -> Retry {
    var copy = self
    copy.attempts = other.attempts
    copy.backoff = other.backoff
    copy.multiplier = other.multiplier
    copy.maxBackoff = other.maxBackoff
    copy.jitter = other.jitter
    return copy
  }
}

extension UDFOptions.Timeout {
  /// The nanoseconds after which a worker is killed: a batch's time, or that of all its rows where it
  /// does not tell which of them it is at.
  func limit(rows: Int, tellsRows: Bool) -> UInt64? {
    let ofRows =
      tellsRows
      ? nil
      : row.map { row in
        let (product, isLarge) = row.nanoseconds.multipliedReportingOverflow(
          by: UInt64(max(1, rows)))
        return isLarge ? UInt64.max : product
      }
    guard let batch = batch?.nanoseconds else { return ofRows }
    return ofRows.map { min($0, batch) } ?? batch
  }
}
