/// One implementation that is timed: ours, a loop in C, or a peer in another process.
public struct Contender {
  /// What cases call it by, unique in its group.
  public let key: String
  /// Runs once, checks the result outside of the timed part, and gives the time in milliseconds.
  let run: () throws -> Double
  /// The process it runs in, if that is not this one.
  let peer: PeerCall?

  /// A contender of this process.
  ///
  /// - Parameters:
  ///   - scale: what to multiply the time by, where only a sample of the rows is run.
  ///   - body: what is timed; its result is freed outside of the timed part.
  ///   - check: throws if the result is wrong.
  public init<Output>(
    _ key: String, scale: Double = 1, _ body: @escaping () throws -> Output,
    check: @escaping (Output) throws -> Void
  ) {
    self.key = key
    peer = nil
    run = {
      let start = Clock.nanoseconds()
      let output = try body()
      let time = Clock.nanoseconds() - start
      try check(output)
      return Double(time) / 1e6 * scale
    }
  }

  /// A contender of another process; left out unless peers were asked for.
  public init(_ key: String, peer: PeerCall) {
    self.key = key
    self.peer = peer
    run = { throw CheckFailure("a peer was run in this process") }
  }
}

/// A result that is not as it should be, or a benchmark that could not be run.
public struct CheckFailure: Error, CustomStringConvertible {
  public let description: String

  /// A failure that says what is wrong.
  public init(_ description: String) { self.description = description }
}

/// Throws unless `actual` is `expected`.
public func expect<Value: Equatable>(
  _ actual: Value, _ expected: Value, _ what: @autoclosure () -> String
) throws {
  guard actual == expected else {
    throw CheckFailure("\(what()) is \(actual), but should be \(expected)")
  }
}
