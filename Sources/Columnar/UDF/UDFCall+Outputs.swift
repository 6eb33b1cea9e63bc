import ColumnarCore

extension UDFCall {
  /// As `rows`, for a closure of two results: a struct column of both, one call per row.
  @inlinable @inline(__always)
  package func pairs<W, X>(_ body: (Int) throws -> (W, X)) throws -> Column {
    var ws = ValueWriter<W>(count: count)
    var xs = ValueWriter<X>(count: count)
    try eachRow {
      let values = try body($0)
      ws.set($0, values.0)
      xs.set($0, values.1)
    } absent: {
      ws.setNull($0)
      xs.setNull($0)
    }
    try ws.check()
    try xs.check()
    return structure([ws.finish(validity: resultValidity), xs.finish(validity: resultValidity)])
  }

  /// As `rows`, for a closure of three results.
  @inlinable @inline(__always)
  package func triples<W, X, Y>(_ body: (Int) throws -> (W, X, Y)) throws -> Column {
    var ws = ValueWriter<W>(count: count)
    var xs = ValueWriter<X>(count: count)
    var ys = ValueWriter<Y>(count: count)
    try eachRow {
      let values = try body($0)
      ws.set($0, values.0)
      xs.set($0, values.1)
      ys.set($0, values.2)
    } absent: {
      ws.setNull($0)
      xs.setNull($0)
      ys.setNull($0)
    }
    try ws.check()
    try xs.check()
    try ys.check()
    return structure([
      ws.finish(validity: resultValidity), xs.finish(validity: resultValidity),
      ys.finish(validity: resultValidity),
    ])
  }

  /// As `rows`, for a closure of four results.
  @inlinable @inline(__always)
  package func quadruples<W, X, Y, Z>(_ body: (Int) throws -> (W, X, Y, Z)) throws -> Column {
    var ws = ValueWriter<W>(count: count)
    var xs = ValueWriter<X>(count: count)
    var ys = ValueWriter<Y>(count: count)
    var zs = ValueWriter<Z>(count: count)
    try eachRow {
      let values = try body($0)
      ws.set($0, values.0)
      xs.set($0, values.1)
      ys.set($0, values.2)
      zs.set($0, values.3)
    } absent: {
      ws.setNull($0)
      xs.setNull($0)
      ys.setNull($0)
      zs.setNull($0)
    }
    try ws.check()
    try xs.check()
    try ys.check()
    try zs.check()
    return structure([
      ws.finish(validity: resultValidity), xs.finish(validity: resultValidity),
      ys.finish(validity: resultValidity),
      zs.finish(validity: resultValidity),
    ])
  }

  /// A struct column of the outputs; a row without a call is null in each of them.
  @usableFromInline
  package func structure(_ children: [Column]) -> Column {
    Column(fields: function.resultType.fields ?? [], children: children, count: count)
  }
}

extension ScalarFunction {
  /// One output of a function that has several: a field of its struct column, at constant cost.
  package static func output(_ position: Int) -> ScalarFunction {
    ScalarFunction("output") { types in
      guard let fields = types.first?.fields, position < fields.count else {
        throw ColumnarError(.internal, "output \(position) of \(types) was asked for.")
      }
      return fields[position].type
    } evaluate: { columns in
      let column = columns[0]
      guard let validity = column.validity else { return column.structChildren[position] }
      // A null of the whole has no outputs either.
      let output = column.structChildren[position]
      return output.withValidity(Bitmap.both(output.validity, validity))
    }
  }
}

extension UDF {
  /// A row function whose result is a struct of several outputs; `whole` keeps the closure's tuples.
  @usableFromInline
  package static func function(
    _ name: String, outputs: [(name: String, type: DataType)], _ parameters: [UDFParameter],
    _ options: UDFOptions, _ body: @escaping @Sendable (UDFCall) throws -> Column,
    whole: @escaping @Sendable (UDFCall) throws -> Column
  ) -> UserFunction {
    UserFunction(
      name: name, kind: .row, parameters: parameters,
      resultType: .structure(outputs.map { Field($0.name, $0.type) }), options: options,
      outputs: outputs.map(\.name), body: body, whole: whole)
  }
}
