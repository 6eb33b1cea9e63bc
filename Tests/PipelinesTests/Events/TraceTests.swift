import Columnar
import Foundation
import Pipelines
import Testing

/// Traces of pipelines whose events overlap.
@Suite struct TraceTests {
  private struct Slice {
    let name: String
    let from: Int
    let until: Int
  }

  private func events(_ path: String) throws -> [[String: Any]] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try #require(JSONSerialization.jsonObject(with: data) as? [[String: Any]])
  }

  private func time(_ event: [String: Any], _ field: String) throws -> Int {
    Int((try #require(event[field] as? Double) * 1_000).rounded())
  }

  /// Checks that the slices of every track stand inside each other or apart, as Perfetto asks.
  private func checkTracks(_ events: [[String: Any]]) throws {
    var tracks: [String: [Slice]] = [:]
    for event in events where event["ph"] as? String == "X" {
      let from = try time(event, "ts")
      let slice = Slice(
        name: event["name"] as? String ?? "", from: from, until: from + (try time(event, "dur")))
      tracks["\(event["pid"] ?? "")/\(event["tid"] ?? "")", default: []].append(slice)
    }
    #expect(!tracks.isEmpty)
    for (track, slices) in tracks {
      var open: [Slice] = []
      for slice in slices.sorted(by: { ($0.from, -$0.until) < ($1.from, -$1.until) }) {
        while let last = open.last, last.until <= slice.from { open.removeLast() }
        if let outer = open.last {
          #expect(slice.until <= outer.until, "\(slice) on \(track) ends behind \(outer)")
        }
        open.append(slice)
      }
    }
  }

  private func local(_ event: [String: Any]) -> String? {
    (event["id2"] as? [String: String])?["local"]
  }

  /// The slices with tracks of their own: each begins and ends once.
  private func spans(_ events: [[String: Any]]) throws -> [Slice] {
    var ids = Set<String>()
    return try events.filter { $0["ph"] as? String == "b" }.map { begin in
      let id = try #require(local(begin))
      #expect(ids.insert(id).inserted)
      let ends = events.filter { $0["ph"] as? String == "e" && local($0) == id }
      let end = try #require(ends.first)
      #expect(ends.count == 1)
      for field in ["name", "cat"] { #expect(end[field] as? String == begin[field] as? String) }
      let slice = Slice(
        name: begin["name"] as? String ?? "", from: try time(begin, "ts"),
        until: try time(end, "ts"))
      #expect(slice.from <= slice.until)
      return slice
    }
  }

  @Test func slicesOfATrackNeverPartlyOverlap() throws {
    let text = Input<String>("text")
    let texts = Input<[String]>("texts")
    let size = Node("size", from: text) { $0.count }
    let later = Node("later", from: size, options: .init(maxConcurrency: 8)) {
      (n: Int) async throws -> Int in
      try await Task.sleep(for: .microseconds(200 * (n % 5 + 1)))
      return n
    }
    let inner = try Pipeline("inner", outputs: later)
    let each = inner.each("each", text, in: texts, output: later)
    let middle = try Pipeline("middle", outputs: each)
    let lists = (0..<40).map { k in (0..<k % 4).map { String(repeating: "x", count: k + $0) } }
    let count = lists.reduce(0) { $0 + $1.count }
    let directory = try CacheDirectory()
    try FileManager.default.createDirectory(
      atPath: directory.path, withIntermediateDirectories: true)
    let engines: [(TraceFile) -> any Engine] = [
      { ColumnarEngine(threads: 2, listeners: [$0]) },
      { SequentialEngine(listeners: [$0]) },
    ]
    for (k, engine) in engines.enumerated() {
      let path = "\(directory.path)/\(k).json"
      let trace = try TraceFile(path, detail: .items)
      let outer = try Pipeline("outer", engine: engine(trace)) { middle.asNode(name: "within") }
      _ = try outer.map(texts.each(lists))
      let events = try events(path)
      try checkTracks(events)
      let spans = try spans(events)
      // Nested pipelines are drawn, the inner one in the outer one.
      let within = try #require(spans.first { $0.name == "within" })
      let mapped = try #require(spans.first { $0.name == "within/each" })
      #expect(within.from <= mapped.from && mapped.until <= within.until)
      #expect(mapped.from < mapped.until)
      let calls = spans.filter { $0.name == "within/each/later" }
      #expect(calls.count == count, "on engine \(k)")
      for call in calls { #expect(within.from <= call.from && call.until <= within.until) }
      let own = events.filter {
        $0["cat"] as? String == "item" && $0["name"] as? String == "within/each/size"
      }
      #expect(own.count == count && own.allSatisfy { $0["ph"] as? String == "X" })
    }
  }
}
