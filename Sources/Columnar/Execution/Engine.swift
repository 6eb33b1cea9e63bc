import ColumnarCore

/// What runs queries and pipelines, and the defaults it runs them with.
public protocol Engine: Sendable {
  /// How queries are executed.
  var _configuration: EngineConfiguration { get }
}

/// How an engine executes queries.
public struct EngineConfiguration: Sendable {
  /// The compute threads.
  package var threads: Int
  /// Rows of a batch.
  package var batchRows: Int
  /// Options of user-defined functions that say nothing themselves.
  package var defaults: UDFOptions
  /// Optimizer rules that are switched off.
  package var disabledRules: Set<String>
  /// Whether every call is made in its place, one after the other, whatever a function's options say.
  package var isSequential: Bool
  /// Where the compute threads, and those of user-defined functions, come from.
  package var threadPool = ThreadPool.shared
  /// What worker processes run.
  package var workerExecutable: WorkerExecutable = .program
  /// What is kept from query to query; nil if nothing is.
  package var warm: WarmResources?
  /// Who hears of what happens in runs.
  package var listeners: [any RunListener] = []
  /// Where results of nodes are kept; nil: nowhere.
  package var cache: Cache?
  /// What is told at the end of a query what the cache did.
  package var cacheReport: CacheReport?
  /// What was learned of functions, where the engine tunes them; else nil.
  package var tuning: TuningMemory?

  package init(
    threads: Int? = nil, batchRows: Int = ExecutionSize.batchRows,
    defaults: UDFOptions = UDFOptions(), disabledRules: Set<String> = [],
    isSequential: Bool = false
  ) {
    self.isSequential = isSequential
    self.threads = max(1, threads ?? Processors.count)
    self.batchRows = max(1, batchRows)
    self.defaults = defaults
    self.disabledRules = disabledRules
  }
}

extension EngineConfiguration {
  /// The same for a run of its own, which tells what the cache did, if there is one.
  package func reporting(to report: CacheReport? = CacheReport()) -> EngineConfiguration {
    guard cache != nil else { return self }
    var configuration = self
    configuration.cacheReport = report
    return configuration
  }
}

/// The engine: compiles into a lazy plan, optimises it, and runs it batch by batch on all cores.
public struct ColumnarEngine: Engine {
  public var _configuration: EngineConfiguration

  /// An engine of `threads` compute threads (nil: one per core).
  ///
  /// - Parameters:
  ///   - defaults: options for functions and nodes that don't say otherwise.
  ///   - disabledRules: names of optimizer rules to leave out, or "all".
  ///   - workerExecutable: the program that worker processes run, for functions whose isolation is
  ///     `.process`; as a rule this one.
  ///   - keepsStates: whether the states of functions, and worker processes with theirs, are kept for
  ///     the engine's further queries. They are finished when the last copy of the engine goes; until
  ///     then the engine holds their memory. Calls of several queries at once share them.
  ///   - listeners: who hears of what happens in runs: progress displays, traces, logs.
  ///   - cache: where results of pipeline nodes are kept from run to run; nil: nowhere.
  ///   - tuning: whether batch sizes and concurrency that nothing states are adapted while functions
  ///     run. What is learned is kept for the engine's further runs.
  public init(
    threads: Int? = nil, defaults: UDFOptions = UDFOptions(), disabledRules: Set<String> = [],
    workerExecutable: WorkerExecutable = .program, keepsStates: Bool = false,
    listeners: [any RunListener] = [], cache: Cache? = nil, tuning: Tuning = .fixed
  ) {
    _configuration = EngineConfiguration(
      threads: threads, defaults: defaults, disabledRules: disabledRules)
    if tuning == .automatic { _configuration.tuning = TuningMemory() }
    _configuration.workerExecutable = workerExecutable
    if keepsStates { _configuration.warm = WarmResources() }
    _configuration.listeners = listeners
    _configuration.cache = cache
  }

  /// An engine with batches of another size, for tests.
  package init(
    threads: Int, batchRows: Int, disabledRules: Set<String> = [], cache: Cache? = nil
  ) {
    _configuration = EngineConfiguration(
      threads: threads, batchRows: batchRows, disabledRules: disabledRules)
    _configuration.cache = cache
  }
}

/// The reference: one thread, one row at a time, nothing optimised.
///
/// For debugging and for comparing.
public struct SequentialEngine: Engine {
  public var _configuration: EngineConfiguration

  /// A sequential engine; `listeners` hear of what happens in runs, `cache` keeps results of nodes
  /// from run to run.
  public init(
    defaults: UDFOptions = UDFOptions(), listeners: [any RunListener] = [], cache: Cache? = nil
  ) {
    _configuration = EngineConfiguration(
      threads: 1, batchRows: 1, defaults: defaults, disabledRules: ["all"],
      isSequential: true)
    _configuration.listeners = listeners
    _configuration.cache = cache
  }
}

extension Engine where Self == ColumnarEngine {
  /// The columnar engine on all cores.
  public static var columnar: ColumnarEngine { ColumnarEngine() }

  /// The columnar engine with other settings.
  public static func columnar(
    threads: Int? = nil, defaults: UDFOptions = UDFOptions(),
    workerExecutable: WorkerExecutable = .program, keepsStates: Bool = false,
    listeners: [any RunListener] = [], cache: Cache? = nil, tuning: Tuning = .fixed
  ) -> ColumnarEngine {
    ColumnarEngine(
      threads: threads, defaults: defaults, workerExecutable: workerExecutable,
      keepsStates: keepsStates, listeners: listeners, cache: cache, tuning: tuning)
  }
}

extension Engine where Self == SequentialEngine {
  /// One row at a time.
  public static var sequential: SequentialEngine { SequentialEngine() }

  /// One row at a time, with results of nodes kept in `cache`.
  public static func sequential(cache: Cache) -> SequentialEngine {
    SequentialEngine(cache: cache)
  }
}
