extension Int128 {
  /// Its bytes from the highest down, no more than it needs: as decimals are written that no integer
  /// of Parquet holds.
  @inline(__always)
  func withLeastBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    let spare = (self < 0 ? (~self).leadingZeroBitCount : leadingZeroBitCount) - 1
    return try withUnsafeBytes(of: bigEndian) {
      try body(UnsafeRawBufferPointer(rebasing: $0[(spare / 8)...]))
    }
  }
}
