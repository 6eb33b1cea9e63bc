import Testing

@testable import Columnar
@testable import ColumnarCore

/// How many rows the jobs of a tuned exchange have.
@Suite struct TunedJobsTests {
  /// The rows of the jobs that so many rows are cut into, for two consumers and forty rows a job.
  private func sizes(_ rows: Int, isBatch: Bool) -> [Int] {
    var state = Exchange.State()
    state.tuner = CallTuner(
      .init(cores: 2, isBatch: isBatch),
      learned: .init(perRow: 50_000, perCall: 0, waiting: 0, rows: 40, slots: 2))
    let batch = Batch(
      unchecked: Schema(unchecked: [Field("x", .int64)]),
      columns: [Int.column(of: Array(0..<rows))], count: rows)
    state.add(BatchCutter.Piece(batch), 0)
    state.isClosed = true
    var sizes: [Int] = []
    while let job = state.cutFirst() { sizes.append(job.rows) }
    return sizes
  }

  /// The last job is what one consumer does while the other has nothing left to do.
  @Test func jobsOfSingleCallsGetShorter() {
    let sizes = sizes(400, isBatch: false)
    #expect(sizes.reduce(0, +) == 400)
    #expect(sizes.prefix(6) == [40, 40, 40, 40, 40, 40])
    #expect(sizes == sizes.sorted(by: >))
    #expect(sizes.suffix(2).allSatisfy { $0 <= 2 })
    // Not so short that handing them over is what counts.
    #expect(sizes.count < 25)
  }

  @Test func jobsOfBatchesAreEquallyLong() {
    #expect(sizes(300, isBatch: true) == [38, 38, 38, 38, 38, 38, 38, 34])
    // Two for each of the two consumers.
    #expect(sizes(100, isBatch: true) == [25, 25, 25, 25])
    #expect(sizes(400, isBatch: true).prefix(2) == [40, 40])
  }

  @Test func wakeUpsAreMeasured() {
    #expect(HandOver.wakeUps > 0)
    #expect(HandOver.wakeUps == HandOver.wakeUps)
  }
}
