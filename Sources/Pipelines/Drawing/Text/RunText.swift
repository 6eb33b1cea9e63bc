/// The figures of a run as drawings print them.
enum RunText {
  /// The lines for one node; `total` is the time of the whole run.
  static func lines(_ node: RunOverlay.Node, total: Duration) -> [String] {
    var first = [duration(node.duration)]
    if total > .zero {
      let share = Int((seconds(node.duration) / seconds(total) * 100).rounded())
      first.append("\(share)%")
    }
    var lines = [first.joined(separator: " · ")]
    let calls = node.calls == 1 ? "1 call" : "\(grouped(node.calls)) calls"
    let rows = node.rows == 1 ? "1 row" : "\(grouped(node.rows)) rows"
    lines.append("\(rows) · \(calls)")
    if node.cached > 0 { lines.append("\(grouped(node.cached)) cached") }
    return lines
  }

  /// What failed, if anything did.
  static func failures(_ node: RunOverlay.Node) -> String? {
    node.failed > 0 ? "\(grouped(node.failed)) failed" : nil
  }

  static func seconds(_ duration: Duration) -> Double {
    let parts = duration.components
    return Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
  }

  /// A time to three digits in the unit that suits it.
  static func duration(_ duration: Duration) -> String {
    let time = seconds(duration)
    if time >= 90 {
      let whole = Int(time.rounded())
      return "\(whole / 60) min \(whole % 60) s"
    }
    for (unit, scale) in [("s", 1.0), ("ms", 1e3), ("µs", 1e6)] where time * scale >= 1 {
      return "\(digits(time * scale)) \(unit)"
    }
    return time <= 0 ? "0 s" : "\(digits(time * 1e9)) ns"
  }

  private static func digits(_ value: Double) -> String {
    let places = value >= 99.95 ? 1.0 : value >= 9.995 ? 10.0 : 100.0
    return PlainNumber.text((value * places).rounded() / places)
  }

  /// A number with its thousands apart.
  static func grouped(_ number: Int) -> String {
    var result = ""
    let digits = String(number.magnitude)
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return number < 0 ? "-" + result : result
  }
}

/// Numbers as SVG and JSON take them: at most two places, the same on every machine.
enum PlainNumber {
  static func text(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let hundredths = Int((value * 100).rounded())
    let sign = hundredths < 0 ? "-" : ""
    let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    if rest == 0 { return "\(sign)\(whole)" }
    if rest % 10 == 0 { return "\(sign)\(whole).\(rest / 10)" }
    return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }
}
