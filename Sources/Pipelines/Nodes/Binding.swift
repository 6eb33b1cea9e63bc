import Columnar
import ColumnarCore

/// What one input of a pipeline is given in one run.
///
/// Made by `Input.each`, `Input.always` and
/// `State.make`.
public struct Binding: Sendable {
  package enum Content: Sendable {
    /// One value per item.
    case mapped(Column)
    /// The same value for every item, as a column of one row and as itself.
    case constant(Column, value: any Sendable)
    /// A state, in place of the one of that identity or name.
    case state(StateFactory, replacing: StateFactory?)
    /// A binding that could not be made; the run reports it.
    case failed(ColumnarError)
  }

  package private(set) var name: String
  package let content: Content
  /// Whether the pipeline itself says it, so that worker processes know it too.
  package private(set) var isBound = false

  /// The same as a part of the pipeline.
  var asBound: Binding {
    var copy = self
    copy.isBound = true
    return copy
  }

  /// The same for an input of another name.
  func named(_ name: String) -> Binding {
    var copy = self
    copy.name = name
    return copy
  }

  package init(name: String, content: Content) {
    self.name = name
    self.content = content
  }

  @usableFromInline
  package init(mapping name: String, _ column: Column) {
    self.init(name: name, content: .mapped(column))
  }

  /// What is given, for `explain`.
  package var text: String {
    switch content {
    case .mapped(let column): "\(column.count) items"
    case .constant(let column, _):
      column.type.physical == .opaque ? "\(column.type)" : column.quotedText(at: 0)
    case .state(let factory, _): "the state \(factory.name)"
    case .failed(let error): error.message
    }
  }

  /// Whether it is mapped over.
  package var isMapped: Bool {
    if case .mapped = content { return true }
    return false
  }

  package init(failed name: String, _ error: ColumnarError) {
    self.init(name: name, content: .failed(error))
  }
}
