import Columnar

extension Command {
  static let schema = Command(
    name: "schema", operands: ["FILE"], summary: "Show the names and types of the columns.",
    details: """
      Types of CSV and JSON Lines are inferred from the first 10,000 rows, or as many as \
      --infer-rows says.
      """,
    options: [.columns, .format] + Option.reading
  ) { arguments in
    let schema = try Input(arguments.operands[0], arguments).selected(arguments).schema()
    let frame = try DataFrame([
      "column": schema.names, "type": schema.fields.map { "\($0.type)" },
    ])
    try Output.show(frame, arguments, isOurs: true)
  }

  static let head = Command(
    name: "head", operands: ["FILE"], summary: "Show the first rows.",
    details: "No more of the file is read than the rows need.",
    options: [
      Option(name: "--rows", short: "-n", value: "N", help: "How many; 10 unless said."), .columns,
      .format,
    ] + Option.reading + [.skipping]
  ) { arguments in
    let rows = try arguments.number("--rows") ?? 10
    let input = try Input(arguments.operands[0], arguments)
    try Output.show(try input.selected(arguments).limit(rows).collect(), arguments)
    input.tellSkipped()
  }

  static let count = Command(
    name: "count", operands: ["FILE"], summary: "Show the number of rows.",
    details: "Of Parquet it is known without decoding anything.",
    options: [.format] + Option.reading
  ) { arguments in
    let frame = try Input(arguments.operands[0], arguments).lazy
      .select(rowCount().as("rows")).collect()
    if try arguments.choice("--format", OutputFormat.self) ?? .table == .table {
      let rows = try frame["rows", as: Int.self].first ?? 0
      Terminal.write("\(rows)\n")
    } else {
      try Output.show(frame, arguments)
    }
  }

  static let explain = Command(
    name: "explain", operands: ["FILE"], summary: "Show the plan of reading the file.",
    details: "As written, optimised, and as it runs: what is read, and what is left out.",
    options: [
      Option(name: "--rows", short: "-n", value: "N", help: "Plan for the first N rows."), .columns,
      Option(name: "--analyze", help: "Run it, and show rows, bytes and time of every step."),
    ] + Option.reading
  ) { arguments in
    var frame = try Input(arguments.operands[0], arguments).selected(arguments)
    if let rows = try arguments.number("--rows") { frame = frame.limit(rows) }
    let text = try frame.explain(analyze: arguments.isOn("--analyze"))
    Terminal.write(text.hasSuffix("\n") ? text : text + "\n")
  }
}
