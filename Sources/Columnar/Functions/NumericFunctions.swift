import ColumnarCore

extension ScalarFunction {
  package static let negate = unary(
    "negate", of: "a number", accepts: \.isNumeric, kernel: { try $0.negated() })

  package static let absolute = unary(
    "absolute", of: "a number", accepts: \.isNumeric, kernel: { try $0.absolute() })

  package static let floor = real("floor", keepsDecimals: true) { try $0.floor() }
  package static let ceiling = real("ceiling", keepsDecimals: true) { try $0.ceil() }
  package static let squareRoot = real("squareRoot") { try $0.sqrt() }
  package static let exponential = real("exponential") { try $0.exp() }
  package static let logarithm = real("logarithm") { try $0.log() }

  package static let round = ScalarFunction("round") { types in
    guard types.count == 2, types[0].isNumeric, types[1].isInteger else {
      throw mismatch("round", "a number and a count of digits", types)
    }
    return types[0]
  } evaluate: { columns in
    guard columns[0].type.isFloatingPoint || columns[0].type.isDecimal else { return columns[0] }
    let digits = try ColumnView<Int?>(columns[1].cast(to: .int64, strict: true)).first ?? 0
    return try columns[0].rounded(digits: digits ?? 0)
  }

  package static let power = ScalarFunction("power") { types in
    guard types.count == 2, types.allSatisfy(\.isNumeric) else {
      throw mismatch("power", "two numbers", types)
    }
    return .float64
  } evaluate: { columns in
    let numbers = try columns.map { try $0.cast(to: .float64, strict: false) }
    return try numbers[0].power(numbers[1])
  }

  /// A function of floating-point numbers; integers and, unless they are kept, decimals are taken as
  /// Double.
  private static func real(
    _ name: String, keepsDecimals: Bool = false,
    _ kernel: @escaping @Sendable (Column) throws -> Column
  ) -> ScalarFunction {
    let result = { @Sendable (type: DataType) -> DataType in
      type == .float32 || (keepsDecimals && type.isDecimal) ? type : .float64
    }
    return unary(
      name, of: "a number", accepts: \.isNumeric, to: result,
      kernel: { try kernel($0.cast(to: result($0.type), strict: false)) })
  }
}
