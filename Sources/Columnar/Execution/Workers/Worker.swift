import ColumnarCore

/// The worker's side of `isolation: .process`.
///
/// A program whose functions run in worker processes is started again as such a worker, with the
/// same arguments. The call at the top of its `main` is where the worker's way ends:
///
/// ```swift
/// Worker.serveIfAsked(functions: norm)      // returns at once unless this process is a worker
/// ```
///
/// What stands before it runs in every worker too, so that should be nothing but the making of
/// functions and pipelines. A worker makes closures anew: what a closure captures has there the
/// value that it has at that line, so what changes from run to run must enter as an input, not by
/// capture.
public enum Worker {
  /// Serves one of these functions and never returns if this process was started as a worker; returns
  /// at once otherwise.
  public static func serveIfAsked(functions: any ServedFunction...) {
    serveIfAsked(list: functions)
  }

  /// As `serveIfAsked(functions:)`, for functions in an array.
  public static func serveIfAsked(list functions: [any ServedFunction]) {
    serveIfAsked(functions.map(\._served.function)) { _ in [] }
  }

  /// Serves one of those functions, or of what `node` finds for a pipeline's node the one that the
  /// program means.
  package static func serveIfAsked(
    _ functions: [UserFunction],
    node: (WorkerNode) throws -> [UserFunction]
  ) {
    if let asked = WorkerStream.asked {
      WorkerStream.serve { try found(asked, functions, node: node) }
    }
    guard WorkerMark.name != nil else { return }
    WorkerServer.serve { assignment in
      let named: [UserFunction]
      if let pipeline = assignment.pipeline {
        named = try node(
          WorkerNode(
            pipeline: pipeline, node: assignment.function, states: assignment.states))
      } else {
        named = functions.filter { $0.name == assignment.function }
      }
      let found =
        named.first { WorkerAssignment.signature($0) == assignment.signature } ?? named.first
      guard let found else { throw unknown(assignment, functions.map(\.name)) }
      return found
    }
  }

  /// The function or node that a stream is to be served with: `norm`, or `embed/length`.
  private static func found(
    _ asked: String, _ functions: [UserFunction],
    node find: (WorkerNode) throws -> [UserFunction]
  ) throws -> UserFunction {
    if let function = functions.first(where: { $0.name == asked }) { return function }
    if let slash = asked.lastIndex(of: "/") {
      let name = String(asked[asked.index(after: slash)...])
      let node = WorkerNode(pipeline: String(asked[..<slash]), node: name, states: nil)
      if let function = try find(node).first { return function }
    }
    guard !asked.isEmpty else {
      throw ColumnarError(
        .invalidPlan,
        "\(WorkerStream.argument) takes the name of a function, or pipeline/node, after it.")
    }
    throw ColumnarError(
      .invalidPlan,
      "\(WorkerStream.argument) asks for \"\(asked)\", which Worker.serveIfAsked was not given. "
        + Suggestion.hint(for: asked, among: functions.map(\.name), what: "functions")
        + " A node is asked for as pipeline/node.")
  }

  private static func unknown(_ assignment: WorkerAssignment, _ names: [String]) -> ColumnarError {
    let call =
      assignment.pipeline == nil ? "Worker.serveIfAsked(functions: …)" : "Worker.serveIfAsked(…)"
    let known =
      assignment.pipeline == nil
      ? " " + Suggestion.hint(for: assignment.function, among: names, what: "functions it serves")
      : ""
    return ColumnarError(
      .invalidPlan,
      "The worker process does not serve \"\(assignment.name)\": add "
        + "\(assignment.pipeline.map { "the pipeline \"\($0)\"" } ?? "the function") to \(call) at the top "
        + "of main.\(known)", context: [.node(assignment.function)])
  }
}

/// The node of a pipeline that a worker is to serve.
package struct WorkerNode: Sendable {
  package let pipeline: String
  package let node: String
  /// For each of its parameters whether it is a state in the program's run; nil if there is none.
  package let states: [Bool]?
}

/// A registered function that worker processes can serve.
public protocol ServedFunction: Sendable {
  /// The function without its Swift types.
  var _served: ServedFunctionBox { get }
}

/// A function whose Swift types are erased.
public struct ServedFunctionBox: Sendable {
  package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) { self.function = function }
}

extension RowUDF0: ServedFunction {
  public var _served: ServedFunctionBox { ServedFunctionBox(function) }
}
extension RowUDF1: ServedFunction {
  public var _served: ServedFunctionBox { ServedFunctionBox(function) }
}
extension RowUDF2: ServedFunction {
  public var _served: ServedFunctionBox { ServedFunctionBox(function) }
}
extension RowUDF3: ServedFunction {
  public var _served: ServedFunctionBox { ServedFunctionBox(function) }
}
extension RowUDF4: ServedFunction {
  public var _served: ServedFunctionBox { ServedFunctionBox(function) }
}
extension RowUDF5: ServedFunction {
  public var _served: ServedFunctionBox { ServedFunctionBox(function) }
}
extension RowUDF6: ServedFunction {
  public var _served: ServedFunctionBox { ServedFunctionBox(function) }
}
extension RowUDF7: ServedFunction {
  public var _served: ServedFunctionBox { ServedFunctionBox(function) }
}
extension RowUDF8: ServedFunction {
  public var _served: ServedFunctionBox { ServedFunctionBox(function) }
}
