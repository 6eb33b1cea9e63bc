import Columnar
import ColumnarCore

extension Pipeline {
  /// The bindings of a by-name run.
  func named(_ inputs: [String: any Sendable], over: [String]) throws -> [Binding] {
    let place = ColumnarError.Place.plan("pipeline \"\(name)\"")
    let bound = Set(bound.compactMap { $0.isMapped ? $0.name : nil })
    let over = over.filter { inputs[$0] != nil || !bound.contains($0) }
    for name in over where inputs[name] == nil {
      let hint = Suggestion.hint(for: name, among: inputs.keys.sorted(), what: "inputs given")
      throw ColumnarError(
        .columnNotFound, "over: names \"\(name)\", which was not given. \(hint)", context: [place])
    }
    // Those that are mapped over in the order of `over`, which is that of a product's axes.
    let constants = inputs.keys.filter { !over.contains($0) }.sorted()
    return try over.map { name in
      guard let column = try inputs[name].flatMap({ try NamedValue.column(of: $0) }) else {
        throw ColumnarError(
          .typeMismatch,
          "over: names \"\(name)\", but what was given for it is no list of items: "
            + "\(inputs[name].map { "\(Swift.type(of: $0 as Any))" } ?? "nothing"). Give an array, a "
            + "range, any sequence or a column, or take it out of over: to give it to all items.",
          context: [place])
      }
      return Binding(mapping: name, column)
    } + constants.compactMap { name in inputs[name].map { NamedValue.binding(name, $0) } }
  }
}

/// Told apart from lists: its order means nothing.
private protocol DictionaryValue {}
extension Dictionary: DictionaryValue {}

/// A value of a by-name run, whose Swift type is known at run time only.
package enum NamedValue {
  /// The values of a list as a column, or nil if it is no list.
  package static func column(of value: any Sendable) throws -> Column? {
    if let source = value as? any ColumnSource { return try source._column() }
    // Neither are lists of items in any useful sense.
    if value is String || value is any DictionaryValue { return nil }
    if let values = value as? any Collection { return holding(values) }
    return (value as? any Sequence).map { holding(elementsOf: $0) }
  }

  private static func holding(_ values: some Collection) -> Column { .holding(values) }

  private static func holding(elementsOf values: some Sequence) -> Column {
    .holding(Array(values))
  }

  /// The binding of one value for all items.
  static func binding(_ name: String, _ value: any Sendable) -> Binding {
    if let state = value as? any ErasedState {
      return Binding(name: name, content: .state(state.erasedFactory, replacing: nil))
    }
    return Binding(name: name, content: .constant(single(value), value: value))
  }

  static func single<Value: Sendable>(_ value: Value) -> Column {
    .holding(CollectionOfOne(value))
  }
}
