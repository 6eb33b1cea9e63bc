import ColumnarCore
import Glibc

/// Runs a property over many seeds.
///
/// `COLUMNAR_SEED=n` in the environment runs the one seed that a failure printed.
public enum PropertyTest {
  /// Calls `body` with a fresh generator for each of `count` seeds from `first` on.
  public static func seeds(
    _ count: Int, from first: UInt64 = 1, _ body: (inout ColumnGenerator) throws -> Void
  ) rethrows {
    if let text = getenv("COLUMNAR_SEED"), let seed = UInt64(String(cString: text)) {
      var generator = ColumnGenerator(seed: seed)
      return try body(&generator)
    }
    for seed in first..<(first + UInt64(count)) {
      var generator = ColumnGenerator(seed: seed)
      try body(&generator)
    }
  }
}
