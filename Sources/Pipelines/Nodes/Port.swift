import Columnar
import ColumnarCore

/// Something a node takes: an `Input`, a `State` or another `Node`.
///
/// Ports are typed, so that a node wired to a port of another type does not compile. They are
/// Sendable values and may be `static let`.
public protocol Port<Value>: Sendable {
  /// What one call of a row closure is given.
  associatedtype Value
  /// What one call of a batch closure is given: a column of values, or a state as itself.
  associatedtype BatchValue
  /// The name of the column or state.
  var name: String { get }
  /// What the port stands for.
  var _wire: _PortWire { get }
}

/// What a port stands for; made by the ports of this module only.
public struct _PortWire: Sendable {
  package let parameter: NodeParameter
}
