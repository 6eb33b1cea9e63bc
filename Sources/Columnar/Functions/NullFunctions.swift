import ColumnarCore

extension ScalarFunction {
  package static let isNull = unary(
    "isNull", of: "any column", accepts: { _ in true }, to: { _ in .bool },
    kernel: { $0.isNullMask() })

  package static let isNotNull = unary(
    "isNotNull", of: "any column", accepts: { _ in true }, to: { _ in .bool },
    kernel: { $0.isNotNullMask() })

  package static let isNaN = unary(
    "isNaN", of: "a number", accepts: \.isNumeric, to: { _ in .bool },
    kernel: { $0.isNaNMask() })

  package static let not = unary(
    "not", of: "a bool", accepts: { $0 == .bool }, to: { _ in .bool },
    kernel: { $0.type == .null ? .nulls(of: .bool, count: $0.count) : $0.not() })

  package static let fillNull = ScalarFunction("fillNull") { types in
    guard types.count == 2, let common = DataType.common(types[0], types[1]) else {
      throw mismatch("fillNull", "two columns of one type", types)
    }
    return common
  } evaluate: { columns in
    guard let common = DataType.common(columns[0].type, columns[1].type) else { return columns[0] }
    let values = try columns.map { try $0.cast(to: common, strict: true) }
    return values[0].fillingNulls(with: values[1])
  }
}
