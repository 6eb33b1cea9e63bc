import CArrowShim
import ColumnarCore
import ColumnarIO

extension LazyFrame {
  /// A query over an Arrow stream of another library in this process, read as the query runs, in
  /// bounded memory.
  ///
  /// The struct at `stream` counts as released from this call on. The stream can be read once: a
  /// second run of the query is an error. One thread reads it and works on its batches;
  /// `DataFrame(arrow:)` takes all batches first and shares them out. Errors are those of
  /// `DataFrame(arrow:)`, and come when the query runs.
  public static func scan(arrow stream: UnsafeMutablePointer<ArrowArrayStream>) -> LazyFrame {
    let opened = Result { try ArrowCStreamReader(moving: stream, name: "Arrow stream") }
    let unread = Monitor(try? opened.get())
    return LazyFrame(
      .deferred(name: "Arrow stream") {
        ArrowStreamTable(name: "Arrow stream", schema: try opened.get().schema) {
          guard let reader = unread.withLock({ $0.take() }) else {
            throw ColumnarError(
              .invalidPlan,
              "The Arrow stream was read by an earlier run of the query, and can be read once. Keep "
                + "its rows with DataFrame(arrow:) instead.")
          }
          return reader
        }
      })
  }

  /// Hands the query's result out as an Arrow stream: the query starts when the first batch is asked
  /// for, and computes as the consumer reads, in bounded memory.
  ///
  /// Errors about names and types come here; those of the data are errors of the stream, with their
  /// text. Releasing the stream early ends the query. `stream`, `layout` and `dictionaryColumns` are
  /// as in `DataFrame.export(arrow:layout:dictionaryColumns:)`.
  public func export(
    arrow stream: UnsafeMutablePointer<ArrowArrayStream>, layout: ArrowLayout = .views,
    dictionaryColumns: [String] = [], on engine: any Engine = .columnar
  ) throws {
    let frames = try self.stream(on: engine)
    let reader = BlockingReader(frames)
    try ArrowCStreamWriter.write(
      frames.schema, layout: layout, dictionaryColumns: dictionaryColumns, to: stream
    ) { try reader.next() }
  }
}

/// The batches of a stream of frames for a thread that waits for each; the query starts with the
/// first.
///
/// `@unchecked Sendable`: `next` is called by one thread at a time.
final class BlockingReader: @unchecked Sendable {
  private let frames: FrameStream
  private var read: (@Sendable () throws -> Batch?)?

  init(_ frames: FrameStream) { self.frames = frames }

  /// The next rows; nil at the end.
  func next() throws -> Batch? {
    let read = self.read ?? frames.blockingReader()
    self.read = read
    return try read()
  }
}
