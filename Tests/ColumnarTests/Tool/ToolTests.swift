import Columnar
import ColumnarCore
import Foundation
import Testing

@Suite struct ToolTests {
  private let csv = "id,name,price\n1,apple,0.25\n2,pear,\n3,\"fig, dried\",12.5\n"

  @Test func helpForAll() throws {
    let overview = try Tool.run("--help")
    #expect(overview.status == 0 && overview.errors == "")
    for name in ["schema", "head", "count", "stats", "convert", "explain"] {
      #expect(overview.output.contains("  \(name) "))
      let help = try Tool.run(name, "--help")
      #expect(help.status == 0 && help.output.hasPrefix("Usage: columnar \(name) "))
      #expect(help.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
    #expect(try Tool.run("help", "head").output == Tool.run("head", "-h").output)
    #expect(overview.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(try Tool.run("--version").output.hasPrefix("columnar"))
    let bare = try Tool.run()
    #expect(bare.status == 2 && bare.output == "" && bare.errors == overview.output)
  }

  @Test func wrongCallsSayWhatIsRight() throws {
    let folder = try ToolFolder()
    let file = try folder.file("x.csv", csv)
    for (words, message) in [
      (
        ["hed", file],
        "there is no command \"hed\". Did you mean \"head\"?"
      ),
      (["head"], "head needs FILE."),
      (["head", file, "y"], "head takes FILE and nothing more, but there is also \"y\"."),
      (
        ["head", file, "--row", "3"],
        "head has no option --row. Did you mean --rows?"
      ),
      (
        ["head", file, "--xyz"],
        "head has no option --xyz. It has --rows, --columns, --format, --from, --delimiter, --encoding, --comment, --skip-rows, --no-header, --null, --infer-rows, --skip-bad-rows, --help."
      ),
      (
        ["head", file, "-f", "jsno"],
        "--format is one of table, csv, jsonl, json, not \"jsno\". Did you mean json?"
      ),
      (["head", file, "-nx"], "--rows needs a whole number, not \"x\"."),
      (["head", file, "-n", "x"], "--rows needs a whole number, not \"x\"."),
      (["head", file, "-n"], "--rows needs a value."),
      (["head", file, "-n", "1", "--rows=2"], "--rows is given twice."),
      (["head", file, "-f", "xml"], "--format is one of table, csv, jsonl, json, not \"xml\"."),
      (
        ["convert", file, "x.txt"],
        "\"x.txt\" does not tell a format by its ending. Name it with --to."
      ),
      (
        ["convert", file, "x.csv", "--compression", "snappy"],
        "--compression snappy does not go with csv, which has none, gzip, zstd."
      ),
    ] {
      let result = try run(words)
      #expect(result.status == 2 && result.output == "")
      let first = result.errors.split(separator: "\n").first.map(String.init)
      #expect(first == "columnar: error: " + message)
    }
  }

  private func run(_ words: [String]) throws -> Tool.Result {
    switch words.count {
    case 1: try Tool.run(words[0])
    case 2: try Tool.run(words[0], words[1])
    case 3: try Tool.run(words[0], words[1], words[2])
    case 4: try Tool.run(words[0], words[1], words[2], words[3])
    default: try Tool.run(words[0], words[1], words[2], words[3], words[4])
    }
  }

  @Test func errorsAreOneLineForScripts() throws {
    let folder = try ToolFolder()
    let missing = try Tool.run("count", "/nowhere/x.csv")
    #expect(missing.status == 1 && missing.output == "")
    #expect(
      missing.errors
        == "columnar: error: input/output failed: cannot open \"/nowhere/x.csv\": No such file or directory.\n"
    )
    let bad = try folder.file("x.jsonl", "{\"a\":1}\n{\"a\":}\n")
    let broken = try Tool.run("head", bad)
    #expect(broken.status == 1)
    #expect(
      broken.errors.hasPrefix("columnar: error: corrupt file: \"\(bad)\", line 2: a value should"))
    #expect(broken.errors.count { $0 == "\n" } == 1)
    let unknown = try Tool.run("head", folder.file("x.csv", csv), "-c", "nmae")
    #expect(unknown.status == 1 && unknown.errors.contains("Did you mean \"name\"?"))
  }

  @Test func schemaHeadAndCount() throws {
    let folder = try ToolFolder()
    let file = try folder.file("x.csv", csv)
    #expect(
      try Tool.run("schema", file, "-f", "csv").output
        == "column,type\nid,int64\nname,string\nprice,float64\n")
    #expect(
      try Tool.run("head", file, "-n", "2", "-f", "jsonl").output
        == "{\"id\":1,\"name\":\"apple\",\"price\":0.25}\n{\"id\":2,\"name\":\"pear\",\"price\":null}\n"
    )
    #expect(
      try Tool.run("head", file, "--columns=price,id", "--format=json").output
        == "[\n{\"price\":0.25,\"id\":1},\n{\"price\":null,\"id\":2},\n{\"price\":12.5,\"id\":3}\n]\n"
    )
    #expect(try Tool.run("head", file, "-n", "0", "-f", "json").output == "[]\n")
    #expect(
      try Tool.run("head", file, "--null", "pear", "-c", "name", "-f", "csv").output
        == "name\napple\n\n\"fig, dried\"\n")
    #expect(try Tool.run("count", file).output == "3\n")
    #expect(try Tool.run("count", file, "-f", "json").output == "[\n{\"rows\":3}\n]\n")
    let plan = try Tool.run("explain", file, "-c", "id", "-n", "1")
    #expect(plan.status == 0 && plan.output.contains("Scan csv \(file) [id]"))
    #expect(try Tool.run("explain", file, "--analyze").status == 0)
  }

  @Test func tablesFitTheTerminal() throws {
    let folder = try ToolFolder()
    let names = (0..<30).map { "column\($0)" }.joined(separator: ",")
    let row = (0..<30).map { "value \($0) of a row" }.joined(separator: ",")
    let file = try folder.file("wide.csv", names + "\n" + row + "\n")
    for columns in [80, 200] {
      let table = try Tool.run("head", file, columns: columns)
      let widest = table.output.split(separator: "\n").map(\.count).max() ?? 0
      #expect(widest <= columns && widest > columns - 40)
    }
    let many = try folder.file("many.csv", "a\n" + (0..<40).map { "\($0)\n" }.joined())
    let shown = try Tool.run("head", many, "-n", "30").output
    #expect((0..<30).allSatisfy { shown.contains(" \($0) ") })
  }

  @Test func standardInput() throws {
    #expect(try Tool.run("count", "-", input: csv).output == "3\n")
    #expect(
      try Tool.run("schema", "-", "-f", "jsonl", input: "{\"a\":[1]}\n").output
        == "{\"column\":\"a\",\"type\":\"list[int64]\"}\n")
    let text = "a;b\n1;2\n"
    #expect(
      try Tool.run("head", "-", "--from", "csv", "--delimiter", ";", "-f", "csv", input: text)
        .output
        == "a,b\n1,2\n")
    #expect(
      try Tool.run("head", "-", "--no-header", "-f", "csv", input: "1,2\n").output
        == "column_1,column_2\n1,2\n")
    // Formats that are read from their end are taken to a file first.
    let folder = try ToolFolder()
    let file = try folder.file("x.csv", csv)
    _ = try Tool.run("convert", file, folder.path + "/x.arrow")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c",
      """
      cd '\(folder.path)'; tool='\(Tool.path)'
      cat x.arrow | "$tool" count -; "$tool" count - < x.arrow
      mkfifo p; cat x.csv > p & "$tool" count p
      """,
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    process.waitUntilExit()
    #expect(
      String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        == "3\n3\n3\n")
  }

  @Test func convertsByExtension() throws {
    let folder = try ToolFolder()
    var path = try folder.file("0.csv", csv)
    let endings = [
      "arrow", "jsonl.gz", "arrows", "csv.zst", "tsv", "jsonl.zst", "csv.gz", "ndjson", "csv",
    ]
    for (k, ending) in endings.enumerated() {
      let next = "\(folder.path)/\(k + 1).\(ending)"
      let result = try Tool.run("convert", path, next)
      #expect(
        result.status == 0 && result.output == "" && result.errors == "",
        "\(ending): \(result.errors)")
      path = next
    }
    #expect(
      try folder.text("\(endings.count).csv")
        == "id,name,price\n1,apple,0.25\n2,pear,\n3,\"fig, dried\",12.5\n")
    let first = folder.path + "/0.csv"
    #expect(
      try Tool.run("convert", first, "-", "-c", "name").output
        == "name\napple\npear\n\"fig, dried\"\n")
    #expect(
      try Tool.run("convert", first, "-", "--to", "jsonl", "-c", "id").output
        == "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n")
    #expect(
      try Tool.run("convert", first, folder.path + "/z", "--to", "csv", "--compression", "zstd")
        .status == 0)
    #expect(try Tool.run("count", folder.path + "/z").output == "3\n")
  }

  @Test func statsOfTextAndParquet() throws {
    let folder = try ToolFolder()
    let file = try folder.file("x.csv", csv)
    #expect(
      try Tool.run("stats", file, "-f", "csv").output
        == "column,type,rows,nulls,min,max\nid,int64,3,0,1,3\nname,string,3,0,apple,pear\n"
        + "price,float64,3,1,0.25,12.5\n")
    let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "ColumnarIOTests/Parquet/Golden/files").path
    let names = try FileManager.default.contentsOfDirectory(atPath: golden)
      .filter { $0.hasSuffix(".parquet") }.sorted()
    try #require(!names.isEmpty)
    for name in names.prefix(4) + names.filter({ $0.hasPrefix("decimals") }) {
      let result = try Tool.run("stats", golden + "/" + name)
      #expect(result.status == 0, "\(name): \(result.errors)")
      #expect(
        result.output.contains(" rows in ") && result.output.contains("max")
          && result.output.contains("codec"))
      #expect(result.output.split(separator: "\n").allSatisfy { DisplayWidth.of(String($0)) <= 80 })
      #expect(["nulls", "min", "unpacked", "encodings"].allSatisfy(result.output.contains))
      let rows = try Tool.run("stats", golden + "/" + name, "-f", "csv").output
      #expect(
        rows.hasPrefix(
          "row_group,column,type,rows,nulls,min,max,encodings,codec,compressed,uncompressed\n0,"))
    }
  }
}
