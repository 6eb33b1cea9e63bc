import Columnar
import Testing

@Suite struct RepartitionTests {
  @Test(arguments: [Int.min, 0, 1 << 21, Int.max]) func senselessCountsAreErrors(_ count: Int)
    throws
  {
    let frame = try DataFrame(["x": [1, 2, 3]])
    #expect(throws: ColumnarError.self) { try frame.lazy.repartition(count).collect() }
  }

  @Test func morePartitionsThanRows() throws {
    let frame = try DataFrame(["x": [1, 2, 3]])
    let result = try frame.lazy.repartition(100).collect()
    #expect(try Array(result["x", as: Int.self]) == [1, 2, 3])
  }
}
