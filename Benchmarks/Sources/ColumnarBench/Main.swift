import Columnar
import Foundation
import Harness

/// The tool: `columnar-bench [SUITE] [--only TEXT] [--seconds S] [--peers PYTHON]`.
@main
enum Main {
  static func main() {
    Worker.serveIfAsked(list: IsolatedFunctions.served)
    // How long the program itself takes to start is measured too.
    if CommandLine.arguments.last == "--nothing" { return }
    if CommandLine.arguments.last == "--serve-seed" { return SeedServer.serve() }
    do {
      try run(Arguments(CommandLine.arguments.dropFirst()))
    } catch {
      FileHandle.standardError.write(Data("error: \(error)\n".utf8))
      exit(1)
    }
  }

  private static let suites = [
    seedSuite, udfSuite, kernelsSuite, engineSuite, pipelinesSuite,
    ioSuite,
  ]

  private static func run(_ arguments: Arguments) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    let chosen = suites.filter { arguments.suite == nil || $0.name == arguments.suite }
    guard !chosen.isEmpty else {
      throw CheckFailure(
        "there is no suite \"\(arguments.suite ?? "")\"; there are "
          + suites.map(\.name).joined(separator: ", "))
    }
    let machine = Machine(repository: folder)
    let runner = Runner(
      seconds: arguments.seconds, only: arguments.only,
      peers: arguments.python.map { ($0, "\(folder)/peers/peers.py") })
    if let python = arguments.python { setenv(IOData.pythonVariable, python, 1) }
    for suite in chosen {
      let result = try runner.run(suite)
      print(Table.text(result, machine))
      // A part of a suite must not pass for the whole.
      if arguments.only == nil {
        print("Written to \(try result.write(to: "\(folder)/results", machine))")
      }
      print("")
    }
  }
}

private struct Arguments {
  var suite: String?
  var only: String?
  var seconds = 2.0
  var python: String?

  init(_ words: some Sequence<String>) throws {
    var words = words.makeIterator()
    while let word = words.next() {
      switch word {
      case "--only": only = words.next()
      case "--peers": python = words.next()
      case "--seconds": seconds = words.next().flatMap(Double.init) ?? seconds
      case _ where word.hasPrefix("-"): throw CheckFailure("unknown option \(word)")
      default: suite = word
      }
    }
  }
}
