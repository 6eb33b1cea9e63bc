import ColumnarCore

extension UDFCall {
  /// As `rows`, for a closure whose result is a struct: a struct column of its keys, one call per
  /// row.
  ///
  /// No result is a null in every column.
  ///
  /// A result that cannot be encoded fails like a call.
  @usableFromInline
  package func structures<Row: Codable>(_ body: (Int) throws -> Row?) throws -> Column {
    let shape = try RowShape(of: Row.self)
    let writer = StructWriter(shape.keys, count: count)
    try eachRow {
      guard let value = try body($0) else { return writer.commit() }
      do { try writer.hold(value, []) } catch {
        writer.discard()
        throw error
      }
      writer.commit()
    } absent: { _ in
      writer.commit()
    }
    return outputs(of: writer, shape)
  }

  /// As `asyncRows`, for structs.
  @usableFromInline
  package func asyncStructures<Row: Codable & Sendable>(
    _ makeCall: (Int) throws -> @Sendable () async throws -> Row?
  ) throws -> Column {
    let shape = try RowShape(of: Row.self)
    let writer = StructWriter(shape.keys, count: count)
    for (row, result) in try asyncResults(makeCall).enumerated() {
      do {
        if let value = try result?.get() { try writer.hold(value, []) }
      } catch {
        writer.discard()
        try giveUp(row, after: error)
      }
      writer.commit()
    }
    return outputs(of: writer, shape)
  }

  /// As `collect`, for structs.
  @usableFromInline
  package func collectStructures<Values: Collection>(_ values: Values) throws -> Column
  where Values.Element: Codable {
    guard values.count == count else { throw wrongLength(values.count) }
    let shape = try RowShape(of: Values.Element.self)
    let writer = StructWriter(shape.keys, count: count)
    for (row, value) in values.enumerated() {
      do { try writer.hold(value, []) } catch { throw batchFailure(error).at(.row(row)) }
      writer.commit()
    }
    return outputs(of: writer, shape)
  }

  private func outputs(of writer: StructWriter, _ shape: RowShape) -> Column {
    Column(fields: shape.fields, children: writer.columns(), count: count)
  }
}

extension UDF {
  /// A function whose result is a struct, a column for each of its keys.
  ///
  /// A type that cannot be columns is an error wherever the function is used.
  @usableFromInline
  package static func function<Row: Decodable>(
    _ name: String, _ kind: UserFunction.Kind, outputs type: Row.Type, _ parameters: [UDFParameter],
    _ options: UDFOptions, _ body: @escaping @Sendable (UDFCall) throws -> Column,
    isElementwise: Bool = false
  ) -> UserFunction {
    let shape = Swift.Result { try RowShape(of: type) }
    var (fields, flaw) = ([Field](), ColumnarError?.none)
    switch shape {
    case .success(let shape): fields = shape.fields
    case .failure(let error):
      flaw = ColumnarError.wrapping(error, as: .typeMismatch).at(.node(name))
    }
    return UserFunction(
      name: name, kind: kind, parameters: parameters, resultType: .structure(fields),
      options: options, isElementwise: isElementwise, outputs: fields.map(\.name), flaw: flaw,
      body: body)
  }
}
