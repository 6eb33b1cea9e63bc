import Columnar
import ColumnarCore

extension GraphCheck {
  /// That nested pipelines make sense, and that paths through them are of one node each.
  package func nested(_ nodes: [NodeDefinition]) throws {
    var names = Set<String>()
    for nested in nodes.compactMap(\.nested) {
      let place = ColumnarError.Place.plan("pipeline \"\(pipeline)/\(nested.name)\"")
      if let failure = nested.failure { throw failure.at(place) }
      guard names.insert(nested.name).inserted else {
        throw ColumnarError(
          .duplicateName,
          "Two nested pipelines are named \"\(nested.name)\". Give one of them another name with "
            + "asNode(name: …).", context: [.plan("pipeline \"\(pipeline)\"")])
      }
    }
  }

  /// How to mend a type that does not fit an input of a nested pipeline; nil if it is none.
  func hint(_ node: NodeDefinition, _ parameter: Int, given: UDFParameter) -> String? {
    guard let nested = node.nested, parameter < nested.wires.count else { return nil }
    let (wire, data) = (nested.wires[parameter], node.parameters[parameter].data)
    let name = node.parameters[parameter].name
    if wire.isMapped, given.type.element == nil {
      return "It is mapped over \"\(name)\", which is no list. Take it out of over:."
    }
    if !wire.isMapped, let element = given.type.element, data.takes(element) {
      return "To map over the list, name it in over: [\"\(name)\"]."
    }
    return "It is the input \"\(wire.input)\" of the pipeline \"\(nested.pipeline.name)\"."
  }
}
