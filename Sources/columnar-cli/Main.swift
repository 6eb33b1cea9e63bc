import Columnar
import ColumnarCore
import Glibc

/// The command line tool: looks at files and turns them into others.
@main
struct Main {
  static func main() {
    // A reader that has seen enough (`| head`) ends the tool quietly, as it does others.
    signal(SIGPIPE, SIG_DFL)
    // A file that may not grow further (`ulimit -f`) is an error as a full disk is.
    signal(SIGXFSZ, SIG_IGN)
    Interrupt.fillStandardStreams()
    Interrupt.install()
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch let error as UsageError {
      Terminal.complain(error.message)
      Terminal.writeError("Try: columnar \(error.command.map { $0 + " " } ?? "")--help\n")
      exit(ExitCode.usage)
    } catch let error as ColumnarError {
      Terminal.complain("\(error.code): \(Self.words(of: error))")
      exit(ExitCode.failure)
    } catch {
      Terminal.complain("\(error)")
      exit(ExitCode.failure)
    }
  }

  /// The message, with the tool's options for those of the library.
  private static func words(of error: ColumnarError) -> String {
    let words = [
      ("Name all columns with columnNames.", "Read it with --no-header --skip-rows 1."),
      ("Rows like this are left out with badRows: .collect().", "--skip-bad-rows leaves it out."),
      (
        "raise inferenceRows or give it in schemaOverrides.",
        "--infer-rows all looks at all of them."
      ),
      (
        "are found by raising inferenceRows, and ignored with unknownKeys: .ignore.",
        "are found with --infer-rows all."
      ),
    ]
    return words.reduce(error.message) { message, pair in
      message.split(separator: pair.0, omittingEmptySubsequences: false).joined(separator: pair.1)
    }
  }

  private static func run(_ words: [String]) throws {
    guard let first = words.first else {
      Terminal.writeError(Help.overview)
      exit(ExitCode.usage)
    }
    switch first {
    case "--help", "-h": return Terminal.write(Help.overview)
    case "--version": return Terminal.write(Help.version)
    case "help":
      guard words.count > 1 else { return Terminal.write(Help.overview) }
      return Terminal.write(try named(words[1]).help)
    default: break
    }
    let command = try named(first)
    let arguments = try Arguments(command, Array(words.dropFirst()))
    if arguments.isOn("--help") { return Terminal.write(command.help) }
    try command.run(arguments)
  }

  private static func named(_ name: String) throws -> Command {
    if let command = Command.all.first(where: { $0.name == name }) { return command }
    let names = Command.all.map(\.name)
    let known = names.joined(separator: ", ")
    guard !name.hasPrefix("-") else {
      throw UsageError(
        "the command comes first, then options such as \(name). The commands are \(known).")
    }
    let near = Suggestion.nearest(to: name, among: names)
    throw UsageError(
      "there is no command \"\(name)\". "
        + (near.map { "Did you mean \"\($0)\"?" } ?? "The commands are \(known)."))
  }
}

/// What the tool's exit tells a script.
enum ExitCode {
  /// A file could not be read or written, or its content is not what it should be.
  static let failure: Int32 = 1
  /// The tool was called wrongly.
  static let usage: Int32 = 2
}

/// A call that makes no sense, whatever is in the files.
struct UsageError: Error {
  let message: String
  var command: String?

  init(_ message: String, command: String? = nil) {
    self.message = message
    self.command = command
  }
}
