import Columnar
import ColumnarCore

extension AdviceRules {
  /// Whether something is expensive to make.
  func initialization(_ m: NodeMeasurement) -> NodeAdvice.Question {
    let hint = buildHint(m)
    var evidence = m.states.map { state in
      "state \(state.name): \(time(state.construction)) to make, \(ratio(state.construction, m)) a row"
    }.joined(separator: "; ")
    if m.states.isEmpty {
      evidence =
        hint == nil
        ? "takes no state, and its rows don't cost like something is made for each"
        : "takes no state, but every row costs the same, \(time(m.perRow))"
    }
    let isYes = m.states.contains { $0.construction > 10_000 }
    return NodeAdvice.Question(
      text: "Expensive initialization (model, tokenizer, connection)?", isYes: isYes,
      yes: "a State, made once per worker (State.shared: once for all): it is one",
      no: "no state is needed; should the closure make something, make that a State",
      evidence: evidence)
  }

  private func ratio(_ construction: Double, _ m: NodeMeasurement) -> String {
    m.perRow > 0 ? "\(factor(construction / m.perRow)) of" : "more than"
  }

  /// Whether it computes.
  func bound(_ m: NodeMeasurement) -> NodeAdvice.Question {
    let hand =
      m.handOver.map { "handing a row to a process would cost \(time($0)) at least" }
      ?? "its values cannot go to a process"
    return NodeAdvice.Question(
      text: "CPU-bound (parsing, computation)?", isYes: !m.isWaiting,
      yes:
        "threads: there is no interpreter lock here, a process only keeps a crash away (\(hand))",
      no: "threads too: a process would only wait elsewhere",
      evidence: m.kind == .async
        ? "an async closure: its calls wait without a thread"
        : "computes \(percent(1 - m.waiting)) of its time")
  }

  /// Whether it waits.
  func waiting(_ m: NodeMeasurement) -> NodeAdvice.Question {
    NodeAdvice.Question(
      text: "Waiting (requests, files, locks)?", isYes: m.isWaiting,
      yes: m.kind == .async
        ? "many calls in flight"
        : "maxConcurrency above the number of cores, or an async closure",
      no: "no more calls than cores",
      evidence: "waits \(percent(m.kind == .async ? max(m.waiting, 0) : m.waiting)) of its time")
  }

  /// Whether several workers get more done.
  func parallelizable(_ m: NodeMeasurement) -> NodeAdvice.Question {
    let rates = m.rates.filter { $0.threads > 1 }.compactMap { rate in
      m.speedup(on: rate.threads).map { "\(rate.threads) at once \(factor($0))" }
    }
    let isOrdered = m.contract == .ordered
    let evidence =
      isOrdered
      ? "contract ordered"
      : rates.isEmpty ? "not measured" : "one 1.0x, " + rates.joined(separator: ", ")
    return NodeAdvice.Question(
      text: "Parallelizable?", isYes: !isOrdered && !isSerial(m),
      yes: m.isWaiting ? "as many calls as wait well together" : "one call per core",
      no: "one call at a time", evidence: evidence)
  }

  // MARK: Figures

  func time(_ nanoseconds: Double) -> String {
    switch nanoseconds {
    case ..<1_000: "\(Int(max(0, nanoseconds).rounded())) ns"
    case ..<9_950:
      "\(Int((nanoseconds / 100).rounded()) / 10).\(Int((nanoseconds / 100).rounded()) % 10) us"
    default: FigureText.duration(.nanoseconds(Int64(min(nanoseconds, 9e18))))
    }
  }

  func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }

  func factor(_ value: Double) -> String {
    let tenths = Int((min(max(0, value), 1e15) * 10).rounded())
    return value >= 100 ? "\(tenths / 10)x" : "\(tenths / 10).\(tenths % 10)x"
  }

  func bytes(_ count: Double) -> String {
    switch count {
    case 1_048_576...: "\(Int((count / 1_048_576).rounded())) MiB"
    case 1_024...: "\(Int((count / 1_024).rounded())) KiB"
    default: "\(Int(count)) bytes"
    }
  }
}
