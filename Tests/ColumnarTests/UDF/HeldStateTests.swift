import ColumnarCore
import Glibc
import Testing

@testable import Columnar

/// How many instances a state may have where calls keep theirs, or where an engine keeps them.
@Suite struct HeldStateTests {
  final class Token {}

  private func state(_ states: StateRecorder) -> State<Token> {
    State("token") {
      states.made()
      return Token()
    } finish: { _ in
      states.finished()
    }
  }

  private func twice(
    _ state: State<Token>, _ calls: CallRecorder, _ slots: Int
  ) -> ExpandUDF1<Int, Int> {
    UDF.expand("twice", state: state, options: .init(batchSize: 1, maxConcurrency: slots)) {
      (x: Int, _: Token) -> [Int] in
      calls.call {
        usleep(2_000)
        return [x, x]
      }
    }
  }

  /// What is stated holds for an expand function's calls and states, whatever its rows go on to.
  @Test(arguments: [1, 2, 5], [false, true])
  func aStatedConcurrencyOfExpandIsNotExceeded(_ slots: Int, _ hasOrigin: Bool) throws {
    let (calls, states) = (CallRecorder(), StateRecorder())
    let expand = twice(state(states), calls, slots)
    let slow = UDF.row("slow", options: .init(batchSize: 3, maxConcurrency: 7)) { (x: Int) in
      usleep(500)
      return x
    }
    let frame = try DataFrame(["x": Array(0..<200)])
    let result = try frame.lazy
      .expand(expand("x").as("y"), origin: hasOrigin ? "row" : nil)
      .select(slow("y").as("z")).collect(on: ColumnarEngine(threads: 2, batchRows: 4))
    #expect(try Array(result["z", as: Int.self]) == (0..<400).map { $0 / 2 })
    #expect(calls.mostInFlight <= slots && calls.calls == 200)
    #expect((1...slots).contains(states.madeCount))
    #expect(states.finishedCount == states.madeCount)
  }

  /// Every call of the first function holds an instance while the second asks for one.
  @Test(.timeLimit(.minutes(1)), arguments: [1, 2, 40])
  func functionsThatShareAStateDoNotWaitForEachOther(_ slots: Int) throws {
    let states = StateRecorder()
    let state = state(states)
    let expand = twice(state, CallRecorder(), slots)
    let next = UDF.row("next", state: state) { (x: Int, _: Token) in
      usleep(1_000)
      return x + 1
    }
    let frame = try DataFrame(["x": Array(0..<200)])
    for engine in [
      ColumnarEngine(threads: 2, batchRows: 1),
      ColumnarEngine(threads: 2, keepsStates: true),
    ] {
      for _ in 0..<2 {
        let result = try frame.lazy.expand(expand("x").as("y")).select(next("y").as("z"))
          .collect(on: engine)
        #expect(try Array(result["z", as: Int.self]) == (0..<400).map { $0 / 2 + 1 })
      }
    }
    #expect(states.madeCount >= 1)
  }

  /// A state that is kept by the engine may have more instances when a later query asks for more.
  @Test func aLaterQueryMayHaveMoreStates() throws {
    let states = StateRecorder()
    let state = state(states)
    let engine = ColumnarEngine(threads: 4, keepsStates: true)
    let frame = try DataFrame(["x": Array(0..<100)]).lazy
    var most: [Int] = []
    for slots in [1, 4, 2] {
      let calls = CallRecorder()
      let f = UDF.row("f", state: state, options: .init(batchSize: 1, maxConcurrency: slots)) {
        (x: Int, _: Token) -> Int in
        calls.call(together: slots) {
          usleep(500)
          return x
        }
      }
      #expect(try frame.select(f("x").as("y")).collect(on: engine).count == 100)
      most.append(calls.mostInFlight)
    }
    #expect(most == [1, 4, 2])
    #expect(states.madeCount == 4)
  }
}
