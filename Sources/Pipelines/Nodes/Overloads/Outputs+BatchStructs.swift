// Written by scripts/generate-overloads.py; change that, not this.

import Columnar
import ColumnarCore

/// Nodes for the keys of the structs that one call per batch returns, on 1 port.
@inlinable
public func outputs<A: Port, Row: Codable & Sendable, Values: Collection & SendableMetatype>(
  batchOf type: Row.Type, from a: A, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A.BatchValue) throws -> Values
) -> OutputNodes<Row> where Values.Element == Row {
  OutputNodes(
    batch: [NodeParameter(batch: a)], options, UDFBody.portStructures(closure),
    isElementwise: elementwise)
}

/// Nodes for the keys of the structs that one call per batch returns, on 2 ports.
@inlinable
public func outputs<
  A: Port, B: Port, Row: Codable & Sendable, Values: Collection & SendableMetatype
>(
  batchOf type: Row.Type, from a: A, _ b: B, elementwise: Bool = false,
  options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A.BatchValue, B.BatchValue) throws -> Values
) -> OutputNodes<Row> where Values.Element == Row {
  OutputNodes(
    batch: [NodeParameter(batch: a), NodeParameter(batch: b)], options,
    UDFBody.portStructures(closure), isElementwise: elementwise)
}

/// Nodes for the keys of the structs that one call per batch returns, on 3 ports.
@inlinable
public func outputs<
  A: Port, B: Port, C: Port, Row: Codable & Sendable, Values: Collection & SendableMetatype
>(
  batchOf type: Row.Type, from a: A, _ b: B, _ c: C, elementwise: Bool = false,
  options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A.BatchValue, B.BatchValue, C.BatchValue) throws -> Values
) -> OutputNodes<Row> where Values.Element == Row {
  OutputNodes(
    batch: [
      NodeParameter(batch: a),
      NodeParameter(batch: b),
      NodeParameter(batch: c),
    ], options, UDFBody.portStructures(closure), isElementwise: elementwise)
}

/// Nodes for the keys of the structs that one call per batch returns, on 4 ports.
@inlinable
public func outputs<
  A: Port, B: Port, C: Port, D: Port, Row: Codable & Sendable, Values: Collection & SendableMetatype
>(
  batchOf type: Row.Type, from a: A, _ b: B, _ c: C, _ d: D, elementwise: Bool = false,
  options: UDFOptions = UDFOptions(),
  _ closure:
    @escaping @Sendable (A.BatchValue, B.BatchValue, C.BatchValue, D.BatchValue) throws -> Values
) -> OutputNodes<Row> where Values.Element == Row {
  OutputNodes(
    batch: [
      NodeParameter(batch: a),
      NodeParameter(batch: b),
      NodeParameter(batch: c),
      NodeParameter(batch: d),
    ], options, UDFBody.portStructures(closure), isElementwise: elementwise)
}

/// Nodes for the keys of the structs that one call per batch returns, on 1 input by name.
@inlinable
public func outputs<A, Row: Codable & Sendable, Values: Collection & SendableMetatype>(
  batchOf type: Row.Type, inputs a: String, stateful: Set<String> = [], elementwise: Bool = false,
  options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A) throws -> Values
) -> OutputNodes<Row> where Values.Element == Row {
  OutputNodes(
    batch: [NodeParameter(batch: a, as: A.self, stateful: stateful)], options,
    UDFBody.portStructures(closure), isElementwise: elementwise)
}

/// Nodes for the keys of the structs that one call per batch returns, on 2 inputs by name.
@inlinable
public func outputs<A, B, Row: Codable & Sendable, Values: Collection & SendableMetatype>(
  batchOf type: Row.Type, inputs a: String, _ b: String, stateful: Set<String> = [],
  elementwise: Bool = false, options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A, B) throws -> Values
) -> OutputNodes<Row> where Values.Element == Row {
  OutputNodes(
    batch: [
      NodeParameter(batch: a, as: A.self, stateful: stateful),
      NodeParameter(batch: b, as: B.self, stateful: stateful),
    ], options, UDFBody.portStructures(closure), isElementwise: elementwise)
}

/// Nodes for the keys of the structs that one call per batch returns, on 3 inputs by name.
@inlinable
public func outputs<A, B, C, Row: Codable & Sendable, Values: Collection & SendableMetatype>(
  batchOf type: Row.Type, inputs a: String, _ b: String, _ c: String, stateful: Set<String> = [],
  elementwise: Bool = false, options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A, B, C) throws -> Values
) -> OutputNodes<Row> where Values.Element == Row {
  OutputNodes(
    batch: [
      NodeParameter(batch: a, as: A.self, stateful: stateful),
      NodeParameter(batch: b, as: B.self, stateful: stateful),
      NodeParameter(batch: c, as: C.self, stateful: stateful),
    ], options, UDFBody.portStructures(closure), isElementwise: elementwise)
}

/// Nodes for the keys of the structs that one call per batch returns, on 4 inputs by name.
@inlinable
public func outputs<A, B, C, D, Row: Codable & Sendable, Values: Collection & SendableMetatype>(
  batchOf type: Row.Type, inputs a: String, _ b: String, _ c: String, _ d: String,
  stateful: Set<String> = [], elementwise: Bool = false, options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable (A, B, C, D) throws -> Values
) -> OutputNodes<Row> where Values.Element == Row {
  OutputNodes(
    batch: [
      NodeParameter(batch: a, as: A.self, stateful: stateful),
      NodeParameter(batch: b, as: B.self, stateful: stateful),
      NodeParameter(batch: c, as: C.self, stateful: stateful),
      NodeParameter(batch: d, as: D.self, stateful: stateful),
    ], options, UDFBody.portStructures(closure), isElementwise: elementwise)
}
