import ColumnarCore

/// Resolves an expression's names and types against the columns of a plan.
package struct ExprBinder {
  package let columns: [BoundColumn]
  private let positions: [String: Int]
  private let calls: CallBinder

  package init(_ columns: [BoundColumn], _ calls: CallBinder = CallBinder()) {
    self.columns = columns
    self.calls = calls
    positions = Dictionary(
      columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The column of that name, or an error with a suggestion.
  package func column(_ name: String) throws -> BoundColumn {
    if let position = positions[name] { return columns[position] }
    let hint = Suggestion.hint(for: name, among: columns.map(\.name), what: "columns")
    throw ColumnarError(.columnNotFound, "There is no column \"\(name)\". \(hint)")
  }

  /// The expression with ids for names; an aggregate is an error here.
  package func bind(_ expr: Expr) throws -> BoundExpr {
    switch expr.node {
    case .column(let name):
      let column = try column(name)
      return .column(column.id, column.type)
    case .literal(let value): return .literal(value)
    case .alias(let inner, _): return try bind(inner)
    case .arithmetic(let op, let a, let b): return try arithmetic(op, bind(a), bind(b), expr)
    case .comparison(let op, let a, let b):
      let (one, two) = (try bind(a), try bind(b))
      let (left, right) = try exact(one, two) ?? unified(one, two, for: "\(op.symbol)", expr)
      return .comparison(op, left, right)
    case .logical(let op, let a, let b):
      return .logical(op, try condition(a, in: expr), try condition(b, in: expr))
    case .function(let function, let arguments):
      return try at(expr) {
        let bound = try arguments.map(bind)
        return .function(function, bound, try function.resultType(bound.map(\.type)))
      }
    case .cast(let inner, let type, let strict): return .cast(try bind(inner), type, strict: strict)
    case .conditional(let branches, let otherwise): return try choice(branches, otherwise, expr)
    case .aggregate:
      throw ColumnarError(
        .invalidPlan,
        "\(expr) is an aggregate, which stands only in groupBy(…).aggregate(…) or in a select of "
          + "nothing but aggregates.")
    case .call(let function, _) where function.kind == .aggregate:
      throw ColumnarError(
        .invalidPlan,
        "\(expr) is an aggregate, which stands only in groupBy(…).aggregate(…) or in a select of "
          + "nothing but aggregates.")
    case .call(let function, let arguments):
      let (function, arguments) = try bindCall(function, arguments)
      return .call(function, arguments)
    case .over(let inner, let keys): return try scan(inner, over: keys, expr)
    case .ordering:
      throw ColumnarError(
        .invalidPlan, "\(expr): ascending, descending and nullsFirst stand only in sort keys.")
    }
  }

  /// A condition, which must be boolean.
  package func condition(_ expr: Expr, in outer: Expr? = nil) throws -> BoundExpr {
    let bound = try bind(expr)
    if bound.type == .bool { return bound }
    if bound.type == .null { return .cast(bound, .bool, strict: false) }
    throw ColumnarError(
      .typeMismatch,
      "\(expr) is \(bound.type), but a condition must be bool. Compare it with something, for "
        + "instance \(expr) != 0.", context: outer.map { [.expression("\($0)")] } ?? [])
  }

  private func arithmetic(
    _ op: ArithmeticOperator, _ a: BoundExpr, _ b: BoundExpr, _ expr: Expr
  ) throws -> BoundExpr {
    try at(expr) {
      if a.type.isTemporal || b.type.isTemporal {
        return .arithmetic(op, a, b, try op.resultType(a.type, b.type))
      }
      let (left, right) = try exact(a, b) ?? unified(a, b, for: op.symbol, expr)
      return .arithmetic(op, left, right, try op.resultType(left.type, right.type))
    }
  }

  /// Decimals, and decimals with integers, as they are: they are compared and computed exactly, each
  /// in its own type; nil for all else.
  private func exact(_ a: BoundExpr, _ b: BoundExpr) -> (BoundExpr, BoundExpr)? {
    guard a.type.isDecimal || b.type.isDecimal, !a.type.isFloatingPoint, !b.type.isFloatingPoint,
      a.type.isNumeric, b.type.isNumeric
    else { return nil }
    return fittingLiteral(a, b) ?? (a, b)
  }

  /// Both sides in their common type.
  package func unified(
    _ a: BoundExpr, _ b: BoundExpr, for what: String, _ expr: Expr
  ) throws -> (BoundExpr, BoundExpr) {
    if a.type == b.type { return (a, b) }
    if let (left, right) = fittingLiteral(a, b) { return (left, right) }
    guard let common = DataType.common(a.type, b.type) else {
      throw ColumnarError(
        .typeMismatch,
        "\(what) is not defined for \(a.type) and \(b.type). \(Self.remedy(a, b))",
        context: [.expression("\(expr)")])
    }
    return (a.casting(to: common), b.casting(to: common))
  }

  /// How two sides without a common type may be mended.
  private static func remedy(_ a: BoundExpr, _ b: BoundExpr) -> String {
    for (text, other) in [(a, b.type), (b, a.type)] {
      guard text.type == .string, other != .string else { continue }
      guard case .literal(let value) = text else {
        return "Cast one side with .cast(to:)." + NullSpelling.hint(for: .string, wanted: other)
      }
      if other.isTemporal {
        return "\(value.quotedText(at: 0)) is no \(other); one is written as \(other.example)."
      }
    }
    return "Cast one side with .cast(to:)."
  }

  /// An integer literal takes the type of the column it meets where its value fits there, so that
  /// `col("a") + 1` stays in the column's type; likewise a float literal meeting a float32 column,
  /// and text meeting a date or time.
  private func fittingLiteral(_ a: BoundExpr, _ b: BoundExpr) -> (BoundExpr, BoundExpr)? {
    func fit(_ literal: BoundExpr, to type: DataType) -> BoundExpr? {
      guard case .literal(let value) = literal, value.type != .null else { return nil }
      let isNumber =
        (value.type == .int64 && type.isNumeric) || (value.type == .float64 && type == .float32)
      guard isNumber || (value.type == .string && type.isTemporal) else { return nil }
      if type.isDecimal, value.type == .int64 {
        return .literal(value.narrowDecimal)
      }
      guard let cast = try? value.cast(to: type, strict: true) else { return nil }
      return .literal(cast)
    }
    if case .literal = b, let fitted = fit(b, to: a.type) { return (a, fitted) }
    if case .literal = a, let fitted = fit(a, to: b.type) { return (fitted, b) }
    return nil
  }

  private func choice(
    _ branches: [(condition: Expr, value: Expr)], _ otherwise: Expr, _ expr: Expr
  ) throws -> BoundExpr {
    try at(expr) {
      var values = try branches.map { try bind($0.value) } + [try bind(otherwise)]
      var common = values[0].type
      for value in values.dropFirst() {
        guard let wider = DataType.common(common, value.type) else {
          throw ColumnarError(
            .typeMismatch,
            "The values of a choice must share a type, but \(common) and \(value.type) do not.")
        }
        common = wider
      }
      values = values.map { $0.casting(to: common) }
      var result = values[values.count - 1]
      for (k, branch) in branches.enumerated().reversed() {
        result = .choose(
          condition: try condition(branch.condition), then: values[k], otherwise: result)
      }
      return result
    }
  }

  /// A scan with its keys behind its arguments.
  private func scan(_ inner: Expr, over keys: [Expr], _ expr: Expr) throws -> BoundExpr {
    guard case .call(let function, let arguments) = inner.node, function.kind == .scan else {
      throw ColumnarError(
        .invalidPlan,
        "\(expr): only the call of a scan can be taken over keys. Register the function with "
          + "UDF.scan, or group by the keys.")
    }
    guard !keys.isEmpty else {
      throw ColumnarError(
        .invalidPlan, "\(inner).over() needs at least one key; leave it out for the whole frame.")
    }
    let (bound, inputs) = try bindCall(function, arguments)
    let boundKeys = try keys.map(bind)
    try PlanBinder.requireComparable(boundKeys.map(\.type))
    return .call(bound, inputs + boundKeys)
  }

  /// A user's function as this query calls it, and its arguments in the types that it takes.
  package func bindCall(
    _ function: UserFunction, _ arguments: [Expr]
  ) throws -> (UserFunction, [BoundExpr]) {
    if let flaw = function.flaw { throw flaw }
    let data = function.dataParameters
    guard data.count == arguments.count else {
      throw ColumnarError(
        .invalidPlan,
        "\"\(function.name)\" takes \(data.count) column(s), but \(arguments.count) were given.",
        context: [.node(function.name)])
    }
    let bound = try zip(data, arguments).enumerated().map { position, pair in
      let argument = try bind(pair.1)
      return try pair.0.accept(argument, position: position, of: function.name)
    }
    return (calls.bound(function), bound)
  }

  private func at<R>(_ expr: Expr, _ body: () throws -> R) throws -> R {
    do { return try body() } catch let error as ColumnarError {
      throw error.context.isEmpty ? error.at(.expression("\(expr)")) : error
    }
  }
}

extension BoundExpr {
  /// The expression in another type; a literal is converted at once.
  package func casting(to type: DataType) -> BoundExpr {
    if self.type == type { return self }
    if case .literal(let value) = self, let cast = try? value.cast(to: type, strict: true) {
      return .literal(cast)
    }
    return .cast(self, type, strict: true)
  }
}

extension DataType {
  /// How a value of a temporal type is written.
  fileprivate var example: String {
    switch kind {
    case .date: "2010-12-31"
    case .timestamp: "2010-12-31T23:59:59"
    default: "PT1H30M"
    }
  }
}

extension Column {
  /// An integer of one row as a decimal of no more digits than it has, so that it does not widen
  /// what it meets.
  fileprivate var narrowDecimal: Column {
    guard count == 1, !isNull(0) else { return self }
    return Decimal128.column(
      exactly: [Decimal128(PrimitiveView<Int64>(self)[0])], precision: decimalDigitCount)
  }

  private var decimalDigitCount: Int {
    DecimalMath.digitCount(Int128(PrimitiveView<Int64>(self)[0]))
  }
}
