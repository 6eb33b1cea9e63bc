// Written by scripts/generate-overloads.py; change that, not this.

import Columnar
import ColumnarCore

extension Node {
  /// A node called once per item on 1 input by name.
  @inlinable @inline(__always)
  public init<A>(
    _ name: String, inputs a: String, stateful: Set<String> = [],
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A) throws -> Value
  ) {
    self.init(
      row: name, [NodeParameter(named: a, as: A.self, stateful: stateful)], options,
      UDFBody.row(closure))
  }

  /// A node called once per item on 2 inputs by name.
  @inlinable @inline(__always)
  public init<A, B>(
    _ name: String, inputs a: String, _ b: String, stateful: Set<String> = [],
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(named: b, as: B.self, stateful: stateful),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 3 inputs by name.
  @inlinable @inline(__always)
  public init<A, B, C>(
    _ name: String, inputs a: String, _ b: String, _ c: String, stateful: Set<String> = [],
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(named: b, as: B.self, stateful: stateful),
        NodeParameter(named: c, as: C.self, stateful: stateful),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 4 inputs by name.
  @inlinable @inline(__always)
  public init<A, B, C, D>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String,
    stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(named: b, as: B.self, stateful: stateful),
        NodeParameter(named: c, as: C.self, stateful: stateful),
        NodeParameter(named: d, as: D.self, stateful: stateful),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 5 inputs by name.
  @inlinable @inline(__always)
  public init<A, B, C, D, E>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(named: b, as: B.self, stateful: stateful),
        NodeParameter(named: c, as: C.self, stateful: stateful),
        NodeParameter(named: d, as: D.self, stateful: stateful),
        NodeParameter(named: e, as: E.self, stateful: stateful),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 6 inputs by name.
  @inlinable @inline(__always)
  public init<A, B, C, D, E, F>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(named: b, as: B.self, stateful: stateful),
        NodeParameter(named: c, as: C.self, stateful: stateful),
        NodeParameter(named: d, as: D.self, stateful: stateful),
        NodeParameter(named: e, as: E.self, stateful: stateful),
        NodeParameter(named: f, as: F.self, stateful: stateful),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 7 inputs by name.
  @inlinable @inline(__always)
  public init<A, B, C, D, E, F, G>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, _ g: String, stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(named: b, as: B.self, stateful: stateful),
        NodeParameter(named: c, as: C.self, stateful: stateful),
        NodeParameter(named: d, as: D.self, stateful: stateful),
        NodeParameter(named: e, as: E.self, stateful: stateful),
        NodeParameter(named: f, as: F.self, stateful: stateful),
        NodeParameter(named: g, as: G.self, stateful: stateful),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 8 inputs by name.
  @inlinable @inline(__always)
  public init<A, B, C, D, E, F, G, H>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, _ g: String, _ h: String, stateful: Set<String> = [],
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, H) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(named: b, as: B.self, stateful: stateful),
        NodeParameter(named: c, as: C.self, stateful: stateful),
        NodeParameter(named: d, as: D.self, stateful: stateful),
        NodeParameter(named: e, as: E.self, stateful: stateful),
        NodeParameter(named: f, as: F.self, stateful: stateful),
        NodeParameter(named: g, as: G.self, stateful: stateful),
        NodeParameter(named: h, as: H.self, stateful: stateful),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 1 input by name and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A, Made: Stateful>(
    _ name: String, inputs a: String, stateful: Set<String> = [],
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, Made) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 2 inputs by name and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A, B, Made: Stateful>(
    _ name: String, inputs a: String, _ b: String, stateful: Set<String> = [],
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, Made) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(named: b, as: B.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 3 inputs by name and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A, B, C, Made: Stateful>(
    _ name: String, inputs a: String, _ b: String, _ c: String, stateful: Set<String> = [],
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, Made) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(named: b, as: B.self, stateful: stateful),
        NodeParameter(named: c, as: C.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 4 inputs by name and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A, B, C, D, Made: Stateful>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String,
    stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, Made) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(named: b, as: B.self, stateful: stateful),
        NodeParameter(named: c, as: C.self, stateful: stateful),
        NodeParameter(named: d, as: D.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 5 inputs by name and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A, B, C, D, E, Made: Stateful>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, Made) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(named: b, as: B.self, stateful: stateful),
        NodeParameter(named: c, as: C.self, stateful: stateful),
        NodeParameter(named: d, as: D.self, stateful: stateful),
        NodeParameter(named: e, as: E.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 6 inputs by name and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A, B, C, D, E, F, Made: Stateful>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, Made) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(named: b, as: B.self, stateful: stateful),
        NodeParameter(named: c, as: C.self, stateful: stateful),
        NodeParameter(named: d, as: D.self, stateful: stateful),
        NodeParameter(named: e, as: E.self, stateful: stateful),
        NodeParameter(named: f, as: F.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, UDFBody.row(closure))
  }

  /// A node called once per item on 7 inputs by name and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A, B, C, D, E, F, G, Made: Stateful>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, _ g: String, stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, Made) throws -> Value
  ) {
    self.init(
      row: name,
      [
        NodeParameter(named: a, as: A.self, stateful: stateful),
        NodeParameter(named: b, as: B.self, stateful: stateful),
        NodeParameter(named: c, as: C.self, stateful: stateful),
        NodeParameter(named: d, as: D.self, stateful: stateful),
        NodeParameter(named: e, as: E.self, stateful: stateful),
        NodeParameter(named: f, as: F.self, stateful: stateful),
        NodeParameter(named: g, as: G.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, UDFBody.row(closure))
  }
}
