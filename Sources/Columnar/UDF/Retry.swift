/// How often a failed call is made again, and after what pause.
///
/// A row function's row is called again by itself; so is a batch function's batch, and where the
/// function is declared elementwise each row that still fails. Only functions whose contract is
/// `.pure` are called again.
///
/// What a failed call did stays done: a closure that throws should leave its state, and what it has
/// shared with others, as it was.
public struct Retry: Sendable, Hashable {
  /// The most calls per row or batch, the first one included.
  public var attempts: Int
  /// The pause before the second call.
  public var backoff: Duration
  /// By how much each further pause is longer than the one before.
  public var multiplier: Double
  /// The longest pause.
  public var maxBackoff: Duration
  /// Which part of each pause is random, so that many calls don't come again all at once.
  public var jitter: Double
  private let condition: Condition?

  /// Up to `attempts` calls in all.
  ///
  /// - Parameters:
  ///   - attempts: the most calls, the first one included.
  ///   - backoff: the pause before the second call.
  ///   - multiplier: by how much each further pause is longer.
  ///   - maxBackoff: the longest pause.
  ///   - jitter: which part of a pause is random, from 0 to 1.
  ///   - condition: whether to call again after this error; without one, after every error.
  public init(
    attempts: Int, backoff: Duration = .milliseconds(100), multiplier: Double = 2,
    maxBackoff: Duration = .seconds(30), jitter: Double = 0.5,
    when condition: (@Sendable (any Error) -> Bool)? = nil
  ) {
    self.attempts = attempts
    self.backoff = backoff
    self.multiplier = multiplier
    self.maxBackoff = maxBackoff
    self.jitter = jitter
    self.condition = condition.map(Condition.init)
  }

  /// Whether a call that failed for the `failures`th time is made again.
  package func allows(_ failures: Int, after error: any Error) -> Bool {
    failures < attempts && condition.map { $0.test(error) } ?? true
  }

  /// The pause after the `failures`th failure, in nanoseconds.
  package func pause(after failures: Int, random: Double = .random(in: 0..<1)) -> UInt64 {
    let longest = min(maxBackoff / .nanoseconds(1), 1e18)
    var pause = backoff / .nanoseconds(1)
    var further = failures - 1
    while further > 0, pause > 0, pause < longest, multiplier > 1 {
      pause *= multiplier
      further -= 1
    }
    return UInt64(max(0, min(pause, longest) * (1 - jitter * random)))
  }

  /// A closure with an identity, so that options can be compared.
  private final class Condition: Sendable, Hashable {
    let test: @Sendable (any Error) -> Bool

    init(_ test: @escaping @Sendable (any Error) -> Bool) { self.test = test }

    static func == (a: Condition, b: Condition) -> Bool { a === b }

    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
  }
}
