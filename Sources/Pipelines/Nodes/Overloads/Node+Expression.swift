// Written by scripts/generate-overloads.py; change that, not this.

import Columnar
import ColumnarCore

extension Node {
  /// An expression over 1 port as a node; it runs without a call per item.
  public init<A>(
    expression name: String, from a: some Port<A>,
    as type: Value.Type = Value.self,
    _ expression: @escaping @Sendable (Expr) -> Expr
  ) {
    self.init(
      name, [NodeParameter(a)], expression: { expression($0[0]) })
  }

  /// An expression over 2 ports as a node; it runs without a call per item.
  public init<A, B>(
    expression name: String, from a: some Port<A>, _ b: some Port<B>,
    as type: Value.Type = Value.self,
    _ expression: @escaping @Sendable (Expr, Expr) -> Expr
  ) {
    self.init(
      name, [NodeParameter(a), NodeParameter(b)], expression: { expression($0[0], $0[1]) })
  }

  /// An expression over 3 ports as a node; it runs without a call per item.
  public init<A, B, C>(
    expression name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>,
    as type: Value.Type = Value.self,
    _ expression: @escaping @Sendable (Expr, Expr, Expr) -> Expr
  ) {
    self.init(
      name, [NodeParameter(a), NodeParameter(b), NodeParameter(c)],
      expression: { expression($0[0], $0[1], $0[2]) })
  }

  /// An expression over 4 ports as a node; it runs without a call per item.
  public init<A, B, C, D>(
    expression name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>,
    _ d: some Port<D>,
    as type: Value.Type = Value.self,
    _ expression: @escaping @Sendable (Expr, Expr, Expr, Expr) -> Expr
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
