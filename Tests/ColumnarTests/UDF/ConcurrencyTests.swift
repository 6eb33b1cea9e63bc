import Columnar
import ColumnarCore
import Glibc
import Testing

@Suite(.serialized) struct UDFConcurrencyTests {
  /// 200 rows that each block for 10 ms, at batch size 1: `n` slots mean `n` calls in flight, and
  /// never one more.
  @Test(arguments: [1, 4, 8])
  func slotsAreReal(_ slots: Int) throws {
    let (calls, states) = (CallRecorder(), StateRecorder())
    final class Worker {}
    let state = State("worker") {
      states.made()
      return Worker()
    } finish: { _ in
      states.finished()
    }
    let slow = UDF.row(
      "slow", state: state, options: .init(batchSize: 1, maxConcurrency: slots)
    ) { (a: Int, _: Worker) -> Int in
      calls.call(together: slots) {
        usleep(1_000)
        return a + 1
      }
    }
    let rows = slots == 1 ? 40 : 200
    let frame = try DataFrame(["a": Array(0..<rows)])
    let result = try frame.lazy.select(slow("a").as("r")).collect(on: .columnar(threads: 2))
    #expect(try Array(result["r", as: Int.self]) == Array(1...rows))
    #expect(calls.calls == rows)
    #expect(calls.mostInFlight == slots)
    #expect(states.madeCount <= slots && states.madeCount >= 1)
    #expect(states.finishedCount == states.madeCount)
  }

  @Test(arguments: [1, 2, 4, 8])
  func orderIsRestored(_ slots: Int) throws {
    let square = UDF.row("square", options: .init(batchSize: 7, maxConcurrency: slots)) {
      (a: Int) -> Int in
      if a % 50 == 0 { usleep(500) }
      return a * a
    }
    let frame = try DataFrame(["a": Array(0..<1_000)])
    let result = try frame.lazy.filter(col("a") % 3 != 1).select(square("a").as("r")).collect()
    #expect(
      try Array(result["r", as: Int.self]) == (0..<1_000).filter { $0 % 3 != 1 }.map { $0 * $0 })
  }

  @Test func orderedCallsComeOneByOneInOrder() throws {
    let calls = CallRecorder()
    let seen = Seen()
    let note = UDF.row("note", options: .init(batchSize: 3, contract: .ordered)) {
      (a: Int) -> Int in
      calls.call { seen.append(a) }
      return a
    }
    let frame = try DataFrame(["a": Array(0..<500)])
    _ = try frame.lazy.repartition(5).select(note("a").as("r")).collect()
    #expect(seen.values == Array(0..<500))
    #expect(calls.mostInFlight == 1)
  }

  @Test func twoSlottedFunctionsInARow() throws {
    let first = UDF.row("first", options: .init(batchSize: 10, maxConcurrency: 3)) { (a: Int) in
      a + 1
    }
    let second = UDF.row("second", options: .init(batchSize: 4, maxConcurrency: 2)) { (a: Int) in
      a * 2
    }
    let frame = try DataFrame(["a": Array(0..<100)])
    let result = try frame.lazy.select(second(first("a")).as("r")).collect()
    #expect(try Array(result["r", as: Int.self]) == (0..<100).map { ($0 + 1) * 2 })
  }
}

private final class Seen: Sendable {
  private let content = Monitor<[Int]>([])
  func append(_ value: Int) { content.withLock { $0.append(value) } }
  var values: [Int] { content.withLock { $0 } }
}
