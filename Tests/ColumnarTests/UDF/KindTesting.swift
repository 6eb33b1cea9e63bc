import ColumnarTesting

@testable import Columnar
@testable import ColumnarCore

/// What the tests of the kinds of functions share.
enum KindTesting {
  /// Batches of every size on one thread and on several, with the optimizer and without.
  static let engines: [ColumnarEngine] = [1, 3, 7, 8192].flatMap { rows in
    [1, 3].flatMap { threads in
      [[], ["all"]].map {
        ColumnarEngine(threads: threads, batchRows: rows, disabledRules: $0)
      }
    }
  }

  /// Four of them, by chance.
  static func some(_ random: inout SeededGenerator) -> [ColumnarEngine] {
    (0..<4).map { _ in random.pick(engines) }
  }

  static func name(_ engine: ColumnarEngine) -> String {
    let configuration = engine._configuration
    return "batches of \(configuration.batchRows), \(configuration.threads) threads, without "
      + "\(configuration.disabledRules)"
  }

  /// The rows of a frame as optional values, of which a column is made.
  static func ints(_ frame: DataFrame, _ name: String) throws -> [Int?] {
    Array(try frame[name, as: Int?.self])
  }
}
