import Columnar
import ColumnarCore

/// What one input of a nested pipeline is wired to in the outer one.
///
/// Made by `Input.from`; inputs that are not wired are found by their names.
public struct InputWire: Sendable {
  let input: String
  /// The type that the input was made with.
  let data: UDFParameter
  /// What the node takes for it.
  let parameter: NodeParameter
  /// The type of the elements, where it is a list that is mapped over.
  let element: (any ErasedType)?

  /// A wire of the whole value.
  init<Value>(_ input: Input<Value>, _ port: some Port<Value>) {
    self.input = input.name
    data = UDFParameter(data: Value.self)
    parameter = NodeParameter(port)
    element = nil
  }

  /// A wire of each element of a list.
  init<Value>(_ input: Input<Value>, eachOf port: some Port<[Value]>) {
    self.input = input.name
    data = UDFParameter(data: Value.self)
    parameter = NodeParameter(port).asColumn
    element = SwiftType<Value>()
  }

  /// A wire by name, as a parameter of that type.
  init(_ input: GraphInput, _ parameter: NodeParameter, element: (any ErasedType)?) {
    self.input = input.name
    data = input.parameter.data
    self.parameter = parameter
    self.element = element
  }
}

extension Input {
  /// Wires this input of a nested pipeline to something in the outer one.
  public func from(_ port: some Port<Value>) -> InputWire { InputWire(self, port) }
}
