import Pipelines
import Testing

@testable import columnar_seed

/// The guide's examples, run and printed, on both engines.
@Suite(.serialized) struct SeedTests {
  static let texts = (0..<5_000).map { "Text NUMBER \($0)" }

  @Test(arguments: ["columnar", "sequential"]) func minimal(name: String) throws {
    let lowered = try Minimal.run(Self.texts, on: engine(name))
    print("seed, minimal on \(name):", lowered.prefix(2))
    #expect(lowered == Self.texts.map { $0.lowercased() })
  }

  @Test(arguments: ["columnar", "sequential"]) func optimized(name: String) throws {
    let before = Optimized.Encoder.made.load(ordering: .relaxed)
    let codes = try Optimized.run(Self.texts, on: engine(name))
    let made = Optimized.Encoder.made.load(ordering: .relaxed) - before
    print("seed, optimized on \(name):", codes.prefix(2), "encoders made: \(made)")
    #expect((1...4).contains(made))
    let encoder = Optimized.Encoder()
    #expect(codes == Self.texts.map { encoder.encode($0) })
  }

  @Test(arguments: ["columnar", "sequential"]) func customBenchmark(name: String) throws {
    let lines = try CustomBenchmark.run(Self.texts, on: engine(name))
    for line in lines { print("seed, benchmark on \(name): \(line)") }
    #expect(lines.count == 3)
    #expect(lines.last?.hasPrefix("batchSize 2048, maxConcurrency 4: ") == true)
  }

  private func engine(_ name: String) -> any Engine {
    name == "columnar" ? .columnar : .sequential
  }
}
