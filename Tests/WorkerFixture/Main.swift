import Columnar
import ColumnarCore
import Glibc
import Pipelines

/// A program whose functions run in worker processes; the first argument says how it behaves.
@main
enum Fixture {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    switch arguments.first {
    case "forgets":
      note(started: arguments.last ?? "")
      _ = try? DataFrame(["x": [1]]).lazy.filter(col("x") > 0).collect()
      exit(0)
    case "ends":
      note(started: arguments.last ?? "")
      exit(0)
    case "dies": abort()
    case "narrow": Worker.serveIfAsked(functions: FixtureFunctions.double)
    case "scales": Worker.serveIfAsked(functions: FixtureFunctions.scaled(by: 7))
    case "pipelines":
      guard let pipelines = try? FixturePipelines.all() else { return }
      Worker.serveIfAsked(pipelines: pipelines)
    default: break
    }
    serve()
    FixtureRuns.run(Array(arguments))
  }

  private static func serve() { Worker.serveIfAsked(list: FixtureFunctions.served) }

  /// Adds a line to a file, so that the test can count how often the program was started.
  private static func note(started path: String) {
    guard let file = fopen(path, "a") else { return }
    fputs("started\n", file)
    fclose(file)
  }
}
