/// The comparison of two columns.
package enum ComparisonOperator: String, Sendable, Codable, Hashable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  /// Equality for which two nulls are equal, and a null and a value are not; never null itself.
  case equalMissing
  /// The opposite of `equalMissing`.
  case notEqualMissing

  /// How the operator is written in expressions and messages.
  package var symbol: String {
    switch self {
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .equalMissing: "equalsMissing"
    case .notEqualMissing: "notEqualsMissing"
    }
  }

  /// The comparison that says the same with the sides exchanged.
  package var swapped: ComparisonOperator {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    default: self
    }
  }

  /// Whether this asks only for equality, which every type has.
  package var isEquality: Bool {
    switch self {
    case .equal, .notEqual, .equalMissing, .notEqualMissing: true
    default: false
    }
  }

  var isNullSafe: Bool { self == .equalMissing || self == .notEqualMissing }
}

/// The two questions that all comparisons come down to, by exchanging the sides and flipping the
/// answer.
enum BasicComparison {
  case equal
  case less

  /// What to ask for an operator: the question, whether of (b, a), and what to flip the answer
  /// with.
  static func of(_ op: ComparisonOperator) -> (Self, isSwapped: Bool, flip: UInt64) {
    switch op {
    case .equal, .equalMissing: (.equal, false, 0)
    case .notEqual, .notEqualMissing: (.equal, false, ~0)
    case .less: (.less, false, 0)
    case .greater: (.less, true, 0)
    case .lessOrEqual: (.less, true, ~0)
    case .greaterOrEqual: (.less, false, ~0)
    }
  }
}
