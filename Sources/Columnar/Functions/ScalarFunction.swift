import ColumnarCore

/// A built-in function of columns: its name, the types it takes, and its kernel.
///
/// To add one, make a static constant in the file of its kind and a method on `Expr` that uses it.
package struct ScalarFunction: Sendable {
  /// The name, as `explain` prints it.
  package let name: String
  /// The result's type for argument types, or an error that says what is taken.
  package let resultType: @Sendable ([DataType]) throws -> DataType
  /// The kernel: equally long columns in, one of the result's type out.
  package let evaluate: @Sendable ([Column]) throws -> Column
  /// The part of a nested value that it gives, if that is what it does.
  package let part: NestedPart?

  package init(
    _ name: String, part: NestedPart? = nil,
    resultType: @escaping @Sendable ([DataType]) throws -> DataType,
    evaluate: @escaping @Sendable ([Column]) throws -> Column
  ) {
    self.name = name
    self.part = part
    self.resultType = resultType
    self.evaluate = evaluate
  }

  /// The call as `explain` and errors print it.
  package func text(_ arguments: [String]) -> String {
    if let part, arguments.count == 1 { return "\(arguments[0]).\(part)" }
    return "\(name)(\(arguments.joined(separator: ", ")))"
  }

  /// A function of one column whose type passes `accepts`.
  static func unary(
    _ name: String, of what: String, accepts: @escaping @Sendable (DataType) -> Bool,
    to result: @escaping @Sendable (DataType) -> DataType = { $0 },
    kernel: @escaping @Sendable (Column) throws -> Column
  ) -> ScalarFunction {
    ScalarFunction(name) { types in
      guard let type = types.first, types.count == 1, accepts(type) || type == .null else {
        throw mismatch(name, what, types)
      }
      return result(type)
    } evaluate: {
      try kernel($0[0])
    }
  }

  static func mismatch(_ name: String, _ what: String, _ types: [DataType]) -> ColumnarError {
    let given = types.map(\.description).joined(separator: ", ")
    return ColumnarError(
      .typeMismatch, "\(name) takes \(what), not (\(given)). Cast the argument first.")
  }
}
