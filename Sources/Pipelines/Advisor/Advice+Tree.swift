import Columnar

extension Advice {
  /// The decision tree of every node, with the branch taken marked.
  public var description: String {
    var lines = [title]
    for node in nodes {
      lines.append("")
      lines += node.lines
    }
    if !warnings.isEmpty {
      lines.append("")
      lines += warnings.map(\.description)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension NodeAdvice {
  /// The node's tree.
  fileprivate var lines: [String] {
    var lines = ["\(node): \(summary)"]
    for question in questions {
      lines.append("├─ \(question.text)")
      lines.append("│  \(question.evidence)")
      lines.append("│  ├─ \(branch("YES", question.yes, isTaken: question.isYes))")
      lines.append("│  └─ \(branch("NO ", question.no, isTaken: !question.isYes))")
    }
    for (option, reason) in choices { lines.append("├─ \(option): \(reason)") }
    for gap in gaps { lines.append("├─ not measured: \(gap)") }
    if let last = lines.lastIndex(where: { $0.hasPrefix("├─") }), last > 0 {
      lines[last] = "└─" + lines[last].dropFirst(2)
      for k in lines.indices where k > last && lines[k].hasPrefix("│") {
        lines[k] = " " + lines[k].dropFirst()
      }
    }
    return lines
  }

  private func branch(_ answer: String, _ text: String, isTaken: Bool) -> String {
    "\(answer) → \(text)\(isTaken ? "  ◀" : "")"
  }
}
