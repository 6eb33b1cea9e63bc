import ColumnarCore

/// The result of a query, batch by batch, while it is computed.
///
/// Each iteration runs the query anew. A slow reader holds the query back, so that few batches are
/// in memory at any time; a loop that ends early, or whose task is cancelled, ends the query.
/// Batches come in the order of the rows.
///
/// ```swift
/// for try await part in try frame.lazy.filter(col("x") > 0).stream() { print(part.count) }
/// ```
public struct FrameStream: AsyncSequence, Sendable {
  public typealias Element = DataFrame

  /// The columns of every part.
  public let schema: Schema
  package let start: Start
  private let last = Monitor(Outcome())

  /// Computes into a channel until it is done or nobody reads any more; gives the rows that failed.
  package typealias Producer = @Sendable (StreamChannel, Cancellation) throws -> Batch?

  /// What is known of an iteration that came to its end.
  fileprivate struct Outcome: Sendable {
    var failedRows: Batch?
    var cacheReport: CacheReport?
  }

  /// How an iteration begins.
  package struct Start: Sendable {
    package let threadPool: ThreadPool
    package let capacity: Int
    package let hasCache: Bool
    package let produce: Producer
  }

  /// A stream of what `produce` pushes.
  package init(
    schema: Schema, _ configuration: EngineConfiguration, produce: @escaping Producer
  ) {
    self.schema = schema
    start = Start(
      threadPool: configuration.threadPool, capacity: 2 * configuration.threads,
      hasCache: configuration.cache != nil, produce: produce)
  }

  /// The rows that failed under `onError: .collect` in the last iteration that came to its end, as in
  /// `DataFrame.failures`.
  public var failures: DataFrame {
    DataFrame(
      schema: Schema(unchecked: []), partitions: [], failedRows: last.withLock { $0.failedRows }
    )
    .failures
  }

  /// What the engine's cache did in the last iteration that came to its end.
  package var cacheReport: CacheReport? { last.withLock { $0.cacheReport } }

  public func makeAsyncIterator() -> Iterator {
    Iterator(run: Run(start), schema: schema, last: last)
  }

  /// One run of the query.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let run: Run
    fileprivate let schema: Schema
    fileprivate let last: Monitor<Outcome>

    /// The next rows; nil at the end.
    ///
    /// An error of the query comes behind the rows before it.
    public mutating func next() async throws -> DataFrame? {
      guard let batch = try await run.channel.read() else {
        let channel = run.channel
        last.withLock {
          $0 = Outcome(failedRows: channel.failedRows, cacheReport: channel.cacheReport)
        }
        return nil
      }
      return DataFrame(schema: schema, partitions: [[batch]])
    }
  }

  /// A run whose batches are taken by a thread that blocks; it starts here and ends with the reader.
  package func blockingReader() -> @Sendable () throws -> Batch? {
    let run = Run(start)
    return { try run.channel.readBlocking() }
  }

  /// A query under way, which ends when nobody holds this any more.
  fileprivate final class Run: Sendable {
    let channel: StreamChannel

    init(_ start: Start) {
      let cancellation = Cancellation()
      let channel = StreamChannel(
        capacity: start.capacity, cancellation, cacheReport: start.hasCache ? CacheReport() : nil)
      self.channel = channel
      let produce = start.produce
      let isStarted = start.threadPool.start {
        do {
          let failed = try produce(channel, cancellation)
          channel.finish(.success(()), failedRows: failed)
        } catch {
          channel.finish(.failure(error))
        }
      }
      if !isStarted { channel.finish(.failure(ThreadPool.noThread(for: "a streamed query"))) }
    }

    deinit { channel.abandon() }
  }
}

/// Typed rows of a streamed result, decoded as they are read.
public struct RowStream<Row: Decodable>: AsyncSequence {
  public typealias Element = Row

  package let frames: FrameStream

  package init(_ frames: FrameStream) { self.frames = frames }

  public func makeAsyncIterator() -> Iterator { Iterator(frames: frames.makeAsyncIterator()) }

  /// One run of the query.
  public struct Iterator: AsyncIteratorProtocol {
    var frames: FrameStream.Iterator
    var rows: [Row] = []
    var position = 0

    fileprivate init(frames: FrameStream.Iterator) { self.frames = frames }

    /// The next row; nil at the end.
    ///
    /// Errors are those of the query and of `DataFrame.rows(as:)`.
    public mutating func next() async throws -> Row? {
      while position == rows.count {
        guard let frame = try await frames.next() else { return nil }
        rows = try frame.rows()
        position = 0
      }
      defer { position += 1 }
      return rows[position]
    }
  }
}

extension FrameStream {
  /// The rows as values of a `Decodable` type, one by one; decoding is as in `DataFrame.rows(as:)`.
  public func rows<Row: Decodable>(as type: Row.Type = Row.self) -> RowStream<Row> {
    RowStream(self)
  }
}
