// Written by scripts/generate-overloads.py; change that, not this.

import Columnar
import ColumnarCore

extension Node {
  /// A node called once per batch on 1 port: data arrives as
  /// columns, a state as itself.
  @inlinable
  public init<A: Port, Values: Collection & SendableMetatype>(
    batch name: String, from a: A, elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A.BatchValue) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name, [NodeParameter(batch: a)], options, UDFBody.ports(closure),
      isElementwise: elementwise)
  }

  /// A node called once per batch on 2 ports: data arrives as
  /// columns, a state as itself.
  @inlinable
  public init<A: Port, B: Port, Values: Collection & SendableMetatype>(
    batch name: String, from a: A, _ b: B, elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A.BatchValue, B.BatchValue) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name, [NodeParameter(batch: a), NodeParameter(batch: b)], options,
      UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 3 ports: data arrives as
  /// columns, a state as itself.
  @inlinable
  public init<A: Port, B: Port, C: Port, Values: Collection & SendableMetatype>(
    batch name: String, from a: A, _ b: B, _ c: C, elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A.BatchValue, B.BatchValue, C.BatchValue) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 4 ports: data arrives as
  /// columns, a state as itself.
  @inlinable
  public init<A: Port, B: Port, C: Port, D: Port, Values: Collection & SendableMetatype>(
    batch name: String, from a: A, _ b: B, _ c: C, _ d: D, elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (A.BatchValue, B.BatchValue, C.BatchValue, D.BatchValue) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
        NodeParameter(batch: d),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 5 ports: data arrives as
  /// columns, a state as itself.
  @inlinable
  public init<A: Port, B: Port, C: Port, D: Port, E: Port, Values: Collection & SendableMetatype>(
    batch name: String, from a: A, _ b: B, _ c: C, _ d: D, _ e: E, elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (A.BatchValue, B.BatchValue, C.BatchValue, D.BatchValue, E.BatchValue)
      throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
        NodeParameter(batch: d),
        NodeParameter(batch: e),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 6 ports: data arrives as
  /// columns, a state as itself.
  @inlinable
  public init<
    A: Port, B: Port, C: Port, D: Port, E: Port, F: Port, Values: Collection & SendableMetatype
  >(
    batch name: String, from a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F,
    elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (
        A.BatchValue, B.BatchValue, C.BatchValue, D.BatchValue, E.BatchValue, F.BatchValue
      ) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
        NodeParameter(batch: d),
        NodeParameter(batch: e),
        NodeParameter(batch: f),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 7 ports: data arrives as
  /// columns, a state as itself.
  @inlinable
  public init<
    A: Port, B: Port, C: Port, D: Port, E: Port, F: Port, G: Port,
    Values: Collection & SendableMetatype
  >(
    batch name: String, from a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F, _ g: G,
    elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (
        A.BatchValue, B.BatchValue, C.BatchValue, D.BatchValue, E.BatchValue, F.BatchValue,
        G.BatchValue
      ) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
        NodeParameter(batch: d),
        NodeParameter(batch: e),
        NodeParameter(batch: f),
        NodeParameter(batch: g),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 8 ports: data arrives as
  /// columns, a state as itself.
  @inlinable
  public init<
    A: Port, B: Port, C: Port, D: Port, E: Port, F: Port, G: Port, H: Port,
    Values: Collection & SendableMetatype
  >(
    batch name: String, from a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F, _ g: G, _ h: H,
    elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (
        A.BatchValue, B.BatchValue, C.BatchValue, D.BatchValue, E.BatchValue, F.BatchValue,
        G.BatchValue, H.BatchValue
      ) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
        NodeParameter(batch: d),
        NodeParameter(batch: e),
        NodeParameter(batch: f),
        NodeParameter(batch: g),
        NodeParameter(batch: h),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 1 port and an object that the engine makes: data arrives as
  /// columns, a state as itself.
  @inlinable
  public init<A: Port, Made: Stateful, Values: Collection & SendableMetatype>(
    batch name: String, from a: A, elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A.BatchValue, Made) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name, [NodeParameter(batch: a), NodeParameter(made: Made.self)], options,
      UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 2 ports and an object that the engine makes: data arrives as
  /// columns, a state as itself.
  @inlinable
  public init<A: Port, B: Port, Made: Stateful, Values: Collection & SendableMetatype>(
    batch name: String, from a: A, _ b: B, elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A.BatchValue, B.BatchValue, Made) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(made: Made.self),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 3 ports and an object that the engine makes: data arrives as
  /// columns, a state as itself.
  @inlinable
  public init<A: Port, B: Port, C: Port, Made: Stateful, Values: Collection & SendableMetatype>(
    batch name: String, from a: A, _ b: B, _ c: C, elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A.BatchValue, B.BatchValue, C.BatchValue, Made) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
        NodeParameter(made: Made.self),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 4 ports and an object that the engine makes: data arrives as
  /// columns, a state as itself.
  @inlinable
  public init<
    A: Port, B: Port, C: Port, D: Port, Made: Stateful, Values: Collection & SendableMetatype
  >(
    batch name: String, from a: A, _ b: B, _ c: C, _ d: D, elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (A.BatchValue, B.BatchValue, C.BatchValue, D.BatchValue, Made) throws ->
      Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
        NodeParameter(batch: d),
        NodeParameter(made: Made.self),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 5 ports and an object that the engine makes: data arrives as
  /// columns, a state as itself.
  @inlinable
  public init<
    A: Port, B: Port, C: Port, D: Port, E: Port, Made: Stateful,
    Values: Collection & SendableMetatype
  >(
    batch name: String, from a: A, _ b: B, _ c: C, _ d: D, _ e: E, elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (
        A.BatchValue, B.BatchValue, C.BatchValue, D.BatchValue, E.BatchValue, Made
      ) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
        NodeParameter(batch: d),
        NodeParameter(batch: e),
        NodeParameter(made: Made.self),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 6 ports and an object that the engine makes: data arrives as
  /// columns, a state as itself.
  @inlinable
  public init<
    A: Port, B: Port, C: Port, D: Port, E: Port, F: Port, Made: Stateful,
    Values: Collection & SendableMetatype
  >(
    batch name: String, from a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F,
    elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (
        A.BatchValue, B.BatchValue, C.BatchValue, D.BatchValue, E.BatchValue, F.BatchValue, Made
      ) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
        NodeParameter(batch: d),
        NodeParameter(batch: e),
        NodeParameter(batch: f),
        NodeParameter(made: Made.self),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 7 ports and an object that the engine makes: data arrives as
  /// columns, a state as itself.
  @inlinable
  public init<
    A: Port, B: Port, C: Port, D: Port, E: Port, F: Port, G: Port, Made: Stateful,
    Values: Collection & SendableMetatype
  >(
    batch name: String, from a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F, _ g: G,
    elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (
        A.BatchValue, B.BatchValue, C.BatchValue, D.BatchValue, E.BatchValue, F.BatchValue,
        G.BatchValue, Made
      ) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a),
        NodeParameter(batch: b),
        NodeParameter(batch: c),
        NodeParameter(batch: d),
        NodeParameter(batch: e),
        NodeParameter(batch: f),
        NodeParameter(batch: g),
        NodeParameter(made: Made.self),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }
}
