import ColumnarCore

/// What of a column a query looks at.
package indirect enum FieldUse: Sendable, Hashable {
  /// All of it.
  case whole
  /// Of a struct the fields of these names, of a list this of its elements; besides whether there is
  /// a value, and how many elements.
  case parts(fields: [String: FieldUse], elements: FieldUse?)

  /// Only whether there is a value, or how many elements.
  package static var presence: FieldUse { .parts(fields: [:], elements: nil) }

  /// What of a nested value is looked at where `self` is looked at of its part.
  package func ofPart(_ part: NestedPart) -> FieldUse {
    switch part {
    case .field(let name): .parts(fields: [name: self], elements: nil)
    case .element: .parts(fields: [:], elements: self)
    case .count: .presence
    }
  }

  /// Both uses together.
  package func union(_ other: FieldUse) -> FieldUse {
    guard case .parts(let fields, let elements) = self,
      case .parts(let others, let otherElements) = other
    else { return .whole }
    let both = [elements, otherElements].compactMap { $0 }
    return .parts(
      fields: fields.merging(others) { $0.union($1) },
      elements: both.dropFirst().reduce(both.first) { $0?.union($1) })
  }

  /// The type without the fields that are not looked at; a struct keeps at least one.
  package func narrowed(_ type: DataType) -> DataType {
    guard case .parts(let used, let elements) = self else { return type }
    switch type.kind {
    case .structure(let fields):
      let kept = fields.compactMap { field in
        used[field.name].map { Field(field.name, $0.narrowed(field.type)) }
      }
      if kept.isEmpty, let least = fields.leastPosition.map({ fields[$0] }) {
        return .structure([Field(least.name, FieldUse.presence.narrowed(least.type))])
      }
      return .structure(kept)
    case .list(let element): return .list((elements ?? .presence).narrowed(element))
    case .fixedSizeList(let element, let count):
      return .fixedSizeList((elements ?? .presence).narrowed(element), count: count)
    default: return type
    }
  }
}

/// What of each column a query looks at.
package struct FieldUses: Sendable {
  private var uses: [ColumnID: FieldUse] = [:]

  /// What of a column is looked at; nil of one that nothing uses.
  package subscript(id: ColumnID) -> FieldUse? { uses[id] }

  /// Nothing yet.
  package init() {}

  /// All of these columns.
  package init(whole columns: [BoundColumn]) {
    for column in columns { uses[column.id] = .whole }
  }

  /// Notes a use of a column.
  package mutating func add(_ id: ColumnID, _ use: FieldUse) {
    uses[id] = uses[id].map { $0.union(use) } ?? use
  }

  /// Notes what an expression looks at so that `use` of its value can be looked at.
  package mutating func add(_ expr: BoundExpr, _ use: FieldUse = .whole) {
    switch expr {
    case .column(let id, _): add(id, use)
    case .function(let function, let arguments, _):
      let needed =
        function.part.map(use.ofPart)
        ?? (function.asksForPresence ? .presence : .whole)
      for argument in arguments { add(argument, needed) }
    default: for child in expr.children { add(child) }
    }
  }
}

extension ScalarFunction {
  /// Whether it looks at no more than whether there are values.
  fileprivate var asksForPresence: Bool {
    name == ScalarFunction.isNull.name || name == ScalarFunction.isNotNull.name
  }
}
