import ColumnarTesting
import Glibc
import Testing

@testable import Columnar
@testable import ColumnarCore

/// Rows of an expanding function whose sequence is late: it computes while it is gone through.
@Suite struct ExpandTimeoutTests {
  /// `row` has as many elements; the last of row 3 takes longer than a row may.
  private static func expanding(
    _ count: Int, _ policy: UDFOptions.ErrorPolicy, isSlow: @escaping @Sendable (Int) -> Bool
  ) -> ExpandUDF1<Int, Int> {
    let options = UDFOptions(onError: policy, timeout: .perRow(.seconds(3)))
    return UDF.expand("slow", options: options) { (row: Int) in
      (0..<count).lazy.map { element in
        if element == count - 1, isSlow(row) { usleep(3_200_000) }
        return row * 100 + element
      }
    }
  }

  @Test(arguments: [1, 3], [false, true])
  func theElementsOfALateRowAreTakenBack(_ threads: Int, _ keepsEmpty: Bool) throws {
    let slow = Self.expanding(3, .collect) { $0 == 3 }
    let frame = try DataFrame(["x": Array(0..<7)]).lazy
      .expand(slow("x").as("e"), origin: "row", keepEmpty: keepsEmpty)
    let result = try frame.collect(on: ColumnarEngine(threads: threads, batchRows: 64))
    var expected: [(Int, Int?)] = []
    for row in 0..<7 {
      if row == 3 {
        if keepsEmpty { expected.append((3, nil)) }
      } else {
        for element in 0..<3 { expected.append((row, row * 100 + element)) }
      }
    }
    #expect(try result["row", as: Int.self].map { $0 } == expected.map(\.0))
    #expect(try result["e", as: Int?.self].map { $0 } == expected.map(\.1))
    let failed = try #require(result.failedRows)
    #expect(try Array(ColumnView<Int?>(try failed.column("row"))) == [3])
  }

  @Test func whatHasGoneOnCannotBeTakenBack() throws {
    let slow = Self.expanding(10, .null) { $0 == 3 }
    let frame = try DataFrame(["x": Array(0..<7)]).lazy.expand(slow("x").as("e"))
    let error = #expect(throws: ColumnarError.self) {
      try frame.collect(on: ColumnarEngine(threads: 2, batchRows: 4))
    }
    #expect(error?.code == .timeout)
    #expect("\(try #require(error))".contains("row 3"))
  }

  /// Elements that were taken back are many times those that fit: nothing is sent of them.
  @Test func aRowIsCalledAgain() throws {
    let calls = Monitor(0)
    let options = UDFOptions(
      retry: Retry(attempts: 3, backoff: .zero), timeout: .perRow(.seconds(3)))
    let slow = UDF.expand("slow", options: options) { (row: Int) in
      (0..<3).lazy.map { element in
        if row == 1, element == 2 {
          calls.withLock { $0 += 1 }
          if calls.withLock({ $0 }) == 1 { usleep(3_200_000) }
        }
        return row * 100 + element
      }
    }
    let result = try DataFrame(["x": Array(0..<3)]).lazy.expand(slow("x").as("e")).collect()
    let expected = (0..<3).flatMap { row in (0..<3).map { row * 100 + $0 } }
    #expect(try Array(result["e", as: Int.self]) == expected)
    #expect(calls.withLock { $0 } == 2)
  }
}
