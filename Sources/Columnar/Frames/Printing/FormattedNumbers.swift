#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A number as short text for a table, about `digits` significant digits long.
///
/// A value that has no more digits than that is shown as it is (`1.5`, `25000.0`, `1e-10`), so that
/// reading the text gives the value back. A rounded one shows all its digits, zeros too:
/// `0.333333`, and `1.000000` for 0.9999999, which is not 1. Digits before the point are never
/// rounded away below 1e15, and at least two after it are kept.
package func formatted(double value: Double, significantDigits digits: Int = 6) -> String {
  formatted(value, shortest: value.description, digits: digits)
}

/// A number as short text for a table; as `formatted(double:)`, but 0.1 is `0.1` also as a Float.
package func formatted(float value: Float, significantDigits digits: Int = 6) -> String {
  formatted(Double(value), shortest: value.description, digits: digits)
}

private func formatted(_ value: Double, shortest: String, digits: Int) -> String {
  guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-inf" : "inf" }
  guard value != 0 else { return value.sign == .minus ? "-0.0" : "0.0" }
  let decimal = DecimalDigits(shortest)
  let significant = max(digits, 1)
  guard (-4..<15).contains(decimal.exponent) else {
    if decimal.digits.count <= significant { return decimal.scientific }
    return rounded(value, format: "%.*e", places: significant - 1)
  }
  let places =
    decimal.exponent < 0
    ? significant - 1 - decimal.exponent : max(significant - 1 - decimal.exponent, 2)
  if decimal.digits.count - 1 - decimal.exponent <= places { return decimal.fixed }
  return rounded(value, format: "%.*f", places: places)
}

/// Rounds correctly by the C library and lays the result out without regard to its locale.
private func rounded(_ value: Double, format: String, places: Int) -> String {
  let buffer = [CChar](unsafeUninitializedCapacity: 400 + places) { buffer, count in
    count = withVaList([CInt(places), value]) {
      Int(vsnprintf(buffer.baseAddress, buffer.count, format, $0))
    }
  }
  let text = String(decoding: buffer.map(UInt8.init(bitPattern:)), as: UTF8.self)
  guard let mark = text.firstIndex(of: "e") else { return pointed(text[...]) }
  let exponent = Int(text[text.index(after: mark)...]) ?? 0
  return pointed(text[..<mark]) + "e\(exponent)"
}

/// The number with a point as its decimal mark, whatever the locale made it.
private func pointed(_ text: Substring) -> String {
  String(text.map { $0.isASCII && ($0.isNumber || $0 == "-") ? $0 : "." })
}

/// The decimal digits that Swift's description of a number consists of.
private struct DecimalDigits {
  var negative: Bool
  /// Digits without leading and trailing zeros, at least one.
  var digits: String
  /// The power of ten of the first digit.
  var exponent: Int

  /// Reads a description such as `25000.0`, `1e-05` or `-1.5e+300`.
  init(_ description: String) {
    let parts = description.drop { $0 == "-" }.split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let all = mantissa.joined()
    let leadingZeros = all.prefix { $0 == "0" }.count
    negative = description.first == "-"
    digits = String(all.dropFirst(leadingZeros))
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    exponent = mantissa[0].count - 1 - leadingZeros + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
  }

  private var sign: String { negative ? "-" : "" }

  /// All digits with a point: `0.00015`, `25000.0`.
  var fixed: String {
    if exponent < 0 { return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits }
    let whole = digits.prefix(exponent + 1)
    let zeros = String(repeating: "0", count: exponent + 1 - whole.count)
    let fraction = digits.dropFirst(exponent + 1)
    return sign + whole + zeros + "." + (fraction.isEmpty ? "0" : fraction)
  }

  /// All digits with an exponent: `1e-10`, `1.5e300`.
  var scientific: String {
    let fraction = digits.dropFirst()
    return sign + digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction) + "e\(exponent)"
  }
}
