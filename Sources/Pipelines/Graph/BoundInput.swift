import Columnar
import ColumnarCore

/// What an input is in one run.
package enum BoundInput: Sendable {
  /// A column of the frame that the nodes run over.
  case column(Expr)
  /// The same value for every item: a column of one row, and the object it may be as a state.
  case constant(Column, StateFactory?)
  /// A state.
  case state(StateFactory)
}

/// What all inputs are in one run.
package struct BoundInputs: Sendable {
  package var values: [String: BoundInput] = [:]
  /// Replacements of states that nodes hold by handle.
  package var states: [ObjectIdentifier: StateFactory] = [:]
  /// The inputs that the run gives; the others are what the pipeline itself says.
  package var given: Set<String> = []
  /// Those of them that are bound in the pipeline, so that worker processes know them.
  package var bound: Set<String> = []
  /// Replacements of states that are bound in the pipeline.
  package var boundStates: Set<ObjectIdentifier> = []

  /// Whether a state is one that is bound in the pipeline, to an input or in place of another.
  func isBound(_ factory: StateFactory, for input: String) -> Bool {
    bound.contains(input) || boundStates.contains(ObjectIdentifier(factory))
  }

  /// Whether a state takes the place of one that nodes hold by handle.
  func replaces(_ factory: StateFactory) -> Bool { states.values.contains { $0 === factory } }
}

extension GraphInput {
  /// A column as this input takes it; one of another type is an error, numbers widen without loss.
  package func fit(_ column: Column) throws -> Column {
    if column.type == type { return column }
    if column.type == .null { return .nulls(of: type, count: column.count) }
    if column.type.kind.matches(type.kind) { return column }
    if parameter.data.takes(column.type) { return try column.cast(to: type, strict: true) }
    if isOpaque, column.type.physical == .opaque {
      let fits = column.objects.enumerated().allSatisfy { row, value in
        column.isNull(row) || parameter.accepts(value)
      }
      if fits { return column.reinterpreted(as: type) }
    }
    throw mismatch(column.type)
  }

  /// That the input is of another type than what was given.
  package func mismatch(_ given: DataType) -> ColumnarError { mismatch("\(given)") }

  private func mismatch(_ given: String) -> ColumnarError {
    let swiftName = parameter.data.swiftName
    let stored = isOpaque ? "" : ", which is stored as \(type)"
    return ColumnarError(
      .typeMismatch,
      "The input \"\(name)\" is \(swiftName)\(stored), but was given \(given). It is taken by "
        + "\(users.map { "\"\($0)\"" }.joined(separator: ", ")).")
  }

  /// The input as one value for all items.
  package func constant(_ column: Column, value: any Sendable) throws -> BoundInput {
    guard isStateWhenConstant, !column.isNull(0) else { return .constant(try fit(column), nil) }
    guard parameter.accepts(value) else { throw mismatch("\(Swift.type(of: value as Any))") }
    let factory = StateFactory.given(
      value, name: name, version: isOpaque ? nil : StableKeys.text(of: column))
    return .constant(isOpaque ? try fit(column) : column, factory)
  }

  /// The input as a run finds it that gives nothing for it, or nil if it must be given.
  package func unbound() throws -> BoundInput? {
    if let column = defaultValue {
      let object: any Sendable = isOpaque ? column.objects.first ?? Absent.value : Absent.value
      return isOpaque ? try constant(column, value: object) : .constant(column, nil)
    }
    return maker.map { .state($0) }
  }
}
