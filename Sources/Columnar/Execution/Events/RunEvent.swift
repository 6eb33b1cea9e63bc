import ColumnarCore

/// Something that happened while a query or a pipeline ran.
///
/// All events of a run come in one stream: from `runStarted` to `runFinished`, on whichever thread
/// did the work. Times are those of a clock that never goes back.
public struct RunEvent: Sendable {
  /// The run, counted from 1 in this process.
  public let run: Int
  /// The pipeline's name; "query" for a frame.
  public let pipeline: String
  /// The node or function; that of a nested pipeline by its path, "outer/inner".
  ///
  /// Nil: the whole run.
  public let node: String?
  /// When it happened: the time since the run began.
  public let time: Duration
  /// The thread, counted from 1 in the order in which threads first did something for the run.
  public let thread: Int
  /// What happened.
  public let kind: Kind
  /// Whether others on its thread may begin before it ends and end after it: as calls of async
  /// functions do.
  package var mayOverlap = false

  /// What happened.
  public enum Kind: Sendable {
    /// A run began; of so many items, where that is known.
    case runStarted(items: Int?)
    /// A run ended after `time`; with an error, or nil.
    case runFinished(error: ColumnarError?)
    /// The first batch reached something inside a nested pipeline, which is the event's node.
    case nestedStarted
    /// A nested pipeline's last batch was done, so long after its first began.
    case nestedFinished(duration: Duration)
    /// The first batch reached a node.
    case nodeStarted
    /// The run is over; what a node's calls came to.
    case nodeFinished(NodeFigures)
    /// A batch went through a node.
    case batchFinished(BatchFigures)
    /// One item went through a node that is called item by item; which, where it is known. Of a node
    /// of a row and a batch closure that is called in batches, each takes an equal share of its
    /// batch's time. Sent to those who ask for items.
    case itemFinished(item: ItemPath?, duration: Duration)
    /// The results of so many items of a batch came from the cache.
    case cacheHit(items: Int)
    /// A call that failed is made again.
    case retried(error: String?)
    /// Items whose call failed for good became null.
    case itemsFailed(count: Int, error: ColumnarError)
    /// A call failed, and its error may end the run: unless one of an earlier item does.
    case failed(ColumnarError)
  }

  /// A batch that went through a node.
  public struct BatchFigures: Sendable {
    /// The items that went in.
    public let items: Int
    /// Those of them that were not called, for a null that the node does not take.
    public let skipped: Int
    /// From the start of the call, or of the wait for a state or a worker, to its end.
    public let duration: Duration
  }

  /// What a node's calls came to in one run.
  public struct NodeFigures: Sendable {
    /// Items that calls were made for.
    public let items: Int
    public let batches: Int
    /// Items whose results came from the cache.
    public let cached: Int
    /// Items that became null because their call failed.
    public let failed: Int
    /// Items that were not called, for a null that the node does not take.
    public let skipped: Int
    /// Calls that were made again.
    public let retried: Int
    /// From the start of the first batch to the end of the last.
    public let duration: Duration
    /// The time of all batches together, on all threads.
    public let busy: Duration
  }
}

/// Hears what happens in runs; given to an engine.
///
/// ```swift
/// let engine = ColumnarEngine(listeners: [ProgressDisplay()])
/// ```
public protocol RunListener: Sendable {
  /// How much it wants to hear; batches if it does not say.
  var detail: RunDetail { get }
  /// Takes an event, on the thread that did the work: it should return within microseconds.
  ///
  /// Events of one thread come in their order, those of several at the same time.
  func receive(_ event: RunEvent)
}

extension RunListener {
  public var detail: RunDetail { .batches }
}

/// How much a listener hears; each level holds those before it.
public enum RunDetail: Int, Sendable, Comparable {
  /// The beginnings and ends of runs, nested pipelines and nodes; retries and failures.
  case nodes
  /// Each batch, and what came from the cache.
  case batches
  /// Each item: two readings of the clock per call.
  case items

  public static func < (a: RunDetail, b: RunDetail) -> Bool { a.rawValue < b.rawValue }
}
