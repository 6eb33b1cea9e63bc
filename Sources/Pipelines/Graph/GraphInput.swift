import Columnar
import ColumnarCore

/// Something a pipeline takes from outside: the parameters of one name that nothing in it produces.
package struct GraphInput: Sendable {
  package let name: String
  /// Its type, as the first node that takes it says.
  package let parameter: NodeParameter
  /// The nodes that take it.
  package private(set) var users: [String]
  /// What it is where a run gives nothing: a column of one row.
  package private(set) var defaultValue: Column?
  /// Whether a node's list says that it is a state.
  package private(set) var isMarkedStateful: Bool
  /// Makes it where a run gives nothing and its class is `Stateful`.
  package private(set) var maker: StateFactory?

  package init(_ parameter: NodeParameter, user: String) {
    name = parameter.name
    self.parameter = parameter
    users = []
    isMarkedStateful = false
    add(parameter, user: user)
  }

  /// One more parameter of the name; the caller has checked that the types agree.
  package mutating func add(_ parameter: NodeParameter, user: String) {
    if !users.contains(user) { users.append(user) }
    if defaultValue == nil { defaultValue = parameter.defaultValue }
    if parameter.isMarkedStateful { isMarkedStateful = true }
    if parameter.mayBeMade, maker == nil { maker = parameter.maker }
  }

  package var type: DataType { parameter.data.type }

  /// Whether no column type stands for its Swift type.
  package var isOpaque: Bool { type.physical == .opaque }

  /// Whether it is a state where one value is given for all items: marked in a node's list, or
  /// automatically because no column type stands for it.
  package var isStateWhenConstant: Bool { isMarkedStateful || isOpaque }

  /// Whether a run must give it.
  package var isRequired: Bool { defaultValue == nil && maker == nil }
}
