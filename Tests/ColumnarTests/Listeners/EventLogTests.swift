import ColumnarCore
import Testing

@testable import Columnar

/// The lines of a log.
@Suite struct EventLogTests {
  @Test func aLineTellsTimePlaceAndWhat() throws {
    let lines = Monitor<[String]>([])
    let log = EventLog(.batches) { line in lines.withLock { $0.append(line) } }
    let double = UDF.row("double") { (x: Int) in x * 2 }
    _ = try DataFrame(["x": [1, 2, 3]]).lazy.with(double("x").as("y"))
      .collect(on: ColumnarEngine(threads: 1, listeners: [log]))
    let texts = lines.withLock { $0 }.map { $0.split(separator: "ms  ", maxSplits: 1)[1] }
    #expect(texts[0] == "query: began")
    #expect(texts[1] == "query/double: began")
    #expect(texts[2].hasPrefix("query/double: a batch of 3 items in "))
    #expect(texts[3].hasPrefix("query/double: 3 items, 1 batch, "))
    #expect(texts[4] == "query: done")
  }
}
