// Written by scripts/generate-overloads.py; change that, not this.

import Columnar
import ColumnarCore

extension Node {
  /// A node called once per batch on 1 input by name: a
  /// `ColumnView` parameter is data, any other a state.
  @inlinable
  public init<A, Values: Collection & SendableMetatype>(
    batch name: String, inputs a: String, stateful: Set<String> = [], elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name, [NodeParameter(batch: a, as: A.self, stateful: stateful)], options,
      UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 2 inputs by name: a
  /// `ColumnView` parameter is data, any other a state.
  @inlinable
  public init<A, B, Values: Collection & SendableMetatype>(
    batch name: String, inputs a: String, _ b: String, stateful: Set<String> = [],
    elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a, as: A.self, stateful: stateful),
        NodeParameter(batch: b, as: B.self, stateful: stateful),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 3 inputs by name: a
  /// `ColumnView` parameter is data, any other a state.
  @inlinable
  public init<A, B, C, Values: Collection & SendableMetatype>(
    batch name: String, inputs a: String, _ b: String, _ c: String, stateful: Set<String> = [],
    elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a, as: A.self, stateful: stateful),
        NodeParameter(batch: b, as: B.self, stateful: stateful),
        NodeParameter(batch: c, as: C.self, stateful: stateful),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 4 inputs by name: a
  /// `ColumnView` parameter is data, any other a state.
  @inlinable
  public init<A, B, C, D, Values: Collection & SendableMetatype>(
    batch name: String, inputs a: String, _ b: String, _ c: String, _ d: String,
    stateful: Set<String> = [], elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a, as: A.self, stateful: stateful),
        NodeParameter(batch: b, as: B.self, stateful: stateful),
        NodeParameter(batch: c, as: C.self, stateful: stateful),
        NodeParameter(batch: d, as: D.self, stateful: stateful),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 5 inputs by name: a
  /// `ColumnView` parameter is data, any other a state.
  @inlinable
  public init<A, B, C, D, E, Values: Collection & SendableMetatype>(
    batch name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    stateful: Set<String> = [], elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a, as: A.self, stateful: stateful),
        NodeParameter(batch: b, as: B.self, stateful: stateful),
        NodeParameter(batch: c, as: C.self, stateful: stateful),
        NodeParameter(batch: d, as: D.self, stateful: stateful),
        NodeParameter(batch: e, as: E.self, stateful: stateful),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 6 inputs by name: a
  /// `ColumnView` parameter is data, any other a state.
  @inlinable
  public init<A, B, C, D, E, F, Values: Collection & SendableMetatype>(
    batch name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, stateful: Set<String> = [], elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a, as: A.self, stateful: stateful),
        NodeParameter(batch: b, as: B.self, stateful: stateful),
        NodeParameter(batch: c, as: C.self, stateful: stateful),
        NodeParameter(batch: d, as: D.self, stateful: stateful),
        NodeParameter(batch: e, as: E.self, stateful: stateful),
        NodeParameter(batch: f, as: F.self, stateful: stateful),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 7 inputs by name: a
  /// `ColumnView` parameter is data, any other a state.
  @inlinable
  public init<A, B, C, D, E, F, G, Values: Collection & SendableMetatype>(
    batch name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, _ g: String, stateful: Set<String> = [], elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a, as: A.self, stateful: stateful),
        NodeParameter(batch: b, as: B.self, stateful: stateful),
        NodeParameter(batch: c, as: C.self, stateful: stateful),
        NodeParameter(batch: d, as: D.self, stateful: stateful),
        NodeParameter(batch: e, as: E.self, stateful: stateful),
        NodeParameter(batch: f, as: F.self, stateful: stateful),
        NodeParameter(batch: g, as: G.self, stateful: stateful),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 8 inputs by name: a
  /// `ColumnView` parameter is data, any other a state.
  @inlinable
  public init<A, B, C, D, E, F, G, H, Values: Collection & SendableMetatype>(
    batch name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, _ g: String, _ h: String, stateful: Set<String> = [], elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, H) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a, as: A.self, stateful: stateful),
        NodeParameter(batch: b, as: B.self, stateful: stateful),
        NodeParameter(batch: c, as: C.self, stateful: stateful),
        NodeParameter(batch: d, as: D.self, stateful: stateful),
        NodeParameter(batch: e, as: E.self, stateful: stateful),
        NodeParameter(batch: f, as: F.self, stateful: stateful),
        NodeParameter(batch: g, as: G.self, stateful: stateful),
        NodeParameter(batch: h, as: H.self, stateful: stateful),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 1 input by name and an object that the engine makes: a
  /// `ColumnView` parameter is data, any other a state.
  @inlinable
  public init<A, Made: Stateful, Values: Collection & SendableMetatype>(
    batch name: String, inputs a: String, stateful: Set<String> = [], elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, Made) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a, as: A.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 2 inputs by name and an object that the engine makes: a
  /// `ColumnView` parameter is data, any other a state.
  @inlinable
  public init<A, B, Made: Stateful, Values: Collection & SendableMetatype>(
    batch name: String, inputs a: String, _ b: String, stateful: Set<String> = [],
    elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, Made) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a, as: A.self, stateful: stateful),
        NodeParameter(batch: b, as: B.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 3 inputs by name and an object that the engine makes: a
  /// `ColumnView` parameter is data, any other a state.
  @inlinable
  public init<A, B, C, Made: Stateful, Values: Collection & SendableMetatype>(
    batch name: String, inputs a: String, _ b: String, _ c: String, stateful: Set<String> = [],
    elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, Made) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a, as: A.self, stateful: stateful),
        NodeParameter(batch: b, as: B.self, stateful: stateful),
        NodeParameter(batch: c, as: C.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 4 inputs by name and an object that the engine makes: a
  /// `ColumnView` parameter is data, any other a state.
  @inlinable
  public init<A, B, C, D, Made: Stateful, Values: Collection & SendableMetatype>(
    batch name: String, inputs a: String, _ b: String, _ c: String, _ d: String,
    stateful: Set<String> = [], elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, Made) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a, as: A.self, stateful: stateful),
        NodeParameter(batch: b, as: B.self, stateful: stateful),
        NodeParameter(batch: c, as: C.self, stateful: stateful),
        NodeParameter(batch: d, as: D.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 5 inputs by name and an object that the engine makes: a
  /// `ColumnView` parameter is data, any other a state.
  @inlinable
  public init<A, B, C, D, E, Made: Stateful, Values: Collection & SendableMetatype>(
    batch name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    stateful: Set<String> = [], elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, Made) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a, as: A.self, stateful: stateful),
        NodeParameter(batch: b, as: B.self, stateful: stateful),
        NodeParameter(batch: c, as: C.self, stateful: stateful),
        NodeParameter(batch: d, as: D.self, stateful: stateful),
        NodeParameter(batch: e, as: E.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 6 inputs by name and an object that the engine makes: a
  /// `ColumnView` parameter is data, any other a state.
  @inlinable
  public init<A, B, C, D, E, F, Made: Stateful, Values: Collection & SendableMetatype>(
    batch name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, stateful: Set<String> = [], elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, Made) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a, as: A.self, stateful: stateful),
        NodeParameter(batch: b, as: B.self, stateful: stateful),
        NodeParameter(batch: c, as: C.self, stateful: stateful),
        NodeParameter(batch: d, as: D.self, stateful: stateful),
        NodeParameter(batch: e, as: E.self, stateful: stateful),
        NodeParameter(batch: f, as: F.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }

  /// A node called once per batch on 7 inputs by name and an object that the engine makes: a
  /// `ColumnView` parameter is data, any other a state.
  @inlinable
  public init<A, B, C, D, E, F, G, Made: Stateful, Values: Collection & SendableMetatype>(
    batch name: String, inputs a: String, _ b: String, _ c: String, _ d: String, _ e: String,
    _ f: String, _ g: String, stateful: Set<String> = [], elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, Made) throws -> Values
  ) where Values.Element == Value {
    self.init(
      batch: name,
      [
        NodeParameter(batch: a, as: A.self, stateful: stateful),
        NodeParameter(batch: b, as: B.self, stateful: stateful),
        NodeParameter(batch: c, as: C.self, stateful: stateful),
        NodeParameter(batch: d, as: D.self, stateful: stateful),
        NodeParameter(batch: e, as: E.self, stateful: stateful),
        NodeParameter(batch: f, as: F.self, stateful: stateful),
        NodeParameter(batch: g, as: G.self, stateful: stateful),
        NodeParameter(made: Made.self),
      ], options, UDFBody.ports(closure), isElementwise: elementwise)
  }
}
