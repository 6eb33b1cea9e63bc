import Columnar
import Glibc

/// The command line tool: looks at files and turns them into others.
@main
struct Main {
  static func main() {
    // A reader that has seen enough (`| head`) ends the tool quietly, as it does others.
    signal(SIGPIPE, SIG_DFL)
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch let error as UsageError {
      Terminal.complain(error.message)
      Terminal.writeError("Try: columnar \(error.command.map { $0 + " " } ?? "")--help\n")
      exit(ExitCode.usage)
    } catch let error as ColumnarError {
      Terminal.complain("\(error.code): \(error.message)")
      exit(ExitCode.failure)
    } catch {
      Terminal.complain("\(error)")
      exit(ExitCode.failure)
    }
  }

  private static func run(_ words: [String]) throws {
    guard let first = words.first else {
      Terminal.writeError(Help.overview)
      exit(ExitCode.usage)
    }
    switch first {
    case "--help", "-h": return Terminal.write(Help.overview)
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
    let known = Command.all.map(\.name).joined(separator: ", ")
    let isOption = name.hasPrefix("-")
    throw UsageError(
      isOption
        ? "the command comes first, then options such as \(name). The commands are \(known)."
        : "there is no command \"\(name)\". The commands are \(known).")
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
