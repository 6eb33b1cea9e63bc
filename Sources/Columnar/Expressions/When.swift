/// Starts a choice: `when(condition).then(value).otherwise(other)`.
///
/// The first condition that is true decides; a null condition counts as false.
public func when(_ condition: Expr) -> When { When(branches: [], condition: condition) }

/// A choice that still needs a value for its last condition.
public struct When: Sendable {
  let branches: [(condition: Expr, value: Expr)]
  let condition: Expr

  /// The value where the condition is true.
  public func then(_ value: Expr) -> Then {
    Then(branches: branches + [(condition, value)])
  }
}

/// A choice that may take further conditions, and ends with `otherwise`.
public struct Then: Sendable {
  let branches: [(condition: Expr, value: Expr)]

  /// A further condition, asked where none before it was true.
  public func when(_ condition: Expr) -> When { When(branches: branches, condition: condition) }

  /// The value where no condition is true.
  public func otherwise(_ value: Expr) -> Expr {
    Expr(.conditional(branches: branches, otherwise: value))
  }
}
