import Columnar
import ColumnarCore

/// The operators of a query, a row at a time. A failing row throws an `Oracle.Failure`.
extension RowTable {
  /// Just these columns; aggregates alone give one row.
  public func select(_ columns: [Expr], _ functions: RowFunctions = [:]) throws -> RowTable {
    let evaluator = RowEvaluator(fields, functions)
    let fields = columns.map { Field($0.outputName, evaluator.type(of: $0)) }
    if columns.contains(where: \.containsAggregate) {
      let group = RowEvaluator(self.fields, functions, group: rows)
      return RowTable(fields: fields, rows: [try columns.map { try group.evaluate($0, []) }])
    }
    return RowTable(
      fields: fields,
      rows: try rows.map { row in try columns.map { try evaluator.evaluate($0, row) } })
  }

  /// All columns and these, which replace those of the same name.
  public func with(_ columns: [Expr], _ functions: RowFunctions = [:]) throws -> RowTable {
    let computed = try select(columns, functions)
    var result = self
    for (k, field) in computed.fields.enumerated() {
      if let position = fields.firstIndex(where: { $0.name == field.name }) {
        result.fields[position] = field
        for row in rows.indices { result.rows[row][position] = computed.rows[row][k] }
      } else {
        result.fields.append(field)
        for row in rows.indices { result.rows[row].append(computed.rows[row][k]) }
      }
    }
    return result
  }

  /// The rows for which the condition is true.
  public func filter(_ condition: Expr, _ functions: RowFunctions = [:]) throws -> RowTable {
    let evaluator = RowEvaluator(fields, functions)
    return RowTable(
      fields: fields,
      rows: try rows.filter { try evaluator.evaluate(condition, $0) == .bool(true) })
  }

  /// The rows in the order of the keys: stable.
  public func sort(by keys: [Expr], _ functions: RowFunctions = [:]) throws -> RowTable {
    let evaluator = RowEvaluator(fields, functions)
    let columns = try keys.map { key in
      guard case .ordering(let inner, let descending, let nullsFirst) = key.node else {
        return (try rows.map { try evaluator.evaluate(key, $0) }, false, false)
      }
      return (try rows.map { try evaluator.evaluate(inner, $0) }, descending, nullsFirst)
    }
    let order = Oracle.sortedRows(by: columns, count: rows.count)
    return RowTable(fields: fields, rows: order.map { rows[$0] })
  }

  /// The first `count` rows from row `offset` on.
  public func limit(_ count: Int, offset: Int = 0) -> RowTable {
    RowTable(fields: fields, rows: Array(rows.dropFirst(offset).prefix(count)))
  }

  /// One row per group, in the order of the groups' first rows.
  public func aggregate(
    by keys: [Expr], _ aggregates: [Expr], _ functions: RowFunctions = [:]
  ) throws -> RowTable {
    let evaluator = RowEvaluator(fields, functions)
    var (groups, order): ([[Value]: [[Value]]], [[Value]]) = ([:], [])
    for row in rows {
      let key = try keys.map { try evaluator.evaluate($0, row) }
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(row)
    }
    let result = try order.map { key -> [Value] in
      let group = RowEvaluator(fields, functions, group: groups[key] ?? [])
      return key + (try aggregates.map { try group.evaluate($0, []) })
    }
    let outputs = (keys + aggregates).map { Field($0.outputName, evaluator.type(of: $0)) }
    return RowTable(fields: outputs, rows: result)
  }

  /// The first row of each combination of values in the named columns (none: in all).
  public func distinct(_ names: [String]) -> RowTable {
    let columns = names.isEmpty ? Array(fields.indices) : names.map(position)
    var seen = Set<[Value]>()
    return RowTable(
      fields: fields, rows: rows.filter { row in seen.insert(columns.map { row[$0] }).inserted })
  }

  /// The rows of both tables.
  public func concatenating(_ other: RowTable) -> RowTable {
    RowTable(fields: fields, rows: rows + other.rows)
  }

  /// The pairs of rows with equal keys, for each left row in the order of the right rows.
  public func join(
    _ other: RowTable, leftOn: [String], rightOn: [String], kind: Columnar.JoinKind,
    nullsMatch: Bool,
    suffix: String = "_right"
  ) -> RowTable {
    let dropped = Set(zip(leftOn, rightOn).filter { $0 == $1 }.map { other.position($1) })
    let kept = other.fields.indices.filter { !dropped.contains($0) }
    let names = Set(fields.map(\.name))
    let added = kept.map { k -> Field in
      let field = other.fields[k]
      return Field(names.contains(field.name) ? field.name + suffix : field.name, field.type)
    }
    let (left, right) = (leftOn.map(position), rightOn.map(other.position))
    var result: [[Value]] = []
    for row in rows {
      let key = left.map { row[$0] }
      let canMatch = nullsMatch || !key.contains(.null)
      let matches = canMatch ? other.rows.filter { match in right.map { match[$0] } == key } : []
      for match in matches { result.append(row + kept.map { match[$0] }) }
      if matches.isEmpty, kind == .left { result.append(row + kept.map { _ in .null }) }
    }
    return RowTable(fields: fields + added, rows: result)
  }
}
