// Written by scripts/generate-overloads.py; change that, not this.

import Columnar
import ColumnarCore

extension Node {
  /// An expression over 1 port as a node; it runs without a call per item.
  @_disfavoredOverload
  public init<A>(
    _ name: String, from a: some Port<A>,
    expression: @escaping @Sendable (Expr) -> Expr, as type: Value.Type = Value.self
  ) {
    self.init(
      name, [NodeParameter(a)], expression: { expression($0[0]) })
  }

  /// An expression over 2 ports as a node; it runs without a call per item.
  @_disfavoredOverload
  public init<A, B>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>,
    expression: @escaping @Sendable (Expr, Expr) -> Expr, as type: Value.Type = Value.self
  ) {
    self.init(
      name, [NodeParameter(a), NodeParameter(b)], expression: { expression($0[0], $0[1]) })
  }

  /// An expression over 3 ports as a node; it runs without a call per item.
  @_disfavoredOverload
  public init<A, B, C>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>,
    expression: @escaping @Sendable (Expr, Expr, Expr) -> Expr, as type: Value.Type = Value.self
  ) {
    self.init(
      name, [NodeParameter(a), NodeParameter(b), NodeParameter(c)],
      expression: { expression($0[0], $0[1], $0[2]) })
  }

  /// An expression over 4 ports as a node; it runs without a call per item.
  @_disfavoredOverload
  public init<A, B, C, D>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
    expression: @escaping @Sendable (Expr, Expr, Expr, Expr) -> Expr,
    as type: Value.Type = Value.self
  ) {
    self.init(
      name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(d),
      ], expression: { expression($0[0], $0[1], $0[2], $0[3]) })
  }
}
