/// The options a function runs with, each with the level that decided it.
package struct EffectiveOptions: Sendable {
  /// Where a value came from.
  package enum Source: String, Sendable {
    case node, engine
    case builtIn = "built-in"
  }

  package struct Entry<Value: Sendable>: Sendable {
    package let value: Value
    package let source: Source
  }

  package let batchSize: Entry<Int?>
  package let maxConcurrency: Entry<Int?>
  package let contract: Entry<UDFOptions.Contract>

  /// Resolves key by key: node over engine over built-in.
  package init(node: UDFOptions, engine: UDFOptions) {
    func resolve<Value: Sendable>(
      _ key: KeyPath<UDFOptions, Value?>, builtIn: Value?
    ) -> Entry<Value?> {
      if let value = node[keyPath: key] { return Entry(value: value, source: .node) }
      if let value = engine[keyPath: key] { return Entry(value: value, source: .engine) }
      return Entry(value: builtIn, source: .builtIn)
    }
    let contract = resolve(\.contract, builtIn: .pure)
    self.contract = Entry(value: contract.value ?? .pure, source: contract.source)
    batchSize = resolve(\.batchSize, builtIn: nil)
    maxConcurrency = resolve(\.maxConcurrency, builtIn: nil)
  }

  /// The slots of a function on an engine of `threads` compute threads.
  package func slots(threads: Int) -> Int {
    contract.value == .ordered ? 1 : maxConcurrency.value ?? threads
  }

  /// The options as `explain` prints them.
  package func text(threads: Int) -> String {
    let size = batchSize.value.map { "\($0)" } ?? "as it comes"
    let slots = maxConcurrency.value.map { "\($0)" } ?? "\(threads) threads"
    return "batchSize \(size) (\(batchSize.source.rawValue)), "
      + "maxConcurrency \(slots) (\(maxConcurrency.source.rawValue)), "
      + "contract \(contract.value.rawValue) (\(contract.source.rawValue))"
  }
}
