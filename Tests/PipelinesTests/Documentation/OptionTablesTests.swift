import Columnar
import ColumnarCore
import Foundation
import Pipelines
import Testing

/// The tables of options in docs/reference.md say what the code says.
@Suite struct OptionTablesTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../..").standardized

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
  }

  /// The rows of the first table whose head begins so, cell by cell.
  private func table(_ head: String) throws -> [[String]] {
    let lines = try text("docs/reference.md").split(
      separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.hasPrefix(head) }, "no table \(head)")
    let rows = lines[(start + 2)...].prefix { $0.hasPrefix("|") }
    return rows.map { row in
      row.dropFirst().dropLast().split(separator: "|").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
  }

  @Test func builtInValues() throws {
    let rows = try table("| key | built-in | why")
    let options = EffectiveOptions(node: UDFOptions(), engine: UDFOptions())
    func shown(_ value: (some Any)?, otherwise: String = "none") -> String {
      value.map { "\($0)" } ?? otherwise
    }
    let row = UDF.row("f") { (x: Int) in x }.function
    #expect(options.slots(for: row, threads: 7) == 7)
    let expected = [
      "`batchSize`": shown(
        options.batchSize.value,
        otherwise: "as batches come, about \(grouped(ExecutionSize.batchRows)) rows"),
      "`maxConcurrency`": shown(
        options.maxConcurrency.value, otherwise: "one call per compute thread, on that thread"),
      "`maxConcurrency` of `UDF.async`": "\(EffectiveOptions.asyncCalls) calls in flight",
      "`contract`": "`.\(options.contract.value)`",
      "`maxBatchBytes`": shown(options.maxBatchBytes.value),
      "`isolation`": "`.\(options.isolation.value)`",
      "`onError`": "`.\(options.onError.value)`",
      "`errorBudget`": shown(options.errorBudget.value),
      "`retry`": shown(options.retry.value), "`timeout`": shown(options.timeout.value),
    ]
    #expect(rows.map { $0[0] }.sorted() == expected.keys.sorted())
    for row in rows {
      #expect(row.count == 3 && row[1] == expected[row[0]], "\(row)")
      #expect(row[2].count > 10, "a reason for \(row[0])")
    }
    // Every option has its row.
    let keys = Mirror(reflecting: UDFOptions()).children.compactMap(\.label)
    #expect(keys.count == 9)
    for key in keys { #expect(expected["`\(key)`"] != nil, "\(key)") }
  }

  @Test func presets() throws {
    let known: [String: UDFOptions] = [
      "textRows": .textRows, "numericRows": .numericRows, "modelInference": .modelInference,
      "apiCalls": .apiCalls,
    ]
    // All that there are.
    let declared = try text("Sources/Columnar/UDF/UDFOptions.swift")
      .matches(of: /public static var (\w+): UDFOptions/).map { String($0.1) }
    #expect(declared.sorted() == known.keys.sorted())
    let rows = try table("| preset | is |")
    #expect(rows.map { $0[0] }.sorted() == known.keys.map { "`.\($0)`" }.sorted())
    let benchmark = try text("Benchmarks/Sources/ColumnarBench/Suites/Pipelines+Presets.swift")
    for row in rows {
      let name = String(row[0].dropFirst(2).dropLast())
      let options = try #require(known[name])
      #expect(try stated(row[1]) == options, "\(name) is \(options)")
      // What it was measured against is what the benchmark measures.
      let sizes = try #require(
        benchmark.firstMatch(of: try Regex("\\.\(name), sizes: \\[([0-9_, ]*)\\]"))?.output[1]
          .substring)
      let measured = sizes.split(separator: ",").compactMap {
        Int($0.filter(\.isNumber))
      }
      let told = row[5].split(separator: ";").compactMap { part in
        Int(part.prefix { $0 != ":" }.filter(\.isNumber))
      }
      #expect(told == measured, "\(name)")
      for figure in row[3...4] { #expect(Double(figure.filter { $0 != "," }) ?? 0 > 0, "\(row)") }
    }
  }

  /// Options as the table spells them: `batchSize: 100, maxConcurrency: 8`.
  private func stated(_ cell: String) throws -> UDFOptions {
    var options = UDFOptions()
    for part in cell.filter({ $0 != "`" }).split(separator: ",") {
      let words = part.split(separator: ":").map { $0.trimmingCharacters(in: .whitespaces) }
      let value = try #require(words.count == 2 ? Int(words[1]) : nil, "\(part)")
      switch words[0] {
      case "batchSize": options.batchSize = value
      case "maxConcurrency": options.maxConcurrency = value
      case "maxBatchBytes": options.maxBatchBytes = value
      default: Issue.record("no option of a number: \(part)")
      }
    }
    return options
  }

  /// A number with its thousands apart.
  private func grouped(_ number: Int) -> String {
    number < 1_000
      ? "\(number)" : grouped(number / 1_000) + "," + "\(number % 1_000 + 1_000)".dropFirst()
  }
}
