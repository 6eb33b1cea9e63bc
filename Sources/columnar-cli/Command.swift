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
      (option.short.map { $0 + ", " } ?? "    ") + option.name
        + (option.value.map { " " + $0 } ?? "")
    }
    let width = (names.map(\.count).max() ?? 0) + 4
    let lines = zip(names, allOptions).map { name, option in
      let text = Help.wrapped(option.help, indent: width)
      return "  " + name + text.dropFirst(name.count + 2)
    }
    return """
      Usage: columnar \(name) \(operands.joined(separator: " ")) [options]

      \(summary)

      \(Help.wrapped(details))

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
    Option(
      name: "--encoding", value: "NAME",
      help: "How CSV is encoded: utf8 (the default; also UTF-16 with a mark), utf16le, utf16be or "
        + "windows1252 (also for Latin-1)."),
    Option(name: "--comment", value: "TEXT", help: "Lines of CSV that begin with this are none."),
    Option(name: "--skip-rows", value: "N", help: "Lines of CSV to leave out at its beginning."),
    Option(name: "--no-header", help: "The first row of CSV holds no names."),
    Option(name: "--null", value: "TEXT", help: "What stands for null in CSV, besides nothing."),
    Option(
      name: "--infer-rows", value: "N",
      help: "How many rows of text tell the types of columns: 10000 unless said, or \"all\"."),
  ]
  static let skipping = Option(
    name: "--skip-bad-rows",
    help: "Leave out rows of text that cannot be read, and say on standard error how many.")
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

      \(wrapped(details))

      Exit codes: 0 done; 1 a file could not be read or written, or is not what it
      should be; 2 the tool was called wrongly.

      More on each: columnar COMMAND --help

      """
  }

  private static let details = """
    Files are Parquet (.parquet), Arrow (.arrow, .feather, and streams: .arrows), CSV (.csv, .tsv) \
    and JSON Lines (.jsonl, .ndjson); those of text also packed (.gz, .zst). FILE may also be a \
    folder, or a pattern in quotes such as 'data/*.csv', for all files in it as one table; folders \
    named key=value are columns. A file named - is standard input or output. Results go to standard \
    output, errors to standard error as one line.
    """

  static var version: String {
    var codecs: [String] = []
    #if Zlib
      codecs.append("gzip")
    #endif
    #if Zstd
      codecs.append("zstd")
    #endif
    #if LZ4
      codecs.append("lz4")
    #endif
    #if Snappy
      codecs.append("snappy")
    #endif
    #if Brotli
      codecs.append("brotli")
    #endif
    return "columnar, unreleased (codecs: \(codecs.joined(separator: " ")))\n"
  }

  /// The text in lines of at most 80 columns, which all begin behind `indent` blanks.
  static func wrapped(_ text: String, indent: Int = 0) -> String {
    let blanks = String(repeating: " ", count: indent)
    var lines: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      if let last = lines.last, last.count + 1 + word.count <= 80 {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(blanks + word)
      }
    }
    return lines.joined(separator: "\n")
  }
}
