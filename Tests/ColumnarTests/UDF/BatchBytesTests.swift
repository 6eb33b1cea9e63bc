import Columnar
import ColumnarCore
import Testing

/// `maxBatchBytes`: no call is given more, but a row that is larger by itself.
@Suite struct BatchBytesTests {
  private static let texts = (0..<500).map { String(repeating: "x", count: $0 % 97) }
  private static func bytes(_ text: String) -> Int {
    16 + (text.utf8.count > 12 ? text.utf8.count : 0)
  }

  private func calls(_ options: UDFOptions, _ engine: ColumnarEngine) throws -> [[String]] {
    let calls = Monitor<[[String]]>([])
    let f = UDF.batch("f", options: options) { (texts: ColumnView<String>) -> [Int] in
      calls.withLock { $0.append(Array(texts)) }
      return texts.map(\.count)
    }
    let frame = try DataFrame(["t": Self.texts, "n": Array(0..<500)]).lazy
      .filter(col("n") % 3 != 0)
    let result = try frame.select(f("t").as("c")).collect(on: engine)
    let expected = Self.texts.indices.filter { $0 % 3 != 0 }.map { Self.texts[$0].count }
    #expect(try Array(result["c", as: Int.self]) == expected)
    return calls.withLock { $0 }
  }

  @Test(arguments: [1, 60, 300, 5_000, 1_000_000]) func boundsEveryCall(_ bound: Int) throws {
    for engine in [ColumnarEngine(threads: 1), ColumnarEngine(threads: 2, batchRows: 13)] {
      for size in [nil, 7, 40] {
        let calls = try calls(UDFOptions(batchSize: size, maxBatchBytes: bound), engine)
        for call in calls {
          #expect(!call.isEmpty)
          #expect(call.count == 1 || call.reduce(0) { $0 + Self.bytes($1) } <= bound)
          #expect(size.map { call.count <= $0 } ?? true)
        }
        guard let size, bound == 1_000_000 else { continue }
        #expect(calls.count { $0.count != size } <= 1)
      }
    }
  }

  @Test func rowsAreCountedThroughNestedTypes() {
    let lists = [Int].column(of: [[1, 2], [], [3]])
    var sizes = [0, 0, 0]
    lists.addRowBytes(to: &sizes)
    #expect(sizes == [24, 8, 16])
    let texts = [String].column(of: [["a", String(repeating: "b", count: 20)], []])
    var more = [1, 1]
    texts.addRowBytes(to: &more)
    #expect(more == [1 + 8 + 16 + 36, 1 + 8])
    var sliced = [0]
    texts.slice(1..<2).addRowBytes(to: &sliced)
    #expect(sliced == [8])
  }
}
