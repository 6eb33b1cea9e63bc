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

extension BoundInputs {
  /// The same inputs with counted states, also for those that the nodes hold by handle.
  func counting(_ counted: CountedStates, of nodes: [NodeDefinition]) -> BoundInputs {
    var copy = self
    for (name, value) in values {
      switch value {
      case .state(let factory): copy.values[name] = .state(counted.counting(factory))
      case .constant(let column, let factory?):
        copy.values[name] = .constant(column, counted.counting(factory))
      default: break
      }
    }
    for parameter in nodes.flatMap(\.parameters) {
      guard case .state(let factory) = parameter.source else { continue }
      let id = ObjectIdentifier(factory)
      copy.states[id] = counted.counting(states[id] ?? factory)
    }
    return copy
  }
}
