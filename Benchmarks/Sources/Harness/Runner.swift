/// Runs suites: every contender once to warm up and to check it, then all of a group in turns, in
/// another order each round.
public struct Runner {
  /// Rounds of a group go on for so long, and at least for five rounds.
  var seconds: Double
  /// Only groups that have this in their name or in that of a case.
  var only: String?
  let peers: PeerPool?

  static let fewestRounds = 5
  static let mostRounds = 201

  /// A runner.
  ///
  /// - Parameters:
  ///   - peers: the Python to run peers with and the script; nil leaves them out.
  public init(
    seconds: Double = 2, only: String? = nil, peers: (python: String, script: String)? = nil
  ) {
    self.seconds = seconds
    self.only = only
    self.peers = peers.map { PeerPool(python: $0.python, script: $0.script) }
  }

  /// Runs a suite; a wrong result is an error.
  public func run(_ suite: Suite) throws -> SuiteResult {
    var results: [CaseResult] = []
    for group in suite.groups {
      let content = try group.make()
      if let only, !group.name.contains(only),
        !content.cases.contains(where: { $0.name.contains(only) })
      {
        continue
      }
      results += try run(content)
    }
    return SuiteResult(suite: suite.name, notes: suite.notes, cases: results)
  }

  private func run(_ content: Group.Content) throws -> [CaseResult] {
    let contenders = content.contenders.filter { $0.peer == nil || peers != nil }
    var times = [Times](repeating: Times(), count: contenders.count)
    for contender in contenders { _ = try time(contender) }
    let start = Clock.nanoseconds()
    // Shuffled each round: who always came after the same one would have its caches and its sleeping
    // threads in the figure.
    var turns = Array(contenders.indices)
    var random = TurnOrder()
    while goesOn(round: times.first?.count ?? Self.mostRounds, since: start) {
      turns.shuffle(using: &random)
      for k in turns { times[k].add(try time(contenders[k])) }
    }
    let byKey = Dictionary(
      zip(contenders.map(\.key), times), uniquingKeysWith: { first, _ in first })
    return content.cases.compactMap { CaseResult($0, byKey) }
  }

  private func goesOn(round: Int, since start: UInt64) -> Bool {
    if round < Self.fewestRounds { return true }
    return round < Self.mostRounds && Double(Clock.nanoseconds() - start) < seconds * 1e9
  }

  private func time(_ contender: Contender) throws -> Double {
    do {
      if let peer = contender.peer { return try peers?.time(peer) ?? 0 }
      return try contender.run()
    } catch {
      throw CheckFailure("\(contender.key): \(error)")
    }
  }
}

/// The same shuffles in every run: splitmix64.
private struct TurnOrder: RandomNumberGenerator {
  private var state: UInt64 = 0

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }
}
