import Columnar
import ColumnarCore
import Foundation
import Glibc
import Pipelines
import Testing
import worker_fixture

/// All engines tell the same of a run: which nodes there were, how many items went through them,
/// which items were called, and which failed.
@Suite struct StoryTests {
  let n = Input<Int>("n")
  let a = Input<Int>("a")
  let b = Input<Int>("b")

  /// Runs on the sequential engine and checks that all others tell the same; gives the stories.
  @discardableResult
  private func told(
    _ others: [(name: String, engine: any Engine)] = otherEngines, by pipeline: Pipeline,
    _ bindings: Binding..., cached: Bool = false, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [String: NodeStory] {
    func stories(_ makeEngine: (EventRecorder, Cache?) -> any Engine) throws -> [String: NodeStory]
    {
      let recorder = EventRecorder(.items)
      let engine = makeEngine(recorder, cached ? .memory(limit: 1 << 26) : nil)
      let pipeline = try pipeline.on(engine)
      if cached {
        let half = bindings.map { binding -> Binding in
          guard case .mapped(let column) = binding.content else { return binding }
          return Binding(mapping: binding.name, column.slice(0..<(column.count / 2)))
        }
        _ = try pipeline.map(half, mode: .zip, isByName: false)
        _ = recorder.takeAll()
      }
      _ = try pipeline.map(bindings, mode: .zip, isByName: false)
      return NodeStory.all(recorder.takeAll())
    }
    let expected = try stories { SequentialEngine(listeners: [$0], cache: $1) }
    for (name, engine) in others {
      let found = try stories { ListenedEngine(engine, $0, cache: $1) }
      for node in Set(expected.keys).union(found.keys).sorted() {
        #expect(
          found[node] == expected[node], "\(node) on \(name)", sourceLocation: sourceLocation)
      }
    }
    return expected
  }

  /// Retried once, then null: numbers that 7 divides.
  private func picky(_ name: String, _ port: Input<Int>) -> Node<Int> {
    Node(
      name, from: port,
      options: UDFOptions(onError: .null, retry: Retry(attempts: 2, backoff: .zero))
    ) { (n: Int) throws -> Int in
      if n % 7 == 0 { throw Unlucky(value: n) }
      return n
    }
  }

  @Test func ofFlatNodes() throws {
    let picky = picky("picky", n)
    let next = Node<Int>(expression: "next", from: n) { $0 + 1 }
    let same = Node<Int>(expression: "same", from: next) { $0 }
    let five = Node<Int>(expression: "five", from: same) { _ in lit(5) }
    let half = Node<Int>(expression: "half", from: next, same) {
      when($0 % 2 == 0).then($0).otherwise($1)
    }
    let wait = Node("wait", from: half, picky) { (a: Int, b: Int) async throws -> Int in a + b }
    let batch = Node(batch: "batch", from: five, elementwise: true) { five -> [Int] in
      five.map { $0 }
    }.uncached()
    let pipeline = try Pipeline("flat") {
      wait
      batch
    }
    let items = Array(0..<60)
    let stories = try told(by: pipeline, n.each(items))
    #expect(Set(stories.keys) == ["picky", "next", "same", "five", "half", "wait", "batch"])
    #expect(stories["picky"]?.failures.count == 9)
    #expect(stories["picky"]?.failures.contains { $0.contains("at row 14 of those") } == true)
    #expect(stories["wait"]?.skipped == 9)
    #expect(stories["next"]?.items == 60)
    let cached = try told(by: pipeline, n.each(items), cached: true)
    #expect(cached["picky"]?.called.contains("30") == true)
    #expect(cached["wait"]?.cached ?? 0 > 0)
  }

  /// A node of a row and a batch closure tells of its items whichever of them is called.
  @Test func ofRowAndBatchClosures() throws {
    let maybe = Input<Int?>("n")
    let dual = Node("dual", inputs: "n", options: UDFOptions(onError: .null)) {
      (n: Int) throws -> Int in
      if n % 7 == 0 { throw Unlucky(value: n) }
      return n
    } batch: { (ns: ColumnView<Int>) throws -> [Int] in
      try ns.map { n in
        if n % 7 == 0 { throw Unlucky(value: n) }
        return n
      }
    }
    let pipeline = try Pipeline("dual") { dual }
    let items = (0..<60).map { $0 % 10 == 5 ? nil : $0 }
    let stories = try told(by: pipeline, maybe.each(items))
    #expect(stories["dual"]?.called.count == 60 - 6 - 8)
    #expect(stories["dual"]?.skipped == 6 && stories["dual"]?.failed == 8)
    try told(by: pipeline, maybe.each(items), cached: true)
    // In lists, behind batches that begin anywhere.
    let nested = try Pipeline("outer") {
      pipeline.asNode(
        name: "each", inputs: ["as": "n"], outputs: ["dual": "all"], over: ["as"])
    }
    let inner = try told(by: nested, Binding(mapping: "as", .holding(lists)))
    #expect(inner["each/dual"]?.called.contains("19[2]") == true)
    // One item, for which the columnar engine too calls the row closure.
    for engine in [ColumnarEngine(threads: 1), SequentialEngine()] as [any Engine] {
      let recorder = EventRecorder(.items)
      _ = try pipeline.on(ListenedEngine(engine, recorder)).run(["n": 1])
      #expect(NodeStory.all(recorder.takeAll())["dual"]?.called == ["0"])
    }
  }

  /// The shares of a batch's items are its whole time, one behind the other.
  @Test func itemsOfABatchShareItsTime() throws {
    let recorder = EventRecorder(.items)
    let dual = Node("dual", from: n) {
      $0
    } batch: { ns -> [Int] in
      usleep(3_000)
      return Array(ns)
    }
    let engine = ColumnarEngine(threads: 1, listeners: [recorder])
    _ = try Pipeline("p", engine: engine, outputs: dual).map(n.each([1, 2, 3]))
    let events = recorder.takeAll()
    var ends: [Duration] = []
    var sum = Duration.zero
    for event in events {
      if case .itemFinished(_, let duration) = event.kind {
        sum += duration
        ends.append(event.time)
      }
      if case .nodeFinished(let figures) = event.kind { #expect(figures.busy >= sum) }
    }
    #expect(sum >= .milliseconds(3) && ends.count == 3 && ends == ends.sorted())
  }

  /// The lists of the items: empty ones, a null, and numbers that occur once.
  private var lists: [[Int]?] {
    (0..<30).map { k in k % 11 == 5 ? nil : (0..<(k % 4)).map { 10 * k + $0 } }
  }

  @Test func ofMappedPipelines() throws {
    let picky = picky("picky", a)
    let scaled = Node<Int>(expression: "scaled", from: picky, b) { $0 * $1 }
    let wait = Node("wait", from: scaled) { (x: Int) async throws -> Int in x }
    let inner = try Pipeline("inner", outputs: wait)
    let pipeline = try Pipeline("outer") {
      inner.asNode(
        name: "zipped", inputs: ["as": "a", "bs": "b"], outputs: ["wait": "waits"],
        over: ["as", "bs"])
      inner.asNode(
        name: "all", inputs: ["as": "a", "bs": "b"], outputs: ["wait": "products"],
        over: ["as", "bs"], mode: .product)
      Node("count", inputs: "waits") { (waits: [Int?]) in waits.count }
    }
    let column = Column.holding(lists)
    let stories = try told(
      by: pipeline, Binding(mapping: "as", column), Binding(mapping: "bs", column))
    #expect(stories["zipped/picky"]?.called.contains("19[2]") == true)
    // 191 beside 190, 191 and 192.
    #expect(
      stories["all/scaled"]?.items == lists.reduce(0) { $0 + ($1?.count ?? 0) * ($1?.count ?? 0) })
    #expect(stories["zipped"]?.starts == 1 && stories["zipped"]?.ends == 1)
    #expect(stories["count"]?.skipped == lists.count { $0 == nil })
    // 14 x 7 is element 1 of no list; 21 of item 2 is.
    let failures = stories["zipped/picky"]?.failures ?? []
    #expect(
      failures.contains {
        $0.contains("The inputs were (a: 21)")
          && $0.hasSuffix(
            "(at element 1, in node \"zipped/picky\", in row 2 of those that reached node \"zipped\")"
          )
      } || failures.contains { $0.contains("element 1, in node \"zipped\"") }, "\(failures)")
    try told(
      by: pipeline.selecting(names: ["waits"]), Binding(mapping: "as", column),
      Binding(mapping: "bs", column), cached: true)
  }

  @Test func ofListsOfLists() throws {
    let picky = picky("picky", n)
    let cell = try Pipeline("cell", outputs: picky)
    let row = try Pipeline("row") {
      cell.asNode(name: "cells", inputs: ["row": "n"], outputs: ["picky": "cells"], over: ["row"])
      Node("width", inputs: "cells") { (cells: [Int?]) in cells.count }
    }
    let pipeline = try Pipeline("matrix") {
      row.asNode(
        name: "rows", inputs: ["matrix": "row"], outputs: ["width": "widths"], over: ["matrix"])
    }
    let matrices = (0..<12).map { k in
      (0..<(k % 3)).map { row in (0..<((k + row) % 4)).map { 100 * k + 10 * row + $0 } }
    }
    let stories = try told(by: pipeline, Binding(mapping: "matrix", .holding(matrices)))
    #expect(stories["rows/cells/picky"]?.called.contains("5[1][0]") == true)
    #expect(stories["rows/width"]?.called.contains("5[1]") == true)
    #expect(Set(stories.keys).isSuperset(of: ["rows", "rows/cells"]))
  }

  /// Nested pipelines whose nodes the optimizer would make one expression.
  @Test func ofPipelinesOfExpressions() throws {
    let next = Node<Int>(expression: "next", from: n) { $0 + 1 }
    let twice = Node<Int>(expression: "twice", from: next) { $0 * 2 }
    let sums = try Pipeline("sums", outputs: twice)
    let made = sums.node("inner", output: twice)
    let last = Node<Int>(expression: "last", from: made) { $0 - 1 }
    let inlined = try Pipeline("inlined", outputs: last)
    let stories = try told(by: inlined, n.each(Array(0..<40)))
    #expect(Set(stories.keys) == ["inner", "inner/next", "inner/twice", "last"])
    #expect(stories["inner/next"]?.items == 40)
    let mapped = try Pipeline("mapped") {
      sums.asNode(name: "inner", inputs: ["as": "n"], outputs: ["twice": "all"], over: ["as"])
    }
    let all = try told(by: mapped, Binding(mapping: "as", .holding(lists)))
    #expect(Set(all.keys) == ["inner", "inner/next", "inner/twice"])
    #expect(all["inner/twice"]?.items == lists.reduce(0) { $0 + ($1?.count ?? 0) })
  }

  @Test func ofFramesAndStreams() async throws {
    let next = Node<Int>(expression: "next", from: n) { $0 + 1 }
    let sums = try Pipeline("sums", outputs: next)
    let twice = Node("twice", inputs: "next") { (n: Int) in n * 2 }
    let pipeline = try Pipeline("frames") {
      sums.asNode(name: "inner", outputs: ["next": "next"])
      twice
    }
    let frame = try DataFrame(["n": Array(0..<500)])
    var stories: [[String: NodeStory]] = []
    for isSequential in [true, false] {
      let recorder = EventRecorder(.items)
      let engine: any Engine =
        isSequential
        ? SequentialEngine(listeners: [recorder]) : ColumnarEngine(listeners: [recorder])
      let p = try pipeline.on(engine)
      _ = try await p.map(in: frame)
      stories.append(NodeStory.all(recorder.takeAll()))
      for try await _ in try p.stream(in: frame) {}
      stories.append(NodeStory.all(recorder.takeAll()))
    }
    #expect(Set(stories[0].keys) == ["inner", "inner/next", "twice"])
    #expect(stories[0]["twice"]?.called.contains("499") == true)
    for other in stories { #expect(other == stories[0]) }
  }

  @Test func ofWorkerProcesses() throws {
    let engine = ColumnarEngine.columnar(
      threads: 2, workerExecutable: .path(fixturePath, arguments: ["pipelines"]))
    let fixture = [("workers", engine as any Engine)]
    let alone = try told(
      fixture, by: FixturePipelines.told(), FixturePipelines.number.each(Array(0..<2_500)))
    #expect(alone["picky"]?.called.contains("2498") == true)
    #expect(alone["picky"]?.failures.contains { $0.contains("row 2100 of those") } == true)
    let nested = try told(
      fixture, by: FixturePipelines.toldNested(),
      FixturePipelines.numbers.each((0..<300).map { k in (0..<(k % 4)).map { 10 * k + $0 } }))
    #expect(nested["each/picky"]?.called.contains("3[2]") == true)
    #expect(nested["each/picky"]?.retried ?? 0 > 0)
  }

  /// Listeners that want no items hear of failures and retries in workers too.
  @Test func ofWorkersWithoutItems() throws {
    let recorder = EventRecorder(.nodes)
    let engine = ColumnarEngine.columnar(
      threads: 2, workerExecutable: .path(fixturePath, arguments: ["pipelines"]),
      listeners: [recorder])
    _ = try FixturePipelines.told().on(engine).map(FixturePipelines.number.each(Array(1..<1_500)))
    let events = recorder.takeAll()
    var retries = 0
    for event in events {
      if case .retried(let error) = event.kind {
        retries += 1
        #expect(error == "unlucky(7)" || error?.hasPrefix("unlucky(") == true)
      }
    }
    #expect(retries == 214)
    #expect(NodeStory.all(events)["picky"]?.failures.count == 214)
    #expect(NodeStory.all(events)["picky"]?.called == [])
  }

  private var fixturePath: String {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "worker-fixture").path
  }

  // MARK: Late batches

  /// A batch that came back late is called again in parts: what failed in it is told once, with them.
  @Test func ofALateBatch() throws {
    for engine in otherEngines {
      let recorder = EventRecorder(.nodes)
      let slow = Node(
        "slow", from: n,
        options: UDFOptions(onError: .null, timeout: .perBatch(.milliseconds(1)))
      ) { (n: Int) throws -> Int in
        if n == 0 { throw Unlucky(value: n) }
        // Every batch is late, in the end that of each row.
        let end = ContinuousClock.now + .milliseconds(3)
        while ContinuousClock.now < end {}
        return n
      }
      let pipeline = try Pipeline("late", engine: ListenedEngine(engine.engine, recorder)) { slow }
      _ = try pipeline.map(n.each(Array(0..<9)))
      let story = NodeStory.all(recorder.takeAll())["slow"]
      #expect(story?.failed == 9, "on \(engine.name)")
      #expect(story?.failures.count == 9, "on \(engine.name): \(story?.failures ?? [])")
    }
  }
}
