/// How a user-defined function or node is run; what is nil is decided at the next level.
///
/// Each key is resolved by itself: node, then engine, then the built-in value; `explain` shows the value and where it
/// came from.
public struct UDFOptions: Sendable, Hashable {
  /// The exact number of rows per call of a batch function, and per unit of work of a row function.
  ///
  /// Without one, a function runs on the batches that come along while they are in cache.
  public var batchSize: Int?
  /// How many calls may be in flight at once, and how many states may exist; may exceed the number
  /// of cores.
  ///
  /// Without one, a function runs on the compute threads, one per core.
  public var maxConcurrency: Int?
  /// What the engine may assume about calls; `.pure` if nothing is said.
  public var contract: Contract?

  /// Options; leave out what the next level shall decide.
  public init(batchSize: Int? = nil, maxConcurrency: Int? = nil, contract: Contract? = nil) {
    self.batchSize = batchSize
    self.maxConcurrency = maxConcurrency
    self.contract = contract
  }

  /// What the engine may assume about the calls of a function.
  public enum Contract: String, Sendable, Hashable {
    /// At most one call per row; left out where nothing needs it, moved behind filters.
    case pure
    /// Exactly one call for every row that reaches it; filters, limits and pruning stay on their
    /// side of it.
    case once
    /// As `once`, one call at a time, in the order of the rows.
    case ordered
  }

  /// An error that names the option where a value makes no sense.
  package func validated(for name: String) throws -> UDFOptions {
    for (key, value) in [("batchSize", batchSize), ("maxConcurrency", maxConcurrency)] {
      if let value, value < 1 {
        throw ColumnarError(
          .invalidPlan, "\(key) of \"\(name)\" is \(value), but must be at least 1.",
          context: [.node(name)])
      }
    }
    return self
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
