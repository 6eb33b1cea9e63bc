import ColumnarCore
import Foundation
import Testing
import worker_fixture

@testable import Columnar

/// The fixture as a worker, and as a program of its own.
enum WorkerTesting {
  /// Where the build put the fixture.
  static var fixture: String {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "worker-fixture").path
  }

  /// Whether this runs under the thread sanitizer: its programs start slowly, cannot run out of
  /// memory by a limit on addresses, as its shadow memory takes far more of them, and on a signal
  /// of a crash its own handler ends them with the status 66.
  static let isUnderThreadSanitizer = dlsym(nil, "__tsan_init") != nil

  static func executable(_ arguments: String...) -> WorkerExecutable {
    .path(fixture, arguments: arguments)
  }

  /// A pool of one worker for a function, which runs with `options`.
  static func pool(
    _ function: UserFunction, _ options: UDFOptions? = nil,
    executable: WorkerExecutable = executable("worker")
  ) -> TestPool {
    TestPool(options.map { UserFunction(function, options: $0) } ?? function, executable)
  }

  /// Calls a function on one batch in a pool of its own.
  static func call<Value: ColumnValue>(
    _ function: UserFunction, _ columns: [Column], _ options: UDFOptions? = nil,
    executable: WorkerExecutable = executable("worker"), as type: Value.Type = Value.self
  ) throws -> [Value] {
    let pool = pool(function, options, executable: executable)
    defer { pool.shutDown() }
    return Array(try ColumnView<Value>(pool.call(columns, count: columns[0].count)))
  }

  static func error(_ body: () throws -> some Any) -> ColumnarError? {
    do {
      _ = try body()
      return nil
    } catch {
      return error as? ColumnarError
    }
  }

  /// Runs the fixture as a program; its status, and what it wrote to stdout and stderr.
  static func run(_ arguments: String...) throws -> (status: Int32, output: String, errors: String)
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: fixture)
    process.arguments = arguments
    let output = Pipe()
    // A file, which does not fill up while the output is read.
    let path = FileManager.default.temporaryDirectory.appending(path: "errors-\(UUID().uuidString)")
    _ = FileManager.default.createFile(atPath: path.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: path) }
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: path)
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let complaints = try Data(contentsOf: path)
    return (
      process.terminationStatus, String(decoding: text, as: UTF8.self),
      String(decoding: complaints, as: UTF8.self)
    )
  }
}

/// A pool and the run that its calls are counted in.
struct TestPool: Sendable {
  let run: FunctionRun
  let pool: WorkerPool

  init(_ function: UserFunction, _ executable: WorkerExecutable) {
    run = FunctionRun(function)
    pool = WorkerPool(run, limit: 1, executable: executable)
  }

  func call(_ columns: [Column], count: Int) throws -> Column {
    try pool.call(columns, count: count, run, Cancellation())
  }

  func shutDown() { pool.shutDown(isCancelled: false) }
}
