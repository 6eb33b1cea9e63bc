import Columnar
import ColumnarCore

extension Pipeline {
  /// The pipeline as a node of another, by names.
  ///
  /// ```swift
  /// let lengths = inner.asNode(
  ///   name: "measure", inputs: ["words": "word"], outputs: ["length": "lengths"], over: ["words"])
  /// let outer = try Pipeline { words; lengths }
  /// let found = try outer.map(["text": texts], over: "text")["lengths", as: [Int].self]
  /// ```
  ///
  /// What is wrong with it, such as names that nothing has, is an error when the outer pipeline is
  /// made. Its nodes run on the outer pipeline's engine, each with its own options.
  ///
  /// - Parameters:
  ///   - name: the first part of the paths of its nodes; the pipeline's own name if none is given.
  ///   - inputs: outer names to inner ones; inputs that are left out have the same name in both.
  ///     Those with a default need not be given.
  ///   - outputs: inner names to outer ones; only those are computed. All of the pipeline's outputs
  ///     under their own names if none are given.
  ///   - over: outer names of inputs that are lists, of which each element goes through the pipeline;
  ///     the outputs are lists then.
  ///   - mode: how several lists are mapped over: side by side, or in all combinations, the first
  ///     named varying slowest.
  public func asNode(
    name: String? = nil, inputs: [String: String] = [:], outputs: [String: String]? = nil,
    over: [String] = [], mode: Mode = .zip
  ) -> AnyNode {
    var builder = NestedBuilder(self, name ?? self.name)
    builder.mode = mode
    for (outer, inner) in inputs.sorted(by: { $0.key < $1.key }) {
      guard graph.input(inner) != nil else {
        builder.failUnknown(input: inner)
        continue
      }
      if let other = builder.names.updateValue(outer, forKey: inner) {
        builder.fail(
          .duplicateName,
          "inputs: maps \"\(other)\" and \"\(outer)\" to the one input \"\(inner)\". Leave one out."
        )
      }
    }
    let mapping = outputs ?? Dictionary(self.outputs.map { ($0, $0) }) { a, _ in a }
    for (inner, outer) in ordered(mapping) { builder.addOutput(inner, as: outer) }
    addLists(over, to: &builder)
    return AnyNode(builder.definition())
  }

  /// A mapping of outputs in the order of the pipeline's own, others behind.
  private func ordered(_ mapping: [String: String]) -> [(String, String)] {
    let place = Dictionary(outputs.enumerated().map { ($1, $0) }) { a, _ in a }
    return mapping.sorted { a, b in
      (place[a.key] ?? .max, a.key) < (place[b.key] ?? .max, b.key)
    }.map { ($0.key, $0.value) }
  }

  private func addLists(_ over: [String], to builder: inout NestedBuilder) {
    var seen = Set<String>()
    for outer in over {
      guard seen.insert(outer).inserted else {
        builder.fail(.duplicateName, "over: names \"\(outer)\" twice.")
        continue
      }
      let fed = graph.inputs.filter { (builder.names[$0.name] ?? $0.name) == outer }
      if fed.isEmpty { failList(outer, &builder) }
      if builder.mode == .product, fed.count > 1 {
        let inputs = fed.map { "\"\($0.name)\"" }.joined(separator: " and ")
        builder.fail(
          .invalidPlan,
          "over: names \"\(outer)\", which is given for \(inputs): it cannot be two axes of a product. "
            + "Map one of them to another name.")
      }
      for input in fed {
        builder.require(
          !input.isMarkedStateful, .invalidPlan,
          "over: names \"\(outer)\", but \"\(input.name)\" is a state of "
            + input.users.map { "\"\($0)\"" }.joined(separator: ", ")
            + ", which cannot be mapped over. Take it out of over:.")
        let type = input.parameter.swiftType
        let parameter = type.listed.parameter(
          outer, .name(isStateful: false), mustBeColumn: true)
        builder.wires.append(InputWire(input, parameter, element: type))
      }
    }
  }

  private func failList(_ outer: String, _ builder: inout NestedBuilder) {
    let names = graph.inputs.map { builder.names[$0.name] ?? $0.name }
    let renamed = builder.names[outer].map {
      " Its input \"\(outer)\" is \"\($0)\" in the outer pipeline, which is the name to give."
    }
    builder.fail(
      .columnNotFound,
      "over: names \"\(outer)\", which is given for no input of \"\(builder.name)\"."
        + (renamed ?? " " + Suggestion.hint(for: outer, among: names, what: "inputs")))
  }
}
