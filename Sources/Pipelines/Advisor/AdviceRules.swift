import Columnar
import ColumnarCore

/// The decision tree: from what was measured of a node to what is recommended for it.
package struct AdviceRules {
  package let cores: Int

  package init(cores: Int) { self.cores = max(1, cores) }

  /// The most calls that are recommended to wait on threads of their own.
  package static let mostThreads = 64
  /// A unit of work should take about so many nanoseconds, so that handing it over costs little and
  /// threads end together.
  package static let unit = 2_000_000.0
  /// The part of the time that calls may cost besides their rows.
  package static let callShare = 0.05
  /// The most bytes of arguments that a batch should have.
  package static let batchBytes = 16 << 20

  /// What is advised for a node.
  package func advice(_ m: NodeMeasurement) -> NodeAdvice {
    if let mapped = m.mapped {
      return NodeAdvice(
        node: m.node,
        summary: "pipeline, for each of \(FigureText.count(mapped.elements, "element")) of "
          + "\(FigureText.count(mapped.lists, "list"))")
    }
    guard let kind = m.kind else {
      if let reason = m.skipped {
        return NodeAdvice(node: m.node, summary: "not measured: \(reason)")
      }
      return NodeAdvice(
        node: m.node, summary: "expression, computed natively: nothing to tune")
    }
    if let reason = m.skipped {
      return NodeAdvice(node: m.node, summary: "\(kind.rawValue), not measured: \(reason)")
    }
    var advice = NodeAdvice(
      node: m.node,
      summary: "\(kind.rawValue), \(FigureText.count(m.rows, "row")) measured, \(time(m.perRow)) "
        + "per row, \(time(m.perCall)) per call besides")
    advice.questions = [
      initialization(m), bound(m), waiting(m), parallelizable(m),
    ]
    let concurrency = self.concurrency(m)
    if let (count, reason) = concurrency {
      advice.options.maxConcurrency = count
      advice.choices.append(("maxConcurrency \(count)", reason))
    } else {
      advice.choices.append(("maxConcurrency as it is", keptConcurrency(m)))
    }
    if kind != .async {
      let (size, reason) = batchSize(m, slots: concurrency?.count ?? cores)
      advice.options.batchSize = size
      advice.choices.append(("batchSize \(size)", reason))
    }
    advice.warnings = pitfalls(m)
    advice.gaps = m.gaps
    return advice
  }

  // MARK: Concurrency

  /// The calls in flight that are recommended, where they should be others than without a word.
  package func concurrency(_ m: NodeMeasurement) -> (count: Int, reason: String)? {
    if m.contract == .ordered { return nil }
    if m.kind == .async { return asyncConcurrency(m) }
    if m.isWaiting { return waitingConcurrency(m) }
    if isSerial(m), let speedup = m.speedup(on: cores) {
      return (
        1,
        "\(cores) threads did \(factor(speedup)) of what one does, and waited for each other: one is "
          + "enough"
      )
    }
    if isSkewed(m) {
      return (
        cores,
        "the heaviest row costs \(factor(m.heaviest)) of a usual one: small units, shared out over "
          + FigureText.count(cores, "core")
      )
    }
    return nil
  }

  private func asyncConcurrency(_ m: NodeMeasurement) -> (count: Int, reason: String)? {
    let usual = m.options.maxConcurrency ?? EffectiveOptions.asyncCalls
    let best = m.rates.map(\.rowsPerSecond).max() ?? 0
    guard let now = m.rates.last(where: { $0.threads <= usual }),
      let enough = m.rates.first(where: { $0.rowsPerSecond >= 0.85 * best }),
      enough.threads < now.threads || (enough.threads > now.threads && m.items > now.threads),
      enough.rowsPerSecond >= 1.15 * now.rowsPerSecond,
      let speedup = m.speedup(on: enough.threads)
    else { return nil }
    let count = min(enough.threads, m.items)
    return (
      count,
      "\(enough.threads) calls in flight did \(factor(speedup)) of what one does, and "
        + "\(factor(enough.rowsPerSecond / now.rowsPerSecond)) of what \(now.threads) did"
    )
  }

  private func waitingConcurrency(_ m: NodeMeasurement) -> (count: Int, reason: String)? {
    // Threads that wait leave their core to others.
    let share = max(0.001, 1 - m.waiting)
    var count = min(
      Self.mostThreads, max(2, Int((Double(cores) / share).rounded(.up)), 2 * cores))
    var reason =
      "calls wait \(percent(m.waiting)) of their time, so \(count) of them keep "
      + "\(FigureText.count(cores, "core")) busy"
    let best = m.rates.map(\.rowsPerSecond).max() ?? 0
    if let enough = m.rates.first(where: { $0.rowsPerSecond >= 0.85 * best }),
      let most = m.rates.last, enough.threads < most.threads
    {
      count = min(count, enough.threads)
      reason =
        "calls wait \(percent(m.waiting)) of their time, but \(most.threads) threads did no more than "
        + "\(enough.threads)"
    }
    if m.items > 0 { count = min(count, m.items) }
    return (max(1, count), reason)
  }

  private func keptConcurrency(_ m: NodeMeasurement) -> String {
    if m.contract == .ordered { return "contract ordered makes one call at a time" }
    if m.kind == .async {
      return
        "\(m.options.maxConcurrency ?? EffectiveOptions.asyncCalls) calls in flight are enough"
    }
    return "it computes, so one call per core (\(cores)) is best"
  }

  /// Whether several threads get no more done than one, because they wait for each other.
  package func isSerial(_ m: NodeMeasurement) -> Bool {
    guard cores > 1, !m.isWaiting, let speedup = m.speedup(on: cores),
      let rate = m.rates.last(where: { $0.threads == cores })
    else { return false }
    // A busy machine gives less too, but its threads don't wait.
    return speedup < 1.2 && rate.waiting > 0.3
  }

  /// Whether few rows cost much more than the others, and enough to hold a thread up.
  package func isSkewed(_ m: NodeMeasurement) -> Bool {
    m.heaviest >= 8 && m.perRow * m.heaviest > 100_000
  }

  // MARK: Batch size

  /// The rows of a batch, and why.
  package func batchSize(_ m: NodeMeasurement, slots: Int) -> (size: Int, reason: String) {
    let row = max(1, m.perRow)
    let usual = ExecutionSize.batchRows
    var size = usual
    var reason = "rows are cheap: as many as stay in cache"
    if m.kind == .batch, m.perCall > 0 {
      let needed = m.perCall * (1 - Self.callShare) / Self.callShare / row
      let large = Int(min(needed, 65_536).rounded(.up))
      let enough = max(large, Int(min(Self.unit / row, Double(usual))))
      size = min(65_536, max(1, power(enough)))
      let share = m.perCall / (m.perCall + Double(size) * row)
      reason =
        "a call costs \(time(m.perCall)), which is \(percent(share)) of a batch of that size "
        + "(\(percent(m.perCall / (m.perCall + 64 * row))) of one of 64)"
    }
    let isWaitingRow = m.kind != .batch && m.isWaiting
    if m.kind != .batch, Double(usual) * row > Self.unit, isWaitingRow || row > 1_000 {
      size = max(1, min(usual, lowerPower(Int(Self.unit / row))))
      reason = "that many rows take about \(time(Double(size) * row)), so that workers end together"
    }
    if isSkewed(m), m.kind != .batch {
      size = max(1, min(size, lowerPower(Int(Self.unit / row))))
      reason =
        "rows cost very different times: small units, so that no worker is left with the heavy"
    }
    let most = m.bytesPerRow > 0 ? Int(Double(Self.batchBytes) / m.bytesPerRow) : Int.max
    if size > most {
      size = max(1, lowerPower(most))
      reason =
        "a row holds \(bytes(m.bytesPerRow)), so that a batch holds \(bytes(Double(Self.batchBytes)))"
    }
    if m.items > 0, slots > 1, m.kind == .batch {
      let share = (m.items + slots - 1) / slots
      if size > share {
        size = max(1, share)
        reason += "; \(m.items) items on \(slots) workers"
      }
    }
    return (size, reason)
  }

  /// The next power of two.
  private func power(_ count: Int) -> Int {
    var size = 1
    while size < count { size *= 2 }
    return size
  }

  private func lowerPower(_ count: Int) -> Int {
    var size = 1
    while size * 2 <= count { size *= 2 }
    return size
  }
}
