import Columnar
import ColumnarCore

extension Pipeline {
  /// The pipeline as text: inputs with their types, nodes with what they take, states, the options
  /// that every node runs with and who decided them (node, engine, tuned or built-in), and the plan
  /// it compiles to.
  public func explain() -> String {
    let isSequential = engine is SequentialEngine
    let threads = engine._configuration.threads
    var lines = ["Pipeline \"\(name)\" on \(engineText)"]
    let graph = graph.pruned(for: outputs)
    let nodes = graph.needed(for: outputs)
    lines += section("Inputs", graph.inputs(of: nodes).map(line))
    lines += section("Nodes", nodes.flatMap { self.lines(graph.nodes[$0], threads: threads) })
    lines += section("States", states(nodes, graph))
    lines += ["Outputs", "  " + outputs.joined(separator: ", ")]
    var text = lines.joined(separator: "\n") + "\n"
    if !isSequential { text += planText(nodes) }
    return text
  }

  private var engineText: String {
    let threads = engine._configuration.threads
    return switch engine {
    case is SequentialEngine: "the sequential engine, one item at a time"
    case is any PipelineEngine: "an engine of its own, \(type(of: engine))"
    default: "the columnar engine, \(threads) thread\(threads == 1 ? "" : "s")"
    }
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
    if let binding = bound.first(where: { $0.name == input.name }) {
      text += ", bound to \(binding.text)"
    }
    return text + ", for " + input.users.joined(separator: ", ")
  }

  private func lines(_ node: NodeDefinition, threads: Int) -> [String] {
    let made = node.outputs.map { "\($0.name): \($0.value.swiftName) (\($0.value.type))" }
    let taken = node.parameters.filter { !$0.isState }.map(\.name)
    let states = node.parameters.filter(\.isState).map { "state \($0.name)" }
    let from = (taken + states).joined(separator: ", ")
    var line = made.joined(separator: ", ") + ", \(node.kind)"
    if !from.isEmpty { line += ", from \(from)" }
    if let nested = node.nested {
      let (outputs, graph) = (nested.pipeline.outputs, nested.graph)
      let inner = nested.pipeline.with(engine: engine, graph: graph)
      return [line]
        + graph.needed(for: outputs)
        .flatMap { inner.lines(graph.nodes[$0], threads: threads) }.map { "  " + $0 }
    }
    // The sequential engine has no use for options, and an expression has none.
    guard let kind = node.functionKind, !(engine is SequentialEngine) else {
      return [line] + cacheLines(node)
    }
    let options = EffectiveOptions(
      node: node.options, engine: engine._configuration.defaults, tuned: node.tuned)
    return [line, "  " + options.text(for: kind, threads: threads)] + cacheLines(node)
  }

  private func states(_ nodes: [Int], _ graph: PipelineGraph) -> [String] {
    var lines: [StateUse] = []
    collect(nodes, graph, path: "", &lines)
    return lines.map { use in
      "\(use.factory.name): \(use.factory.isShared ? "shared, one for all" : "one per worker"), for "
        + use.users.joined(separator: ", ")
    }
  }

  /// A state and the nodes that take it.
  private struct StateUse {
    let factory: StateFactory
    var users: [String]
  }

  private func collect(
    _ nodes: [Int], _ graph: PipelineGraph, path: String, _ lines: inout [StateUse]
  ) {
    for node in nodes.map({ graph.nodes[$0] }) {
      for parameter in node.parameters {
        guard case .state(let factory) = parameter.source else { continue }
        if let known = lines.firstIndex(where: { $0.factory === factory }) {
          lines[known].users.append(path + node.name)
        } else {
          lines.append(StateUse(factory: factory, users: [path + node.name]))
        }
      }
      if let nested = node.nested {
        let inner = nested.graph
        collect(
          inner.needed(for: nested.pipeline.outputs), inner, path: path + nested.name + "/", &lines)
      }
    }
  }

  /// The plan over inputs of the declared types, as a mapped run has it.
  private func planText(_ nodes: [Int]) -> String {
    do {
      var (bound, _) = try BindingResolver(graph: graph, needed: []).resolve(bound)
      var columns: [(String, Column)] = []
      for input in graph.inputs(of: nodes) {
        if let given = bound.values[input.name] {
          if case .column = given { columns.append((input.name, .empty(input.type))) }
          continue
        }
        if let value = try input.unbound() {
          bound.values[input.name] = value
        } else if input.isStateWhenConstant, !input.parameter.mustBeColumn {
          bound.values[input.name] = .state(.given(Absent.value, name: input.name))
        } else {
          bound.values[input.name] = .column(col(input.name))
          columns.append((input.name, .empty(input.type)))
        }
      }
      let items = MappedItems(nodes: nodes, bound: bound, columns: columns, count: 0)
      let run = try PipelineRun(pipeline: self, items, isSingle: false)
      // The functions' options stand with the nodes already.
      return try Query(ColumnarRun(run).frame(), engine)
        .explain(analyze: false, listsFunctions: false)
    } catch {
      return "No plan: \(error)\n"
    }
  }
}
