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

  package let name: String
  package let content: Content

  package init(name: String, content: Content) {
    self.name = name
    self.content = content
  }

  @usableFromInline
  package init(mapping name: String, _ column: Column) {
    self.init(name: name, content: .mapped(column))
  }

  package init(failed name: String, _ error: ColumnarError) {
    self.init(name: name, content: .failed(error))
  }
}
