import ColumnarCore

extension ScalarFunction {
  package static let negate = unary("negate", of: "a number", accepts: \.isNumeric) {
    try $0.negated()
  }

  package static let absolute = unary("absolute", of: "a number", accepts: \.isNumeric) {
    try $0.absolute()
  }

  package static let floor = real("floor") { $0.floored() }
  package static let ceiling = real("ceiling") { $0.ceiled() }
  package static let squareRoot = real("squareRoot") { $0.squareRooted() }
  package static let exponential = real("exponential") { $0.exponentiated() }
  package static let logarithm = real("logarithm") { $0.naturalLogarithm() }

  package static let round = ScalarFunction("round") { types in
    guard types.count == 2, types[0].isNumeric, types[1].isInteger else {
      throw mismatch("round", "a number and a count of digits", types)
    }
    return types[0]
  } evaluate: { columns in
    guard columns[0].type.isFloatingPoint else { return columns[0] }
    let digits = try ColumnView<Int?>(columns[1].cast(to: .int64, strict: true)).first ?? 0
    return columns[0].rounded(toDigits: digits ?? 0)
  }

  package static let power = ScalarFunction("power") { types in
    guard types.count == 2, types.allSatisfy(\.isNumeric) else {
      throw mismatch("power", "two numbers", types)
    }
    return .float64
  } evaluate: { columns in
    let numbers = try columns.map { try $0.cast(to: .float64, strict: false) }
    return numbers[0].raised(to: numbers[1])
  }

  /// A function of floating-point numbers; integers are taken as Double.
  private static func real(
    _ name: String, _ kernel: @escaping @Sendable (Column) throws -> Column
  ) -> ScalarFunction {
    unary(name, of: "a number", accepts: \.isNumeric, to: { $0 == .float32 ? .float32 : .float64 }) {
      let type: DataType = $0.type == .float32 ? .float32 : .float64
      return try kernel($0.cast(to: type, strict: false))
    }
  }
}
