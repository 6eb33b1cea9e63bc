import ColumnarCore

extension ScalarFunction {
  package static let lowercased = text("lowercased") { $0.lowercased() }
  package static let uppercased = text("uppercased") { $0.uppercased() }
  package static let trimmed = text("trimmed") { $0.trimmed() }
  package static let byteCount = text("byteCount", to: .int64) { $0.byteCount() }
  package static let characterCount = text("characterCount", to: .int64) { $0.characterCount() }

  package static let contains = search("contains") { $0.contains($1) }
  package static let startsWith = search("startsWith") { $0.startsWith($1) }
  package static let endsWith = search("endsWith") { $0.endsWith($1) }

  package static let replacing = ScalarFunction("replacing") { types in
    guard types.count == 3, types.allSatisfy({ $0 == .string }) else {
      throw mismatch("replacing", "three strings", types)
    }
    return .string
  } evaluate: { $0[0].replacing($0[1], with: $0[2]) }

  /// A function of one string column.
  private static func text(
    _ name: String, to result: DataType = .string,
    _ kernel: @escaping @Sendable (Column) throws -> Column
  ) -> ScalarFunction {
    unary(name, of: "a string", accepts: { $0 == .string }, to: { _ in result }) { column in
      column.type == .null ? .nulls(of: result, count: column.count) : try kernel(column)
    }
  }

  /// A question about one string in another.
  private static func search(
    _ name: String, _ kernel: @escaping @Sendable (Column, Column) -> Column
  ) -> ScalarFunction {
    ScalarFunction(name) { types in
      guard types.count == 2, types.allSatisfy({ $0 == .string }) else {
        throw mismatch(name, "two strings", types)
      }
      return .bool
    } evaluate: { kernel($0[0], $0[1]) }
  }
}
