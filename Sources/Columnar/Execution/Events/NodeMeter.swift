import ColumnarCore

/// Measures the calls of one node in one run that somebody listens to.
package final class NodeMeter: Sendable {
  package let node: String
  private let observer: RunObserver
  private let state = Monitor(State())

  private struct State {
    /// When the first batch began and the last that ended did so.
    var first: UInt64?
    var last: UInt64 = 0
    var busy: UInt64 = 0
    var items = 0
    var skipped = 0
    var batches = 0
    var cached = 0
    var failed = 0
    var retried = 0
  }

  init(_ node: String, _ observer: RunObserver) {
    self.node = node
    self.observer = observer
  }

  /// The most that somebody wants to hear.
  package var detail: RunDetail { observer.detail }
  /// Whether somebody wants to hear of each item.
  package var wantsItems: Bool { detail >= .items }

  /// Runs a batch of `count` items, of which `skipped` are not called.
  package func batch<R>(_ count: Int, skipped: Int = 0, _ body: () throws -> R) throws -> R {
    let began = MonotonicClock.nanoseconds()
    let isFirst = state.withLock { state in
      defer { state.first = min(state.first ?? began, began) }
      return state.first == nil
    }
    if isFirst { observer.started(self, at: began) }
    do {
      let result = try body()
      finish(count, skipped: skipped, since: began)
      return result
    } catch {
      // What was spent until then was spent.
      let ended = MonotonicClock.nanoseconds()
      state.withLock { state in
        state.last = max(state.last, ended)
        state.busy += ended &- began
      }
      let known = ColumnarError.wrapping(error, as: .udf)
      if known.code != .cancelled { send(.failed(ItemPlace.placed(known)), .nodes) }
      throw error
    }
  }

  private func finish(_ count: Int, skipped: Int, since began: UInt64) {
    let ended = MonotonicClock.nanoseconds()
    state.withLock { state in
      state.last = max(state.last, ended)
      state.busy += ended &- began
      state.items += count - skipped
      state.skipped += skipped
      state.batches += 1
    }
    let figures = RunEvent.BatchFigures(
      items: count, skipped: skipped, duration: .passed(from: began, to: ended))
    observer.send(.batchFinished(figures), .batches, node: node, at: ended)
  }

  /// One item was called, from `began` to `ended`; perhaps while others were, by the same thread.
  package func finishedItem(
    _ item: ItemPath?, from began: UInt64, to ended: UInt64, mayOverlap: Bool = false
  ) {
    let duration = Duration.passed(from: began, to: ended)
    observer.send(
      .itemFinished(item: item, duration: duration), .items, node: node, at: ended,
      mayOverlap: mayOverlap)
  }

  /// The results of so many items came from the cache.
  package func hitCache(_ count: Int) {
    let now = MonotonicClock.nanoseconds()
    let isFirst = state.withLock { state in
      defer { state.first = state.first ?? now }
      state.cached += count
      state.last = max(state.last, now)
      return state.first == nil
    }
    if isFirst { observer.started(self, at: now) }
    send(.cacheHit(items: count), .batches)
  }

  /// A call is made again, after an error of that text.
  package func retries(after error: String?) {
    state.withLock { $0.retried += 1 }
    send(.retried(error: error), .nodes)
  }

  /// So many items became null; the error's rows are items.
  package func gaveUp(on count: Int, after error: ColumnarError) {
    state.withLock { $0.failed += count }
    send(.itemsFailed(count: count, error: error), .nodes)
  }

  private func send(_ kind: RunEvent.Kind, _ level: RunDetail) {
    observer.send(kind, level, node: node)
  }

  /// When the last batch that ended did so; 0 if none has.
  var lastEnd: UInt64 { state.withLock { $0.last } }

  /// What the calls came to.
  var figures: RunEvent.NodeFigures {
    let state = state.withLock { $0 }
    return RunEvent.NodeFigures(
      items: state.items, batches: state.batches, cached: state.cached, failed: state.failed,
      skipped: state.skipped, retried: state.retried,
      duration: .passed(from: state.first ?? 0, to: state.last),
      busy: .passed(from: 0, to: state.busy))
  }
}

extension Duration {
  /// From one reading of the monotonic clock to another; nothing if that is the earlier one.
  package static func passed(from began: UInt64, to ended: UInt64) -> Duration {
    .nanoseconds(ended > began ? Int64(clamping: ended - began) : 0)
  }
}
