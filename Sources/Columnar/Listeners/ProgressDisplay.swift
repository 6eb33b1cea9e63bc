import ColumnarCore

/// Shows on standard error how far each node has come: done, rate, time left, cached and failed.
///
/// On a terminal it draws a bar per node in place, ten times a second at most: as many as fit,
/// those under way first, and how many there are besides. Elsewhere it writes plain lines, every
/// few seconds. At the end of a run all of its nodes are written, for good. Several runs at once
/// are shown one below the other.
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
  private let size: @Sendable () -> TerminalSize
  private let write: @Sendable (String) -> Void
  private let now: @Sendable () -> UInt64
  private let state = Monitor(State())

  /// A display on standard error, drawn as it deserves.
  public convenience init() {
    self.init(
      isTerminal: StandardError.isTerminal, size: TerminalSize.ofStandardError,
      now: MonotonicClock.nanoseconds, write: StandardError.write)
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
      isTerminal: false, interval: interval, size: { TerminalSize(columns: 200, rows: 1) },
      now: MonotonicClock.nanoseconds, write: write)
  }

  /// A display with everything given, for tests.
  init(
    isTerminal: Bool, interval: Duration? = nil, size: @escaping @Sendable () -> TerminalSize,
    now: @escaping @Sendable () -> UInt64, write: @escaping @Sendable (String) -> Void
  ) {
    self.isTerminal = isTerminal
    self.interval = (interval ?? (isTerminal ? .milliseconds(100) : .seconds(5))).nanoseconds
    self.size = size
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
    let size = size()
    for (_, board, began) in state.boards where board.isOver {
      let lines = board.lines(at: Self.time(since: began, now), width: size.columns, bars: true)
      for line in lines { text += line + "\n" }
    }
    state.boards.removeAll(where: \.board.isOver)
    let lines = running(state.boards, now, size)
    for line in lines { text += line + "\n" }
    state.drawnLines = lines.count
    write(text)
  }

  /// The lines of runs that will be drawn over: no more than the cursor can go back, which does not
  /// leave the screen.
  private func running(
    _ boards: [(run: Int, board: ProgressBoard, began: UInt64)], _ now: UInt64, _ size: TerminalSize
  ) -> [String] {
    // The cursor stands below them.
    let room = max(1, size.rows - 1)
    var lines: [String] = []
    for (position, shown) in boards.enumerated() {
      // Of more runs than lines, the latest are shown.
      let share = (room - lines.count) / (boards.count - position)
      guard share > 0 else { continue }
      let time = Self.time(since: shown.began, now)
      lines += shown.board.lines(at: time, width: size.columns, height: share, bars: true)
    }
    return lines
  }

  /// Writes the lines of all runs.
  private func list(_ state: inout State, _ now: UInt64) {
    for (_, board, began) in state.boards {
      let lines = board.lines(
        at: Self.time(since: began, now), width: size().columns, bars: false)
      for line in lines { write(line + "\n") }
    }
    state.boards.removeAll(where: \.board.isOver)
  }

  private static func time(since began: UInt64, _ now: UInt64) -> Duration {
    .passed(from: began, to: now)
  }
}
