import Columnar

extension Advice {
  /// The decision tree of every node, with the branch taken marked; nodes of nested pipelines stand
  /// within those.
  public var description: String {
    var lines = [title]
    for branch in tree {
      lines.append("")
      lines += branch.lines
    }
    if !warnings.isEmpty {
      lines.append("")
      lines += warnings.map(\.description)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A node, or a nested pipeline with its nodes.
  fileprivate struct Branch {
    let path: String
    /// What it is called where it stands.
    let name: String
    var advice: NodeAdvice?
    var inner: [Branch] = []

    var lines: [String] {
      guard !inner.isEmpty else { return advice?.lines(name) ?? [] }
      var lines = ["\(name): \(advice?.summary ?? "pipeline")"]
      for (k, branch) in inner.enumerated() {
        let isLast = k == inner.count - 1
        for (number, line) in branch.lines.enumerated() {
          lines.append(
            (number == 0 ? isLast ? "└─ " : "├─ " : isLast ? "   " : "│  ") + line)
        }
      }
      return lines
    }

    /// Adds a node below those nested pipelines, the outermost first.
    mutating func add(_ node: NodeAdvice, within paths: ArraySlice<String>) {
      inner.add(node, within: paths, after: path + "/")
    }
  }

  private var tree: [Branch] {
    var tree: [Branch] = []
    for node in nodes {
      let paths = nested.filter { node.node.hasPrefix($0 + "/") }.sorted { $0.count < $1.count }
      tree.add(node, within: paths[...], after: "")
    }
    return tree
  }
}

extension [Advice.Branch] {
  fileprivate mutating func add(
    _ node: NodeAdvice, within paths: ArraySlice<String>, after prefix: String
  ) {
    func name(_ path: String) -> String { String(path.dropFirst(prefix.count)) }
    guard let path = paths.first else {
      return append(.init(path: node.node, name: name(node.node), advice: node))
    }
    let known = firstIndex { $0.path == path }
    if known == nil { append(.init(path: path, name: name(path))) }
    self[known ?? count - 1].add(node, within: paths.dropFirst())
  }
}

extension NodeAdvice {
  /// The node's tree.
  fileprivate func lines(_ name: String) -> [String] {
    var lines = ["\(name): \(summary)"]
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
