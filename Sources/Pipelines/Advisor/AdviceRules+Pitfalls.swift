import Columnar
import ColumnarCore

extension AdviceRules {
  /// What costs time for nothing in a node as it stands.
  package func pitfalls(_ m: NodeMeasurement) -> [Advice.Warning] {
    statePitfalls(m)
      + [buildHint(m), smallBatches(m), tooManyWorkers(m), isolation(m)].compactMap(\.self)
  }

  private func warning(
    _ kind: Advice.Warning.Kind, _ m: NodeMeasurement, isCertain: Bool = true, _ message: String
  ) -> Advice.Warning {
    Advice.Warning(kind: kind, node: m.node, isCertain: isCertain, message: message)
  }

  // MARK: States

  private func statePitfalls(_ m: NodeMeasurement) -> [Advice.Warning] {
    m.states.compactMap { state in
      if state.made > state.expected {
        return warning(
          .stateMadeOften, m,
          "the state \(state.name) was made \(state.made) times where \(state.expected) would do, "
            + "\(time(state.construction)) each.")
      }
      let workers = m.options.maxConcurrency ?? (m.kind == .async ? 1 : cores)
      let work = m.perRow * Double(m.items)
      // An instance is only made once waiting for one has cost as much; what is lost is bounded.
      guard !state.isShared, workers > cores, !m.isWaiting, state.construction > 1_000_000,
        state.construction * Double(workers) > work
      else { return nil }
      return warning(
        .stateMadeOften, m,
        "the state \(state.name) takes \(time(state.construction)) to make, and up to \(workers) workers "
          + "make one each: more than all rows cost together (\(time(work))). Lower maxConcurrency, "
          + "or make it State.shared.")
    }
  }

  /// Whether the closure may make something that belongs in a state.
  ///
  /// A call that costs much besides its rows, or rows that all cost the same, look like that; but a
  /// plain computation of fixed size does too.
  func buildHint(_ m: NodeMeasurement) -> Advice.Warning? {
    guard m.states.isEmpty, let kind = m.kind, kind != .async else { return nil }
    if kind == .batch, m.perCall >= 1_000_000 {
      return warning(
        .mayBuildInClosure, m, isCertain: false,
        "every call costs \(time(m.perCall)) before its first row. If this closure builds something, "
          + "make it State.")
    }
    guard kind != .batch, m.perRow >= 200_000, let spread = m.spread, spread < 0.15,
      m.heaviest < 3
    else { return nil }
    return warning(
      .mayBuildInClosure, m, isCertain: false,
      "all rows cost nearly the same, \(time(m.perRow)). If this closure builds something, make it State."
    )
  }

  // MARK: Batches and workers

  private func smallBatches(_ m: NodeMeasurement) -> Advice.Warning? {
    guard let size = m.options.batchSize, m.kind != .async else { return nil }
    let row = max(0.1, m.perRow)
    let share = m.perCall / (m.perCall + Double(size) * row)
    guard share > 0.2, m.items > size else { return nil }
    let better = batchSize(m, slots: m.options.maxConcurrency ?? cores).size
    guard better > size else { return nil }
    let isUsed =
      m.kind == .batch || m.options.maxConcurrency != nil || m.options.isolation == .process
    let rest =
      isUsed
      ? ""
      : " A row closure takes batches as they come until it has a maxConcurrency, so yet it costs nothing."
    return warning(
      .batchesTooSmall, m, isCertain: isUsed,
      "with batches of \(size), \(percent(share)) of the time goes into calls, not rows "
        + "(\(time(m.perCall)) a call, \(time(m.perRow)) a row). Let batchSize be \(better), or leave it "
        + "out.\(rest)")
  }

  private func tooManyWorkers(_ m: NodeMeasurement) -> Advice.Warning? {
    guard let stated = m.options.maxConcurrency, stated > 1, m.contract != .ordered else {
      return nil
    }
    let tried = m.rates.filter { $0.threads <= stated }
    guard let most = tried.last, let best = tried.map(\.rowsPerSecond).max(),
      let enough = tried.first(where: { $0.rowsPerSecond >= 0.85 * best })
    else { return nil }
    let isSerial = self.isSerial(m)
    // Computing on more threads than cores gains nothing whatever a short measurement says; on fewer
    // it may only have been disturbed, unless its threads wait for each other.
    let isTooMany =
      m.isWaiting
      ? enough.threads < most.threads && most.threads * 2 >= stated
      : isSerial || (most.threads > cores && most.rowsPerSecond < 1.25 * rate(on: cores, m))
    guard isTooMany else { return nil }
    let good = m.isWaiting ? enough.threads : isSerial ? 1 : cores
    return warning(
      .tooManyWorkers, m,
      "maxConcurrency is \(stated), but \(most.threads) at once did \(factor(most.rowsPerSecond / max(1, rate(on: good, m)))) "
        + "of what \(good) did. Let it be \(good)"
        + (m.isWaiting || isSerial ? "." : ", or leave it out."))
  }

  private func rate(on threads: Int, _ m: NodeMeasurement) -> Double {
    m.rates.last { $0.threads <= threads }?.rowsPerSecond ?? 0
  }

  // MARK: Isolation

  private func isolation(_ m: NodeMeasurement) -> Advice.Warning? {
    guard m.options.isolation == .process else { return nil }
    if m.isWaiting {
      return warning(
        .isolationOfWaiting, m,
        "its calls wait \(m.kind == .async ? "without a thread" : "\(percent(m.waiting)) of their time"), which "
          + "a process makes no shorter. Leave isolation out, unless it may crash; give it a "
          + "maxConcurrency.")
    }
    let rows = Double(m.options.batchSize ?? 4 * ExecutionSize.batchRows)
    guard let copy = m.handOver else { return nil }
    let cost = copy + m.wakeUps / rows
    guard cost > m.perRow else { return nil }
    return warning(
      .isolationOfCheapRows, m,
      "handing a row to a process and back costs about \(time(cost)) (waking it and being woken: "
        + "\(time(m.wakeUps)) a batch), the row itself \(time(m.perRow)). "
        + "Leave isolation out, unless it may crash.")
  }
}
