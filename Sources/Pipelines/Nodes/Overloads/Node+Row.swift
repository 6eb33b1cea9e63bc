// Written by scripts/generate-overloads.py; change that, not this.

import Columnar
import ColumnarCore

extension Node {
  /// A node called once per item on 0 ports.
  @inlinable @inline(__always)
  public init(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable () throws -> Value
  ) {
    self.init(
      row: name, [], options, UDFBody.row(closure))
  }

  /// A node called once per item on 1 port.
  @inlinable @inline(__always)
  public init<A>(
    _ name: String, from a: some Port<A>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A) throws -> Value
  ) {
    self.init(
      row: name, [NodeParameter(a)], options, UDFBody.row(closure))
  }

  /// A node called once per item on 2 ports.
  @inlinable @inline(__always)
  public init<A, B>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B) throws -> Value
  ) {
    self.init(
      row: name, [NodeParameter(a), NodeParameter(b)], options, UDFBody.row(closure))
  }

  /// A node called once per item on 3 ports.
  @inlinable @inline(__always)
  public init<A, B, C>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C) throws -> Value
  ) {
    self.init(
      row: name, [NodeParameter(a), NodeParameter(b), NodeParameter(c)], options,
      UDFBody.row(closure))
  }

  /// A node called once per item on 4 ports.
  @inlinable @inline(__always)
  public init<A, B, C, D>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(d),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 5 ports.
  @inlinable @inline(__always)
  public init<A, B, C, D, E>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
    _ e: some Port<E>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(d),
        NodeParameter(e),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 6 ports.
  @inlinable @inline(__always)
  public init<A, B, C, D, E, F>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
    _ e: some Port<E>, _ f: some Port<F>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(d),
        NodeParameter(e),
        NodeParameter(f),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 7 ports.
  @inlinable @inline(__always)
  public init<A, B, C, D, E, F, G>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
    _ e: some Port<E>, _ f: some Port<F>, _ g: some Port<G>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(d),
        NodeParameter(e),
        NodeParameter(f),
        NodeParameter(g),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 8 ports.
  @inlinable @inline(__always)
  public init<A, B, C, D, E, F, G, H>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
    _ e: some Port<E>, _ f: some Port<F>, _ g: some Port<G>, _ h: some Port<H>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, H) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(d),
        NodeParameter(e),
        NodeParameter(f),
        NodeParameter(g),
        NodeParameter(h),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 0 ports and an object that the engine makes.
  @inlinable @inline(__always)
  public init<Made: Stateful>(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (Made) throws -> Value
  ) {
    self.init(
      row: name, [NodeParameter(made: Made.self)], options, UDFBody.row(closure))
  }

  /// A node called once per item on 1 port and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A, Made: Stateful>(
    _ name: String, from a: some Port<A>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, Made) throws -> Value
  ) {
    self.init(
      row: name, [NodeParameter(a), NodeParameter(made: Made.self)], options, UDFBody.row(closure))
  }

  /// A node called once per item on 2 ports and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A, B, Made: Stateful>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, Made) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(made: Made.self),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 3 ports and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A, B, C, Made: Stateful>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, Made) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(made: Made.self),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 4 ports and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A, B, C, D, Made: Stateful>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, Made) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(d),
        NodeParameter(made: Made.self),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 5 ports and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A, B, C, D, E, Made: Stateful>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
    _ e: some Port<E>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, Made) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(d),
        NodeParameter(e),
        NodeParameter(made: Made.self),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 6 ports and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A, B, C, D, E, F, Made: Stateful>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
    _ e: some Port<E>, _ f: some Port<F>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, Made) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(d),
        NodeParameter(e),
        NodeParameter(f),
        NodeParameter(made: Made.self),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 7 ports and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A, B, C, D, E, F, G, Made: Stateful>(
    _ name: String, from a: some Port<A>, _ b: some Port<B>, _ c: some Port<C>, _ d: some Port<D>,
    _ e: some Port<E>, _ f: some Port<F>, _ g: some Port<G>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, Made) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(a),
        NodeParameter(b),
        NodeParameter(c),
        NodeParameter(d),
        NodeParameter(e),
        NodeParameter(f),
        NodeParameter(g),
        NodeParameter(made: Made.self),
      ], options, UDFBody.row(closure))
  }
}
