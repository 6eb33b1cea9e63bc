import Columnar
import ColumnarCore

extension Pipeline: CustomStringConvertible {
  /// The pipeline on one line: its name, what it takes and what it gives back; `explain` says all.
  ///
  /// ```
  /// score(text: String, weight: Double = 2.0, limit: Int = 3 (bound)) -> (score: Double)
  /// ```
  public var description: String {
    let pruned = graph.pruned(for: outputs)
    let taken = pruned.inputs(of: pruned.needed(for: outputs)).map { input -> String in
      let text = "\(input.name): \(input.parameter.data.swiftName)"
      if let binding = bound.last(where: { $0.name == input.name }) {
        return "\(text) = \(binding.text) (bound)"
      }
      return text + (input.defaultValue.map { " = \($0.quotedText(at: 0))" } ?? "")
    }
    let given = outputs.map { "\($0): \(graph.output($0)?.value.swiftName ?? "")" }
    return "\(name)(\(taken.joined(separator: ", "))) -> (\(given.joined(separator: ", ")))"
  }
}
