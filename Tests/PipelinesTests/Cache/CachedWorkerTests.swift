import Columnar
import Foundation
import Pipelines
import Testing
import worker_fixture

/// Nodes that run in worker processes are looked up before a worker is asked.
@Suite struct CachedWorkerTests {
  @Test func aWarmNodeAsksNoWorker() throws {
    let engine = ColumnarEngine.columnar(
      threads: 2,
      workerExecutable: .path(
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
          .appending(path: "worker-fixture").path, arguments: ["pipelines"]), cache: .ample())
    let pipeline = try FixturePipelines.embed().on(engine)
    let texts = (0..<3_000).map { "text \($0)" }
    let cold = try pipeline.map(FixturePipelines.text.each(texts))
    let warm = try pipeline.map(FixturePipelines.text.each(texts))
    #expect(Array(try warm[FixturePipelines.length]) == texts.map { [$0.utf8.count, 1] })
    // The processes that computed them in the first run.
    #expect(
      Array(try warm[FixturePipelines.process]) == Array(try cold[FixturePipelines.process]))
    #expect(warm.cacheStatistics.misses == 0)
  }
}
