import ColumnarCore

/// A built-in aggregate or a user's.
package enum AggregateKind: Sendable {
  case builtIn(AggregateFunction)
  case user(UserFunction)

  package var name: String {
    switch self {
    case .builtIn(let function): function.name
    case .user(let function): function.name
    }
  }

  /// The user's function, if it is one.
  package var userFunction: UserFunction? {
    if case .user(let function) = self { function } else { nil }
  }

  /// Whether it may see fewer rows, or be left out.
  package var isPure: Bool { userFunction?.contract ?? .pure == .pure }

  /// An accumulator without groups for inputs of that type.
  package func makeAccumulator(
    for input: DataType, _ context: EvaluationContext
  ) throws -> any GroupAccumulator {
    switch self {
    case .builtIn(let function): return try function.makeAccumulator(for: input)
    case .user(let function):
      guard case .aggregate(let make) = function.special else {
        throw ColumnarError(.internal, "\"\(function.name)\" is no aggregate.")
      }
      return make(context.run(of: function), context.cancellation)
    }
  }
}

extension ScalarFunction {
  /// Several arguments of an aggregate as one column.
  static let arguments = ScalarFunction("arguments") { types in
    .structure(types.enumerated().map { Field("\($0)", $1) })
  } evaluate: { columns in
    Column(
      fields: columns.enumerated().map { Field("\($0)", $1.type) }, children: columns,
      count: columns.first?.count ?? 0)
  }
}
