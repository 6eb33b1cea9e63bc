/// Why a model or a text can't be used, and how to mend it.
package struct ModelError: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
