import Columnar
import Foundation
import Pipelines
import Testing
import worker_fixture

/// Pipelines whose nodes run in worker processes.
@Suite struct WorkerPipelineTests {
  private let engine = ColumnarEngine.columnar(
    threads: 2,
    workerExecutable: .path(
      URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "worker-fixture").path, arguments: ["pipelines"]))

  @Test func aNodeRunsInAWorker() throws {
    let pipeline = try FixturePipelines.embed().on(engine)
    let texts = (0..<3_000).map { "text \($0)" }
    let results = try pipeline.map(FixturePipelines.text.each(texts))
    #expect(Array(try results[FixturePipelines.length]) == texts.map { [$0.utf8.count, 1] })
    let processes = Set(try results[FixturePipelines.process])
    #expect(!processes.contains(Int(getpid())) && processes.count <= 2)
  }

  @Test func nodesOfNestedPipelinesAreFoundByTheirPaths() throws {
    let pipeline = try FixturePipelines.nested().on(engine)
    let lists = (0..<500).map { k in (0..<(k % 5)).map { "text \($0)" } }
    let results = try pipeline.map(FixturePipelines.texts.each(lists))
    let lengths = try results["each/length", as: [[Int]].self]
    #expect(Array(lengths) == lists.map { $0.map { [$0.utf8.count, 1] } })
    let processes = Set(try results["each/process", as: [Int].self].flatMap { $0 })
    #expect(!processes.contains(Int(getpid())) && processes.count <= 2)
  }

  @Test func aStatefulClassIsMadeInTheWorker() throws {
    let pipeline = try FixturePipelines.byName().on(engine)
    let results = try pipeline.map(["text": ["a", "bb"]], over: "text")
    #expect(Array(try results["size", as: Int.self]) == [1, 2])
  }

  @Test func aNodeThatIsNotServedIsAnErrorThatNamesIt() throws {
    let text = FixturePipelines.text
    let other = Node("other", from: text, options: .inWorkers) { $0.count }
    let pipeline = try Pipeline("unserved", engine: engine, outputs: other)
    do {
      _ = try pipeline.map(text.each(["a"]))
      Issue.record("no error")
    } catch let error as ColumnarError {
      #expect(error.message.contains("\"unserved/other\""), "\(error)")
      #expect(error.message.contains("add the pipeline \"unserved\""), "\(error)")
    }
  }

  // MARK: What a worker cannot have

  /// The error that says so, and names the node and what to do.
  private func refusal(_ node: String, _ state: String, _ run: () throws -> Void) throws {
    do {
      try run()
      Issue.record("no error: the workers made a state of their own")
    } catch let error as ColumnarError {
      #expect(error.code == .unsupported && error.context.contains(.node(node)), "\(error)")
      #expect(error.message.contains("its state \"\(state)\" was given for this run"), "\(error)")
      #expect(error.message.contains("as an input; or use isolation .thread"), "\(error)")
    }
  }

  @Test func aStateThatIsMadeForOneRunIsRefused() throws {
    let pipeline = try FixturePipelines.embed()
    let heavy = FixturePipelines.encoder.make { FixturePipelines.Encoder(weight: 5) }
    let texts = FixturePipelines.text.each(["a", "bb"])
    try refusal("length", "encoder") { _ = try pipeline.on(engine).map(texts, heavy) }
    // In the program itself it is what was given, and without it the worker's is right.
    let here = try pipeline.on(.sequential).map(texts, heavy)
    #expect(Array(try here[FixturePipelines.length]) == [[1, 5], [2, 5]])
    let there = try pipeline.on(engine).map(texts)
    #expect(Array(try there[FixturePipelines.length]) == [[1, 1], [2, 1]])
  }

  @Test func anInstanceThatIsHandedInIsRefused() throws {
    let pipeline = try FixturePipelines.byName().on(engine)
    let measure = State("mine") { try FixturePipelines.Measure() }
    try refusal("size", "mine") {
      _ = try pipeline.map(["text": ["a"], "measure": measure], over: "text")
    }
    try refusal("size", "measure") {
      _ = try pipeline.map(
        ["text": ["a"], "measure": try FixturePipelines.Measure()], over: "text")
    }
  }

  /// A state of the same type but another name, as a program has it that names its model by a
  /// capture.
  @Test func aStateOfAnotherNameIsAnErrorThatSaysSo() throws {
    let encoder = State("larger") { FixturePipelines.Encoder(weight: 2) }
    let length = Node("length", from: FixturePipelines.text, encoder, options: .inWorkers) {
      (text: String, encoder: FixturePipelines.Encoder) in [text.utf8.count, encoder.weight]
    }
    let pipeline = try Pipeline("embed", engine: engine, outputs: length)
    do {
      _ = try pipeline.map(FixturePipelines.text.each(["a"]))
      Issue.record("no error")
    } catch let error as ColumnarError {
      #expect(error.message.contains("state Encoder \"larger\", there"), "\(error)")
      #expect(error.context.contains(.node("length")))
    }
  }
}
