import Columnar
import Glibc
import Testing

/// What tuners choose, by made-up calls: no clock.
@Suite struct CallTunerTests {
  /// Calls of a function as they would be: `perCall` and `perRow` nanoseconds, of which `waiting` is
  /// spent waiting; beyond `room` calls at once all take longer.
  private func run(
    _ tuner: inout CallTuner, calls: Int, perRow: Double, perCall: Double = 0,
    waiting: Double = 0, room: Int = .max
  ) {
    for _ in 0..<calls {
      let (rows, slots) = (tuner.rows, tuner.slots)
      var wall = perCall + perRow * Double(rows)
      if slots > room { wall *= Double(slots) / Double(room) }
      let computing = (perCall + perRow * Double(rows)) * (1 - waiting)
      tuner.record(
        rows: rows,
        WorkTime(wall: wall, computing: computing, waits: waiting > 0 ? rows : 0),
        epoch: tuner.epoch)
    }
  }

  private func tuner(batch: Bool = false, rows: Int? = nil, slots: Int? = nil) -> CallTuner {
    CallTuner(.init(rows: rows, slots: slots, cores: 2, isBatch: batch))
  }

  @Test func cheapRowsGoInLargeUnits() throws {
    var t = tuner()
    run(&t, calls: 20, perRow: 5)
    #expect(t.slots == 2)
    #expect(t.rows == CallTuner.mostRows)
    #expect(try #require(t.learned).isCheap)
  }

  @Test func heavyRowsGoInSmallUnits() throws {
    var t = tuner()
    run(&t, calls: 20, perRow: 500_000)
    #expect(t.rows == 4)
    #expect(t.slots == 2)
    #expect(try #require(t.learned).isCheap == false)
  }

  @Test func rowsThatWaitGoOneByOneOnManyThreads() {
    var t = tuner()
    run(&t, calls: 60, perRow: 5_000_000, waiting: 0.998)
    #expect(t.slots == CallTuner.mostSlots)
    #expect(t.rows == 1)
  }

  @Test func halfWaitingWantsTwiceTheCores() {
    var t = tuner()
    run(&t, calls: 60, perRow: 5_000_000, waiting: 0.5)
    #expect(t.slots == 4)
  }

  @Test func aServiceThatTakesEightCalls() {
    var t = tuner()
    run(&t, calls: 200, perRow: 5_000_000, waiting: 0.998, room: 8)
    #expect((6...14).contains(t.slots), "\(t.slots)")
  }

  @Test func callsThatCostMuchGetLargeBatches() {
    var t = tuner(batch: true)
    run(&t, calls: 20, perRow: 10_000, perCall: 1_000_000)
    #expect(1_000_000 / (1_000_000 + Double(t.rows) * 10_000) < 0.05)
    #expect(t.rows < 10_000)
  }

  @Test func statedValuesStay() {
    var t = tuner(rows: 7, slots: 3)
    run(&t, calls: 50, perRow: 5_000_000, waiting: 0.99)
    #expect(t.rows == 7 && t.slots == 3)
  }

  @Test func aPushedAsideThreadDoesNotWait() {
    #expect(WorkTime(wall: 100, computing: 10, waits: 0).waitingShare == 0)
    #expect(WorkTime(wall: 100, computing: 10, waits: 0).cost == 10)
    #expect(WorkTime(wall: 100, computing: 10, waits: 2).waitingShare == 0.9)
  }

  @Test func learnedValuesAreTheStart() throws {
    var t = tuner()
    run(&t, calls: 60, perRow: 5_000_000, waiting: 0.998)
    let next = CallTuner(t.limits, learned: t.learned)
    #expect(next.slots == t.slots && next.rows == 1)
  }

  @Test func gateGrowsWhileCallsTakeTheSame() {
    var gate = GateTuner(limit: 64)
    for _ in 0..<5_000 { _ = gate.record(10) }
    #expect(gate.limit == GateTuner.most)
    gate = GateTuner(limit: 64)
    var room = 64
    for _ in 0..<5_000 { room += gate.record(gate.limit > 128 ? 25 : 10) }
    #expect(gate.limit == 128 && room == 128)
  }

  @Test func measuringThreads() {
    let slept = WorkTime.measuring { usleep(5_000) }.time
    #expect(slept.waitingShare > 0.5)
  }
}
