/// One thing that the tool does.
struct Command: Sendable {
  let name: String
  let operands: [String]
  let summary: String
  let details: String
  let options: [Option]
  let run: @Sendable (Arguments) throws -> Void

  static let all = [schema, head, count, stats, convert, explain]

  var allOptions: [Option] {
    options + [Option(name: "--help", short: "-h", help: "Show this text.")]
  }

  /// What `--help` shows.
  var help: String {
    let names = allOptions.map { option in
      (option.short.map { $0 + ", " } ?? "") + option.name + (option.value.map { " " + $0 } ?? "")
    }
    let width = (names.map(\.count).max() ?? 0) + 2
    let lines = zip(names, allOptions).map { name, option in
      "  " + name + String(repeating: " ", count: width - name.count) + option.help
    }
    return """
      Usage: columnar \(name) \(operands.joined(separator: " ")) [options]

      \(summary)
      \(details.isEmpty ? "" : "\n" + details + "\n")
      Options:
      \(lines.joined(separator: "\n"))

      """
  }
}

extension Option {
  static let format = Option(
    name: "--format", short: "-f", value: "FORMAT", help: "table (the default), csv, jsonl or json."
  )
  static let columns = Option(
    name: "--columns", short: "-c", value: "A,B,…", help: "Only these columns, in this order.")
  /// How files are read.
  static let reading = [
    Option(
      name: "--from", value: "FORMAT",
      help:
        "parquet, arrow, arrows, csv, tsv or jsonl, instead of what the name or the first bytes tell."
    ),
    Option(
      name: "--delimiter", value: "C",
      help: "What stands between the fields of CSV, instead of what the first rows tell."),
    Option(name: "--no-header", help: "The first row of CSV holds no names."),
    Option(name: "--null", value: "TEXT", help: "What stands for null in CSV, besides nothing."),
  ]
}

/// Texts of `--help`.
enum Help {
  static var overview: String {
    let width = (Command.all.map(\.name.count).max() ?? 0) + 2
    let commands = Command.all.map { command in
      "  " + command.name + String(repeating: " ", count: width - command.name.count)
        + command.summary
    }
    return """
      Usage: columnar COMMAND FILE [options]

      Looks at files of tables, and turns them into others.

      Commands:
      \(commands.joined(separator: "\n"))

      Files are Parquet (.parquet), Arrow (.arrow, .feather, and streams: .arrows), CSV (.csv, .tsv)
      and JSON Lines (.jsonl, .ndjson); those of text also packed (.gz, .zst). A file named - is
      standard input or output. Results go to standard output, errors to standard error as one line.

      Exit codes: 0 done; 1 a file could not be read or written, or is not what it should be;
      2 the tool was called wrongly.

      More on each: columnar COMMAND --help

      """
  }
}
