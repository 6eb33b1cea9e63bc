// Integer operations that give the wrapped result and a word whose top bit says that it is wrong.
// For sums and differences it is found by logic on the sign bits, which vectorises; an overflow
// flag per row does not.

@inline(__always)
func checkedSum<T: FixedWidthInteger>(_ a: T, _ b: T) -> (T, T) {
  let sum = a &+ b
  return (sum, T.isSigned ? (a ^ sum) & (b ^ sum) : (a & b) | ((a | b) & ~sum))
}

@inline(__always)
func checkedDifference<T: FixedWidthInteger>(_ a: T, _ b: T) -> (T, T) {
  let difference = a &- b
  return (
    difference,
    T.isSigned ? (a ^ b) & (a ^ difference) : (~a & b) | (~(a ^ b) & difference)
  )
}

@inline(__always)
func checkedProduct<T: FixedWidthInteger>(_ a: T, _ b: T) -> (T, T) {
  let (product, overflow) = a.multipliedReportingOverflow(by: b)
  return (product, 0 &- T(truncatingIfNeeded: overflow.bit))
}

/// Fails for a zero divisor, and for the least value by -1.
@inline(__always)
func checkedQuotient<T: FixedWidthInteger>(_ a: T, _ b: T) -> (T, T) {
  let (quotient, overflow) = a.dividedReportingOverflow(by: b)
  return (quotient, 0 &- T(truncatingIfNeeded: overflow.bit))
}

/// Fails for a zero divisor alone: the least value modulo -1 is 0.
@inline(__always)
func checkedRemainder<T: FixedWidthInteger>(_ a: T, _ b: T) -> (T, T) {
  let (rest, _) = a.remainderReportingOverflow(dividingBy: b)
  return (b == 0 ? 0 : rest, 0 &- T(truncatingIfNeeded: (b == 0).bit))
}
