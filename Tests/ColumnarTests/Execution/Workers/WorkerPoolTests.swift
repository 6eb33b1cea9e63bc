import ColumnarCore
import Foundation
import Testing
import worker_fixture

@testable import Columnar

@Suite struct WorkerPoolTests {
  private let numbers = Int.column(of: Array(0..<10_000))

  private func pool(_ function: UserFunction) -> TestPool { WorkerTesting.pool(function) }

  @Test func aFunctionIsCalledInAWorker() throws {
    let result: [Int] = try WorkerTesting.call(FixtureFunctions.double.function, [numbers])
    #expect(result == (0..<10_000).map { $0 * 2 })
    let ids: [Int] = try WorkerTesting.call(FixtureFunctions.process.function, [numbers])
    #expect(Set(ids).count == 1 && ids[0] != Int(getpid()))
  }

  @Test func textsListsAndNullsComeAndGo() throws {
    let texts: [String?] = (0..<1000).map {
      $0 % 7 == 0 ? nil : String(repeating: "ä\($0)", count: $0 % 9)
    }
    let shouted: [String?] = try WorkerTesting.call(
      FixtureFunctions.shout.function, [String?.column(of: texts)])
    let expected = texts.map { text in text.map { $0.uppercased() + "!" } }
    #expect(shouted == expected)
    let lists: [[String]?] = try WorkerTesting.call(FixtureFunctions.lists.function, [numbers])
    #expect(lists[3] == nil && lists[7]?.count == 2)
    #expect(lists[7]?[1] == "7.1 is a text longer than twelve bytes")
  }

  @Test func aSliceAndAConstantAreArguments() throws {
    let a = numbers.slice(777..<1777)
    let b = Column.constant(Double.column(of: [0.5]), count: 1000)
    let text = String.column(of: (0..<1000).map { "text \($0)" })
    let scores: [Double] = try WorkerTesting.call(
      FixtureFunctions.score.function, [a, b, text])
    for (k, score) in scores.enumerated() {
      #expect(score == Double(k + 777) * 0.5 + Double("text \(k)".utf8.count))
    }
  }

  /// Many batches through few slots: results that are kept are not overwritten by later ones.
  @Test func keptResultsStay() throws {
    let pool = pool(FixtureFunctions.double.function)
    defer { pool.shutDown() }
    let results = try (0..<20).map { k in
      try pool.call([numbers.slice(k..<(k + 100))], count: 100)
    }
    for (k, result) in results.enumerated() {
      let values = Array(try ColumnView<Int>(result))
      #expect(values == Array(k..<(k + 100)).map { $0 * 2 })
    }
  }

  /// A batch function that keeps its arguments finds them unchanged at later batches.
  @Test func keptArgumentsStay() throws {
    let pool = pool(FixtureFunctions.keeper.function)
    defer { pool.shutDown() }
    for k in 0..<10 {
      let result = try pool.call([numbers.slice((k + 5)..<(k + 105))], count: 100)
      #expect(try ColumnView<Int>(result)[3] == 5)
    }
  }

  @Test func slotsGrow() throws {
    let pool = pool(FixtureFunctions.double.function)
    defer { pool.shutDown() }
    for count in [1, 100, 1_000_000, 3, 2_000_000] {
      let result = try pool.call([Int.column(of: Array(0..<count))], count: count)
      #expect(try ColumnView<Int>(result)[count - 1] == 2 * (count - 1))
    }
  }

  @Test func anErrorOfTheClosureNamesItsRow() throws {
    let error = try #require(
      WorkerTesting.error {
        try WorkerTesting.call(FixtureFunctions.failing.function, [numbers], as: Int.self)
      })
    #expect(error.code == .udf && error.row == 1234)
    #expect(error.message.contains("unlucky(1234)"), "\(error)")
  }

  @Test func aStateThatCannotBeMadeIsAnErrorOfTheNode() throws {
    let error = try #require(
      WorkerTesting.error {
        try WorkerTesting.call(FixtureFunctions.brokenState.function, [numbers], as: Int.self)
      })
    #expect(
      error.message.contains("model") && error.context.contains(.node("brokenState")), "\(error)")
  }

  @Test(arguments: [
    (End.segmentationFault, "signal 11"), (.abort, "signal 6"), (.fatal, "the value was -3"),
    (.killed, "signal 9"), (.exits, "exit status 3"), (.outOfMemory, "signal"),
  ])
  func aCrashIsAnError(_ end: End, _ text: String) throws {
    if WorkerTesting.isUnderThreadSanitizer, end == .outOfMemory { return }
    let error = try #require(
      WorkerTesting.error {
        try WorkerTesting.call(
          FixtureFunctions.poison.function, [Int.column(of: [1, end.rawValue])], as: Int.self)
      })
    #expect(error.code == .workerCrashed, "\(error)")
    let isHandled =
      WorkerTesting.isUnderThreadSanitizer && [.segmentationFault, .abort].contains(end)
    // The sanitizer's own handler ends the process, or dies of the attempt.
    let texts = isHandled ? ["exit status 66", "signal 11", text] : [text]
    #expect(texts.contains { error.message.contains($0) }, "\(error)")
  }

  @Test func aCallThatHangsIsKilled() throws {
    let began = ContinuousClock.now
    let error = try #require(
      WorkerTesting.error {
        try WorkerTesting.call(
          FixtureFunctions.poison.function, [Int.column(of: [End.hangs.rawValue])],
          UDFOptions(timeout: .perBatch(.milliseconds(200))), as: Int.self)
      })
    #expect(error.code == .timeout, "\(error)")
    #expect(ContinuousClock.now - began < .seconds(60))
  }

  /// The batch that waits behind one that kills the worker was not called, and goes to the next.
  @Test func aBatchBehindACrashGoesToTheNextWorker() throws {
    let pool = pool(FixtureFunctions.poisonOnce.function)
    defer { pool.shutDown() }
    let crashes = Monitor(0)
    ThreadPool.shared.run(width: 6) { k in
      for round in 0..<5 {
        let values = k == 0 ? [End.killed.rawValue] : [k, round]
        do {
          let result = try pool.call([Int.column(of: values)], count: values.count)
          let tenfold = values.map { $0 * 10 }
          #expect(try Array(ColumnView<Int>(result)) == tenfold)
        } catch {
          #expect((error as? ColumnarError)?.code == .workerCrashed && k == 0, "\(error)")
          crashes.withLock { $0 += 1 }
        }
      }
    }
    #expect(crashes.withLock { $0 } == 5)
  }
}
