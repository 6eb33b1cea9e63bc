// Written by scripts/generate-overloads.py; change that, not this.

import Columnar
import ColumnarCore

extension Node {
  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 1 port.
  @inlinable @inline(__always)
  public init<A: Port, Values: Collection & SendableMetatype>(
    _ name: String, from a: A, options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A.Value) throws -> Value,
    batch: @escaping @Sendable (A.BatchValue) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name, [NodeParameter(batch: a)], options, row: UDFBody.row(row),
      batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 2 ports.
  @inlinable @inline(__always)
  public init<A: Port, B: Port, Values: Collection & SendableMetatype>(
    _ name: String, from a: A, _ b: B, options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A.Value, B.Value) throws -> Value,
    batch: @escaping @Sendable (A.BatchValue, B.BatchValue) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name, [NodeParameter(batch: a), NodeParameter(batch: b)], options,
      row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 3 ports.
  @inlinable @inline(__always)
  public init<A: Port, B: Port, C: Port, Values: Collection & SendableMetatype>(
    _ name: String, from a: A, _ b: B, _ c: C, options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A.Value, B.Value, C.Value) throws -> Value,
    batch: @escaping @Sendable (A.BatchValue, B.BatchValue, C.BatchValue) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 4 ports.
  @inlinable @inline(__always)
  public init<A: Port, B: Port, C: Port, D: Port, Values: Collection & SendableMetatype>(
    _ name: String, from a: A, _ b: B, _ c: C, _ d: D, options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A.Value, B.Value, C.Value, D.Value) throws -> Value,
    batch:
      @escaping @Sendable (A.BatchValue, B.BatchValue, C.BatchValue, D.BatchValue) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
        NodeParameter(batch: d),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 5 ports.
  @inlinable @inline(__always)
  public init<A: Port, B: Port, C: Port, D: Port, E: Port, Values: Collection & SendableMetatype>(
    _ name: String, from a: A, _ b: B, _ c: C, _ d: D, _ e: E, options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A.Value, B.Value, C.Value, D.Value, E.Value) throws -> Value,
    batch:
      @escaping @Sendable (A.BatchValue, B.BatchValue, C.BatchValue, D.BatchValue, E.BatchValue)
      throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
        NodeParameter(batch: d),
        NodeParameter(batch: e),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 6 ports.
  @inlinable @inline(__always)
  public init<
    A: Port, B: Port, C: Port, D: Port, E: Port, F: Port, Values: Collection & SendableMetatype
  >(
    _ name: String, from a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F,
    options: UDFOptions = UDFOptions(),
    _ row:
      @escaping @Sendable (A.Value, B.Value, C.Value, D.Value, E.Value, F.Value) throws -> Value,
    batch:
      @escaping @Sendable (
        A.BatchValue, B.BatchValue, C.BatchValue, D.BatchValue, E.BatchValue, F.BatchValue
      ) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
        NodeParameter(batch: d),
        NodeParameter(batch: e),
        NodeParameter(batch: f),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 7 ports.
  @inlinable @inline(__always)
  public init<
    A: Port, B: Port, C: Port, D: Port, E: Port, F: Port, G: Port,
    Values: Collection & SendableMetatype
  >(
    _ name: String, from a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F, _ g: G,
    options: UDFOptions = UDFOptions(),
    _ row:
      @escaping @Sendable (A.Value, B.Value, C.Value, D.Value, E.Value, F.Value, G.Value) throws ->
      Value,
    batch:
      @escaping @Sendable (
        A.BatchValue, B.BatchValue, C.BatchValue, D.BatchValue, E.BatchValue, F.BatchValue,
        G.BatchValue
      ) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
        NodeParameter(batch: d),
        NodeParameter(batch: e),
        NodeParameter(batch: f),
        NodeParameter(batch: g),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 8 ports.
  @inlinable @inline(__always)
  public init<
    A: Port, B: Port, C: Port, D: Port, E: Port, F: Port, G: Port, H: Port,
    Values: Collection & SendableMetatype
  >(
    _ name: String, from a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F, _ g: G, _ h: H,
    options: UDFOptions = UDFOptions(),
    _ row:
      @escaping @Sendable (A.Value, B.Value, C.Value, D.Value, E.Value, F.Value, G.Value, H.Value)
      throws -> Value,
    batch:
      @escaping @Sendable (
        A.BatchValue, B.BatchValue, C.BatchValue, D.BatchValue, E.BatchValue, F.BatchValue,
        G.BatchValue, H.BatchValue
      ) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
        NodeParameter(batch: d),
        NodeParameter(batch: e),
        NodeParameter(batch: f),
        NodeParameter(batch: g),
        NodeParameter(batch: h),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 1 port and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A: Port, Made: Stateful, Values: Collection & SendableMetatype>(
    _ name: String, from a: A, options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A.Value, Made) throws -> Value,
    batch: @escaping @Sendable (A.BatchValue, Made) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name, [NodeParameter(batch: a), NodeParameter(made: Made.self)], options,
      row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 2 ports and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A: Port, B: Port, Made: Stateful, Values: Collection & SendableMetatype>(
    _ name: String, from a: A, _ b: B, options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A.Value, B.Value, Made) throws -> Value,
    batch: @escaping @Sendable (A.BatchValue, B.BatchValue, Made) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(made: Made.self),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 3 ports and an object that the engine makes.
  @inlinable @inline(__always)
  public init<A: Port, B: Port, C: Port, Made: Stateful, Values: Collection & SendableMetatype>(
    _ name: String, from a: A, _ b: B, _ c: C, options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A.Value, B.Value, C.Value, Made) throws -> Value,
    batch: @escaping @Sendable (A.BatchValue, B.BatchValue, C.BatchValue, Made) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
        NodeParameter(made: Made.self),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 4 ports and an object that the engine makes.
  @inlinable @inline(__always)
  public init<
    A: Port, B: Port, C: Port, D: Port, Made: Stateful, Values: Collection & SendableMetatype
  >(
    _ name: String, from a: A, _ b: B, _ c: C, _ d: D, options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A.Value, B.Value, C.Value, D.Value, Made) throws -> Value,
    batch:
      @escaping @Sendable (A.BatchValue, B.BatchValue, C.BatchValue, D.BatchValue, Made) throws ->
      Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
        NodeParameter(batch: d),
        NodeParameter(made: Made.self),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 5 ports and an object that the engine makes.
  @inlinable @inline(__always)
  public init<
    A: Port, B: Port, C: Port, D: Port, E: Port, Made: Stateful,
    Values: Collection & SendableMetatype
  >(
    _ name: String, from a: A, _ b: B, _ c: C, _ d: D, _ e: E, options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable (A.Value, B.Value, C.Value, D.Value, E.Value, Made) throws -> Value,
    batch:
      @escaping @Sendable (
        A.BatchValue, B.BatchValue, C.BatchValue, D.BatchValue, E.BatchValue, Made
      ) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
        NodeParameter(batch: d),
        NodeParameter(batch: e),
        NodeParameter(made: Made.self),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 6 ports and an object that the engine makes.
  @inlinable @inline(__always)
  public init<
    A: Port, B: Port, C: Port, D: Port, E: Port, F: Port, Made: Stateful,
    Values: Collection & SendableMetatype
  >(
    _ name: String, from a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F,
    options: UDFOptions = UDFOptions(),
    _ row:
      @escaping @Sendable (A.Value, B.Value, C.Value, D.Value, E.Value, F.Value, Made) throws ->
      Value,
    batch:
      @escaping @Sendable (
        A.BatchValue, B.BatchValue, C.BatchValue, D.BatchValue, E.BatchValue, F.BatchValue, Made
      ) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
        NodeParameter(batch: d),
        NodeParameter(batch: e),
        NodeParameter(batch: f),
        NodeParameter(made: Made.self),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }

  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// 7 ports and an object that the engine makes.
  @inlinable @inline(__always)
  public init<
    A: Port, B: Port, C: Port, D: Port, E: Port, F: Port, G: Port, Made: Stateful,
    Values: Collection & SendableMetatype
  >(
    _ name: String, from a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F, _ g: G,
    options: UDFOptions = UDFOptions(),
    _ row:
      @escaping @Sendable (A.Value, B.Value, C.Value, D.Value, E.Value, F.Value, G.Value, Made)
      throws -> Value,
    batch:
      @escaping @Sendable (
        A.BatchValue, B.BatchValue, C.BatchValue, D.BatchValue, E.BatchValue, F.BatchValue,
        G.BatchValue, Made
      ) throws -> Values
  ) where Values.Element == Value {
    self.init(
      dual: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
        NodeParameter(batch: d),
        NodeParameter(batch: e),
        NodeParameter(batch: f),
        NodeParameter(batch: g),
        NodeParameter(made: Made.self),
      ], options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }
}
