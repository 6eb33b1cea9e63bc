import ColumnarCore

extension LogicalPlan {
  /// The tree as indented lines.
  package func text(indent: Int) -> String {
    String(repeating: "  ", count: indent) + line + "\n"
      + children.map { $0.text(indent: indent + 1) }.joined()
  }

  private var line: String {
    let columns = children.flatMap(\.columns)
    let names = Dictionary(columns.map { ($0.id, $0.name) }, uniquingKeysWith: { a, _ in a })
    let name = { (id: ColumnID) in names[id] ?? "#\(id.raw)" }
    switch self {
    case .scan(let scan): return scanLine(scan)
    case .project(let project):
      return "Project [\(project.columns.map { $0.text(name) }.joined(separator: ", "))]"
    case .filter(let predicate, _): return "Filter \(predicate.text(name))"
    case .aggregate(let aggregate):
      let keys = aggregate.keys.map { $0.text(name) }.joined(separator: ", ")
      let values = aggregate.aggregates.map { $0.text(name) }
      return "Aggregate" + (keys.isEmpty ? "" : " by [\(keys)]")
        + " [\(values.joined(separator: ", "))]"
    case .join(let join):
      let keys = zip(join.leftKeys, join.rightKeys).map { "\($0.text(name)) == \($1.text(name))" }
      return "Join \(join.kind.rawValue) on [\(keys.joined(separator: ", "))]"
    case .sort(let sort):
      let keys = sort.keys.map {
        $0.expr.text(name) + ($0.descending ? " descending" : "")
          + ($0.nullsFirst ? " nulls first" : "")
      }
      return "Sort by [\(keys.joined(separator: ", "))]"
        + (sort.limit.map { " first \($0)" } ?? "")
    case .limit(let limit):
      return "Limit \(limit.count)" + (limit.offset > 0 ? " from row \(limit.offset)" : "")
    case .concat(let inputs, _): return "Concat \(inputs.count)"
    case .repartition(let repartition):
      let keys = repartition.keys.map { $0.text(name) }.joined(separator: ", ")
      return "Repartition \(repartition.count)" + (keys.isEmpty ? "" : " by [\(keys)]")
    case .mapPartitions: return "MapPartitions"
    case .call(let call): return "Call \(call.function.text(call.arguments, name))"
    case .expand(let expand): return "Expand \(expand.text(name))"
    case .mapLists(let map): return "Map lists \(map.text(name))"
    }
  }

  private func scanLine(_ scan: Scan) -> String {
    let names = Dictionary(scan.columns.map { ($0.id, $0.name) }, uniquingKeysWith: { a, _ in a })
    var line = "Scan \(scan.source.name) [\(scan.columnText(scan.columns))]"
    if let predicate = scan.predicate {
      line += " where \(predicate.text { names[$0] ?? "#\($0.raw)" })"
    }
    if let limit = scan.limit { line += " limit \(limit)" }
    return line
  }
}

extension LogicalPlan.Scan {
  /// Names of columns, with the fields that are read of those that some are left out of.
  package func columnText(_ columns: [BoundColumn]) -> String {
    columns.map { $0.name + (narrowed.contains($0.id) ? $0.type.fieldText : "") }
      .joined(separator: ", ")
  }
}

extension DataType {
  /// The names of the fields that a nested type has.
  fileprivate var fieldText: String {
    if let element { return element.fieldText }
    guard let fields else { return "" }
    return "{\(fields.map { $0.name + $0.type.fieldText }.joined(separator: ", "))}"
  }
}

extension LogicalPlan.Expand {
  /// What is expanded, and how, as `explain` prints it.
  package func text(_ name: (ColumnID) -> String) -> String {
    let elements = function?.text(arguments, name) ?? arguments[0].text(name)
    return "\(element.name) = \(elements)" + (origin.map { ", origin \($0.name)" } ?? "")
      + (keepsEmpty ? ", empty kept" : "")
  }
}

extension NamedExpr {
  /// The column's name, and how it is computed where it is.
  fileprivate func text(_ name: (ColumnID) -> String) -> String {
    if case .column(let id, _) = expr, name(id) == column.name { return column.name }
    return "\(column.name) = \(expr.text(name))"
  }
}

extension Chain {
  /// The operators from the last to the first, as indented lines.
  package func text(indent: Int, analyzed: Bool) -> String {
    var (text, depth) = ("", indent)
    func line(_ label: String, _ figures: String?) {
      let figures = analyzed ? figures.map { "  (\($0))" } ?? "" : ""
      text += String(repeating: "  ", count: depth) + label + figures + "\n"
    }
    func operators(_ list: [any PhysicalOperator]) {
      for op in list.reversed() {
        line(op.label, op.metrics.text)
        depth += 1
        for input in op.inputs { text += input.text(indent: depth + 1, analyzed: analyzed) }
      }
    }
    for segment in segments.reversed() {
      operators(segment.operators)
      line(segment.exchange.text, nil)
      depth += 1
    }
    let base = depth
    if inputs.count > 1 {
      line("Concat \(inputs.count)", nil)
      depth += 1
    }
    for input in inputs {
      let start = depth
      operators(input.operators)
      line(input.source.label, input.source.figures)
      for chain in input.source.inputs { text += chain.text(indent: depth + 1, analyzed: analyzed) }
      depth = start
    }
    depth = base
    return text
  }
}

extension ExchangeSpec {
  /// A line for `explain`.
  package var text: String {
    "Exchange, \(tuning == nil ? "" : "tuned, at most ")\(slots) slot\(slots == 1 ? "" : "s"), batches "
      + (cut?.rows.map { "of exactly \($0)" } ?? "as they come")
      + (cut?.bytes.map { ", at most \($0) bytes each" } ?? "")
  }
}
