/// Numbers that are the same in every run and in `peers/peers.py`.
enum Generated {
  /// The splitmix64 generator: number `row` of series `seed`.
  static func bits(_ seed: UInt64, _ row: Int) -> UInt64 {
    var z = seed &+ (UInt64(row) &+ 1) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }

  /// `count` values made of the bits of series `seed`.
  static func array<Value>(
    _ seed: UInt64, _ count: Int, _ make: (UInt64) -> Value
  ) -> [Value] {
    [Value](unsafeUninitializedCapacity: count) { target, filled in
      for row in 0..<count { target.initializeElement(at: row, to: make(bits(seed, row))) }
      filled = count
    }
  }

  /// Halves from -500 to 500: sums of them are exact in any order.
  static func halves(_ seed: UInt64, _ count: Int) -> [Double] {
    array(seed, count) { Double(Int($0 % 2001) - 1000) / 2 }
  }
}
