import Columnar
import ColumnarCore
import Testing

@Suite struct ExchangeTests {
  /// While one morsel is slow, the others don't pile up without bound behind it.
  @Test func rowsThatCannotGoOnYetHoldBackNewMorsels() {
    let exchange = Exchange(ExchangeSpec(batchSize: nil, slots: 1))
    let batch = Batch(
      unchecked: Schema(unchecked: [Field("x", .int64)]),
      columns: [Int.column(of: Array(0..<100_000))], count: 100_000)
    for sequence in 1...10 { exchange.push(batch, sequence: sequence) }
    var waited = false
    exchange.waitUntilOpen(polling: { waited = true }, unless: { waited })
    #expect(waited)
  }

  /// Jobs come in order however puts and takes alternate, and none is kept once it was taken.
  @Test func jobsLeaveInOrder() throws {
    let exchange = Exchange(ExchangeSpec(batchSize: 1, slots: 1))
    let released = Monitor(0)
    var taken = 0
    let steps = [(put: 5, take: 3), (1, 2), (3_000, 2_990), (2, 13)]
    for (sequence, (pushed, popped)) in steps.enumerated() {
      let memory = MutableBuffer(zeroed: pushed * 8).freeze()
      let owner = BufferOwner.foreign { [memory] in
        withExtendedLifetime(memory) { released.withLock { $0 += 1 } }
      }
      let buffer = Buffer(owner: owner, start: memory.start, count: pushed * 8)
      let batch = Batch(
        unchecked: Schema(unchecked: [Field("x", .int64)]),
        columns: [Column(type: .int64, values: buffer, count: pushed)], count: pushed)
      exchange.push(batch, sequence: sequence)
      exchange.endSequence(sequence)
      for _ in 0..<popped {
        let job = try #require(exchange.take())
        #expect(job.number == taken && job.batch.count == 1)
        taken += 1
        exchange.finished(job)
      }
    }
    exchange.close()
    #expect(exchange.take() == nil)
    #expect(taken == 3_008 && released.withLock { $0 } == 4)
  }

  @Test func partitionsGoThrough() throws {
    let f = UDF.row("f", options: .init(maxConcurrency: 2)) { (x: Int) -> Int in x }
    let frame = try DataFrame(["x": Array(0..<1000)])
    let counts = try frame.lazy.repartition(4).with(f("x").as("y"))
      .mapPartitions(schema: Schema([Field("n", .int64)])) { try DataFrame(["n": [$0.count]]) }
      .collect()
    #expect(try Array(counts["n", as: Int.self]) == [250, 250, 250, 250])
  }
}
