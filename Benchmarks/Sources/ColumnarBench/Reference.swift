import CReference
import Harness

/// The loops in C as contenders; they write into memory that is there already.
enum Reference {
  static func normalize(_ values: [Int], _ expected: [Double]) throws -> Contender {
    let input = values.map(Int64.init)
    let output = Scratch<Double>(values.count)
    return Contender("c-loop") {
      reference_normalize(input, 25_000, 1_000, output.start, input.count)
    } check: {
      try expect(Array(output.values), expected, "the result in C")
    }
  }
}

/// Memory that is kept for a reference's results.
final class Scratch<Value: BitwiseCopyable> {
  let start: UnsafeMutablePointer<Value>
  private let count: Int

  /// Room for `count` values, which the system has already given: all zero.
  init(_ count: Int) {
    self.count = count
    start = .allocate(capacity: count)
    UnsafeMutableRawPointer(start).initializeMemory(
      as: UInt8.self, repeating: 0, count: count * MemoryLayout<Value>.stride)
  }

  deinit { start.deallocate() }

  var values: UnsafeMutableBufferPointer<Value> {
    UnsafeMutableBufferPointer(start: start, count: count)
  }
}
