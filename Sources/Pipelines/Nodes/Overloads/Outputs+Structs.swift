// Written by scripts/generate-overloads.py; change that, not this.

import Columnar
import ColumnarCore

/// Nodes for the keys of the struct that one call per item returns, on 1 port.
@inlinable
public func outputs<A, Row: Codable & Sendable>(
  of type: Row.Type, from a: some Port<A>, options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A) throws -> Row?
) -> OutputNodes<Row> {
  OutputNodes([NodeParameter(a)], options, UDFBody.structures(closure))
}

/// Nodes for the keys of the struct that one call per item returns, on 2 ports.
@inlinable
public func outputs<A, B, Row: Codable & Sendable>(
  of type: Row.Type, from a: some Port<A>, _ b: some Port<B>, options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A, B) throws -> Row?
) -> OutputNodes<Row> {
  OutputNodes([NodeParameter(a), NodeParameter(b)], options, UDFBody.structures(closure))
}

/// Nodes for the keys of the struct that one call per item returns, on 3 ports.
@inlinable
public func outputs<A, B, C, Row: Codable & Sendable>(
  of type: Row.Type, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>,
  options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A, B, C) throws -> Row?
) -> OutputNodes<Row> {
  OutputNodes(
    [NodeParameter(a), NodeParameter(b), NodeParameter(c)], options, UDFBody.structures(closure))
}

/// Nodes for the keys of the struct that one call per item returns, on 4 ports.
@inlinable
public func outputs<A, B, C, D, Row: Codable & Sendable>(
  of type: Row.Type, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
  options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A, B, C, D) throws -> Row?
) -> OutputNodes<Row> {
  OutputNodes(
    [
      NodeParameter(a),
      NodeParameter(b),
      NodeParameter(c),
      NodeParameter(d),
    ], options, UDFBody.structures(closure))
}

/// Nodes for the keys of the struct that one call per item returns, on 5 ports.
@inlinable
public func outputs<A, B, C, D, E, Row: Codable & Sendable>(
  of type: Row.Type, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
  _ e: some Port<E>, options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A, B, C, D, E) throws -> Row?
) -> OutputNodes<Row> {
  OutputNodes(
    [
      NodeParameter(a),
      NodeParameter(b),
      NodeParameter(c),
      NodeParameter(d),
      NodeParameter(e),
    ], options, UDFBody.structures(closure))
}

/// Nodes for the keys of the struct that one call per item returns, on 6 ports.
@inlinable
public func outputs<A, B, C, D, E, F, Row: Codable & Sendable>(
  of type: Row.Type, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
  _ e: some Port<E>, _ f: some Port<F>, options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A, B, C, D, E, F) throws -> Row?
) -> OutputNodes<Row> {
  OutputNodes(
    [
      NodeParameter(a),
      NodeParameter(b),
      NodeParameter(c),
      NodeParameter(d),
      NodeParameter(e),
      NodeParameter(f),
    ], options, UDFBody.structures(closure))
}

/// Nodes for the keys of the struct that one call per item returns, on 7 ports.
@inlinable
public func outputs<A, B, C, D, E, F, G, Row: Codable & Sendable>(
  of type: Row.Type, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
  _ e: some Port<E>, _ f: some Port<F>, _ g: some Port<G>, options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A, B, C, D, E, F, G) throws -> Row?
) -> OutputNodes<Row> {
  OutputNodes(
    [
      NodeParameter(a),
      NodeParameter(b),
      NodeParameter(c),
      NodeParameter(d),
      NodeParameter(e),
      NodeParameter(f),
      NodeParameter(g),
    ], options, UDFBody.structures(closure))
}

/// Nodes for the keys of the struct that one call per item returns, on 8 ports.
@inlinable
public func outputs<A, B, C, D, E, F, G, H, Row: Codable & Sendable>(
  of type: Row.Type, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
  _ e: some Port<E>, _ f: some Port<F>, _ g: some Port<G>, _ h: some Port<H>,
  options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A, B, C, D, E, F, G, H) throws -> Row?
) -> OutputNodes<Row> {
  OutputNodes(
    [
      NodeParameter(a),
      NodeParameter(b),
      NodeParameter(c),
      NodeParameter(d),
      NodeParameter(e),
      NodeParameter(f),
      NodeParameter(g),
      NodeParameter(h),
    ], options, UDFBody.structures(closure))
}

/// Nodes for the keys of the struct that one call per item returns, on 1 input by name.
@inlinable
public func outputs<A, Row: Codable & Sendable>(
  of type: Row.Type, inputs a: String, stateful: Set<String> = [],
  options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A) throws -> Row?
) -> OutputNodes<Row> {
  OutputNodes(
    [NodeParameter(named: a, as: A.self, stateful: stateful)], options, UDFBody.structures(closure))
}

/// Nodes for the keys of the struct that one call per item returns, on 2 inputs by name.
@inlinable
public func outputs<A, B, Row: Codable & Sendable>(
  of type: Row.Type, inputs a: String, _ b: String, stateful: Set<String> = [],
  options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A, B) throws -> Row?
) -> OutputNodes<Row> {
  OutputNodes(
    [
      NodeParameter(named: a, as: A.self, stateful: stateful),
      NodeParameter(named: b, as: B.self, stateful: stateful),
    ], options, UDFBody.structures(closure))
}

/// Nodes for the keys of the struct that one call per item returns, on 3 inputs by name.
@inlinable
public func outputs<A, B, C, Row: Codable & Sendable>(
  of type: Row.Type, inputs a: String, _ b: String, _ c: String, stateful: Set<String> = [],
  options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A, B, C) throws -> Row?
) -> OutputNodes<Row> {
  OutputNodes(
    [
      NodeParameter(named: a, as: A.self, stateful: stateful),
      NodeParameter(named: b, as: B.self, stateful: stateful),
      NodeParameter(named: c, as: C.self, stateful: stateful),
    ], options, UDFBody.structures(closure))
}

/// Nodes for the keys of the struct that one call per item returns, on 4 inputs by name.
@inlinable
public func outputs<A, B, C, D, Row: Codable & Sendable>(
  of type: Row.Type, inputs a: String, _ b: String, _ c: String, _ d: String,
  stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A, B, C, D) throws -> Row?
) -> OutputNodes<Row> {
  OutputNodes(
    [
      NodeParameter(named: a, as: A.self, stateful: stateful),
      NodeParameter(named: b, as: B.self, stateful: stateful),
      NodeParameter(named: c, as: C.self, stateful: stateful),
      NodeParameter(named: d, as: D.self, stateful: stateful),
    ], options, UDFBody.structures(closure))
}

/// Nodes for the keys of the struct that one call per item returns, on 5 inputs by name.
@inlinable
public func outputs<A, B, C, D, E, Row: Codable & Sendable>(
  of type: Row.Type, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
  stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A, B, C, D, E) throws -> Row?
) -> OutputNodes<Row> {
  OutputNodes(
    [
      NodeParameter(named: a, as: A.self, stateful: stateful),
      NodeParameter(named: b, as: B.self, stateful: stateful),
      NodeParameter(named: c, as: C.self, stateful: stateful),
      NodeParameter(named: d, as: D.self, stateful: stateful),
      NodeParameter(named: e, as: E.self, stateful: stateful),
    ], options, UDFBody.structures(closure))
}

/// Nodes for the keys of the struct that one call per item returns, on 6 inputs by name.
@inlinable
public func outputs<A, B, C, D, E, F, Row: Codable & Sendable>(
  of type: Row.Type, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
  _ f: String, stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A, B, C, D, E, F) throws -> Row?
) -> OutputNodes<Row> {
  OutputNodes(
    [
      NodeParameter(named: a, as: A.self, stateful: stateful),
      NodeParameter(named: b, as: B.self, stateful: stateful),
      NodeParameter(named: c, as: C.self, stateful: stateful),
      NodeParameter(named: d, as: D.self, stateful: stateful),
      NodeParameter(named: e, as: E.self, stateful: stateful),
      NodeParameter(named: f, as: F.self, stateful: stateful),
    ], options, UDFBody.structures(closure))
}

/// Nodes for the keys of the struct that one call per item returns, on 7 inputs by name.
@inlinable
public func outputs<A, B, C, D, E, F, G, Row: Codable & Sendable>(
  of type: Row.Type, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
  _ f: String, _ g: String, stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A, B, C, D, E, F, G) throws -> Row?
) -> OutputNodes<Row> {
  OutputNodes(
    [
      NodeParameter(named: a, as: A.self, stateful: stateful),
      NodeParameter(named: b, as: B.self, stateful: stateful),
      NodeParameter(named: c, as: C.self, stateful: stateful),
      NodeParameter(named: d, as: D.self, stateful: stateful),
      NodeParameter(named: e, as: E.self, stateful: stateful),
      NodeParameter(named: f, as: F.self, stateful: stateful),
      NodeParameter(named: g, as: G.self, stateful: stateful),
    ], options, UDFBody.structures(closure))
}

/// Nodes for the keys of the struct that one call per item returns, on 8 inputs by name.
@inlinable
public func outputs<A, B, C, D, E, F, G, H, Row: Codable & Sendable>(
  of type: Row.Type, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
  _ f: String, _ g: String, _ h: String, stateful: Set<String> = [],
  options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A, B, C, D, E, F, G, H) throws -> Row?
) -> OutputNodes<Row> {
  OutputNodes(
    [
      NodeParameter(named: a, as: A.self, stateful: stateful),
      NodeParameter(named: b, as: B.self, stateful: stateful),
      NodeParameter(named: c, as: C.self, stateful: stateful),
      NodeParameter(named: d, as: D.self, stateful: stateful),
      NodeParameter(named: e, as: E.self, stateful: stateful),
      NodeParameter(named: f, as: F.self, stateful: stateful),
      NodeParameter(named: g, as: G.self, stateful: stateful),
      NodeParameter(named: h, as: H.self, stateful: stateful),
    ], options, UDFBody.structures(closure))
}
