import Foundation
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
    let (vectors, made) = try counted { try Optimized.run(Self.texts, on: engine(name)) }
    print("seed, optimized on \(name):", vectors.prefix(1), "models made: \(made)")
    #expect((1...4).contains(made))
    #expect(vectors == Self.vectors)
  }

  @Test(arguments: ["columnar", "sequential"]) func customBenchmark(name: String) throws {
    let lines = try CustomBenchmark.run(Self.texts, on: engine(name))
    for line in lines { print("seed, benchmark on \(name): \(line)") }
    #expect(lines.count == 3)
    #expect(lines.last?.hasPrefix("batchSize 2048, maxConcurrency 4: ") == true)
  }

  @Test(arguments: ["columnar", "sequential"]) func stateful(name: String) throws {
    let engine = engine(name)
    let few = Array(Self.texts.prefix(20))
    let (problem, perRow) = try counted { try StatefulParameters.problem(few, on: engine) }
    #expect(perRow == 20)
    #expect(problem == Array(Self.vectors.prefix(20)))
    for solution in [StatefulParameters.solution, StatefulParameters.byClass] {
      let (vectors, made) = try counted { try solution(Self.texts, engine) }
      #expect((1...64).contains(made))
      #expect(vectors == Self.vectors)
    }
    let (vectors, made) = try counted { try StatefulParameters.byName(Self.texts, on: engine) }
    #expect(made == 1)
    #expect(vectors == Self.vectors)
  }

  @Test func batchSizes() throws {
    let lowered = Self.texts.map { $0.lowercased() }
    #expect(try BatchSize.ofNode(Self.texts) == lowered)
    #expect(try BatchSize.ofEngine(Self.texts) == lowered)
    #expect(try BatchSize.ofPreset(Self.texts, on: .columnar) == Self.vectors)
  }

  @Test(arguments: ["columnar", "sequential"]) func concurrency(name: String) throws {
    let few = Array(Self.texts.prefix(100))
    let hashes = try Concurrency.ofThreads(few, on: engine(name))
    #expect(Set(hashes).count == 100)
    #expect(try Concurrency.ofTasks(few, on: engine(name)) == few.map(\.count))
  }

  @Test func workerProcesses() throws {
    let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "columnar-seed")
    let engine = ColumnarEngine(workerExecutable: .path(program.path, arguments: []))
    #expect(try ProcessIsolation.run(Self.texts, on: engine) == Self.texts.map { _ in 3 })
    let (vectors, made) = try counted { try Combined.run(Self.texts, on: engine) }
    #expect(made == 0, "models are made in the workers")
    #expect(vectors == Self.vectors)
  }

  @Test func advice() throws {
    let few = Array(Self.texts.prefix(500))
    #expect(try DecisionTree.run(few) == 500)
    #expect(try DecisionTree.automatic(few) == 500)
    // The others depend on how busy the machine is; their rules have tests of their own.
    let warnings = try Pitfalls.warnings(few)
    for warning in warnings { print("seed, pitfalls:", warning) }
    #expect(warnings.contains { $0.kind == .isolationOfWaiting && $0.isCertain })
  }

  // MARK: Support

  private static let vectors = texts.map(Model().encode)

  /// How many models `body` makes.
  private func counted<R>(_ body: () throws -> R) rethrows -> (R, Int) {
    _ = Self.vectors
    let before = Model.made.load(ordering: .relaxed)
    let result = try body()
    return (result, Model.made.load(ordering: .relaxed) - before)
  }

  private func engine(_ name: String) -> any Engine {
    name == "columnar" ? .columnar : .sequential
  }
}
