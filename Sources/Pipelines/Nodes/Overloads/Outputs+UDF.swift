// Written by scripts/generate-overloads.py; change that, not this.

import Columnar
import ColumnarCore

/// Nodes for the 2 outputs of a registered function of 1 column.
public func outputs<A, W: Sendable, X: Sendable>(
  _ w: String, _ x: String, from a: some Port<A>, _ function: RowUDF1<A, (W, X)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self)], [NodeParameter(a)], function.function, options)
  return (Node(w, definition), Node(x, definition))
}

/// Nodes for the 2 outputs of a registered function of 2 columns.
public func outputs<A, B, W: Sendable, X: Sendable>(
  _ w: String, _ x: String, from a: some Port<A>, _ b: some Port<B>,
  _ function: RowUDF2<A, B, (W, X)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self)], [NodeParameter(a), NodeParameter(b)], function.function,
    options)
  return (Node(w, definition), Node(x, definition))
}

/// Nodes for the 2 outputs of a registered function of 3 columns.
public func outputs<A, B, C, W: Sendable, X: Sendable>(
  _ w: String, _ x: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>,
  _ function: RowUDF3<A, B, C, (W, X)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self)], [NodeParameter(a), NodeParameter(b), NodeParameter(c)],
    function.function, options)
  return (Node(w, definition), Node(x, definition))
}

/// Nodes for the 2 outputs of a registered function of 4 columns.
public func outputs<A, B, C, D, W: Sendable, X: Sendable>(
  _ w: String, _ x: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>,
  _ d: some Port<D>, _ function: RowUDF4<A, B, C, D, (W, X)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self)],
    [
      NodeParameter(a),
      NodeParameter(b),
      NodeParameter(c),
      NodeParameter(d),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition))
}

/// Nodes for the 2 outputs of a registered function of 5 columns.
public func outputs<A, B, C, D, E, W: Sendable, X: Sendable>(
  _ w: String, _ x: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>,
  _ d: some Port<D>, _ e: some Port<E>, _ function: RowUDF5<A, B, C, D, E, (W, X)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self)],
    [
      NodeParameter(a),
      NodeParameter(b),
      NodeParameter(c),
      NodeParameter(d),
      NodeParameter(e),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition))
}

/// Nodes for the 2 outputs of a registered function of 6 columns.
public func outputs<A, B, C, D, E, F, W: Sendable, X: Sendable>(
  _ w: String, _ x: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>,
  _ d: some Port<D>, _ e: some Port<E>, _ f: some Port<F>,
  _ function: RowUDF6<A, B, C, D, E, F, (W, X)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self)],
    [
      NodeParameter(a),
      NodeParameter(b),
      NodeParameter(c),
      NodeParameter(d),
      NodeParameter(e),
      NodeParameter(f),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition))
}

/// Nodes for the 2 outputs of a registered function of 1 column, inputs by name.
public func outputs<A, W: Sendable, X: Sendable>(
  _ w: String, _ x: String, inputs a: String, _ function: RowUDF1<A, (W, X)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self)], [NodeParameter(named: a, as: A.self, stateful: [])],
    function.function, options)
  return (Node(w, definition), Node(x, definition))
}

/// Nodes for the 2 outputs of a registered function of 2 columns, inputs by name.
public func outputs<A, B, W: Sendable, X: Sendable>(
  _ w: String, _ x: String, inputs a: String, _ b: String, _ function: RowUDF2<A, B, (W, X)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self)],
    [
      NodeParameter(named: a, as: A.self, stateful: []),
      NodeParameter(named: b, as: B.self, stateful: []),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition))
}

/// Nodes for the 2 outputs of a registered function of 3 columns, inputs by name.
public func outputs<A, B, C, W: Sendable, X: Sendable>(
  _ w: String, _ x: String, inputs a: String, _ b: String, _ c: String,
  _ function: RowUDF3<A, B, C, (W, X)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self)],
    [
      NodeParameter(named: a, as: A.self, stateful: []),
      NodeParameter(named: b, as: B.self, stateful: []),
      NodeParameter(named: c, as: C.self, stateful: []),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition))
}

/// Nodes for the 2 outputs of a registered function of 4 columns, inputs by name.
public func outputs<A, B, C, D, W: Sendable, X: Sendable>(
  _ w: String, _ x: String, inputs a: String, _ b: String, _ c: String, _ d: String,
  _ function: RowUDF4<A, B, C, D, (W, X)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self)],
    [
      NodeParameter(named: a, as: A.self, stateful: []),
      NodeParameter(named: b, as: B.self, stateful: []),
      NodeParameter(named: c, as: C.self, stateful: []),
      NodeParameter(named: d, as: D.self, stateful: []),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition))
}

/// Nodes for the 2 outputs of a registered function of 5 columns, inputs by name.
public func outputs<A, B, C, D, E, W: Sendable, X: Sendable>(
  _ w: String, _ x: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
  _ function: RowUDF5<A, B, C, D, E, (W, X)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self)],
    [
      NodeParameter(named: a, as: A.self, stateful: []),
      NodeParameter(named: b, as: B.self, stateful: []),
      NodeParameter(named: c, as: C.self, stateful: []),
      NodeParameter(named: d, as: D.self, stateful: []),
      NodeParameter(named: e, as: E.self, stateful: []),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition))
}

/// Nodes for the 2 outputs of a registered function of 6 columns, inputs by name.
public func outputs<A, B, C, D, E, F, W: Sendable, X: Sendable>(
  _ w: String, _ x: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
  _ f: String, _ function: RowUDF6<A, B, C, D, E, F, (W, X)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self)],
    [
      NodeParameter(named: a, as: A.self, stateful: []),
      NodeParameter(named: b, as: B.self, stateful: []),
      NodeParameter(named: c, as: C.self, stateful: []),
      NodeParameter(named: d, as: D.self, stateful: []),
      NodeParameter(named: e, as: E.self, stateful: []),
      NodeParameter(named: f, as: F.self, stateful: []),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition))
}

/// Nodes for the 3 outputs of a registered function of 1 column.
public func outputs<A, W: Sendable, X: Sendable, Y: Sendable>(
  _ w: String, _ x: String, _ y: String, from a: some Port<A>, _ function: RowUDF1<A, (W, X, Y)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self)], [NodeParameter(a)], function.function,
    options)
  return (Node(w, definition), Node(x, definition), Node(y, definition))
}

/// Nodes for the 3 outputs of a registered function of 2 columns.
public func outputs<A, B, W: Sendable, X: Sendable, Y: Sendable>(
  _ w: String, _ x: String, _ y: String, from a: some Port<A>, _ b: some Port<B>,
  _ function: RowUDF2<A, B, (W, X, Y)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self)], [NodeParameter(a), NodeParameter(b)],
    function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition))
}

/// Nodes for the 3 outputs of a registered function of 3 columns.
public func outputs<A, B, C, W: Sendable, X: Sendable, Y: Sendable>(
  _ w: String, _ x: String, _ y: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>,
  _ function: RowUDF3<A, B, C, (W, X, Y)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self)],
    [NodeParameter(a), NodeParameter(b), NodeParameter(c)], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition))
}

/// Nodes for the 3 outputs of a registered function of 4 columns.
public func outputs<A, B, C, D, W: Sendable, X: Sendable, Y: Sendable>(
  _ w: String, _ x: String, _ y: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>,
  _ d: some Port<D>, _ function: RowUDF4<A, B, C, D, (W, X, Y)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self)],
    [
      NodeParameter(a),
      NodeParameter(b),
      NodeParameter(c),
      NodeParameter(d),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition))
}

/// Nodes for the 3 outputs of a registered function of 5 columns.
public func outputs<A, B, C, D, E, W: Sendable, X: Sendable, Y: Sendable>(
  _ w: String, _ x: String, _ y: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>,
  _ d: some Port<D>, _ e: some Port<E>, _ function: RowUDF5<A, B, C, D, E, (W, X, Y)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self)],
    [
      NodeParameter(a),
      NodeParameter(b),
      NodeParameter(c),
      NodeParameter(d),
      NodeParameter(e),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition))
}

/// Nodes for the 3 outputs of a registered function of 6 columns.
public func outputs<A, B, C, D, E, F, W: Sendable, X: Sendable, Y: Sendable>(
  _ w: String, _ x: String, _ y: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>,
  _ d: some Port<D>, _ e: some Port<E>, _ f: some Port<F>,
  _ function: RowUDF6<A, B, C, D, E, F, (W, X, Y)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self)],
    [
      NodeParameter(a),
      NodeParameter(b),
      NodeParameter(c),
      NodeParameter(d),
      NodeParameter(e),
      NodeParameter(f),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition))
}

/// Nodes for the 3 outputs of a registered function of 1 column, inputs by name.
public func outputs<A, W: Sendable, X: Sendable, Y: Sendable>(
  _ w: String, _ x: String, _ y: String, inputs a: String, _ function: RowUDF1<A, (W, X, Y)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self)],
    [NodeParameter(named: a, as: A.self, stateful: [])], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition))
}

/// Nodes for the 3 outputs of a registered function of 2 columns, inputs by name.
public func outputs<A, B, W: Sendable, X: Sendable, Y: Sendable>(
  _ w: String, _ x: String, _ y: String, inputs a: String, _ b: String,
  _ function: RowUDF2<A, B, (W, X, Y)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self)],
    [
      NodeParameter(named: a, as: A.self, stateful: []),
      NodeParameter(named: b, as: B.self, stateful: []),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition))
}

/// Nodes for the 3 outputs of a registered function of 3 columns, inputs by name.
public func outputs<A, B, C, W: Sendable, X: Sendable, Y: Sendable>(
  _ w: String, _ x: String, _ y: String, inputs a: String, _ b: String, _ c: String,
  _ function: RowUDF3<A, B, C, (W, X, Y)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self)],
    [
      NodeParameter(named: a, as: A.self, stateful: []),
      NodeParameter(named: b, as: B.self, stateful: []),
      NodeParameter(named: c, as: C.self, stateful: []),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition))
}

/// Nodes for the 3 outputs of a registered function of 4 columns, inputs by name.
public func outputs<A, B, C, D, W: Sendable, X: Sendable, Y: Sendable>(
  _ w: String, _ x: String, _ y: String, inputs a: String, _ b: String, _ c: String, _ d: String,
  _ function: RowUDF4<A, B, C, D, (W, X, Y)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self)],
    [
      NodeParameter(named: a, as: A.self, stateful: []),
      NodeParameter(named: b, as: B.self, stateful: []),
      NodeParameter(named: c, as: C.self, stateful: []),
      NodeParameter(named: d, as: D.self, stateful: []),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition))
}

/// Nodes for the 3 outputs of a registered function of 5 columns, inputs by name.
public func outputs<A, B, C, D, E, W: Sendable, X: Sendable, Y: Sendable>(
  _ w: String, _ x: String, _ y: String, inputs a: String, _ b: String, _ c: String, _ d: String,
  _ e: String, _ function: RowUDF5<A, B, C, D, E, (W, X, Y)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self)],
    [
      NodeParameter(named: a, as: A.self, stateful: []),
      NodeParameter(named: b, as: B.self, stateful: []),
      NodeParameter(named: c, as: C.self, stateful: []),
      NodeParameter(named: d, as: D.self, stateful: []),
      NodeParameter(named: e, as: E.self, stateful: []),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition))
}

/// Nodes for the 3 outputs of a registered function of 6 columns, inputs by name.
public func outputs<A, B, C, D, E, F, W: Sendable, X: Sendable, Y: Sendable>(
  _ w: String, _ x: String, _ y: String, inputs a: String, _ b: String, _ c: String, _ d: String,
  _ e: String, _ f: String, _ function: RowUDF6<A, B, C, D, E, F, (W, X, Y)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self)],
    [
      NodeParameter(named: a, as: A.self, stateful: []),
      NodeParameter(named: b, as: B.self, stateful: []),
      NodeParameter(named: c, as: C.self, stateful: []),
      NodeParameter(named: d, as: D.self, stateful: []),
      NodeParameter(named: e, as: E.self, stateful: []),
      NodeParameter(named: f, as: F.self, stateful: []),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition))
}

/// Nodes for the 4 outputs of a registered function of 1 column.
public func outputs<A, W: Sendable, X: Sendable, Y: Sendable, Z: Sendable>(
  _ w: String, _ x: String, _ y: String, _ z: String, from a: some Port<A>,
  _ function: RowUDF1<A, (W, X, Y, Z)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>, Node<Z>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self), .init(z, Z.self)], [NodeParameter(a)],
    function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition), Node(z, definition))
}

/// Nodes for the 4 outputs of a registered function of 2 columns.
public func outputs<A, B, W: Sendable, X: Sendable, Y: Sendable, Z: Sendable>(
  _ w: String, _ x: String, _ y: String, _ z: String, from a: some Port<A>, _ b: some Port<B>,
  _ function: RowUDF2<A, B, (W, X, Y, Z)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>, Node<Z>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self), .init(z, Z.self)],
    [NodeParameter(a), NodeParameter(b)], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition), Node(z, definition))
}

/// Nodes for the 4 outputs of a registered function of 3 columns.
public func outputs<A, B, C, W: Sendable, X: Sendable, Y: Sendable, Z: Sendable>(
  _ w: String, _ x: String, _ y: String, _ z: String, from a: some Port<A>, _ b: some Port<B>,
  _ c: some Port<C>, _ function: RowUDF3<A, B, C, (W, X, Y, Z)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>, Node<Z>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self), .init(z, Z.self)],
    [NodeParameter(a), NodeParameter(b), NodeParameter(c)], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition), Node(z, definition))
}

/// Nodes for the 4 outputs of a registered function of 4 columns.
public func outputs<A, B, C, D, W: Sendable, X: Sendable, Y: Sendable, Z: Sendable>(
  _ w: String, _ x: String, _ y: String, _ z: String, from a: some Port<A>, _ b: some Port<B>,
  _ c: some Port<C>, _ d: some Port<D>, _ function: RowUDF4<A, B, C, D, (W, X, Y, Z)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>, Node<Z>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self), .init(z, Z.self)],
    [
      NodeParameter(a),
      NodeParameter(b),
      NodeParameter(c),
      NodeParameter(d),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition), Node(z, definition))
}

/// Nodes for the 4 outputs of a registered function of 5 columns.
public func outputs<A, B, C, D, E, W: Sendable, X: Sendable, Y: Sendable, Z: Sendable>(
  _ w: String, _ x: String, _ y: String, _ z: String, from a: some Port<A>, _ b: some Port<B>,
  _ c: some Port<C>, _ d: some Port<D>, _ e: some Port<E>,
  _ function: RowUDF5<A, B, C, D, E, (W, X, Y, Z)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>, Node<Z>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self), .init(z, Z.self)],
    [
      NodeParameter(a),
      NodeParameter(b),
      NodeParameter(c),
      NodeParameter(d),
      NodeParameter(e),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition), Node(z, definition))
}

/// Nodes for the 4 outputs of a registered function of 6 columns.
public func outputs<A, B, C, D, E, F, W: Sendable, X: Sendable, Y: Sendable, Z: Sendable>(
  _ w: String, _ x: String, _ y: String, _ z: String, from a: some Port<A>, _ b: some Port<B>,
  _ c: some Port<C>, _ d: some Port<D>, _ e: some Port<E>, _ f: some Port<F>,
  _ function: RowUDF6<A, B, C, D, E, F, (W, X, Y, Z)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>, Node<Z>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self), .init(z, Z.self)],
    [
      NodeParameter(a),
      NodeParameter(b),
      NodeParameter(c),
      NodeParameter(d),
      NodeParameter(e),
      NodeParameter(f),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition), Node(z, definition))
}

/// Nodes for the 4 outputs of a registered function of 1 column, inputs by name.
public func outputs<A, W: Sendable, X: Sendable, Y: Sendable, Z: Sendable>(
  _ w: String, _ x: String, _ y: String, _ z: String, inputs a: String,
  _ function: RowUDF1<A, (W, X, Y, Z)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>, Node<Z>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self), .init(z, Z.self)],
    [NodeParameter(named: a, as: A.self, stateful: [])], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition), Node(z, definition))
}

/// Nodes for the 4 outputs of a registered function of 2 columns, inputs by name.
public func outputs<A, B, W: Sendable, X: Sendable, Y: Sendable, Z: Sendable>(
  _ w: String, _ x: String, _ y: String, _ z: String, inputs a: String, _ b: String,
  _ function: RowUDF2<A, B, (W, X, Y, Z)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>, Node<Z>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self), .init(z, Z.self)],
    [
      NodeParameter(named: a, as: A.self, stateful: []),
      NodeParameter(named: b, as: B.self, stateful: []),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition), Node(z, definition))
}

/// Nodes for the 4 outputs of a registered function of 3 columns, inputs by name.
public func outputs<A, B, C, W: Sendable, X: Sendable, Y: Sendable, Z: Sendable>(
  _ w: String, _ x: String, _ y: String, _ z: String, inputs a: String, _ b: String, _ c: String,
  _ function: RowUDF3<A, B, C, (W, X, Y, Z)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>, Node<Z>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self), .init(z, Z.self)],
    [
      NodeParameter(named: a, as: A.self, stateful: []),
      NodeParameter(named: b, as: B.self, stateful: []),
      NodeParameter(named: c, as: C.self, stateful: []),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition), Node(z, definition))
}

/// Nodes for the 4 outputs of a registered function of 4 columns, inputs by name.
public func outputs<A, B, C, D, W: Sendable, X: Sendable, Y: Sendable, Z: Sendable>(
  _ w: String, _ x: String, _ y: String, _ z: String, inputs a: String, _ b: String, _ c: String,
  _ d: String, _ function: RowUDF4<A, B, C, D, (W, X, Y, Z)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>, Node<Z>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self), .init(z, Z.self)],
    [
      NodeParameter(named: a, as: A.self, stateful: []),
      NodeParameter(named: b, as: B.self, stateful: []),
      NodeParameter(named: c, as: C.self, stateful: []),
      NodeParameter(named: d, as: D.self, stateful: []),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition), Node(z, definition))
}

/// Nodes for the 4 outputs of a registered function of 5 columns, inputs by name.
public func outputs<A, B, C, D, E, W: Sendable, X: Sendable, Y: Sendable, Z: Sendable>(
  _ w: String, _ x: String, _ y: String, _ z: String, inputs a: String, _ b: String, _ c: String,
  _ d: String, _ e: String, _ function: RowUDF5<A, B, C, D, E, (W, X, Y, Z)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>, Node<Z>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self), .init(z, Z.self)],
    [
      NodeParameter(named: a, as: A.self, stateful: []),
      NodeParameter(named: b, as: B.self, stateful: []),
      NodeParameter(named: c, as: C.self, stateful: []),
      NodeParameter(named: d, as: D.self, stateful: []),
      NodeParameter(named: e, as: E.self, stateful: []),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition), Node(z, definition))
}

/// Nodes for the 4 outputs of a registered function of 6 columns, inputs by name.
public func outputs<A, B, C, D, E, F, W: Sendable, X: Sendable, Y: Sendable, Z: Sendable>(
  _ w: String, _ x: String, _ y: String, _ z: String, inputs a: String, _ b: String, _ c: String,
  _ d: String, _ e: String, _ f: String, _ function: RowUDF6<A, B, C, D, E, F, (W, X, Y, Z)>,
  options: UDFOptions = UDFOptions()
) -> (Node<W>, Node<X>, Node<Y>, Node<Z>) {
  let definition = NodeDefinition(
    [.init(w, W.self), .init(x, X.self), .init(y, Y.self), .init(z, Z.self)],
    [
      NodeParameter(named: a, as: A.self, stateful: []),
      NodeParameter(named: b, as: B.self, stateful: []),
      NodeParameter(named: c, as: C.self, stateful: []),
      NodeParameter(named: d, as: D.self, stateful: []),
      NodeParameter(named: e, as: E.self, stateful: []),
      NodeParameter(named: f, as: F.self, stateful: []),
    ], function.function, options)
  return (Node(w, definition), Node(x, definition), Node(y, definition), Node(z, definition))
}
