import ColumnarCore

/// What was learned of functions in an engine's earlier runs.
package final class TuningMemory: Sendable {
  /// What a function is known by from run to run.
  package struct Key: Hashable, Sendable {
    package let pipeline: String
    package let function: String
    package let kind: UserFunction.Kind

    package init(_ function: UserFunction) {
      pipeline = function.origin?.pipeline ?? ""
      self.function = function.name
      kind = function.kind
    }
  }

  private struct Entry {
    var learned: CallTuner.Learned
    /// Runs since then.
    var runs = 0
  }

  private let entries = Monitor<[Key: Entry]>([:])
  private let gates = Monitor<[Key: GateTuner]>([:])
  /// After so many runs a function is measured anew: it, or its data, may have changed.
  private static let trust = 32

  package init() {}

  /// What is known of a function.
  package func learned(of key: Key) -> CallTuner.Learned? {
    entries.withLock { $0[key]?.learned }
  }

  /// Whether calls of the function are best made where their rows are.
  package func isCheap(_ key: Key) -> Bool {
    entries.withLock { entries in
      guard let entry = entries[key], entry.learned.isCheap else { return false }
      return entry.runs < Self.trust
    }
  }

  /// A run begins that calls the function.
  package func countRun(_ key: Key) { entries.withLock { $0[key]?.runs += 1 } }

  /// How many calls of an async function may be in flight, to start with.
  package func gate(of key: Key, usual: Int) -> GateTuner {
    gates.withLock { $0[key]?.restarted } ?? GateTuner(limit: usual)
  }

  /// Keeps what a run told of an async function.
  package func learn(_ gate: GateTuner, of key: Key) { gates.withLock { $0[key] = gate } }

  /// Keeps what a run told of a function.
  package func learn(_ learned: CallTuner.Learned, of key: Key) {
    entries.withLock { $0[key] = Entry(learned: learned) }
  }
}

/// Whether an engine adapts batch sizes and concurrency while it runs.
public enum Tuning: String, Sendable, Hashable {
  /// Options are what functions, the engine and the built-in values say.
  case fixed
  /// Where neither a function nor the engine states a batch size or a concurrency, they follow what
  /// calls are measured to cost. Results are the same.
  case automatic
}
