// Written by scripts/generate-overloads.py; change that, not this.

import Columnar
import ColumnarCore

extension Node {
  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 1 input by name.
  @inlinable @inline(__always)
  public init<A, AA, Values: Collection & SendableMetatype>(
    _ name: String, inputs a: String, stateful: Set<String> = [],
    options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A) throws -> Value,
    batch: @escaping @Sendable (AA) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name, [NodeParameter(dual: a, as: A.self, stateful: stateful)], options,
      row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 2 inputs by name.
  @inlinable @inline(__always)
  public init<A, B, AA, BB, Values: Collection & SendableMetatype>(
    _ name: String, inputs a: String, _ b: String, stateful: Set<String> = [],
    options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A, B) throws -> Value,
    batch: @escaping @Sendable (AA, BB) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(dual: a, as: A.self, stateful: stateful),
        NodeParameter(dual: b, as: B.self, stateful: stateful),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 3 inputs by name.
  @inlinable @inline(__always)
  public init<A, B, C, AA, BB, CC, Values: Collection & SendableMetatype>(
    _ name: String, inputs a: String, _ b: String, _ c: String, stateful: Set<String> = [],
    options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A, B, C) throws -> Value,
    batch: @escaping @Sendable (AA, BB, CC) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(dual: a, as: A.self, stateful: stateful),
        NodeParameter(dual: b, as: B.self, stateful: stateful),
        NodeParameter(dual: c, as: C.self, stateful: stateful),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 4 inputs by name.
  @inlinable @inline(__always)
  public init<A, B, C, D, AA, BB, CC, DD, Values: Collection & SendableMetatype>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String,
    stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A, B, C, D) throws -> Value,
    batch: @escaping @Sendable (AA, BB, CC, DD) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(dual: a, as: A.self, stateful: stateful),
        NodeParameter(dual: b, as: B.self, stateful: stateful),
        NodeParameter(dual: c, as: C.self, stateful: stateful),
        NodeParameter(dual: d, as: D.self, stateful: stateful),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 5 inputs by name.
  @inlinable @inline(__always)
  public init<A, B, C, D, E, AA, BB, CC, DD, EE, Values: Collection & SendableMetatype>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A, B, C, D, E) throws -> Value,
    batch: @escaping @Sendable (AA, BB, CC, DD, EE) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(dual: a, as: A.self, stateful: stateful),
        NodeParameter(dual: b, as: B.self, stateful: stateful),
        NodeParameter(dual: c, as: C.self, stateful: stateful),
        NodeParameter(dual: d, as: D.self, stateful: stateful),
        NodeParameter(dual: e, as: E.self, stateful: stateful),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 6 inputs by name.
  @inlinable @inline(__always)
  public init<A, B, C, D, E, F, AA, BB, CC, DD, EE, FF, Values: Collection & SendableMetatype>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A, B, C, D, E, F) throws -> Value,
    batch: @escaping @Sendable (AA, BB, CC, DD, EE, FF) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(dual: a, as: A.self, stateful: stateful),
        NodeParameter(dual: b, as: B.self, stateful: stateful),
        NodeParameter(dual: c, as: C.self, stateful: stateful),
        NodeParameter(dual: d, as: D.self, stateful: stateful),
        NodeParameter(dual: e, as: E.self, stateful: stateful),
        NodeParameter(dual: f, as: F.self, stateful: stateful),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 7 inputs by name.
  @inlinable @inline(__always)
  public init<
    A, B, C, D, E, F, G, AA, BB, CC, DD, EE, FF, GG, Values: Collection & SendableMetatype
  >(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, _ g: String, stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A, B, C, D, E, F, G) throws -> Value,
    batch: @escaping @Sendable (AA, BB, CC, DD, EE, FF, GG) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(dual: a, as: A.self, stateful: stateful),
        NodeParameter(dual: b, as: B.self, stateful: stateful),
        NodeParameter(dual: c, as: C.self, stateful: stateful),
        NodeParameter(dual: d, as: D.self, stateful: stateful),
        NodeParameter(dual: e, as: E.self, stateful: stateful),
        NodeParameter(dual: f, as: F.self, stateful: stateful),
        NodeParameter(dual: g, as: G.self, stateful: stateful),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 8 inputs by name.
  @inlinable @inline(__always)
  public init<
    A, B, C, D, E, F, G, H, AA, BB, CC, DD, EE, FF, GG, HH, Values: Collection & SendableMetatype
  >(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, _ g: String, _ h: String, stateful: Set<String> = [],
    options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A, B, C, D, E, F, G, H) throws -> Value,
    batch: @escaping @Sendable (AA, BB, CC, DD, EE, FF, GG, HH) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(dual: a, as: A.self, stateful: stateful),
        NodeParameter(dual: b, as: B.self, stateful: stateful),
        NodeParameter(dual: c, as: C.self, stateful: stateful),
        NodeParameter(dual: d, as: D.self, stateful: stateful),
        NodeParameter(dual: e, as: E.self, stateful: stateful),
        NodeParameter(dual: f, as: F.self, stateful: stateful),
        NodeParameter(dual: g, as: G.self, stateful: stateful),
        NodeParameter(dual: h, as: H.self, stateful: stateful),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 1 input by name and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A, AA, Made: Stateful, Values: Collection & SendableMetatype>(
    _ name: String, inputs a: String, stateful: Set<String> = [],
    options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A, Made) throws -> Value,
    batch: @escaping @Sendable (AA, Made) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(dual: a, as: A.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 2 inputs by name and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A, B, AA, BB, Made: Stateful, Values: Collection & SendableMetatype>(
    _ name: String, inputs a: String, _ b: String, stateful: Set<String> = [],
    options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A, B, Made) throws -> Value,
    batch: @escaping @Sendable (AA, BB, Made) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(dual: a, as: A.self, stateful: stateful),
        NodeParameter(dual: b, as: B.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 3 inputs by name and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A, B, C, AA, BB, CC, Made: Stateful, Values: Collection & SendableMetatype>(
    _ name: String, inputs a: String, _ b: String, _ c: String, stateful: Set<String> = [],
    options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A, B, C, Made) throws -> Value,
    batch: @escaping @Sendable (AA, BB, CC, Made) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(dual: a, as: A.self, stateful: stateful),
        NodeParameter(dual: b, as: B.self, stateful: stateful),
        NodeParameter(dual: c, as: C.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 4 inputs by name and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A, B, C, D, AA, BB, CC, DD, Made: Stateful, Values: Collection & SendableMetatype>(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String,
    stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A, B, C, D, Made) throws -> Value,
    batch: @escaping @Sendable (AA, BB, CC, DD, Made) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(dual: a, as: A.self, stateful: stateful),
        NodeParameter(dual: b, as: B.self, stateful: stateful),
        NodeParameter(dual: c, as: C.self, stateful: stateful),
        NodeParameter(dual: d, as: D.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 5 inputs by name and an object that the engine makes.
  @inlinable @inline(__always)
  public init<
    A, B, C, D, E, AA, BB, CC, DD, EE, Made: Stateful, Values: Collection & SendableMetatype
  >(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A, B, C, D, E, Made) throws -> Value,
    batch: @escaping @Sendable (AA, BB, CC, DD, EE, Made) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(dual: a, as: A.self, stateful: stateful),
        NodeParameter(dual: b, as: B.self, stateful: stateful),
        NodeParameter(dual: c, as: C.self, stateful: stateful),
        NodeParameter(dual: d, as: D.self, stateful: stateful),
        NodeParameter(dual: e, as: E.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 6 inputs by name and an object that the engine makes.
  @inlinable @inline(__always)
  public init<
    A, B, C, D, E, F, AA, BB, CC, DD, EE, FF, Made: Stateful, Values: Collection & SendableMetatype
  >(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A, B, C, D, E, F, Made) throws -> Value,
    batch: @escaping @Sendable (AA, BB, CC, DD, EE, FF, Made) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(dual: a, as: A.self, stateful: stateful),
        NodeParameter(dual: b, as: B.self, stateful: stateful),
        NodeParameter(dual: c, as: C.self, stateful: stateful),
        NodeParameter(dual: d, as: D.self, stateful: stateful),
        NodeParameter(dual: e, as: E.self, stateful: stateful),
        NodeParameter(dual: f, as: F.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 7 inputs by name and an object that the engine makes.
  @inlinable @inline(__always)
  public init<
    A, B, C, D, E, F, G, AA, BB, CC, DD, EE, FF, GG, Made: Stateful,
    Values: Collection & SendableMetatype
  >(
    _ name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, _ g: String, stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A, B, C, D, E, F, G, Made) throws -> Value,
    batch: @escaping @Sendable (AA, BB, CC, DD, EE, FF, GG, Made) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(dual: a, as: A.self, stateful: stateful),
        NodeParameter(dual: b, as: B.self, stateful: stateful),
        NodeParameter(dual: c, as: C.self, stateful: stateful),
        NodeParameter(dual: d, as: D.self, stateful: stateful),
        NodeParameter(dual: e, as: E.self, stateful: stateful),
        NodeParameter(dual: f, as: F.self, stateful: stateful),
        NodeParameter(dual: g, as: G.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }
}
