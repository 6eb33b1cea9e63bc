// Written by scripts/generate-overloads.py; change that, not this.

import Columnar
import ColumnarCore

extension Node {
  /// A node called once per item on 1 port that waits without holding a thread.
  @inlinable
  public init<A: Sendable>(
    _ name: String, from a: some Port<A>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A) async throws -> Value
  ) {
    self.init(
      async: name, [NodeParameter(a)], options, UDFBody.async(closure))
  }

  /// A node called once per item on 2 ports that waits without holding a thread.
  @inlinable
  public init<A: Sendable, B: Sendable>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B) async throws -> Value
  ) {
    self.init(
      async: name, [NodeParameter(a), NodeParameter(b)], options, UDFBody.async(closure))
  }

  /// A node called once per item on 3 ports that waits without holding a thread.
  @inlinable
  public init<A: Sendable, B: Sendable, C: Sendable>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C) async throws -> Value
  ) {
    self.init(
      async: name, [NodeParameter(a), NodeParameter(b), NodeParameter(c)], options,
      UDFBody.async(closure))
  }

  /// A node called once per item on 4 ports that waits without holding a thread.
  @inlinable
  public init<A: Sendable, B: Sendable, C: Sendable, D: Sendable>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D) async throws -> Value
  ) {
    self.init(
      async: name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(d),
      ], options, UDFBody.async(closure))
  }

  /// A node called once per item on 5 ports that waits without holding a thread.
  @inlinable
  public init<A: Sendable, B: Sendable, C: Sendable, D: Sendable, E: Sendable>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
    _ e: some Port<E>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E) async throws -> Value
  ) {
    self.init(
      async: name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(d),
        NodeParameter(e),
      ], options, UDFBody.async(closure))
  }

  /// A node called once per item on 6 ports that waits without holding a thread.
  @inlinable
  public init<A: Sendable, B: Sendable, C: Sendable, D: Sendable, E: Sendable, F: Sendable>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
    _ e: some Port<E>, _ f: some Port<F>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F) async throws -> Value
  ) {
    self.init(
      async: name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(d),
        NodeParameter(e),
        NodeParameter(f),
      ], options, UDFBody.async(closure))
  }

  /// A node called once per item on 7 ports that waits without holding a thread.
  @inlinable
  public init<
    A: Sendable, B: Sendable, C: Sendable, D: Sendable, E: Sendable, F: Sendable, G: Sendable
  >(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
    _ e: some Port<E>, _ f: some Port<F>, _ g: some Port<G>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G) async throws -> Value
  ) {
    self.init(
      async: name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(d),
        NodeParameter(e),
        NodeParameter(f),
        NodeParameter(g),
      ], options, UDFBody.async(closure))
  }

  /// A node called once per item on 8 ports that waits without holding a thread.
  @inlinable
  public init<
    A: Sendable, B: Sendable, C: Sendable, D: Sendable, E: Sendable, F: Sendable, G: Sendable,
    H: Sendable
  >(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
    _ e: some Port<E>, _ f: some Port<F>, _ g: some Port<G>, _ h: some Port<H>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, H) async throws -> Value
  ) {
    self.init(
      async: name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(d),
        NodeParameter(e),
        NodeParameter(f),
        NodeParameter(g),
        NodeParameter(h),
      ], options, UDFBody.async(closure))
  }

  /// A node called once per item on 1 input by name that waits without holding a thread.
  @inlinable
  public init<A: Sendable>(
    _ name: String, inputs a: String, stateful: Set<String> = [],
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A) async throws -> Value
  ) {
    self.init(
      async: name, [NodeParameter(named: a, as: A.self, stateful: stateful)], options,
      UDFBody.async(closure))
  }

  /// A node called once per item on 2 inputs by name that waits without holding a thread.
  @inlinable
  public init<A: Sendable, B: Sendable>(
    _ name: String, inputs a: String, _ b: String, stateful: Set<String> = [],
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B) async throws -> Value
  ) {
    self.init(
      async: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(named: b, as: B.self, stateful: stateful),
      ], options, UDFBody.async(closure))
  }

  /// A node called once per item on 3 inputs by name that waits without holding a thread.
  @inlinable
  public init<A: Sendable, B: Sendable, C: Sendable>(
    _ name: String, inputs a: String, _ b: String, _ c: String, stateful: Set<String> = [],
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C) async throws -> Value
  ) {
    self.init(
      async: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(named: b, as: B.self, stateful: stateful),
        NodeParameter(named: c, as: C.self, stateful: stateful),
      ], options, UDFBody.async(closure))
  }

  /// A node called once per item on 4 inputs by name that waits without holding a thread.
  @inlinable
  public init<A: Sendable, B: Sendable, C: Sendable, D: Sendable>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String,
    stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D) async throws -> Value
  ) {
    self.init(
      async: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(named: b, as: B.self, stateful: stateful),
        NodeParameter(named: c, as: C.self, stateful: stateful),
        NodeParameter(named: d, as: D.self, stateful: stateful),
      ], options, UDFBody.async(closure))
  }

  /// A node called once per item on 5 inputs by name that waits without holding a thread.
  @inlinable
  public init<A: Sendable, B: Sendable, C: Sendable, D: Sendable, E: Sendable>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E) async throws -> Value
  ) {
    self.init(
      async: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(named: b, as: B.self, stateful: stateful),
        NodeParameter(named: c, as: C.self, stateful: stateful),
        NodeParameter(named: d, as: D.self, stateful: stateful),
        NodeParameter(named: e, as: E.self, stateful: stateful),
      ], options, UDFBody.async(closure))
  }

  /// A node called once per item on 6 inputs by name that waits without holding a thread.
  @inlinable
  public init<A: Sendable, B: Sendable, C: Sendable, D: Sendable, E: Sendable, F: Sendable>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F) async throws -> Value
  ) {
    self.init(
      async: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(named: b, as: B.self, stateful: stateful),
        NodeParameter(named: c, as: C.self, stateful: stateful),
        NodeParameter(named: d, as: D.self, stateful: stateful),
        NodeParameter(named: e, as: E.self, stateful: stateful),
        NodeParameter(named: f, as: F.self, stateful: stateful),
      ], options, UDFBody.async(closure))
  }

  /// A node called once per item on 7 inputs by name that waits without holding a thread.
  @inlinable
  public init<
    A: Sendable, B: Sendable, C: Sendable, D: Sendable, E: Sendable, F: Sendable, G: Sendable
  >(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, _ g: String, stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G) async throws -> Value
  ) {
    self.init(
      async: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(named: b, as: B.self, stateful: stateful),
        NodeParameter(named: c, as: C.self, stateful: stateful),
        NodeParameter(named: d, as: D.self, stateful: stateful),
        NodeParameter(named: e, as: E.self, stateful: stateful),
        NodeParameter(named: f, as: F.self, stateful: stateful),
        NodeParameter(named: g, as: G.self, stateful: stateful),
      ], options, UDFBody.async(closure))
  }

  /// A node called once per item on 8 inputs by name that waits without holding a thread.
  @inlinable
  public init<
    A: Sendable, B: Sendable, C: Sendable, D: Sendable, E: Sendable, F: Sendable, G: Sendable,
    H: Sendable
  >(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, _ g: String, _ h: String, stateful: Set<String> = [],
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, H) async throws -> Value
  ) {
    self.init(
      async: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(named: b, as: B.self, stateful: stateful),
        NodeParameter(named: c, as: C.self, stateful: stateful),
        NodeParameter(named: d, as: D.self, stateful: stateful),
        NodeParameter(named: e, as: E.self, stateful: stateful),
        NodeParameter(named: f, as: F.self, stateful: stateful),
        NodeParameter(named: g, as: G.self, stateful: stateful),
        NodeParameter(named: h, as: H.self, stateful: stateful),
      ], options, UDFBody.async(closure))
  }
}
