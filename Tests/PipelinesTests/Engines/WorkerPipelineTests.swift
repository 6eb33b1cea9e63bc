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

  // MARK: Bound states

  /// What is bound in the pipeline that the worker is given too, the worker has.
  @Test func boundStatesAreThoseOfTheWorkersPipeline() throws {
    let texts = ["a", "bb"]
    let text = FixturePipelines.text.each(texts)
    let bound = try FixturePipelines.bound()
    for engine in [engine, .sequential] as [any Engine] {
      #expect(
        try Array(bound.on(engine).map(text)[FixturePipelines.length]) == [[1, 5], [2, 5]])
      let lists = FixturePipelines.texts.each([["a"], [], ["bb", "c"]])
      let nested = try FixturePipelines.boundNested().on(engine).map(lists)
      #expect(
        try Array(nested["each", as: [[Int]].self]) == [[[1, 5]], [], [[2, 5], [1, 5]]])
      for (pipeline, extra) in [
        (try FixturePipelines.boundByName(), 10), (try FixturePipelines.boundObject(), 20),
      ] {
        let sizes = try pipeline.on(engine).map(text)["size", as: Int.self]
        #expect(Array(sizes) == [1 + extra, 2 + extra])
      }
    }
    let processes = try bound.on(engine).map(text)[FixturePipelines.process]
    #expect(!processes.contains(Int(getpid())))
  }

  @Test func whatIsBoundStaysSoUnderAnotherName() throws {
    let renamed = try FixturePipelines.boundRenamed()
    for engine in [engine, .sequential] as [any Engine] {
      let sizes = try renamed.on(engine).map(FixturePipelines.text.each(["a", "bb"]))
      #expect(try Array(sizes["length", as: Int.self]) == [11, 12])
    }
  }

  /// Of two pipelines of one name a worker takes the one that the program runs.
  @Test func theWorkerTakesThePipelineThatIsBoundAlike() throws {
    let text = FixturePipelines.text.each(["a"])
    for (isBound, weight) in [(false, 1), (true, 6)] {
      let results = try FixturePipelines.either(bound: isBound).on(engine).map(text)
      #expect(try Array(results[FixturePipelines.length]) == [[1, weight]])
    }
  }

  @Test func aStateThatOnlyTheProgramHasBoundIsAnErrorThatSaysSo() throws {
    let heavy = FixturePipelines.encoder.make { FixturePipelines.Encoder(weight: 7) }
    let pipeline = try FixturePipelines.embed().bind(heavy).on(engine)
    do {
      _ = try pipeline.map(FixturePipelines.text.each(["a"]))
      Issue.record("no error: the worker made a state of its own")
    } catch let error as ColumnarError {
      #expect(
        error.message.contains(
          "here parameter 2 \"encoder\": state Encoder \"encoder\", bound in the pipeline, there"),
        "\(error)")
      #expect(error.context.contains(.node("length")))
    }
    // What a run gives is refused as ever, though the pipeline has one bound.
    try refusal("length", "encoder") {
      _ = try FixturePipelines.bound().on(engine).map(FixturePipelines.text.each(["a"]), heavy)
    }
  }

  // MARK: Structs

  @Test func structsComeFromWorkers() throws {
    let texts = (0..<1_200).map { k in k % 7 == 3 ? "" : k % 2 == 0 ? "\(k) and more" : "\(k)" }
    let expected = texts.map { FixturePipelines.Parts($0) }
    for pipeline in [try FixturePipelines.rowStructs(), try FixturePipelines.asyncStructs()] {
      for engine in [engine, .sequential] as [any Engine] {
        let results = try pipeline.on(engine).map(FixturePipelines.text.each(texts))
        #expect(Array(try results["first", as: String?.self]) == expected.map { $0?.first })
        #expect(Array(try results["rest", as: String?.self]) == expected.map { $0?.rest })
        #expect(Array(try results["count", as: Int?.self]) == expected.map { $0?.count })
      }
    }
    let batch = try FixturePipelines.batchStructs().on(engine)
    let results = try batch.map(FixturePipelines.text.each(["a b", "c"]))
    #expect(Array(try results["first", as: String.self]) == ["a", "c"])
    #expect(Array(try results["rest", as: String?.self]) == ["b", nil])
    #expect(
      message { _ = try batch.map(FixturePipelines.text.each(["a", ""])) }.contains("noModel"))
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
