import Columnar
import ColumnarCore
import Foundation
import Glibc
import Pipelines
import Testing

/// A test per statement of hypernodes' section on callbacks and telemetry, on both engines; what is
/// tested at length stands in `Events`.
@Suite struct ListenerRowsTests {
  private let x = Input<Int>("x")

  private func engines(_ listener: some RunListener, cache: Cache? = nil) -> [any Engine] {
    [
      SequentialEngine(listeners: [listener], cache: cache),
      ColumnarEngine(threads: 2, listeners: [listener], cache: cache),
    ]
  }

  /// What callbacks hear elsewhere, on one engine only, listeners hear on both.
  @Test func everyCallbackHasItsEvent() throws {
    for isColumnar in [false, true] {
      let recorder = EventRecorder(.items)
      let engine = engines(recorder, cache: .ample())[isColumnar ? 1 : 0]
      let double = Node("double", from: x, options: .init(onError: .null)) {
        (x: Int) throws -> Int in
        if x == 3 { throw Unlucky(value: x) }
        return x * 2
      }
      let inner = try Pipeline("inner", outputs: double)
      let p = try Pipeline("p", engine: engine) {
        inner.asNode(
          name: "each", inputs: ["xs": "x"], outputs: ["double": "doubles"], over: ["xs"])
      }
      for lists in [[[1, 2], [3]], [[1, 2, 4]]] {
        _ = try p.map(["xs": lists], over: "xs")
      }
      var seen = Set<String>()
      for event in recorder.takeAll() {
        #expect(event.pipeline == "p")
        switch event.kind {
        case .runStarted(let items): seen.insert("run started, \(items ?? -1)")
        case .runFinished: seen.insert("run finished")
        case .nestedStarted: seen.insert("nested started \(event.node ?? "")")
        case .nestedFinished: seen.insert("nested finished \(event.node ?? "")")
        case .nodeStarted: seen.insert("node started \(event.node ?? "")")
        case .nodeFinished: seen.insert("node finished \(event.node ?? "")")
        case .itemFinished(let item, _): seen.insert("item \(item.map { "\($0)" } ?? "?")")
        case .itemsFailed(let count, _): seen.insert("failed \(count)")
        case .cacheHit: seen.insert("cached")
        case .batchFinished: seen.insert("batch")
        case .retried, .failed: break
        }
      }
      #expect(
        seen == [
          "run started, 2", "run started, 1", "run finished", "nested started each",
          "nested finished each", "node started each/double", "node finished each/double",
          "item 0[0]", "item 0[1]", "item 0[2]", "failed 1", "cached", "batch",
        ], "\(seen.sorted())")
    }
  }

  /// Elsewhere a callback says which engines it works on, and others refuse it.
  @Test func aListenerWorksOnEveryEngine() throws {
    let tally = Tally()
    let handler = EventHandler(.items) { event in
      if case .itemFinished = event.kind { tally.add("\(event.pipeline)") }
    }
    for (k, engine) in engines(handler).enumerated() {
      _ = try Pipeline("p\(k)", engine: engine, outputs: Node("n", from: x) { $0 }).map(
        x.each([1, 2]))
    }
    #expect(tally["p0"] == 2 && tally["p1"] == 2)
  }

  /// Elsewhere nested pipelines begin a context of their own, and depth and path are lost.
  @Test func pathsOfAnyDepth() throws {
    let leaf = Node("leaf", from: x) { $0 + 1 }
    var p = try Pipeline("p0", outputs: leaf)
    for depth in 1...4 { p = try Pipeline("p\(depth)") { p.asNode(name: "d\(depth)") } }
    for k in 0..<2 {
      let recorder = EventRecorder(.nodes)
      _ = try p.on(engines(recorder)[k]).map(x.each([1]))
      let stories = NodeStory.all(recorder.takeAll())
      #expect(
        Set(stories.keys) == ["d4", "d4/d3", "d4/d3/d2", "d4/d3/d2/d1", "d4/d3/d2/d1/leaf"])
    }
  }

  /// Progress: done, rate, cached and failed by node, in plain lines where it is no terminal.
  @Test func progress() throws {
    for isColumnar in [false, true] {
      let written = Monitor("")
      let display = ProgressDisplay(to: { text in written.withLock { $0 += text } })
      let engine = engines(display, cache: .ample())[isColumnar ? 1 : 0]
      let picky = Node("picky", from: x, options: .init(onError: .null)) { (x: Int) throws -> Int in
        if x == 3 { throw Unlucky(value: x) }
        return x
      }
      let p = try Pipeline("p", engine: engine, outputs: picky)
      _ = try p.map(["x": [1, 2]], over: "x")
      _ = try p.map(["x": [1, 2, 3, 4]], over: "x")
      let text = written.withLock { $0 }
      for mark in ["picky", "4", "2 cached", "1 failed"] {
        #expect(text.contains(mark), "\(mark) in \(text)")
      }
    }
  }

  /// Spans of run, nested pipeline, node and item in a file, where elsewhere they go to a service.
  @Test func traces() throws {
    let directory = try CacheDirectory()
    try FileManager.default.createDirectory(
      atPath: directory.path, withIntermediateDirectories: true)
    for k in 0..<2 {
      let path = "\(directory.path)/\(k).json"
      let trace = try TraceFile(path, detail: .items)
      let inner = try Pipeline("inner", outputs: Node("n", from: x) { $0 })
      _ = try Pipeline("p", engine: engines(trace)[k]) { inner.asNode(name: "within") }
        .map(x.each([1, 2, 3]))
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      let events = try #require(JSONSerialization.jsonObject(with: data) as? [[String: Any]])
      let kinds = Set(events.compactMap { $0["cat"] as? String })
      #expect(kinds == ["run", "nested", "batch", "item"])
      #expect(events.count { $0["cat"] as? String == "item" } == 3)
      #expect(events.contains { ($0["name"] as? String) == "within/n" })
    }
  }

  /// Elsewhere durations on Daft are nothing, and there are no items; and a pipeline of one node of
  /// two closures tells of no items on any engine.
  @Test func durationsAreTrueAndItemsAreTold() throws {
    let slow = Node("slow", from: x) { x -> Int in
      usleep(2_000)
      return x
    }
    let dual = Node("slow", from: x) { x -> Int in
      usleep(2_000)
      return x
    } batch: { xs -> [Int] in
      usleep(UInt32(2_000 * xs.count))
      return Array(xs)
    }
    for node in [slow, dual] {
      for k in 0..<2 {
        let recorder = EventRecorder(.items)
        _ = try Pipeline(engine: engines(recorder)[k], outputs: node).map(x.each([1, 2, 3]))
        var items: [Int] = []
        for event in recorder.takeAll() {
          if case .itemFinished(let item, let duration) = event.kind {
            items.append(item?.item ?? -1)
            #expect(duration >= .milliseconds(2) - .microseconds(1))
          }
          if case .nodeFinished(let figures) = event.kind {
            #expect(figures.items == 3 && figures.busy >= .milliseconds(6))
          }
        }
        #expect(items.sorted() == [0, 1, 2])
      }
    }
  }

  /// Elsewhere a log is of one's own making.
  @Test func logs() throws {
    for k in 0..<2 {
      let lines = Monitor<[String]>([])
      let log = EventLog(.nodes, to: { line in lines.withLock { $0.append(line) } })
      _ = try Pipeline("p", engine: engines(log)[k], outputs: Node("n", from: x) { $0 }).map(
        x.each([1]))
      let text = lines.withLock { $0 }
      #expect(text.count >= 4 && text.contains { $0.contains("n") }, "\(text)")
    }
  }
}
