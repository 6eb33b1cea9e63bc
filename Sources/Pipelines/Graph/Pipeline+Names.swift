import Columnar
import ColumnarCore

extension Pipeline {
  /// The bindings of a by-name run.
  func named(_ inputs: [String: any Sendable], over: [String]) throws -> [Binding] {
    let place = ColumnarError.Place.plan("pipeline \"\(name)\"")
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
          "over: names \"\(name)\", but what was given for it is no list of items.",
          context: [place])
      }
      return Binding(mapping: name, column)
    } + constants.compactMap { name in inputs[name].map { NamedValue.binding(name, $0) } }
  }
}

/// A value of a by-name run, whose Swift type is known at run time only.
enum NamedValue {
  /// The values of a list as a column, or nil if it is no list.
  static func column(of value: any Sendable) throws -> Column? {
    if let source = value as? any ColumnSource { return try source._column() }
    if value is String { return nil }
    return (value as? any Collection).map { holding($0) }
  }

  private static func holding(_ values: some Collection) -> Column { .holding(values) }

  /// The binding of one value for all items.
  static func binding(_ name: String, _ value: any Sendable) -> Binding {
    if let state = value as? any ErasedState {
      return Binding(name: name, content: .state(state.erasedFactory, replacing: nil))
    }
    return Binding(name: name, content: .constant(single(value), value: value))
  }

  private static func single<Value: Sendable>(_ value: Value) -> Column {
    .holding(CollectionOfOne(value))
  }
}
