import ColumnarCore
import Foundation
import Testing
import worker_fixture

@testable import Columnar

/// Programs that start themselves as workers.
@Suite struct WorkerProgramTests {
  /// After success, errors, crashes and cancellation nothing is left open and no child is left.
  @Test func nothingIsLeftBehind() throws {
    let run = try WorkerTesting.run("counts")
    let words = run.output.split(whereSeparator: \.isWhitespace)
    #expect(run.status == 0 && words.count == 6, "\(run)")
    // Descriptors, children, mappings of shared memory: before, and after.
    #expect(words.count == 6 && words[0] == words[3], "\(run)")
    #expect(
      words.count == 6 && words[1...2] == ["0", "0"] && words[4...5] == ["0", "0"], "\(run)")
  }

  /// Both of a worker's outputs, and what its states say when they are finished, under its name.
  @Test func whatWorkersPrintArrivesWithTheirNames() throws {
    let run = try WorkerTesting.run("logs")
    #expect(run.output.isEmpty)
    for line in [
      "[columnar worker chatty #1] a line on stdout, row 5",
      "[columnar worker chatty #1] a line on stderr, row 6",
      "[columnar worker stateful #1] tally made", "[columnar worker stateful #1] tally finished",
    ] {
      #expect(run.errors.contains(line + "\n"), "\(run.errors)")
    }
  }

  @Test func noWorkerOutlivesItsProgram() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: WorkerTesting.fixture)
    process.arguments = ["parent"]
    process.standardError = FileHandle.nullDevice
    try process.run()
    var workers: [Int32] = []
    for _ in 0..<6_000 where workers.isEmpty {
      usleep(10_000)
      workers = children(of: process.processIdentifier)
    }
    #expect(workers.count == 1)
    usleep(100_000)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    var living = workers
    for _ in 0..<6_000 where !living.isEmpty {
      usleep(10_000)
      living = workers.filter(isAlive)
    }
    #expect(living.isEmpty)
  }

  private func children(of parent: Int32) -> [Int32] {
    let path = "/proc/\(parent)/task"
    let tasks = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return tasks.flatMap { task -> [Int32] in
      let text = try? String(contentsOfFile: "\(path)/\(task)/children", encoding: .utf8)
      return (text ?? "").split(separator: " ").compactMap { Int32($0) }
    }
  }

  /// Whether a process runs; one that has ended and waits for its status to be taken doesn't.
  private func isAlive(_ process: Int32) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
      return false
    }
    return !(text.split(separator: ")").last ?? "").hasPrefix(" Z")
  }
}
