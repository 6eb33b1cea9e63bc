import Foundation

/// Results as text.
public enum Table {
  /// The results of a suite as a table, with its notes.
  public static func text(_ result: SuiteResult, _ machine: Machine) -> String {
    let head = ["case", "rows", "runs", "median ms", "min", "max", "target", "met"]
    let rows = result.cases.map { line in
      [
        line.name, "\(line.rows)", "\(line.times.count)", text(line.times.median),
        text(line.times.min), text(line.times.max), line.target ?? "",
        line.met.map { $0 ? "yes" : "NO" } ?? "",
      ]
    }
    let references = [""] + result.cases.map(references)
    let widths = head.indices.map { k in ([head] + rows).map { $0[k].count }.max() ?? 0 }
    let lines = zip([head] + rows, references).map { row, note in
      let cells = row.indices.map { k in
        (1...5).contains(k) ? right(row[k], widths[k]) : left(row[k], widths[k])
      }
      return trimmed(cells.joined(separator: "  ")) + (note.isEmpty ? "" : "\n    \(note)")
    }
    let title =
      "\(result.suite): \(machine.line), \(machine.threads) threads, version \(machine.version)"
    return ([title] + lines + result.notes.map { "Note: \($0)" }).joined(separator: "\n")
  }

  private static func references(_ line: CaseResult) -> String {
    line.references.map { reference in
      let ratio = line.ratios.first { $0.label == reference.label }?.ratio
      let times = ratio.map { String(format: " (%.2fx)", $0) } ?? ""
      return "\(reference.label) \(text(reference.milliseconds))\(times)"
    }.joined(separator: "  ")
  }

  /// A number of milliseconds with as many digits as are worth reading.
  static func text(_ milliseconds: Double) -> String {
    let digits = milliseconds >= 100 ? 1 : milliseconds >= 10 ? 2 : milliseconds >= 0.1 ? 3 : 4
    return String(format: "%.\(digits)f", milliseconds)
  }

  private static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func trimmed(_ text: String) -> String {
    String(text.reversed().drop { $0 == " " }.reversed())
  }
}
