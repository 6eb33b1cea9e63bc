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
}
