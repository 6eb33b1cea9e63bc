import ColumnarCore
import Glibc
import Testing

@testable import Columnar

/// What the progress display draws.
@Suite struct ProgressDisplayTests {
  private func event(
    _ kind: RunEvent.Kind, node: String? = nil, at seconds: Double = 0, run: Int = 1
  ) -> RunEvent {
    RunEvent(
      run: run, pipeline: "embed", node: node, time: .seconds(seconds), thread: 1, kind: kind)
  }

  private func batch(_ items: Int) -> RunEvent.Kind {
    .batchFinished(.init(items: items, skipped: 0, duration: .milliseconds(1)))
  }

  private static let figures = RunEvent.NodeFigures(
    items: 0, batches: 0, cached: 0, failed: 0, skipped: 0, retried: 0, duration: .zero,
    busy: .zero)

  @Test func aBoardSaysWhatIsDoneAndWhatIsLeft() {
    var board = ProgressBoard(pipeline: "embed", items: 10_000)
    board.receive(event(.nodeStarted, node: "lower"))
    board.receive(event(batch(10_000), node: "lower", at: 0.5))
    board.receive(event(.nodeStarted, node: "vector"))
    board.receive(event(batch(2_400), node: "vector", at: 1))
    board.receive(event(.cacheHit(items: 100), node: "vector", at: 1))
    board.receive(
      event(
        .itemsFailed(count: 3, error: ColumnarError(.udf, "x")), node: "vector", at: 1))
    #expect(
      board.lines(at: .seconds(1), width: 120, bars: true) == [
        "embed, 10,000 items, 1.0 s",
        "  lower    ━━━━━━━━━━━━━━━━━━━━ 10,000  20.0 k/s",
        "  vector   ━━━━━┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄ 2,500/10,000  2.5 k/s  3.0 s left  100 cached  3 failed",
      ])
    board.receive(event(.nodeFinished(Self.figures), node: "vector", at: 2))
    board.receive(event(.runFinished(error: nil), at: 2))
    #expect(
      board.lines(at: .seconds(2), width: 120, bars: false) == [
        "✓ embed, 10,000 items, 2.0 s",
        "  lower    10,000  20.0 k/s",
        "  vector   2,500  2.5 k/s  100 cached  3 failed",
      ])
  }

  @Test func nestedNodesStandBelowTheirPipeline() {
    var board = ProgressBoard(pipeline: "embed", items: 2)
    let nodes = ["load", "words/clean", "score", "words/each/length", "words/size"]
    for node in nodes { board.receive(event(batch(40), node: node, at: 1)) }
    #expect(
      board.lines(at: .seconds(1), width: 80, bars: false) == [
        "embed, 2 items, 1.0 s", "  load       40", "  words", "    clean    40", "    each",
        "      length 40", "    size     40", "  score      40",
      ])
  }

  @Test func noLineIsWiderThanTheTerminal() {
    var board = ProgressBoard(pipeline: String(repeating: "é", count: 300), items: nil)
    board.receive(event(batch(5), node: String(repeating: "長", count: 80) + "\u{1B}[2J"))
    for line in board.lines(at: .seconds(1), width: 40, bars: true) {
      #expect(DisplayWidth.of(line) <= 40)
      #expect(!line.contains("\u{1B}"))
    }
  }

  @Test func aTerminalIsDrawnInPlaceAndNotTooOften() {
    let clock = Monitor<UInt64>(0)
    let written = Monitor<[String]>([])
    let display = ProgressDisplay(
      isTerminal: true, size: { TerminalSize(columns: 100, rows: 40) },
      now: { clock.withLock { $0 } },
      write: { text in written.withLock { $0.append(text) } })
    display.receive(event(.runStarted(items: 100)))
    for tick in 1...50 {
      clock.withLock { $0 = UInt64(tick) * 10_000_000 }
      display.receive(event(batch(1), node: "a", at: Double(tick) / 100))
    }
    #expect(written.withLock { $0.count } == 5)
    display.receive(event(.runFinished(error: nil), at: 1))
    let texts = written.withLock { $0 }
    #expect(!texts[0].contains("\u{1B}"))
    #expect(texts.dropFirst().allSatisfy { $0.hasPrefix("\u{1B}[2A\r\u{1B}[J") })
    #expect(texts.last?.contains("✓ embed") == true)
  }

  /// The cursor cannot go back to lines that have left the screen, so no more are drawn.
  @Test(arguments: [1, 2, 3, 5, 12, 13, 14, 40], [1, 2, 7])
  func noMoreLinesAreDrawnThanTheTerminalHas(rows: Int, runs: Int) {
    let clock = Monitor<UInt64>(0)
    let written = Monitor<[String]>([])
    let display = ProgressDisplay(
      isTerminal: true, size: { TerminalSize(columns: 80, rows: rows) },
      now: { clock.withLock { $0 } }, write: { text in written.withLock { $0.append(text) } })
    for run in 1...runs { display.receive(event(.runStarted(items: 4), run: run)) }
    for tick in 1...24 {
      clock.withLock { $0 = UInt64(tick) * 200_000_000 }
      for run in 1...runs {
        display.receive(
          event(batch(2), node: "node \(tick % 12)", at: Double(tick) / 5, run: run))
      }
    }
    var drawn = 0
    for text in written.withLock({ $0 }) {
      let lines = text.filter { $0 == "\n" }.count
      #expect(lines >= 1 && lines <= max(1, rows - 1))
      #expect(text.hasPrefix("\u{1B}[") == (drawn > 0))
      if drawn > 0 { #expect(text.hasPrefix("\u{1B}[\(drawn)A\r\u{1B}[J")) }
      drawn = lines
    }
    #expect(drawn == min(runs * 13, max(1, rows - 1)))
    // What is over is written whole, once, and the others below it.
    clock.withLock { $0 += 200_000_000 }
    display.receive(event(.runFinished(error: nil), at: 5))
    let last = written.withLock { $0.last ?? "" }
    for node in 0..<12 { #expect(last.contains("  node \(node) ")) }
    let others = runs == 1 ? 0 : min((runs - 1) * 13, max(1, rows - 1))
    #expect(last.filter { $0 == "\n" }.count == 13 + others)
  }

  @Test func nodesUnderWayAreShownFirst() {
    var board = ProgressBoard(pipeline: "embed", items: 10)
    for node in 0..<6 {
      board.receive(event(batch(node == 1 || node == 4 ? 5 : 10), node: "node \(node)", at: 1))
    }
    func names(_ height: Int) -> [String] {
      board.lines(at: .seconds(1), width: 80, height: height, bars: false).dropFirst()
        .map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
    }
    #expect(names(7) == (0..<6).map { "node \($0)" })
    #expect(names(6) == ["node 1", "node 3", "node 4", "node 5", "… and"])
    #expect(names(4) == ["node 1", "node 4", "… and"])
    #expect(names(3) == ["node 1", "… and"])
    #expect(names(2) == ["… and"])
    let lines = board.lines(at: .seconds(1), width: 80, height: 4, bars: false)
    #expect(lines.last == "  … and 4 more nodes")
    #expect(board.lines(at: .seconds(1), width: 80, height: 1, bars: false).count == 1)
  }

  /// The size is that of the terminal that is written to, whatever standard output is.
  @Test func theTerminalIsAskedForItsSize() throws {
    let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    try #require(terminal >= 0)
    defer { close(terminal) }
    var size = winsize(ws_row: 7, ws_col: 33, ws_xpixel: 0, ws_ypixel: 0)
    try #require(ioctl(terminal, UInt(TIOCSWINSZ), &size) == 0)
    #expect(TerminalSize(of: terminal) == TerminalSize(columns: 33, rows: 7))
    size = winsize()
    try #require(ioctl(terminal, UInt(TIOCSWINSZ), &size) == 0)
    #expect(TerminalSize(of: terminal) == nil)
    #expect(TerminalSize(of: -1) == nil)
  }

  @Test func elsewhereLinesAreWrittenNowAndThen() {
    let clock = Monitor<UInt64>(0)
    let written = Monitor<[String]>([])
    let display = ProgressDisplay(
      isTerminal: false, interval: .seconds(1), size: { TerminalSize(columns: 100, rows: 40) },
      now: { clock.withLock { $0 } },
      write: { text in written.withLock { $0.append(text) } })
    display.receive(event(.runStarted(items: 4)))
    for tick in 1...4 {
      clock.withLock { $0 = UInt64(tick) * 600_000_000 }
      display.receive(event(batch(1), node: "a", at: Double(tick) * 0.6))
    }
    #expect(written.withLock { $0 }.count == 4)
    display.receive(event(.runFinished(error: ColumnarError(.udf, "x")), at: 3))
    let last = written.withLock { $0.suffix(2) }
    #expect(last.first == "✗ embed failed after 3.0 s\n")
    #expect(!last.joined().contains("\u{1B}"))
  }

  @Test func figuresAreShort() {
    let durations: [(Duration, String)] = [
      (.zero, "0 us"), (.microseconds(310), "310 us"), (.microseconds(1_240), "1.2 ms"),
      (.milliseconds(45), "45 ms"), (.milliseconds(999.9), "1.0 s"),
      (.seconds(59.96), "1 min 00 s"),
      (.seconds(125), "2 min 05 s"), (.seconds(3_720), "1 h 02 min"),
      (.seconds(1e12), "277777778 h"),
    ]
    for (duration, text) in durations { #expect(FigureText.duration(duration) == text) }
    let counts: [(Double, String)] = [
      (0, "0"), (999, "999"), (12_345, "12.3 k"), (1_500_000, "1.5 M"), (.infinity, "0.0 G"),
    ]
    for (count, text) in counts.dropLast() { #expect(FigureText.short(count) == text) }
    #expect(FigureText.grouped(1_234_567) == "1,234,567" && FigureText.grouped(-999) == "-999")
  }
}
