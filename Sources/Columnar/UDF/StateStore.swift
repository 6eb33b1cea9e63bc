import ColumnarCore

/// The states of one query: lazily made, leased to one call at a time, finished once at its end.
package final class StateStore: Sendable {
  private let pools = Monitor<[ObjectIdentifier: StatePool]>([:])
  private let limits: Monitor<[ObjectIdentifier: Limit]> = Monitor([:])

  /// How many instances a state may have.
  private struct Limit {
    /// The calls of its functions that may be in flight.
    var calls = 1
    /// Further ones, for calls that keep theirs while another function, perhaps, asks for one.
    var held = 0

    var total: Int { calls + held }
  }

  package init() {}

  /// Lets the states of `function` have up to `slots` instances, also where there are some already.
  package func allow(_ function: UserFunction, slots: Int) {
    change(function.states) { $0.calls = max($0.calls, slots) }
  }

  /// Lets the states of `function` have `slots` instances more, for calls that keep them while their
  /// rows go on; until `release`.
  package func hold(_ function: UserFunction, slots: Int) {
    change(function.states) { $0.held += slots }
  }

  /// Those calls are over.
  package func release(_ function: UserFunction, slots: Int) {
    change(function.states) { $0.held -= slots }
  }

  private func change(_ factories: [StateFactory], _ body: (inout Limit) -> Void) {
    let ids = Set(factories.map { ObjectIdentifier($0) })
    for id in ids {
      let total = limits.withLock { limits in
        body(&limits[id, default: Limit()])
        return limits[id]?.total ?? 1
      }
      pools.withLock { $0[id] }?.setLimit(total)
    }
  }

  /// Calls `body` with an instance of each state, which no other call uses meanwhile unless it is
  /// shared.
  package func withStates<R>(
    _ factories: [StateFactory], for function: UserFunction, _ cancellation: Cancellation,
    _ body: ([Any]) throws -> R
  ) throws -> R {
    var leases: [(StatePool, Any)] = []
    defer { for (pool, value) in leases { pool.giveBack(value) } }
    // In one order everywhere, so that two functions that share two states cannot wait for each other.
    let ordered = factories.enumerated().sorted {
      ObjectIdentifier($0.element) < ObjectIdentifier($1.element)
    }
    var values = [Any?](repeating: nil, count: factories.count)
    for (position, factory) in ordered {
      if let twin = ordered.first(where: { $0.element === factory }),
        let value = values[twin.offset]
      {
        values[position] = value
        continue
      }
      let pool = pool(of: factory)
      do {
        let value = try pool.lease(cancellation)
        leases.append((pool, value))
        values[position] = value
      } catch let error as ColumnarError {
        throw error.code == .cancelled ? error : error.at(.node(function.name))
      }
    }
    // Making one may have taken so long that nobody waits for the call any more.
    try cancellation.check()
    return try body(values.compactMap { $0 })
  }

  /// Calls `finish` on every instance.
  ///
  /// Called once, when no call is in flight any more.
  package func finish() {
    let all = pools.withLock { pools in
      defer { pools = [:] }
      return Array(pools.values)
    }
    for pool in all { pool.finish() }
  }

  /// Lets a state be made again whose constructor failed; for a store that outlives a query.
  package func forgetFailures() {
    for pool in pools.withLock({ Array($0.values) }) { pool.forgetFailure() }
  }

  private func pool(of factory: StateFactory) -> StatePool {
    let id = ObjectIdentifier(factory)
    return pools.withLock { pools in
      if let pool = pools[id] { return pool }
      // Read in here, so that no change of it goes by between.
      let limit = limits.withLock { $0[id]?.total } ?? 1
      let pool = StatePool(factory, limit: limit)
      pools[id] = pool
      return pool
    }
  }
}

/// The instances of one state.
final class StatePool: Sendable {
  fileprivate struct Content {
    var limit: Int
    var idle: [Any] = []
    /// Instances made or being made.
    var live = 0
    var isMaking = false
    /// Every instance made, for `finish`.
    var made: [Any] = []
    /// What the last construction took, in nanoseconds, and when it ended.
    var constructionTime: UInt64 = 0
    var lastMade: UInt64 = 0
    /// What calls have waited for an instance since then, all together.
    var waited: UInt64 = 0
    var failure: ColumnarError?
  }

  private let factory: StateFactory
  private let content: Monitor<Content>

  init(_ factory: StateFactory, limit: Int) {
    self.factory = factory
    content = Monitor(Content(limit: factory.isShared ? 1 : limit))
  }

  /// Lets there be more instances, or makes no more of them; those there are stay.
  func setLimit(_ limit: Int) {
    guard !factory.isShared else { return }
    content.update { $0.limit = limit }
  }

  private enum Step {
    case use(Any)
    case make
    case fail(ColumnarError)
  }

  /// An instance for this call alone (or the shared one).
  ///
  /// The first call makes one. A later call that finds none idle waits; only when waiting has cost
  /// all calls together as much as making did is a further one made. So a short query makes one
  /// instance, a long one as many as may be, and neither loses more than a factor of two.
  func lease(_ cancellation: Cancellation) throws -> Any {
    let began = MonotonicClock.nanoseconds()
    while true {
      try cancellation.check()
      let step = content.wait(nanoseconds: pause(since: began)) { content in
        self.step(&content, since: began)
      }
      switch step {
      case .use(let value): return value
      case .fail(let error): throw error
      case .make: return try make()
      case nil: continue
      }
    }
  }

  private func step(_ content: inout Content, since began: UInt64) -> Step? {
    if let failure = content.failure { return .fail(failure) }
    if factory.isShared, let value = content.made.first { return .use(value) }
    let waiting = content.waiting(since: began)
    if let value = content.idle.popLast() {
      content.waited += waiting
      return .use(value)
    }
    guard content.live < content.limit, !content.isMaking else { return nil }
    guard content.live == 0 || content.waited + waiting >= content.constructionTime else {
      return nil
    }
    content.live += 1
    content.waited = 0
    content.isMaking = true
    return .make
  }

  /// How long to sleep before looking again: until waiting has cost as much as making, and not
  /// longer than cancellation should go unnoticed.
  private func pause(since began: UInt64) -> UInt64 {
    let (cost, waited) = content.withLock {
      ($0.constructionTime, $0.waited + $0.waiting(since: began))
    }
    return min(20_000_000, max(100_000, cost > waited ? cost - waited : 0))
  }

  private func make() throws -> Any {
    let began = MonotonicClock.nanoseconds()
    do {
      let value = try factory.make()
      content.update { content in
        content.made.append(value)
        content.isMaking = false
        content.lastMade = MonotonicClock.nanoseconds()
        content.constructionTime = content.lastMade - began
      }
      return value
    } catch {
      let failure = ColumnarError(
        .udf, "The state \"\(factory.name)\" could not be made: \(error).", underlying: error)
      content.update { content in
        content.live -= 1
        content.isMaking = false
        content.failure = failure
      }
      throw failure
    }
  }

  func giveBack(_ value: Any) {
    guard !factory.isShared else { return }
    content.update { $0.idle.append(value) }
  }

  func forgetFailure() { content.withLock { $0.failure = nil } }

  func finish() {
    let made = content.withLock { content in
      defer { content.made = [] }
      return content.made
    }
    for value in made { factory.finish(value) }
  }
}

extension StatePool.Content {
  /// What a call that came at `began` has waited since the last construction ended.
  fileprivate func waiting(since began: UInt64) -> UInt64 {
    let now = MonotonicClock.nanoseconds()
    let start = max(began, lastMade)
    return isMaking || now < start ? 0 : now - start
  }
}
