import ColumnarCore
import ColumnarIO
import ColumnarTesting
import Foundation
import Testing
import worker_fixture

@testable import Columnar

/// The fixture as a worker of another engine: Arrow streams on stdin and stdout.
@Suite struct WorkerStreamTests {
  /// What the fixture answers to batches of a column "x".
  private func answers(
    _ name: String, _ batches: [[Int]]
  ) throws -> (status: Int32, batches: [Batch], errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: WorkerTesting.fixture)
    process.arguments = ["--columnar-worker", name]
    let (input, output, errors) = (Pipe(), Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let schema = try Schema([Field("x", .int64)])
    let writer = try ArrowWriter(
      descriptor: input.fileHandleForWriting.fileDescriptor, name: "input", schema: schema)
    for values in batches {
      let batch = Batch(
        unchecked: schema, columns: [Int.column(of: values)], count: values.count)
      let encoded = try writer.encoder.plan(batch)
      try writer.write(encoded, encoded.message())
    }
    try writer.finish()
    try input.fileHandleForWriting.close()
    var found: [Batch] = []
    if let reader = try? ArrowStreamReader(
      descriptor: output.fileHandleForReading.fileDescriptor, name: "output")
    {
      while let batch = try reader.next() { found.append(batch) }
    }
    let text = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, found, String(decoding: text, as: UTF8.self))
  }

  @Test func eachBatchHasItsAnswer() throws {
    let answer = try answers("double", [[1, 2], [], [3]])
    #expect(answer.status == 0, "\(answer.errors)")
    #expect(answer.batches.map(\.count) == [2, 0, 1])
    #expect(try Array(ColumnView<Int>(answer.batches[0].columns[0])) == [2, 4])
  }

  @Test func whatIsPrintedDoesNotSpoilTheStream() throws {
    let answer = try answers("chatty", [[7]])
    #expect(answer.status == 0 && answer.batches.count == 1)
    #expect(answer.errors.contains("a line on stdout, row 7"))
  }

  @Test func mistakesAreErrorsOnStderr() throws {
    let unknown = try answers("dubble", [])
    #expect(unknown.status == 1 && unknown.errors.contains("Did you mean \"double\"?"))
    let mismatch = try answers("shout", [])
    #expect(mismatch.status == 1 && mismatch.errors.contains("is string, but column \"x\""))
  }

  /// All that pyarrow, as the client, checks; where there is none that is said, and nothing is
  /// tested.
  @Test func pyarrowGetsItsAnswers() throws {
    guard let python = PythonPeer.python else { return }
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "pyarrow_client.py").path
    let client = try PythonPeer.run(python, [script, WorkerTesting.fixture])
    #expect(client.status == 0, "\(client.text)")
  }
}
