import Columnar
import Pipelines
import Testing

/// What a cache did is told of every way to run a pipeline.
@Suite struct CacheStatisticsTests {
  private static let count = 300

  private func pipeline(_ isSequential: Bool) throws -> Pipeline {
    let n = Input<Int>("n")
    let double = Node("double", from: n) { $0 * 2 }
    let text = Node("text", from: double) { "\($0) is the number" }
    let cache = Cache.memory(limit: 1 << 26)
    let engine: any Engine =
      isSequential ? .sequential(cache: cache) : .columnar(threads: 2, cache: cache)
    return try Pipeline("p", engine: engine, outputs: text)
  }

  private var frame: DataFrame {
    get throws { try DataFrame(["n": Array(0..<Self.count)]) }
  }

  @Test(arguments: [false, true]) func ofFrames(_ isSequential: Bool) async throws {
    let p = try pipeline(isSequential)
    let cold = try await p.map(in: frame)
    #expect(cold.cacheStatistics.misses == 2 * Self.count && cold.cacheStatistics.hits == 0)
    #expect(cold.cacheStatistics.stored == 2 * Self.count)
    let warm = try await p.map(in: frame.lazy)
    #expect(warm.cacheStatistics.hits == 2 * Self.count && warm.cacheStatistics.misses == 0)
    #expect(warm.cacheStatistics(of: "text").hits == Self.count)
    #expect(warm.cacheStatistics(of: "none").hits == 0)
  }

  @Test(arguments: [false, true]) func ofStreams(_ isSequential: Bool) async throws {
    let p = try pipeline(isSequential)
    let n = Input<Int>("n")
    for stream in [try p.stream(in: frame), try p.stream(n.each(Array(Self.count..<600)))] {
      #expect(stream.cacheStatistics.misses == 0)
      for try await _ in stream {}
      #expect(stream.cacheStatistics.misses == 2 * Self.count)
      #expect(stream.cacheStatistics(of: "double").stored == Self.count)
      // Each iteration is a run of its own.
      for try await _ in stream {}
      #expect(stream.cacheStatistics.misses == 0 && stream.cacheStatistics.hits == 2 * Self.count)
    }
  }

  @Test func noneWithoutACache() async throws {
    let p = try pipeline(false).on(.columnar)
    #expect(try await p.map(in: frame).cacheStatistics.misses == 0)
    let stream = try p.stream(in: frame)
    for try await _ in stream {}
    #expect(stream.cacheStatistics.hits == 0 && stream.cacheStatistics.misses == 0)
  }
}
