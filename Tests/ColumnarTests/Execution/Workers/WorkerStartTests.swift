import ColumnarCore
import Foundation
import Testing
import worker_fixture

@testable import Columnar

@Suite struct WorkerStartTests {
  private let numbers = Int.column(of: Array(0..<100))

  private func error(
    _ function: UserFunction, _ executable: WorkerExecutable
  ) throws -> ColumnarError {
    try #require(
      WorkerTesting.error {
        try WorkerTesting.call(function, [numbers], executable: executable, as: Int.self)
      })
  }

  /// One child, not a cascade, and an error that says which line to add.
  @Test(arguments: ["forgets", "ends"])
  func aProgramWithoutTheCallStartsOneChild(_ how: String) throws {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "starts-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    let error = try error(FixtureFunctions.double.function, WorkerTesting.executable(how, file))
    #expect(error.code == .invalidPlan && error.context.contains(.node("double")), "\(error)")
    #expect(error.message.contains("Worker.serveIfAsked(pipeline)"), "\(error)")
    usleep(100_000)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "started\n")
  }

  @Test func aProgramThatDiesAtOnceIsAnErrorAfterSomeTries() throws {
    // There it ends by itself, as one does that lacks the call.
    if WorkerTesting.isUnderThreadSanitizer { return }
    let error = try error(FixtureFunctions.double.function, WorkerTesting.executable("dies"))
    #expect(error.code == .workerCrashed && error.message.contains("signal 6"), "\(error)")
  }

  @Test func aFileThatIsNoProgramIsAnError() throws {
    let error = try error(FixtureFunctions.double.function, .path("/no/such/program"))
    #expect(error.code == .io && error.message.contains("/no/such/program"), "\(error)")
  }

  @Test func aFunctionThatIsNotServedIsAnError() throws {
    let error = try error(FixtureFunctions.shout.function, WorkerTesting.executable("narrow"))
    #expect(error.message.contains("does not serve \"shout\""), "\(error)")
  }

  @Test func aFunctionThatDiffersIsAnErrorThatSaysWhere() throws {
    let error = try error(FixtureFunctions.different.function, WorkerTesting.executable("worker"))
    #expect(
      error.message.contains("here parameter 1: Int, stored as int64, there parameter 1: String"),
      "\(error)")
    #expect(error.context.contains(.node("different")))
  }

  /// The mistake that the guide warns of: a captured value is the worker's, not the program's.
  @Test func whatAClosureCapturesIsTheWorkersOwn() throws {
    let scaled = FixtureFunctions.scaled(by: 3)
    let there: [Int] = try WorkerTesting.call(
      scaled.function, [numbers], executable: WorkerTesting.executable("scales"))
    #expect(there[2] == 14)
    let here = try DataFrame(["x": [2]]).lazy.select(scaled("x").as("r")).collect(on: .sequential)
    #expect(try here["r", as: Int.self][0] == 6)
  }

  @Test func opaqueValuesAreRefused() throws {
    struct Handle: Sendable {}
    let function = UserFunction(
      name: "opaque", kind: .row, parameters: [UDFParameter(data: Int.self)],
      resultType: .opaque(Handle.self), options: UDFOptions()
    ) { $0.columns[0] }
    let pools = WorkerPools(WorkerTesting.executable("worker"))
    let error = try #require(WorkerTesting.error { try pools.add(FunctionRun(function), limit: 1) })
    #expect(error.code == .unsupported && error.message.contains("Handle"), "\(error)")
  }
}
