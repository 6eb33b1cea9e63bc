import ColumnarCore

/// How a user-defined function or node is run; what is nil is decided at the next level.
///
/// Each key is resolved by itself: node, then engine, then what tuning found, then the built-in
/// value; `explain` shows the value and where it came from.
public struct UDFOptions: Sendable, Hashable {
  /// The exact number of rows per call of a batch function, and per unit of work of a row function.
  ///
  /// Without one, a function runs on the batches that come along while they are in cache.
  public var batchSize: Int?
  /// The most bytes of arguments per call of a batch function, or per batch that is sent to a worker
  /// process; a row that is larger goes alone.
  public var maxBatchBytes: Int?
  /// How many calls may be in flight at once, and how many states may exist; may exceed the number
  /// of cores.
  ///
  /// Without one, a function runs on the compute threads, one per core, and an async function has 64
  /// calls in flight.
  public var maxConcurrency: Int?
  /// Where the function runs; `.thread` if nothing is said.
  public var isolation: Isolation?
  /// What becomes of a row whose call fails; `.fail` if nothing is said.
  public var onError: ErrorPolicy?
  /// How many rows may fail under `.null` and `.collect` before the query does; any number if
  /// nothing is said.
  public var errorBudget: ErrorBudget?
  /// Whether a failed call is made again; not if nothing is said, and never under a contract other
  /// than `.pure`.
  public var retry: Retry?
  /// How long a call may take; as long as it likes if nothing is said.
  public var timeout: Timeout?
  /// What the engine may assume about calls; `.pure` if nothing is said.
  public var contract: Contract?

  /// Options; leave out what the next level shall decide.
  public init(
    batchSize: Int? = nil, maxBatchBytes: Int? = nil, maxConcurrency: Int? = nil,
    isolation: Isolation? = nil, onError: ErrorPolicy? = nil, errorBudget: ErrorBudget? = nil,
    retry: Retry? = nil, timeout: Timeout? = nil, contract: Contract? = nil
  ) {
    self.batchSize = batchSize
    self.maxBatchBytes = maxBatchBytes
    self.maxConcurrency = maxConcurrency
    self.isolation = isolation
    self.onError = onError
    self.errorBudget = errorBudget
    self.retry = retry
    self.timeout = timeout
    self.contract = contract
  }

  /// What the engine may assume about the calls of a function.
  public enum Contract: String, Sendable, Hashable {
    /// At most one call per row, repeated only by `retry` or after a crash; left out where nothing
    /// needs it, moved behind filters.
    case pure
    /// Exactly one call for every row that reaches it; filters, limits and pruning stay on their
    /// side of it, and a failed call is never repeated.
    case once
    /// As `once`, one call at a time, in the order of the rows.
    case ordered
  }

  /// Where a function runs.
  public enum Isolation: String, Sendable, Hashable {
    /// On threads of this process.
    case thread
    /// In worker processes: a crash there costs a batch, not the program. The program must call
    /// `Worker.serveIfAsked` at the top of `main`.
    case process
  }

  /// What becomes of a row whose call fails.
  public enum ErrorPolicy: String, Sendable, Hashable {
    /// The query fails with the error.
    case fail
    /// The row's result is null.
    case null
    /// The row's result is null, and the result's `failures` tells the row, its inputs and the
    /// error.
    case collect
  }

  /// How many rows of a function may fail before the query does.
  public enum ErrorBudget: Sendable, Hashable {
    /// So many rows; one more fails the query at once.
    case count(Int)
    /// This part of the rows that the function was called for, from 0 to 1; looked at when the query
    /// ends.
    case fraction(Double)
  }

  /// How long calls may take.
  ///
  /// An async call is cancelled when its time is over, and a worker process is killed. A call on a
  /// thread cannot be interrupted: it counts as failed when it returns late.
  public struct Timeout: Sendable, Hashable {
    /// The time of one row's call, of a row or async function.
    public var row: Duration?
    /// The time of a whole batch.
    public var batch: Duration?

    /// The time that one row's call may take.
    public static func perRow(_ time: Duration) -> Timeout { Timeout(row: time, batch: nil) }
    /// The time that the calls of one batch may take together.
    public static func perBatch(_ time: Duration) -> Timeout { Timeout(row: nil, batch: time) }

    /// The time of one row's call, and of a batch.
    public init(row: Duration?, batch: Duration?) {
      self.row = row
      self.batch = batch
    }
  }
}

extension UDFOptions {
  /// For cheap functions of text: larger batches.
  public static var textRows: UDFOptions { UDFOptions(batchSize: 4096) }
  /// For arithmetic on numbers: larger batches still.
  public static var numericRows: UDFOptions { UDFOptions(batchSize: 8192) }
  /// For models: small batches bound the memory of one call.
  public static var modelInference: UDFOptions { UDFOptions(batchSize: 64) }
  /// For calls to services: small batches, several in flight.
  public static var apiCalls: UDFOptions { UDFOptions(batchSize: 100, maxConcurrency: 8) }
}

extension UDFOptions {
  /// These options; what they leave out is taken from `others`.
  package func filled(from others: UDFOptions) -> UDFOptions {
    UDFOptions(
      batchSize: batchSize ?? others.batchSize,
      maxBatchBytes: maxBatchBytes ?? others.maxBatchBytes,
      maxConcurrency: maxConcurrency ?? others.maxConcurrency,
      isolation: isolation ?? others.isolation, onError: onError ?? others.onError,
      errorBudget: errorBudget ?? others.errorBudget, retry: retry ?? others.retry,
      timeout: timeout ?? others.timeout, contract: contract ?? others.contract)
  }

  /// An error that names the option where a value makes no sense.
  package func validated(for name: String) throws -> UDFOptions {
    func require(_ isRight: Bool, _ key: String, _ value: Any?, _ rule: String) throws {
      if isRight { return }
      throw ColumnarError(
        .invalidPlan, "\(key) of \"\(name)\" is \(value ?? "nil"), but must be \(rule).",
        context: [.node(name)])
    }
    func requirePositive(_ key: String, _ value: Int?) throws {
      try require(value.map { $0 >= 1 } ?? true, key, value, "at least 1")
    }
    try requirePositive("batchSize", batchSize)
    try requirePositive("maxBatchBytes", maxBatchBytes)
    try requirePositive("maxConcurrency", maxConcurrency)
    try requirePositive("retry.attempts", retry?.attempts)
    for (key, time) in [("timeout.row", timeout?.row), ("timeout.batch", timeout?.batch)] {
      try require(time.map { $0 > .zero } ?? true, key, time, "longer than nothing")
    }
    if let retry {
      try require(
        (0...1).contains(retry.jitter), "retry.jitter", retry.jitter, "between 0 and 1")
      try require(retry.backoff >= .zero, "retry.backoff", retry.backoff, "no negative time")
      try require(
        retry.multiplier >= 1 && retry.multiplier.isFinite, "retry.multiplier", retry.multiplier,
        "at least 1")
    }
    switch errorBudget {
    case .count(let count): try require(count >= 0, "errorBudget", count, "no negative number")
    case .fraction(let part):
      try require((0...1).contains(part), "errorBudget", part, "a fraction between 0 and 1")
    case nil: break
    }
    return self
  }
}
