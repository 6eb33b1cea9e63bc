import ColumnarCore

/// Shows on standard error how far each node has come: done, rate, time left, cached and failed.
///
/// On a terminal it draws a bar per node in place, ten times a second at most; elsewhere it writes plain
/// lines, every few seconds and at the end. Several runs at once are shown one below the other.
///
/// ```swift
/// let pipeline = try pipeline.on(.columnar(listeners: [ProgressDisplay()]))
/// ```
public final class ProgressDisplay: RunListener {
  private struct State {
    var boards: [(run: Int, board: ProgressBoard, began: UInt64)] = []
    var drawnLines = 0
    var drawn: UInt64 = 0
  }

  private let isTerminal: Bool
  private let interval: UInt64
  private let width: @Sendable () -> Int
  private let write: @Sendable (String) -> Void
  private let now: @Sendable () -> UInt64
  private let state = Monitor(State())

  /// A display on standard error, drawn as it deserves.
  public convenience init() {
    self.init(
      isTerminal: StandardError.isTerminal, width: terminalWidth, now: MonotonicClock.nanoseconds,
      write: StandardError.write)
  }

  /// A display of plain lines, for logs.
  ///
  /// - Parameters:
  ///   - interval: the time between two lines of a node.
  ///   - write: takes each line, with its line end.
  public convenience init(
    every interval: Duration = .seconds(5), to write: @escaping @Sendable (String) -> Void
  ) {
    self.init(
      isTerminal: false, interval: interval, width: { 200 }, now: MonotonicClock.nanoseconds,
      write: write)
  }

  /// A display with everything given, for tests.
  init(
    isTerminal: Bool, interval: Duration? = nil, width: @escaping @Sendable () -> Int,
    now: @escaping @Sendable () -> UInt64, write: @escaping @Sendable (String) -> Void
  ) {
    self.isTerminal = isTerminal
    self.interval = (interval ?? (isTerminal ? .milliseconds(100) : .seconds(5))).nanoseconds
    self.width = width
    self.now = now
    self.write = write
  }

  public func receive(_ event: RunEvent) {
    let now = now()
    state.withLock { state in
      if case .runStarted(let items) = event.kind {
        if state.boards.isEmpty { state.drawn = now }
        state.boards.append(
          (event.run, ProgressBoard(pipeline: event.pipeline, items: items), now))
        return
      }
      guard let position = state.boards.firstIndex(where: { $0.run == event.run }) else { return }
      state.boards[position].board.receive(event)
      let isOver = state.boards[position].board.isOver
      guard isOver || now &- state.drawn >= interval else { return }
      state.drawn = now
      if isTerminal { redraw(&state, now) } else { list(&state, now) }
    }
  }

  /// Draws all runs over what was drawn before; those that are over stay above, for good.
  private func redraw(_ state: inout State, _ now: UInt64) {
    var text = state.drawnLines > 0 ? "\u{1B}[\(state.drawnLines)A\r\u{1B}[J" : ""
    let over = state.boards.filter(\.board.isOver)
    state.boards.removeAll(where: \.board.isOver)
    var lines: [String] = []
    for (_, board, began) in over + state.boards {
      let shown = board.lines(at: Self.time(since: began, now), width: width(), bars: true)
      for line in shown { text += line + "\n" }
      if !board.isOver { lines += shown }
    }
    state.drawnLines = lines.count
    write(text)
  }

  /// Writes the lines of all runs.
  private func list(_ state: inout State, _ now: UInt64) {
    for (_, board, began) in state.boards {
      for line in board.lines(at: Self.time(since: began, now), width: width(), bars: false) {
        write(line + "\n")
      }
    }
    state.boards.removeAll(where: \.board.isOver)
  }

  private static func time(since began: UInt64, _ now: UInt64) -> Duration {
    .passed(from: began, to: now)
  }
}
