import Columnar
import ColumnarCore

/// The Swift type of a parameter or output, where it is known at run time only: what nested
/// pipelines make ports of lists of.
package protocol ErasedType: ErasedOutputType {
  /// A parameter of the type.
  func parameter(
    _ name: String, _ source: NodeParameter.Source, mustBeColumn: Bool
  ) -> NodeParameter
  /// The type of a list of its values.
  var listed: any ErasedType { get }
  /// How objects that are lists of its values are taken apart; nil if such lists are columns.
  var unpacking: ListUnpacking? { get }
}

/// The type of an output, where it is known at run time only.
package protocol ErasedOutputType: Sendable {
  /// An output of the type.
  func output(_ name: String) -> NodeDefinition.Output
  /// An output of lists of its values.
  func listOutput(_ name: String) -> NodeDefinition.Output
  /// How objects that are lists of its values are made; nil if such lists are columns.
  var packing: ListPacking? { get }
}

/// The type of an output of which no more is known than how it is stored.
struct StoredType: ErasedOutputType {
  let value: UDFParameter

  func output(_ name: String) -> NodeDefinition.Output { .init(name, value) }

  func listOutput(_ name: String) -> NodeDefinition.Output {
    .init(
      name,
      UDFParameter(
        swiftName: "[\(value.swiftName)]", type: .list(value.type), isNullable: false))
  }

  var packing: ListPacking? { nil }
}

/// The one implementation of `ErasedType`.
package struct SwiftType<Value>: ErasedType {
  package init() {}

  package func parameter(
    _ name: String, _ source: NodeParameter.Source, mustBeColumn: Bool
  ) -> NodeParameter {
    NodeParameter(name, source, as: Value.self, mustBeColumn: mustBeColumn)
  }

  package func output(_ name: String) -> NodeDefinition.Output { .init(name, Value.self) }

  package func listOutput(_ name: String) -> NodeDefinition.Output { .init(name, [Value].self) }

  package var listed: any ErasedType { SwiftType<[Value]>() }

  /// A list of values that no column type stands for is an object itself.
  private var isObject: Bool { UDFParameter(data: [Value].self).type.physical == .opaque }

  package var unpacking: ListUnpacking? {
    guard isObject else { return nil }
    return ListUnpacking(element: UDFParameter(data: Value.self).type) { object in
      guard let values = object as Any as? [Value] else { return nil }
      return values.map { SendableValue.of($0) }
    }
  }

  package var packing: ListPacking? {
    guard isObject else { return nil }
    return ListPacking(UDFParameter(data: [Value].self).type) { elements in
      var values: [Value] = []
      values.reserveCapacity(elements.count)
      for element in elements {
        // An optional type takes a null as nil.
        guard let value = (element ?? SendableValue.none) as Any as? Value else { return nil }
        values.append(value)
      }
      return SendableValue.of(values)
    }
  }
}

/// Values whose type was checked to be Sendable where the node was made.
private enum SendableValue {
  /// Nil as what an optional type casts to its own nil.
  static let none: any Sendable = Never?.none as any Sendable

  /// The value as a Sendable one; nil of an optional is none.
  ///
  /// `Sendable` has no witness table, so the existential of `Any` is laid out as that of
  /// `any Sendable`.
  static func of<Value>(_ value: Value) -> (any Sendable)? {
    if let optional = value as? any AnyOptional, optional.wrapped == nil { return nil }
    return unsafeBitCast(value as Any, to: (any Sendable).self)
  }
}
