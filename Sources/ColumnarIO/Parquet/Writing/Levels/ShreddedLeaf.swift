import ColumnarCore

/// What a page or a chunk says about where its values stand: one level for all, a bit, or a byte
/// each.
enum WriteLevels: Sendable {
  case uniform(UInt8)
  /// The greatest level where a bit is set, else the one below it.
  case bits(Bitmap)
  case bytes(Buffer)
}

/// The rows of one leaf of a row group: its values without nulls, and the levels that say where
/// they stand.
struct ShreddedLeaf: Sendable {
  let leaf: ParquetWriteLeaf
  /// The number of rows.
  let rowCount: Int
  /// The number of levels: values, nulls, and lists that are empty or null.
  let count: Int
  /// The values that are there, plain or dictionary-coded.
  let values: Column
  let definitions: WriteLevels
  /// A byte each; nil where there is no list around.
  let repetitions: Buffer?

  /// The number of values among the levels of `range`.
  func valueCount(_ range: Range<Int>) -> Int {
    switch definitions {
    case .uniform(let level): return Int(level) == leaf.definition ? range.count : 0
    case .bits(let bits): return bits.slice(range).setCount
    case .bytes(let levels):
      let greatest = UInt8(truncatingIfNeeded: leaf.definition)
      let bytes = levels.pointer(as: UInt8.self)
      var total = 0
      for k in range { total &+= bytes[k] == greatest ? 1 : 0 }
      withExtendedLifetime(levels.owner) {}
      return total
    }
  }
}

extension ShreddedLeaf {
  /// Appends the definition levels of `range`.
  func appendDefinitions(_ range: Range<Int>, to bytes: inout MutableBuffer) {
    let width = leaf.definition.levelWidth
    switch definitions {
    case .uniform(let level):
      HybridEncoder.append(repeating: UInt32(level), range.count, width: width, to: &bytes)
    case .bits(let bits): HybridEncoder.append(bits.slice(range), to: &bytes)
    case .bytes(let levels):
      HybridEncoder.append(
        levels.pointer(as: UInt8.self) + range.lowerBound, range.count, width: width, to: &bytes)
      withExtendedLifetime(levels.owner) {}
    }
  }

  /// Appends the repetition levels of `range`, if there are any.
  func appendRepetitions(_ range: Range<Int>, to bytes: inout MutableBuffer) {
    guard let repetitions else { return }
    HybridEncoder.append(
      repetitions.pointer(as: UInt8.self) + range.lowerBound, range.count,
      width: leaf.repetition.levelWidth, to: &bytes)
    withExtendedLifetime(repetitions.owner) {}
  }
}

extension Int {
  /// The bits that levels up to this one take.
  fileprivate var levelWidth: Int { Int.bitWidth - leadingZeroBitCount }
}
