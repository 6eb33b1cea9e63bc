/// Counts, times and rates as people read them.
package enum FigureText {
  /// "1 item", "5000 items", "2 batches".
  package static func count(_ count: Int, _ noun: String) -> String {
    let plural = noun.hasSuffix("ch") ? "es" : "s"
    return "\(count) \(noun)\(count == 1 ? "" : plural)"
  }

  /// Milliseconds with one place.
  package static func milliseconds(_ duration: Duration) -> String {
    tenths(duration / .milliseconds(1))
  }

  /// "310 us", "1.2 ms", "45 ms", "3.1 s", "2 min 05 s", "1 h 02 min".
  package static func duration(_ duration: Duration) -> String {
    let seconds = max(0, duration / .seconds(1))
    switch seconds {
    case ..<0.000_999_5: return "\(whole(seconds * 1e6)) us"
    case ..<0.009_95: return "\(tenths(seconds * 1e3)) ms"
    case ..<0.999_5: return "\(whole(seconds * 1e3)) ms"
    case ..<59.95: return "\(tenths(seconds)) s"
    case ..<3_599.5: return pair(whole(seconds), "min", "s")
    case ..<359_999: return pair(whole(seconds / 60), "h", "min")
    default: return "\(whole(seconds / 3_600)) h"
    }
  }

  /// "950", "12.3 k", "1.5 M": a count in few columns.
  package static func short(_ count: Double) -> String {
    switch count {
    case ..<999.5: whole(count).description
    case ..<999_950: "\(tenths(count / 1e3)) k"
    case ..<999_950_000: "\(tenths(count / 1e6)) M"
    default: "\(tenths(min(count / 1e9, 1e9))) G"
    }
  }

  /// The digits of a count in groups of three.
  package static func grouped(_ count: Int) -> String {
    var text = ""
    let digits = count.magnitude.description
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (count < 0 ? "-" : "") + text
  }

  private static func pair(_ count: Int, _ large: String, _ small: String) -> String {
    let rest = count % 60
    return "\(count / 60) \(large) \(rest < 10 ? "0" : "")\(rest) \(small)"
  }

  private static func tenths(_ value: Double) -> String {
    let count = whole(value * 10)
    return "\(count / 10).\(count % 10)"
  }

  private static func whole(_ value: Double) -> Int {
    value.isFinite ? Int(min(max(0, value.rounded()), 9e15)) : 0
  }
}
