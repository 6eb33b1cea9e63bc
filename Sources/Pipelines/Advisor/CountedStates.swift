import Columnar
import ColumnarCore

/// The states of a sample run, each counted and timed as it is made.
final class CountedStates: Sendable {
  /// The constructions of one state.
  struct Count: Sendable {
    let name: String
    let isShared: Bool
    var made = 0
    /// The nanoseconds of all constructions.
    var time = 0.0
    /// Constructions that had to be.
    var expected = 1
  }

  private let clock: any WorkClock
  private let counts = Monitor<[ObjectIdentifier: Count]>([:])
  /// By the original's identity, so that functions that share a state still do.
  private let counted = Monitor<[ObjectIdentifier: StateFactory]>([:])

  init(_ clock: any WorkClock) { self.clock = clock }

  /// A factory that makes what `factory` does, and is counted.
  func counting(_ factory: StateFactory) -> StateFactory {
    counted.withLock { counted in
      if let known = counted[ObjectIdentifier(factory)] { return known }
      let id = ObjectIdentifier(factory)
      let made = StateFactory(
        name: factory.name, isShared: factory.isShared, valueType: factory.valueType,
        make: { [counts, clock] in
          let (value, time) = try WorkTime.measuring(by: clock) { try factory.make() }
          counts.withLock { counts in
            counts[id]?.made += 1
            counts[id]?.time += time.wall
          }
          return value
        }, finish: factory.finish)
      counts.withLock { $0[id] = Count(name: factory.name, isShared: factory.isShared) }
      counted[id] = made
      counted[ObjectIdentifier(made)] = made
      return made
    }
  }

  /// Lets every worker of a function have its own.
  func expect(_ workers: Int, of function: UserFunction) {
    for id in ids(of: function) {
      counts.withLock { counts in
        guard let count = counts[id], !count.isShared else { return }
        counts[id]?.expected = max(count.expected, workers)
      }
    }
  }

  /// What the states of a function cost.
  func costs(of function: UserFunction) -> [NodeMeasurement.StateCost] {
    ids(of: function).compactMap { id in counts.withLock { $0[id] } }.map { count in
      .init(
        count.name, isShared: count.isShared,
        construction: count.time / Double(max(1, count.made)), made: count.made,
        expected: count.expected)
    }
  }

  private func ids(of function: UserFunction) -> [ObjectIdentifier] {
    let wanted = function.states.map { ObjectIdentifier($0) }
    return counted.withLock { counted in
      wanted.compactMap { id in
        counted.first { $0.key != id && ObjectIdentifier($0.value) == id }?.key
      }
    }
  }
}

extension CountedStates {
  /// The same function with counted states.
  func counting(_ function: UserFunction) -> UserFunction {
    guard !function.states.isEmpty else { return function }
    let parameters = function.parameters.map { parameter in
      parameter.state.map {
        UDFParameter(state: counting($0), isGivenForRun: parameter.isGivenForRun)
      } ?? parameter
    }
    return UserFunction(
      name: function.name, kind: function.kind, parameters: parameters,
      resultType: function.resultType, options: function.options,
      isElementwise: function.isElementwise, special: function.special, outputs: function.outputs,
      flaw: function.flaw, origin: function.origin, cacheIdentity: function.cacheIdentity,
      tuned: function.tuned, body: function.body, whole: function.whole)
  }
}
