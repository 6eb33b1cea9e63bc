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

  static func executable(_ arguments: String...) -> WorkerExecutable {
    .path(fixture, arguments: arguments)
  }

  /// Calls a function on one batch in a pool of its own.
  static func call<Value: ColumnValue>(
    _ function: UserFunction, _ columns: [Column], limit: UInt64? = nil,
    executable: WorkerExecutable = executable("worker"), as type: Value.Type = Value.self
  ) throws -> [Value] {
    let pool = WorkerPool(function, limit: 1, executable: executable)
    defer { pool.shutDown(isCancelled: false) }
    let result = try pool.call(columns, count: columns[0].count, limit: limit, Cancellation())
    return Array(try ColumnView<Value>(result))
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
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let complaints = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: text, as: UTF8.self),
      String(decoding: complaints, as: UTF8.self)
    )
  }
}
