import ColumnarTesting
import Foundation
import Testing

@testable import Columnar

/// Traces that Perfetto opens.
@Suite struct TraceFileTests {
  private func events(_ path: String) throws -> [[String: Any]] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try #require(JSONSerialization.jsonObject(with: data) as? [[String: Any]])
  }

  private func path() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).json").path
  }

  @Test func everyBatchIsASlice() throws {
    let path = path()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let trace = try TraceFile(path)
    #expect(try events(path).isEmpty)
    let double = UDF.row("do\"u\\b\nle") { (x: Int) in x * 2 }
    let frame = try DataFrame(["x": Array(0..<50_000)])
    for run in 1...2 {
      _ = try frame.lazy.with(double("x").as("y"))
        .collect(on: ColumnarEngine(threads: 2, listeners: [trace]))
      let all = try events(path)
      #expect(all.count { $0["ph"] as? String == "M" } == run)
      let slices = all.filter { $0["cat"] as? String == "batch" }
      let items = slices.compactMap { ($0["args"] as? [String: Any])?["items"] as? Int }
      #expect(items.reduce(0, +) == run * 50_000)
      #expect(Set(slices.compactMap { $0["name"] as? String }) == ["do\"u\\b\nle"])
      #expect(Set(slices.compactMap { $0["pid"] as? Int }).count == run)
      // Batches stand within their run.
      for slice in all where slice["cat"] as? String == "run" {
        let from = try #require(slice["ts"] as? Double)
        let until = from + (try #require(slice["dur"] as? Double))
        for batch in slices where batch["pid"] as? Int == slice["pid"] as? Int {
          let start = try #require(batch["ts"] as? Double)
          #expect(start >= from && start + (batch["dur"] as? Double ?? .infinity) <= until + 0.01)
        }
      }
    }
    #expect(trace.error == nil)
  }

  @Test func aFullDiskEndsTheTraceAndNotTheRun() throws {
    let trace = try TraceFile("/dev/full")
    let double = UDF.row("double") { (x: Int) in x * 2 }
    let frame = try DataFrame(["x": [1, 2]]).lazy.with(double("x").as("y"))
      .collect(on: ColumnarEngine(listeners: [trace]))
    #expect(try Array(frame["y", as: Int.self]) == [2, 4])
    #expect(trace.error?.code == .io)
  }

  @Test func aFileThatCannotBeMadeIsAnError() {
    #expect(throws: ColumnarError.self) { try TraceFile("/nowhere/trace.json") }
  }
}
