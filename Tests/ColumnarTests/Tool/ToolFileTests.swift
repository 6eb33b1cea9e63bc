import Columnar
import Foundation
import Testing

/// The tool over many files, pipes, and what is not as it should be.
@Suite struct ToolFileTests {
  private func shell(_ script: String, in folder: ToolFolder) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", "cd '\(folder.path)'; c='\(Tool.path)'\n" + script]
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let text = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: text, as: UTF8.self)
  }

  private func rows(_ count: Int) -> String {
    "id,name\n" + (0..<count).map { "\($0),row \($0)\n" }.joined()
  }

  @Test func foldersAndPatterns() throws {
    let folder = try ToolFolder()
    let frame = try DataFrame(["id": [1, 2, 3], "year": [2020, 2020, 2021]])
    try frame.write(parquet: folder.path + "/years", partitionedBy: ["year"])
    let path = folder.path + "/years"
    #expect(try Tool.run("count", path).output == "3\n")
    #expect(
      try Tool.run("head", path, "-n1", "-fcsv").output == "id,year\n1,2020\n")
    let stats = try Tool.run("stats", path + "/*/*.parquet").output
    #expect(stats.hasPrefix("3 rows in 2 files in 2 row groups of 1 to 2 rows\n"))
    #expect(try Tool.run("stats", path, "-f", "csv").output.hasPrefix("file,row_group,column,"))
    for k in 1...2 {
      try frame.write(arrow: "\(folder.path)/\(k).arrow")
      try frame.write(jsonLines: "\(folder.path)/\(k).jsonl.gz")
    }
    #expect(try Tool.run("count", folder.path + "/*.arrow").output == "6\n")
    #expect(try Tool.run("count", folder.path + "/?.jsonl*").output == "6\n")
    let mixed = try Tool.run("count", folder.path)
    #expect(mixed.status == 1 && mixed.errors.contains("arrow and jsonl and parquet files"))
    let none = try Tool.run("count", folder.path + "/*.xyz")
    #expect(none.status == 1 && none.errors.contains("No file matches"))
  }

  @Test func columnsOfAllRowGroupsAtOnce() throws {
    let folder = try ToolFolder()
    let file = try folder.file("x.csv", rows(10))
    let out = folder.path + "/x.parquet"
    #expect(try Tool.run("convert", file, out, "--row-group-rows=4").status == 0)
    let stats = try Tool.run("stats", out, columns: 200).output
    #expect(stats.hasPrefix("10 rows in 3 row groups of 2 to 4 rows\n"))
    #expect(stats.contains("│ id ") && stats.contains(" ┆ 0 ") && stats.contains(" ┆ 9 "))
    #expect(stats.count { $0 == "\n" } == 9)
    let groups = try Tool.run("stats", out, "--row-groups", "-c", "id").output
    #expect(groups.contains("│ 2         ┆") || groups.contains("│         2 ┆"))
    #expect(try Tool.run("stats", out, "-f", "jsonl").output.count { $0 == "\n" } == 6)
  }

  @Test func namesThatAreWrong() throws {
    let folder = try ToolFolder()
    try DataFrame(["a": [1]]).write(parquet: folder.path + "/x.csv")
    let wrong = try Tool.run("head", folder.path + "/x.csv")
    #expect(wrong.status == 1 && wrong.errors.contains("begins as parquet"))
    #expect(try Tool.run("count", folder.path + "/x.csv", "--from", "parquet").output == "1\n")
  }

  @Test func badRowsAreLeftOutWhenAsked() throws {
    let folder = try ToolFolder()
    let file = try folder.file("x.csv", "a,b\n1,2\n3\n4,5\n")
    let fails = try Tool.run("head", file)
    #expect(fails.status == 1 && fails.errors.contains("--skip-bad-rows leaves it out."))
    let skips = try Tool.run("head", file, "--skip-bad-rows", "-f", "csv")
    #expect(skips.status == 0 && skips.output == "a,b\n1,2\n4,5\n")
    #expect(
      skips.errors
        == "columnar: left out 1 row: \"\(file)\", line 3: the row has 1 field, but the file has 2 columns.\n"
    )
    let late = try folder.file("y.csv", "a\n" + String(repeating: "1\n", count: 10) + "x\n")
    let inferred = try Tool.run("stats", late, "--infer-rows", "5")
    #expect(inferred.status == 1 && inferred.errors.contains("--infer-rows all"))
    #expect(try Tool.run("schema", late, "--infer-rows=all", "-fcsv").output.contains("a,string"))
  }

  @Test func pipesOfAllFormats() throws {
    let folder = try ToolFolder()
    _ = try folder.file("x.csv", rows(3))
    #expect(
      try shell(
        """
        "$c" convert x.csv - --to parquet | "$c" count -
        "$c" convert x.csv - --to arrows | "$c" convert - - --to arrow | "$c" count -
        (echo before; "$c" convert x.csv /dev/stdout --to jsonl -c id; echo behind) > all; cat all
        "$c" convert x.csv >(cat > y.csv) --to csv; sleep 0.2; cmp x.csv y.csv
        """, in: folder)
        == "3\n3\nbefore\n{\"id\":0}\n{\"id\":1}\n{\"id\":2}\nbehind\n")
  }

  @Test func whatCannotBeWrittenIsAnError() throws {
    let folder = try ToolFolder()
    _ = try folder.file("x.csv", rows(3))
    let full = "columnar: error: input/output failed: cannot write"
    let text = try shell(
      """
      for words in "count x.csv" "head x.csv" "head x.csv -f csv" "convert x.csv -" "convert x.csv /dev/full --to csv"
      do "$c" $words > /dev/full; echo $?; done
      "$c" head x.csv >&-; echo $?
      "$c" head x.csv -n 9999 | head -1 > /dev/null; echo ${PIPESTATUS[1]}
      """, in: folder)
    let lines = text.split(separator: "\n")
    #expect(lines.count { $0.hasPrefix(full) } == 6, "\(text)")
    #expect(lines.filter { !$0.hasPrefix(full) } == ["1", "1", "1", "1", "1", "1", "0"])
  }

  /// Nothing half written stays behind when the tool is told to end.
  @Test func interrupted() throws {
    let folder = try ToolFolder()
    let text = try shell(
      """
      mkfifo p
      "$c" convert p out.parquet --from csv & tool=$!
      exec 3> p
      echo a >&3; for k in {1..30000}; do echo $k; done >&3
      for k in {1..100}; do ls -A | grep -q tmp && break; sleep 0.1; done
      ls -A | grep -c tmp; kill -TERM $tool; wait $tool; echo $?
      ls -A
      """, in: folder)
    #expect(text.contains("1\n143\np\n") && !text.contains("tmp"), "\(text)")
  }

  /// Truth values and bytes have bounds too, over all row groups and computed.
  @Test func boundsOfAllTypes() throws {
    let folder = try ToolFolder()
    let frame = try DataFrame(["b": [false, false, true, true], "t": ["b", "a", "d", "c"]]).query {
      $0.with(
        col("t").cast(to: .binary).as("y"),
        lit(5).cast(to: .decimal128(30, scale: 2)).as("d"))
    }
    var options = ParquetWriteOptions()
    options.rowGroupRows = 2
    let path = folder.path + "/x.parquet"
    try frame.write(parquet: path, options: options)
    try frame.write(arrow: folder.path + "/x.arrow")
    for words in [[path], [path, "--scan"], [folder.path + "/x.arrow"]] {
      let stats = try Tool.run(["stats"] + words, columns: 200).output
      for part in ["false ┆ true ", "0x61 ┆ 0x64 ", "5.00 ┆ 5.00"] {
        #expect(
          stats.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
            .contains(part), "\(words): \(stats)")
      }
    }
    let groups = try Tool.run("stats", path, "--row-groups", "-c", "b", "-f", "csv").output
    #expect(
      groups.contains("0,b,bool,2,0,false,false,") && groups.contains("1,b,bool,2,0,true,true,"))
  }
}
