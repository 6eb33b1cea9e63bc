import Columnar
import ColumnarCore

/// A port whose nulls reach the closure: as nil, where the port itself would have its row skipped.
public struct OptionalPort<Wrapped: Sendable>: Port {
  public typealias Value = Wrapped?
  public typealias BatchValue = ColumnView<Wrapped?>

  private let parameter: NodeParameter

  init(_ port: some Port<Wrapped>) {
    let base = NodeParameter(port)
    parameter = NodeParameter(base.name, base.source, as: Wrapped?.self)
  }

  public var name: String { parameter.name }

  public var _wire: _PortWire { _PortWire(parameter: parameter) }
}

extension Node {
  /// The node as a port that gives nil for its nulls: a node that takes it is called for every
  /// item.
  public var optional: OptionalPort<Value> { OptionalPort(self) }
}

extension Input {
  /// The input as a port that gives nil for its nulls: a node that takes it is called for every
  /// item.
  public var optional: OptionalPort<Value> { OptionalPort(self) }
}
