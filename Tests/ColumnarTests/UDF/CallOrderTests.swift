import Testing

@testable import Columnar
@testable import ColumnarCore

/// Which calls of an async function go first where not all may be in flight.
@Suite struct CallOrderTests {
  @Test func roomGoesToTheEarliestBatchNotToTheFirstToCome() throws {
    let gate = CallGate(1)
    let wanted = WorkInHand.wanted(Cancellation())
    let order = Monitor<[Int]>([])
    let first = gate.enter(1, 0)
    #expect(try gate.acquire(first, most: 9, wanted) == 1)
    gate.leave(first)
    // They come last to first; the last is further down, so it goes before all.
    let turns = [(1, 5), (1, 4), (1, 3), (2, 9)].map { ($0, gate.enter($0, $1), $1) }
    let pool = ThreadPool()
    let ended = Monitor(0)
    for (_, turn, number) in turns {
      _ = pool.start {
        for _ in 0..<3 where (try? gate.acquire(turn, most: 1, wanted)) == 1 {
          order.withLock { $0.append(number) }
          gate.release()
        }
        gate.leave(turn)
        ended.update { $0 += 1 }
      }
    }
    gate.release()
    ended.wait { $0 == turns.count ? () : nil }
    #expect(order.withLock { $0 } == [9, 9, 9, 3, 3, 3, 4, 4, 4, 5, 5, 5])
  }

  @Test func noRoomByTheDeadline() throws {
    let gate = CallGate(1)
    let wanted = WorkInHand.wanted(Cancellation())
    let (first, second) = (gate.enter(0, 0), gate.enter(0, 1))
    let soon = { MonotonicClock.nanoseconds() + 2_000_000 }
    // Neither room that another's turn keeps free, nor one's own turn without room.
    #expect(try gate.acquire(second, most: 1, wanted, until: soon()) == 0)
    #expect(try gate.acquire(first, most: 1, wanted, until: soon()) == 1)
    #expect(try gate.acquire(first, most: 1, wanted, until: soon()) == 0)
    gate.leave(first)
    gate.release()
    #expect(try gate.acquire(second, most: 1, wanted, until: soon()) == 1)
  }

  /// Four batches wait at once; by arrival the first would get a quarter of the room.
  @Test func theFirstBatchIsDoneFirst() throws {
    let started = Monitor<[Int]>([])
    let f = UDF.async("f", options: UDFOptions(maxConcurrency: 4)) { (x: Int) in
      started.withLock { $0.append(x) }
      try await Task.sleep(for: .milliseconds(2))
      return x
    }
    let frame = try DataFrame(["x": Array(0..<128)]).lazy
    let result = try frame.select(f("x").as("y")).collect(on: ColumnarEngine(threads: 2))
    #expect(try Array(result["y", as: Int.self]) == Array(0..<128))
    let order = started.withLock { $0 }
    let first = try #require(order.firstIndex { $0 < 16 })
    let last = try #require(order.lastIndex { $0 < 16 })
    // Later batches may take what is free before the first has come, and no more.
    #expect(order[first...last].count { $0 >= 16 } <= 4, "\(order)")
  }
}
