/// A small random number generator whose whole sequence follows from its seed (SplitMix64).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  /// What the sequence was started with: print it when a test fails.
  public let seed: UInt64
  private var state: UInt64

  /// A generator that gives the same numbers for the same seed.
  public init(seed: UInt64) {
    self.seed = seed
    state = seed
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// True with that probability.
  public mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &self) < probability
  }

  /// A whole number from the range.
  public mutating func int(in range: Range<Int>) -> Int { Int.random(in: range, using: &self) }

  /// One of the elements, which must not be empty.
  public mutating func pick<T>(_ choices: [T]) -> T { choices[int(in: 0..<choices.count)] }
}
