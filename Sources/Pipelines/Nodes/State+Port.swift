import Columnar
import ColumnarCore

extension State: Port {
  public typealias BatchValue = Value

  public var _wire: _PortWire {
    _PortWire(parameter: NodeParameter(name, .state(factory), as: Value.self))
  }

  /// For one run, the instances are made by `make`; `finish` and the scope stay.
  public func make(_ make: @escaping @Sendable () throws -> Value) -> Binding {
    let replacement = StateFactory(
      name: name, isShared: factory.isShared, valueType: Value.self, make: make,
      finish: factory.finish)
    return Binding(name: name, content: .state(replacement, replacing: factory))
  }
}

/// A `State` whose type is erased, as the values of a by-name run are.
package protocol ErasedState {
  var erasedFactory: StateFactory { get }
}

extension State: ErasedState {
  package var erasedFactory: StateFactory { factory }
}
