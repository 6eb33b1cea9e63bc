import Columnar
import ColumnarCore

extension Pipeline {
  /// The pipeline as text: inputs with their types, nodes with what they take, states, the options
  /// that every node runs with and who decided them (node, engine, tuned or built-in), and the plan
  /// it compiles to.
  public func explain() -> String {
    let isSequential = engine is SequentialEngine
    let threads = engine._configuration.threads
    var lines = [
      isSequential
        ? "Pipeline \"\(name)\" on the sequential engine, one item at a time"
        : "Pipeline \"\(name)\" on the columnar engine, \(threads) thread\(threads == 1 ? "" : "s")"
    ]
    let nodes = graph.needed(for: outputs)
    lines += section("Inputs", graph.inputs(of: nodes).map(line))
    lines += section("Nodes", nodes.flatMap { self.lines(graph.nodes[$0], threads: threads) })
    lines += section("States", states(nodes))
    lines += ["Outputs", "  " + outputs.joined(separator: ", ")]
    var text = lines.joined(separator: "\n") + "\n"
    if !isSequential { text += planText(nodes) }
    return text
  }

  private func section(_ title: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : [title] + lines.map { "  " + $0 }
  }

  private func line(_ input: GraphInput) -> String {
    var text = "\(input.name): \(input.parameter.data.swiftName)"
    if input.isStateWhenConstant {
      text += input.isMarkedStateful ? ", a state" : ", a state unless it is mapped over"
      if input.maker != nil { text += ", made by the engine where none is given" }
    } else {
      text += " (\(input.type))"
    }
    if let value = input.defaultValue { text += ", default \(value.quotedText(at: 0))" }
    return text + ", for " + input.users.joined(separator: ", ")
  }

  private func lines(_ node: NodeDefinition, threads: Int) -> [String] {
    let made = node.outputs.map { "\($0.name): \($0.value.swiftName) (\($0.value.type))" }
    let taken = node.parameters.filter { !$0.isState }.map(\.name)
    let states = node.parameters.filter(\.isState).map { "state \($0.name)" }
    let from = (taken + states).joined(separator: ", ")
    var line = made.joined(separator: ", ") + ", \(node.kind)"
    if !from.isEmpty { line += ", from \(from)" }
    // The sequential engine has no use for options, and an expression has none.
    guard let kind = node.functionKind, !(engine is SequentialEngine) else {
      return [line] + cacheLines(node)
    }
    let options = EffectiveOptions(
      node: node.options, engine: engine._configuration.defaults, tuned: node.tuned)
    return [line, "  " + options.text(for: kind, threads: threads)] + cacheLines(node)
  }

  private func states(_ nodes: [Int]) -> [String] {
    var lines: [(factory: StateFactory, users: [String])] = []
    for node in nodes.map({ graph.nodes[$0] }) {
      for parameter in node.parameters {
        guard case .state(let factory) = parameter.source else { continue }
        if let known = lines.firstIndex(where: { $0.factory === factory }) {
          lines[known].users.append(node.name)
        } else {
          lines.append((factory, [node.name]))
        }
      }
    }
    return lines.map { factory, users in
      "\(factory.name): \(factory.isShared ? "shared, one for all" : "one per worker"), for "
        + users.joined(separator: ", ")
    }
  }

  /// The plan over inputs of the declared types, as a mapped run has it.
  private func planText(_ nodes: [Int]) -> String {
    do {
      var bound = BoundInputs()
      var columns: [(String, Column)] = []
      for input in graph.inputs(of: nodes) {
        if let value = try input.unbound() {
          bound.values[input.name] = value
        } else if input.isStateWhenConstant, !input.parameter.mustBeColumn {
          bound.values[input.name] = .state(.given(Absent.value, name: input.name))
        } else {
          bound.values[input.name] = .column(col(input.name))
          columns.append((input.name, .empty(input.type)))
        }
      }
      let run = try PipelineRun(pipeline: self, nodes, bound, columns, count: 0)
      // The functions' options stand with the nodes already.
      return try Query(ColumnarRun(run).frame(), engine)
        .explain(analyze: false, listsFunctions: false)
    } catch {
      return "No plan: \(error)\n"
    }
  }
}
