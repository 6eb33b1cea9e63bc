import Glibc

extension Column {
  /// The square root, in float64 (float32 of float32); NaN of a negative number, null of null.
  package func sqrt() throws -> Column {
    try floats("sqrt", { $0.squareRoot() }, { $0.squareRoot() })
  }

  /// e to the value, in float64 (float32 of float32); null of null.
  package func exp() throws -> Column { try floats("exp", { Glibc.exp($0) }, { Glibc.expf($0) }) }

  /// The natural logarithm, in float64 (float32 of float32); -inf of zero, NaN of a negative
  /// number, null of null.
  package func log() throws -> Column { try floats("log", { Glibc.log($0) }, { Glibc.logf($0) }) }

  /// The sine of an angle in radians, in float64 (float32 of float32); null of null.
  package func sin() throws -> Column { try floats("sin", { Glibc.sin($0) }, { Glibc.sinf($0) }) }

  /// The cosine of an angle in radians, in float64 (float32 of float32); null of null.
  package func cos() throws -> Column { try floats("cos", { Glibc.cos($0) }, { Glibc.cosf($0) }) }

  /// This column to the power of the other, in float64 (float32 if both are); null if either is
  /// null.
  package func power(_ exponent: Column) throws -> Column {
    try requireNumber("power")
    try exponent.requireNumber("power")
    try requireCount(of: exponent, for: "power")
    let isSingle = type.kind == .float32 && exponent.type.kind == .float32
    let result: DataType = isSingle ? .float32 : .float64
    if count == 0 { return .empty(result) }
    if isConstantNull || exponent.isConstantNull { return .nulls(of: result, count: count) }
    if encoding == .constant, exponent.encoding == .constant {
      return .constant(try encodedValues.power(exponent.encodedValues), count: count)
    }
    let base = try cast(to: result, strict: true)
    let other = try exponent.cast(to: result, strict: true)
    let values =
      isSingle
      ? Arity.binary(Operand<Float>(base), Operand<Float>(other), count) { Glibc.powf($0, $1) }
      : Arity.binary(Operand<Double>(base), Operand<Double>(other), count) { Glibc.pow($0, $1) }
    return Column(
      type: result, values: values, validity: Bitmap.both(base.validity, other.validity),
      count: count)
  }

  /// A total function of floating-point values; integers are cast to float64 unless `integers` says
  /// otherwise.
  @inline(__always)
  func floats(
    _ name: String, _ double: (Double) -> Double, _ float: (Float) -> Float,
    integers: (Column) throws -> Column? = { _ in nil }
  ) throws -> Column {
    try requireNumber(name)
    if type.isInteger, let result = try integers(self) { return result }
    if type.kind == .null { return .nulls(of: .float64, count: count) }
    let source = type.isInteger || type.isDecimal ? try cast(to: .float64, strict: true) : self
    return source.mappingValues { column in
      let values =
        column.type.kind == .float32
        ? Arity.unary(Operand<Float>(column), column.count, float)
        : Arity.unary(Operand<Double>(column), column.count, double)
      return Column(
        type: column.type, values: values, validity: column.validity, count: column.count)
    }
  }

  func requireNumber(_ operation: String) throws {
    if type.isNumeric || type.kind == .null { return }
    throw undefined("\(operation)", [type], hint: "Cast the column to a number first.")
  }
}
