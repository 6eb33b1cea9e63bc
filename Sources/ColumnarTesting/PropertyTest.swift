import ColumnarCore
import Glibc

/// Runs a property over many seeds.
///
/// In the environment, `COLUMNAR_SEED=n` runs the one seed that a failure printed, and
/// `COLUMNAR_SEEDS=k` runs k times as many seeds as usual.
public enum PropertyTest {
  /// Calls `body` with a fresh generator for each of `count` seeds from `first` on.
  public static func seeds(
    _ count: Int, from first: UInt64 = 1, _ body: (inout ColumnGenerator) throws -> Void
  ) rethrows {
    if let text = getenv("COLUMNAR_SEED"), let seed = UInt64(String(cString: text)) {
      var generator = ColumnGenerator(seed: seed)
      return try body(&generator)
    }
    let factor = getenv("COLUMNAR_SEEDS").flatMap { UInt64(String(cString: $0)) } ?? 1
    for seed in first..<(first + UInt64(count) * factor) {
      var generator = ColumnGenerator(seed: seed)
      try body(&generator)
    }
  }
}
