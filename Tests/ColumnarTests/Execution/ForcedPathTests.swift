import ColumnarTesting
import Glibc
import Testing

@testable import Columnar
@testable import ColumnarCore

/// Random queries under every configuration, held against the oracle: batch sizes, threads,
/// optimizer rules.
///
/// `COLUMNAR_SEED=n` runs one seed, `COLUMNAR_TIER=large` many more.
@Suite struct ForcedPathTests {
  struct Configuration: CustomStringConvertible {
    var batchRows = 8192
    var threads = 2
    var disabled: Set<String> = []

    var description: String {
      "batches of \(batchRows), \(threads) threads, without \(disabled.sorted())"
    }
    var engine: ColumnarEngine {
      ColumnarEngine(threads: threads, batchRows: batchRows, disabledRules: disabled)
    }
  }

  static let ruleSets: [Set<String>] = [[], ["all"]] + Optimizer.rules.map { [$0.name] }

  static let matrix: [Configuration] = [1, 3, 7, 8192].flatMap { batchRows in
    [1, 2, 4].flatMap { threads in
      ruleSets.map { Configuration(batchRows: batchRows, threads: threads, disabled: $0) }
    }
  }

  static var isLarge: Bool { getenv("COLUMNAR_TIER").map { String(cString: $0) } == "large" }

  static func seeds(_ everyday: Int, _ large: Int) -> ClosedRange<UInt64> {
    if let text = getenv("COLUMNAR_SEED"), let seed = UInt64(String(cString: text)) {
      return seed...seed
    }
    return 1...UInt64(isLarge ? large : everyday)
  }

  /// Runs a query under one configuration and says what is wrong with the result.
  private func check(_ query: RandomQuery, _ configuration: Configuration, _ seed: UInt64) {
    let what = { "seed \(seed), \(configuration):\n\(query.text.joined(separator: "\n"))" }
    do {
      let result = try query.frame.collect(on: configuration.engine)
      // A row that fails may be one that the optimizer leaves out.
      guard let expected = query.expected else { return }
      let problem = RowTable(result).difference(
        from: expected, ordered: query.isOrdered, inexact: query.inexact)
      if let problem { Issue.record("\(problem); \(what())") }
    } catch {
      if query.expected == nil, let error = error as? ColumnarError,
        [.overflow, .invalidValue].contains(error.code)
      {
        return
      }
      Issue.record("\(error); \(what())")
    }
  }

  @Test(arguments: FrameGenerator.Shape.allCases)
  func wholeMatrix(_ shape: FrameGenerator.Shape) {
    for seed in Self.seeds(3, 20) {
      let query = RandomQuery(seed: seed &* 1000, shape: shape)
      for configuration in Self.matrix { check(query, configuration, seed) }
    }
  }

  @Test func manyQueries() {
    for seed in Self.seeds(500, 10_000) {
      let query = RandomQuery(seed: seed)
      var random = SeededGenerator(seed: seed)
      for _ in 0..<4 { check(query, random.pick(Self.matrix), seed) }
    }
  }
}
