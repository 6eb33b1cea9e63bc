import ColumnarCore

extension ScalarFunction {
  package static let lowercased = text("lowercased") { try $0.lowercased() }
  package static let uppercased = text("uppercased") { try $0.uppercased() }
  package static let trimmed = text("trimmed") { try $0.trimmed() }
  package static let byteCount = text("byteCount", to: .int64) { try $0.byteCount() }
  package static let characterCount = text("characterCount", to: .int64) { try $0.characterCount() }

  package static let contains = search("contains") { try $0.contains($1) }
  package static let startsWith = search("startsWith") { try $0.startsWith($1) }
  package static let endsWith = search("endsWith") { try $0.endsWith($1) }

  package static func replacing(_ part: String, with replacement: String) -> ScalarFunction {
    text("replacing[\"\(part)\" with \"\(replacement)\"]") {
      try $0.replacing(part, with: replacement)
    }
  }

  /// A function of one string column.
  private static func text(
    _ name: String, to result: DataType = .string,
    _ kernel: @escaping @Sendable (Column) throws -> Column
  ) -> ScalarFunction {
    unary(
      name, of: "a string", accepts: { $0 == .string }, to: { _ in result },
      kernel: { column in
        column.type == .null ? .nulls(of: result, count: column.count) : try kernel(column)
      })
  }

  /// A question about one string in another.
  private static func search(
    _ name: String, _ kernel: @escaping @Sendable (Column, Column) throws -> Column
  ) -> ScalarFunction {
    ScalarFunction(name) { types in
      guard types.count == 2, types.allSatisfy({ $0 == .string }) else {
        throw mismatch(name, "two strings", types)
      }
      return .bool
    } evaluate: {
      try kernel($0[0], $0[1])
    }
  }
}
