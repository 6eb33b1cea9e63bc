import Glibc
import Pipelines
import Testing

/// The async forms give what the others give, and stop when their task is cancelled.
@Suite struct AsyncTests {
  let n = Input<Int>("n")

  @Test func sameResults() async throws {
    let node = Node("node", from: n) { $0 + 1 }
    let p = try Pipeline(outputs: node)
    for engine in [.columnar, .sequential] as [any Engine] {
      let p = try p.on(engine)
      #expect(try await Array(p.map(n.each([1, 2]))[node]) == [2, 3])
      #expect(try await Array(p.map(["n": [1, 2]], over: "n")[node]) == [2, 3])
      #expect(try await p.run(n.always(1))[node] == 2)
      #expect(try await p.run(["n": 1])[node] == 2)
    }
  }

  @Test func cancelled() async throws {
    let tally = Tally()
    let node = Node("node", from: n) { n -> Int in
      tally.add("call")
      usleep(1000)
      return n
    }
    for engine in [.columnar, .sequential] as [any Engine] {
      let p = try Pipeline(engine: engine, outputs: node)
      let items = n.each(Array(0..<1_000_000))
      let task = Task { try await p.map(items).count }
      try await Task.sleep(for: .milliseconds(20))
      task.cancel()
      let result = await task.result
      let error = #expect(throws: ColumnarError.self) { try result.get() }
      #expect(error?.code == .cancelled)
      // All of them would take minutes.
      #expect(tally["call"] < 500_000)
    }
  }
}
