import ColumnarCore

/// Computes an expression over batches whose columns stand at fixed positions.
package struct Evaluator: Sendable {
  /// The expression with positions for ids.
  package let expr: BoundExpr
  /// The names of the columns, for errors.
  private let names: [String]

  /// An evaluator of `expr` over batches with the columns `inputs`.
  package init(_ expr: BoundExpr, inputs: [BoundColumn]) {
    let positions = Dictionary(
      inputs.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { a, _ in a })
    names = inputs.map(\.name)
    self.expr = expr.replacingColumns { id in
      positions[id].map { .column(ColumnID(raw: $0), inputs[$0].type) }
    }
  }

  /// The same with another function in place of the one that it calls, if it is a call.
  package func calling(_ other: (UserFunction) -> UserFunction) -> Evaluator {
    guard case .call(let function, let arguments) = expr else { return self }
    return Evaluator(.call(other(function), arguments), names)
  }

  private init(_ expr: BoundExpr, _ names: [String]) { (self.expr, self.names) = (expr, names) }

  /// The expression's column for a batch; an error carries the row within the batch where it is
  /// known.
  package func evaluate(_ batch: Batch, _ context: EvaluationContext) throws -> Column {
    do { return try Self.evaluate(expr, batch, context) } catch let error as ColumnarError {
      // A function names itself; of built-in operations the message alone would not tell which.
      let isKnown = error.code == .cancelled || error.context.contains(where: \.isNodeOrExpression)
      throw isKnown ? error : error.at(.expression(expr.text { names[$0.raw] }))
    }
  }

  private static func evaluate(
    _ expr: BoundExpr, _ batch: Batch, _ context: EvaluationContext
  ) throws -> Column {
    switch expr {
    case .column(let position, _): return batch.columns[position.raw]
    case .literal(let value): return .constant(value, count: batch.count)
    case .arithmetic(let op, let a, let b, let type):
      let result = try evaluate(a, batch, context).arithmetic(op, evaluate(b, batch, context))
      return result.type == type ? result : try result.cast(to: type, strict: true)
    case .comparison(let op, let a, let b):
      return try evaluate(a, batch, context).compared(op, evaluate(b, batch, context))
    case .logical(let op, let a, let b):
      let (left, right) = (try evaluate(a, batch, context), try evaluate(b, batch, context))
      switch op {
      case .and: return left.and(right)
      case .or: return left.or(right)
      case .xor: return left.xor(right)
      }
    case .function(let function, let arguments, _):
      return try function.evaluate(arguments.map { try evaluate($0, batch, context) })
    case .cast(let inner, let type, let strict):
      return try evaluate(inner, batch, context).cast(to: type, strict: strict)
    case .choose(let condition, let then, let otherwise):
      let mask = try evaluate(condition, batch, context)
      let chosen = mask.selection
      return .choose(
        mask, then: try evaluate(then, batch, where: chosen, context),
        else: try evaluate(otherwise, batch, where: ~chosen, context))
    case .call(let function, let arguments):
      let columns = try arguments.map { try evaluate($0, batch, context) }
      return try context.call(function, columns, count: batch.count)
    }
  }

  /// A branch of a choice; one that can fail is computed for its own rows alone.
  private static func evaluate(
    _ expr: BoundExpr, _ batch: Batch, where rows: Bitmap, _ context: EvaluationContext
  ) throws -> Column {
    guard expr.canFail, rows.setCount < batch.count else {
      return try evaluate(expr, batch, context)
    }
    let indices = RowIndices(selectedBy: rows)
    let part = try Self.mappingRows(indices) { try evaluate(expr, batch.taking(indices), context) }
    return part.taking(indices.inverted(count: batch.count))
  }

  /// Runs `body` on the rows `indices` of a batch; the row of its error becomes that of the batch.
  package static func mappingRows<R>(_ indices: RowIndices, _ body: () throws -> R) throws -> R {
    do {
      return try ItemPlace.choosing(indices) {
        try FailedRows.mapping({ indices.row(at: $0) }, body)
      }
    } catch let error as ColumnarError {
      guard let row = error.row, row < indices.count else { throw error }
      throw error.shiftingRow(by: indices.row(at: row) - row)
    }
  }
}

extension ColumnarError.Place {
  fileprivate var isNodeOrExpression: Bool {
    switch kind {
    case .node, .expression: true
    default: false
    }
  }
}
