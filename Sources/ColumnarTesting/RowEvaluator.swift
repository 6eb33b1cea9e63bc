import Columnar
import ColumnarCore

/// User-defined functions as the oracle calls them, by name.
public typealias RowFunctions = [String: @Sendable ([Value]) throws -> Value]

/// Computes expressions one row at a time, over numbers, text and truth values.
struct RowEvaluator {
  private let fields: [Field]
  private let functions: RowFunctions
  /// The rows that aggregates run over.
  private let group: [[Value]]?

  init(_ fields: [Field], _ functions: RowFunctions, group: [[Value]]? = nil) {
    self.fields = fields
    self.functions = functions
    self.group = group
  }

  private func position(_ name: String) -> Int {
    RowTable(fields: fields, rows: []).position(name)
  }

  // MARK: Types

  /// The type of an expression that is known to be well formed.
  func type(of expr: Expr) -> DataType {
    switch expr.node {
    case .column(let name): fields[position(name)].type
    case .literal(let value): value.type
    case .alias(let inner, _), .ordering(let inner, _, _), .over(let inner, _): type(of: inner)
    case .arithmetic(let op, let a, let b):
      op == .divide && operandType(a, b).isInteger ? .float64 : operandType(a, b)
    case .comparison, .logical: .bool
    case .function(let function, let arguments):
      (try? function.resultType(arguments.map(type))) ?? .null
    case .cast(_, let target, _): target
    case .conditional(let branches, let otherwise):
      branches.reduce(type(of: otherwise)) { DataType.common($0, type(of: $1.value)) ?? $0 }
    case .aggregate(let function, let inner):
      (try? function.resultType(for: inner.map(type) ?? .int64)) ?? .null
    case .call(let function, _): function.resultType
    }
  }

  /// The type that two operands meet in; an integer literal takes that of what it meets.
  private func operandType(_ a: Expr, _ b: Expr) -> DataType {
    let (left, right) = (type(of: a), type(of: b))
    if case .literal = b.node, right == .int64, left.isNumeric { return left }
    if case .literal = a.node, left == .int64, right.isNumeric { return right }
    return DataType.common(left, right) ?? left
  }

  // MARK: Values

  func evaluate(_ expr: Expr, _ row: [Value]) throws -> Value {
    switch expr.node {
    case .column(let name):
      // Beside aggregates only keys stand, which are alike in all rows of the group.
      return (group?.first ?? row)[position(name)]
    case .literal(let value): return Value.rows(of: value)[0]
    case .alias(let inner, _), .ordering(let inner, _, _): return try evaluate(inner, row)
    case .arithmetic(let op, let a, let b): return try arithmetic(op, a, b, row)
    case .comparison(let op, let a, let b):
      let common = operandType(a, b)
      return Oracle.compared(op, try evaluate(a, row, as: common), try evaluate(b, row, as: common))
    case .logical(let op, let a, let b):
      let (x, y) = (try evaluate(a, row), try evaluate(b, row))
      switch op {
      case .and: return Oracle.and(x, y)
      case .or: return Oracle.or(x, y)
      case .xor: return Oracle.xor(x, y)
      }
    case .function(let function, let arguments):
      return try call(function.name, arguments, row, type(of: expr))
    case .cast(let inner, let target, let strict):
      let value = try evaluate(inner, row)
      return strict
        ? try Oracle.cast(value, from: type(of: inner), to: target)
        : Oracle.tryCast(value, from: type(of: inner), to: target)
    case .conditional(let branches, let otherwise):
      let chosen = try branches.first { try evaluate($0.condition, row) == .bool(true) }
      return try evaluate(chosen?.value ?? otherwise, row, as: type(of: expr))
    case .aggregate(let function, let inner):
      let rows = RowEvaluator(fields, functions)
      let values = try (group ?? []).map { row in
        try inner.map { try rows.evaluate($0, row) } ?? .null
      }
      return try Oracle.aggregate(function, values, type(of: expr))
    case .over: preconditionFailure("the oracle knows no scans")
    case .call(let function, let arguments):
      guard let known = functions[function.name] else {
        preconditionFailure("the oracle does not know \(function.name)")
      }
      return try known(try arguments.map { try evaluate($0, row) })
    }
  }

  private func evaluate(_ expr: Expr, _ row: [Value], as target: DataType) throws -> Value {
    try Oracle.cast(try evaluate(expr, row), from: type(of: expr), to: target)
  }

  private func arithmetic(
    _ op: ArithmeticOperator, _ a: Expr, _ b: Expr, _ row: [Value]
  ) throws -> Value {
    var type = operandType(a, b)
    if type == .string {
      guard case .bytes(let x) = try evaluate(a, row), case .bytes(let y) = try evaluate(b, row)
      else { return .null }
      return .bytes(x + y)
    }
    if op == .divide, type.isInteger { type = .float64 }
    return try Oracle.arithmetic(op, evaluate(a, row, as: type), evaluate(b, row, as: type), type)
  }

  private func call(
    _ name: String, _ arguments: [Expr], _ row: [Value], _ result: DataType
  ) throws -> Value {
    let values = try arguments.map { try evaluate($0, row) }
    switch (name, values[0]) {
    case ("isNull", let x): return .bool(x.isNull)
    case ("isNotNull", let x): return .bool(!x.isNull)
    case ("fillNull", _):
      let position = values[0].isNull ? 1 : 0
      return try evaluate(arguments[position], row, as: result)
    case (_, .null): return .null
    case ("not", let x): return Oracle.not(x)
    case ("isNaN", .double(let x)): return .bool(x.isNaN)
    case ("isNaN", _): return .bool(false)
    case ("negate", .double(let x)): return .double(-x)
    case ("absolute", .double(let x)): return .double(abs(x))
    case ("floor", .double(let x)): return .double(x.rounded(.down))
    case ("ceiling", .double(let x)): return .double(x.rounded(.up))
    case ("negate", .int(let x)): return try Oracle.arithmetic(.subtract, .int(0), .int(x), result)
    case ("absolute", .int(let x)):
      return x >= 0 ? .int(x) : try Oracle.arithmetic(.subtract, .int(0), .int(x), result)
    case ("byteCount", .bytes(let x)): return .int(Int64(x.count))
    case ("lowercased", .bytes(let x)):
      return .string(String(decoding: x, as: UTF8.self).lowercased())
    case ("uppercased", .bytes(let x)):
      return .string(String(decoding: x, as: UTF8.self).uppercased())
    case ("startsWith", .bytes(let x)): return search(values[1]) { x.starts(with: $0) }
    case ("endsWith", .bytes(let x)):
      return search(values[1]) { x.count >= $0.count && Array(x.suffix($0.count)) == $0 }
    case ("contains", .bytes(let x)):
      return search(values[1]) { part in
        x.count >= part.count
          && (0...(x.count - part.count)).contains { x[$0...].starts(with: part) }
      }
    default: preconditionFailure("the oracle does not know \(name) of \(values)")
    }
  }

  private func search(_ part: Value, _ body: ([UInt8]) -> Bool) -> Value {
    if case .bytes(let bytes) = part { .bool(body(bytes)) } else { .null }
  }
}
