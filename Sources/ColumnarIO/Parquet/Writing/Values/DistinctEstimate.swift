import ColumnarCore
import Glibc

/// How many different values there are, guessed from some of them.
enum DistinctEstimate {
  private static let sampleSize = 1 << 14

  /// The number of different values of a column without nulls; exact where there are few rows, and
  /// as if all were equally frequent where there are many.
  static func count(_ column: Column, _ stored: StoredValues) -> Double {
    let keys = column.keyBits(stored)
    let sample = keys.count <= 2 * sampleSize ? keys : keys.taking(rows(keys.count))
    let table = GroupTable(keyTypes: [keys.type])
    _ = table.assign([sample])
    guard sample.count < keys.count else { return Double(table.groupCount) }
    return estimate(
      found: Double(table.groupCount), in: Double(sample.count), of: Double(keys.count))
  }

  /// Rows from all over, at uneven distances, so that no pattern in the values goes with theirs.
  private static func rows(_ count: Int) -> RowIndices {
    let memory = MutableBuffer(count: sampleSize * 4)
    let target = memory.pointer(as: Int32.self)
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    let step = Double(count) / Double(sampleSize)
    for k in 0..<sampleSize {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let shift = Double(state >> 40) / Double(1 << 24)
      let row = min(count - 1, Int((Double(k) + shift) * step))
      target[k] = Int32(truncatingIfNeeded: row)
    }
    return RowIndices(buffer: memory.freeze(), count: sampleSize)
  }

  /// Of D values drawn s times, D (1 - e^(-s / D)) are met: the D of which that is true.
  static func estimate(found: Double, in sample: Double, of count: Double) -> Double {
    guard found < sample * 0.999 else { return count }
    var (low, high) = (found, count)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if middle * (1 - exp(-sample / middle)) < found { low = middle } else { high = middle }
    }
    return min(high, count)
  }
}
