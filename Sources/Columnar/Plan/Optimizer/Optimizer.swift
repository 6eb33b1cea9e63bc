import ColumnarCore

/// Rewrites a logical plan into one with the same result that does less work.
package struct Optimizer {
  /// All rules, in the order in which they run.
  package static let rules: [any OptimizerRule] = [
    // First, so that conditions that are constant vanish before they are moved.
    ConstantFolding(),
    // Before projection pushdown, because moved conditions decide which columns are needed where.
    PredicatePushdown(),
    // Before projection pushdown, because a sort with a limit and a limited scan need the same
    // columns as before.
    LimitPushdown(),
    // Behind the others, which may take away uses of columns.
    ProjectionPushdown(),
    // Last, because a column that is used by nothing but its fields is told once all other uses are
    // gone.
    FieldPushdown(),
  ]

  /// Names of rules that are left out.
  package let disabled: Set<String>

  /// Columns that are computed by themselves though one expression could hold several.
  private let kept: Set<String>

  package init(disabled: Set<String> = [], keeping kept: Set<String> = []) {
    self.disabled = disabled
    self.kept = kept
  }

  /// The optimised plan.
  ///
  /// After each rule the ids and types that come out are checked to be what they were.
  package func optimize(_ plan: LogicalPlan) throws -> LogicalPlan {
    let unknown = disabled.subtracting(Self.rules.map(\.name) + ["all"])
    if let name = unknown.sorted().first {
      let hint = Suggestion.hint(for: name, among: Self.rules.map(\.name), what: "optimizer rules")
      throw ColumnarError(.invalidPlan, "There is no optimizer rule \"\(name)\". \(hint)")
    }
    if disabled.contains("all") { return plan }
    var result = plan
    for rule in Self.rules where !disabled.contains(rule.name) {
      let rule = rule is ProjectionPushdown ? ProjectionPushdown(keeping: kept) : rule
      let rewritten = try rule.rewrite(result)
      guard rewritten.columns == result.columns else {
        throw ColumnarError(
          .internal, "the optimizer rule \(rule.name) changed the columns of the plan.")
      }
      result = rewritten
    }
    return result
  }
}

/// One rewriting of plans.
package protocol OptimizerRule: Sendable {
  /// The name by which it can be switched off.
  var name: String { get }
  /// The plan rewritten; its output columns stay the same.
  func rewrite(_ plan: LogicalPlan) throws -> LogicalPlan
}
