import Columnar
import Foundation
import Harness
import Pipelines

/// Pipelines of cheap nodes, where what is measured is all that is not the nodes.
let pipelinesSuite = Suite(
  "pipelines",
  notes: [
    "Cache: a million items through one node; at most 200 ms are 200 ns per item and node.",
    "disk.open maps, checks and indexes the files of another process in every run.",
    "Presets: the seed's kinds of work under the built-in options, the preset, and other batch sizes.",
    "Listeners: the same pipeline with nobody listening, a log, a trace file, a progress display.",
    "Advisor: automatic is tuning: .automatic beside the best of a grid of batch sizes and concurrencies.",
    "Nested: a row node over the elements of lists beside the same node over as many flat items.",
  ], [cacheGroup, listenersGroup] + nestedGroups + presetGroups + advisorGroups)

/// What a warm and a cold cache cost per item and node.
private let cacheGroup = Group("pipelines.cache") {
  let count = 1_000_000
  let numbers = Generated.array(11, count) { Int($0 >> 1) }
  let texts = numbers.map { "text number \($0)" }
  let n = Input<Int>("n")
  let text = Input<String>("text")
  let plus = Node("plus", from: n) { $0 &+ 1 }
  let shout = Node("shout", from: text) { $0.uppercased() }
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "columnar-cache-\(UUID().uuidString)").path
  let cleaner = Cleaner(folder)
  let memory = Cache.memory(limit: 2 << 30)
  let disk = try Cache.disk(at: folder, limit: 4 << 30)
  let limit = disk.limit

  func contender<Value: Equatable & Sendable>(
    _ name: String, _ node: Node<Value>, _ items: Binding, _ expected: Value,
    _ cache: @escaping () throws -> Cache?
  ) -> Contender {
    Contender(name) {
      try Pipeline(engine: .columnar(cache: cache()), outputs: node).map(items)
    } check: { results in
      withExtendedLifetime(cleaner) {}
      try expect(results[node][count - 1], expected, "the last result of \(name)")
    }
  }
  func contenders<Value: Equatable & Sendable>(
    _ kind: String, _ node: Node<Value>, _ items: Binding, _ last: Value
  ) throws -> [Contender] {
    for cache in [memory, disk] {
      _ = try Pipeline(engine: .columnar(cache: cache), outputs: node).map(items)
    }
    return [
      contender("pipelines.cache.none.\(kind)", node, items, last) { nil },
      contender("pipelines.cache.cold.\(kind)", node, items, last) { .memory(limit: limit) },
      contender("pipelines.cache.warm.\(kind)", node, items, last) { memory },
      contender("pipelines.cache.warm.disk.\(kind)", node, items, last) { disk },
      contender("pipelines.cache.warm.disk.open.\(kind)", node, items, last) {
        try .disk(at: folder, limit: limit)
      },
    ]
  }
  let cases = ["int", "text"].flatMap { kind in
    let none = "pipelines.cache.none.\(kind)"
    return [
      Case(none, rows: count, target: .none("none: what computing costs")),
      Case(
        "pipelines.cache.cold.\(kind)", rows: count, references: ["computing": none],
        target: .none("none: what keeping costs")),
      Case(
        "pipelines.cache.warm.\(kind)", rows: count, references: ["computing": none],
        target: .atMost(200)),
      Case(
        "pipelines.cache.warm.disk.\(kind)", rows: count, references: ["computing": none],
        target: .atMost(200)),
      Case(
        "pipelines.cache.warm.disk.open.\(kind)", rows: count, references: ["computing": none],
        target: .atMost(200)),
    ]
  }
  return Group.Content(
    contenders: try contenders("int", plus, n.each(numbers), numbers[count - 1] &+ 1)
      + contenders("text", shout, text.each(texts), texts[count - 1].uppercased()),
    cases: cases)
}

/// Removes a folder when the benchmarks that use it are done.
private final class Cleaner {
  private let path: String
  init(_ path: String) { self.path = path }
  deinit { try? FileManager.default.removeItem(atPath: path) }
}
