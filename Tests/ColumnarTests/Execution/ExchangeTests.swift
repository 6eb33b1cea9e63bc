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

  @Test func partitionsGoThrough() throws {
    let f = UDF.row("f", options: .init(maxConcurrency: 2)) { (x: Int) -> Int in x }
    let frame = try DataFrame(["x": Array(0..<1000)])
    let counts = try frame.lazy.repartition(4).with(f("x").as("y"))
      .mapPartitions(schema: Schema([Field("n", .int64)])) { try DataFrame(["n": [$0.count]]) }
      .collect()
    #expect(try Array(counts["n", as: Int.self]) == [250, 250, 250, 250])
  }
}
