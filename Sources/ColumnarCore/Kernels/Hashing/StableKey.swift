/// 128 bits that stand for values: the same in every process, on every machine and in every
/// version.
package struct StableKey: Hashable, BitwiseCopyable, Sendable {
  package var low: UInt64
  package var high: UInt64

  package init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// The key of some texts, each told from its neighbours.
  package init(_ parts: [String]) {
    var hash = StableHash(seed: StableKey(low: 0, high: 0))
    hash.absorb(UInt64(parts.count), 0)
    for part in parts { hash.absorb(text: part) }
    self = hash.finish()
  }

  /// 32 digits.
  package var text: String {
    [high, low].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
