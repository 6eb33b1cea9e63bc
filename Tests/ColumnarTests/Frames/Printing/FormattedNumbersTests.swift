import Testing

@testable import Columnar

@Suite struct FormattedNumbersTests {
  private static let doubles: [(Double, String)] = [
    (0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (1.5, "1.5"), (-2.25, "-2.25"), (25_000, "25000.0"),
    (1.0 / 3, "0.333333"), (-2.0 / 3, "-0.666667"), (100.0 / 3, "33.3333"), (0.1 + 0.2, "0.300000"),
    (0.1, "0.1"), (1e-10, "1e-10"), (0.0001, "0.0001"), (0.00001, "1e-5"),
    (0.00012345, "0.00012345"),
    (1.0 / 30_000, "3.33333e-5"), (1.0 / 3_000, "0.000333333"), (0.9999999, "1.000000"),
    (1_234_567.891, "1234567.89"), (123_456.789, "123456.79"), (1_234_567.5, "1234567.5"),
    (1_000_000, "1000000.0"), (123_456_789_012_345, "123456789012345.0"), (1e15, "1e15"),
    (1.5e300, "1.5e300"), (-1e300 / 3, "-3.33333e299"), (.leastNonzeroMagnitude, "5e-324"),
    (9.999996, "10.00000"),
    (.infinity, "inf"), (-.infinity, "-inf"), (.nan, "NaN"), (-.nan, "NaN"),
    (.greatestFiniteMagnitude, "1.79769e308"),
  ]

  @Test(arguments: doubles)
  func double(value: Double, expected: String) {
    #expect(formatted(double: value) == expected)
  }

  private static let floats: [(Float, String)] = [
    (0.1, "0.1"), (1.0 / 3, "0.333333"), (16_777_216, "16777216.0"), (1e-20, "1e-20"),
    (.infinity, "inf"), (3.4028235e38, "3.40282e38"),
  ]

  @Test(arguments: floats)
  func float(value: Float, expected: String) {
    #expect(formatted(float: value) == expected)
  }

  @Test func digitsCanBeChosen() {
    #expect(formatted(double: .pi, significantDigits: 3) == "3.14")
    #expect(formatted(double: .pi, significantDigits: 12) == "3.14159265359")
    #expect(formatted(double: 2.0 / 3, significantDigits: 0) == "0.7")
  }

  /// A text shorter than full precision gives the value back, a rounded one is within its last digit.
  @Test func textIsHonest() throws {
    var bits: UInt64 = 42
    for _ in 0..<20_000 {
      bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: bits)
      guard value.isFinite else { continue }
      try check(value)
      try check((value.significand * 1_000).rounded() / 100)
      try check(value.significand * 1e5)
    }
  }

  private func check(_ value: Double) throws {
    let text = formatted(double: value)
    let read = try #require(Double(text), "\(value) gives \(text)")
    #expect(read == value || abs(read - value) <= abs(value) * 0.5e-5, "\(value) gives \(text)")
    let digits = text.prefix { $0 != "e" }.filter(\.isNumber).drop { $0 == "0" }
    #expect(read == value || digits.count >= 6, "\(value) gives \(text)")
  }
}
