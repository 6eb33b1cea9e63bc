// Written by scripts/generate-overloads.py; change that, not this.

import Columnar
import ColumnarCore

extension Node {
  /// A registered function of 1 column as a node.
  public init<A>(
    _ name: String, from a: some Port<A>, _ function: RowUDF1<A, Value>,
    options: UDFOptions = UDFOptions()
  ) {
    self.init(name, [NodeParameter(a)], function.function, options)
  }

  /// A registered function of 2 columns as a node.
  public init<A, B>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ function: RowUDF2<A, B, Value>,
    options: UDFOptions = UDFOptions()
  ) {
    self.init(name, [NodeParameter(a), NodeParameter(b)], function.function, options)
  }

  /// A registered function of 3 columns as a node.
  public init<A, B, C>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>,
    _ function: RowUDF3<A, B, C, Value>,
    options: UDFOptions = UDFOptions()
  ) {
    self.init(
      name, [NodeParameter(a), NodeParameter(b), NodeParameter(c)], function.function, options)
  }

  /// A registered function of 4 columns as a node.
  public init<A, B, C, D>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
    _ function: RowUDF4<A, B, C, D, Value>,
    options: UDFOptions = UDFOptions()
  ) {
    self.init(
      name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(d),
      ], function.function, options)
  }

  /// A registered function of 5 columns as a node.
  public init<A, B, C, D, E>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
    _ e: some Port<E>, _ function: RowUDF5<A, B, C, D, E, Value>,
    options: UDFOptions = UDFOptions()
  ) {
    self.init(
      name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(d),
        NodeParameter(e),
      ], function.function, options)
  }

  /// A registered function of 6 columns as a node.
  public init<A, B, C, D, E, F>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
    _ e: some Port<E>, _ f: some Port<F>, _ function: RowUDF6<A, B, C, D, E, F, Value>,
    options: UDFOptions = UDFOptions()
  ) {
    self.init(
      name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(d),
        NodeParameter(e),
        NodeParameter(f),
      ], function.function, options)
  }

  /// A registered function of 7 columns as a node.
  public init<A, B, C, D, E, F, G>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
    _ e: some Port<E>, _ f: some Port<F>, _ g: some Port<G>,
    _ function: RowUDF7<A, B, C, D, E, F, G, Value>,
    options: UDFOptions = UDFOptions()
  ) {
    self.init(
      name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(d),
        NodeParameter(e),
        NodeParameter(f),
        NodeParameter(g),
      ], function.function, options)
  }

  /// A registered function of 8 columns as a node.
  public init<A, B, C, D, E, F, G, H>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
    _ e: some Port<E>, _ f: some Port<F>, _ g: some Port<G>, _ h: some Port<H>,
    _ function: RowUDF8<A, B, C, D, E, F, G, H, Value>,
    options: UDFOptions = UDFOptions()
  ) {
    self.init(
      name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(d),
        NodeParameter(e),
        NodeParameter(f),
        NodeParameter(g),
        NodeParameter(h),
      ], function.function, options)
  }

  /// A registered function of 1 column as a node, inputs by name.
  public init<A>(
    _ name: String, inputs a: String, _ function: RowUDF1<A, Value>,
    options: UDFOptions = UDFOptions()
  ) {
    self.init(name, [NodeParameter(named: a, as: A.self, stateful: [])], function.function, options)
  }

  /// A registered function of 2 columns as a node, inputs by name.
  public init<A, B>(
    _ name: String, inputs a: String, _ b: String, _ function: RowUDF2<A, B, Value>,
    options: UDFOptions = UDFOptions()
  ) {
    self.init(
      name,
      [
        NodeParameter(named: a, as: A.self, stateful: []),
        NodeParameter(named: b, as: B.self, stateful: []),
      ], function.function, options)
  }

  /// A registered function of 3 columns as a node, inputs by name.
  public init<A, B, C>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ function: RowUDF3<A, B, C, Value>,
    options: UDFOptions = UDFOptions()
  ) {
    self.init(
      name,
      [
        NodeParameter(named: a, as: A.self, stateful: []),
        NodeParameter(named: b, as: B.self, stateful: []),
        NodeParameter(named: c, as: C.self, stateful: []),
      ], function.function, options)
  }

  /// A registered function of 4 columns as a node, inputs by name.
  public init<A, B, C, D>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String,
    _ function: RowUDF4<A, B, C, D, Value>,
    options: UDFOptions = UDFOptions()
  ) {
    self.init(
      name,
      [
        NodeParameter(named: a, as: A.self, stateful: []),
        NodeParameter(named: b, as: B.self, stateful: []),
        NodeParameter(named: c, as: C.self, stateful: []),
        NodeParameter(named: d, as: D.self, stateful: []),
      ], function.function, options)
  }

  /// A registered function of 5 columns as a node, inputs by name.
  public init<A, B, C, D, E>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ function: RowUDF5<A, B, C, D, E, Value>,
    options: UDFOptions = UDFOptions()
  ) {
    self.init(
      name,
      [
        NodeParameter(named: a, as: A.self, stateful: []),
        NodeParameter(named: b, as: B.self, stateful: []),
        NodeParameter(named: c, as: C.self, stateful: []),
        NodeParameter(named: d, as: D.self, stateful: []),
        NodeParameter(named: e, as: E.self, stateful: []),
      ], function.function, options)
  }

  /// A registered function of 6 columns as a node, inputs by name.
  public init<A, B, C, D, E, F>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, _ function: RowUDF6<A, B, C, D, E, F, Value>,
    options: UDFOptions = UDFOptions()
  ) {
    self.init(
      name,
      [
        NodeParameter(named: a, as: A.self, stateful: []),
        NodeParameter(named: b, as: B.self, stateful: []),
        NodeParameter(named: c, as: C.self, stateful: []),
        NodeParameter(named: d, as: D.self, stateful: []),
        NodeParameter(named: e, as: E.self, stateful: []),
        NodeParameter(named: f, as: F.self, stateful: []),
      ], function.function, options)
  }

  /// A registered function of 7 columns as a node, inputs by name.
  public init<A, B, C, D, E, F, G>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, _ g: String, _ function: RowUDF7<A, B, C, D, E, F, G, Value>,
    options: UDFOptions = UDFOptions()
  ) {
    self.init(
      name,
      [
        NodeParameter(named: a, as: A.self, stateful: []),
        NodeParameter(named: b, as: B.self, stateful: []),
        NodeParameter(named: c, as: C.self, stateful: []),
        NodeParameter(named: d, as: D.self, stateful: []),
        NodeParameter(named: e, as: E.self, stateful: []),
        NodeParameter(named: f, as: F.self, stateful: []),
        NodeParameter(named: g, as: G.self, stateful: []),
      ], function.function, options)
  }

  /// A registered function of 8 columns as a node, inputs by name.
  public init<A, B, C, D, E, F, G, H>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, _ g: String, _ h: String, _ function: RowUDF8<A, B, C, D, E, F, G, H, Value>,
    options: UDFOptions = UDFOptions()
  ) {
    self.init(
      name,
      [
        NodeParameter(named: a, as: A.self, stateful: []),
        NodeParameter(named: b, as: B.self, stateful: []),
        NodeParameter(named: c, as: C.self, stateful: []),
        NodeParameter(named: d, as: D.self, stateful: []),
        NodeParameter(named: e, as: E.self, stateful: []),
        NodeParameter(named: f, as: F.self, stateful: []),
        NodeParameter(named: g, as: G.self, stateful: []),
        NodeParameter(named: h, as: H.self, stateful: []),
      ], function.function, options)
  }
}
