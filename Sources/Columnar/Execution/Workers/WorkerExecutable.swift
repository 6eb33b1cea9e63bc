/// Which program worker processes run.
public struct WorkerExecutable: Sendable, Hashable {
  /// The file; nil for this program's own.
  let path: String?
  /// What it is started with; nil for this program's own arguments.
  let arguments: [String]?

  /// This program, started again with the same arguments; it serves from
  /// `Worker.serveIfAsked(…)` at the top of its `main` on.
  public static let program = WorkerExecutable(path: nil, arguments: nil)

  /// Another program that calls `Worker.serveIfAsked` with the same pipelines or functions, started
  /// with other arguments (nil: with the same).
  public static func path(_ path: String, arguments: [String]? = nil) -> WorkerExecutable {
    WorkerExecutable(path: path, arguments: arguments)
  }
}
