import Columnar
import Foundation
import Testing

/// Results of every kind of type, plain and optional, out of one function and into the next.
@Suite struct ResultTypeTests {
  let frame: DataFrame

  init() throws { frame = try DataFrame(["x": [0, 1, 2, nil] as [Int?]]) }

  func check<T: ColumnValue & Equatable>(
    _ type: T.Type, at location: SourceLocation = #_sourceLocation,
    _ make: @escaping @Sendable (Int) -> T
  ) throws {
    let f = UDF.row("f") { (x: Int?) -> T in make(x ?? 9) }
    for concurrency in [nil, 2] {
      let g = UDF.row("g", options: .init(maxConcurrency: concurrency)) { (x: T) -> T in x }
      let h = UDF.batch("h") { (x: ColumnView<T>) in x }
      let result = try frame.lazy
        .with(f("x").as("y")).with(g("y").as("z"), h("y").as("v")).collect()
      for name in ["y", "z", "v"] {
        #expect(
          try Array(result[name, as: T.self]) == [0, 1, 2, 9].map(make), sourceLocation: location)
      }
    }
  }

  @Test func nestedLists() throws {
    try check([Int?]?.self) { $0 == 1 ? nil : $0 == 2 ? [] : [nil, $0] }
    try check([[String?]?].self) {
      $0 == 1 ? [] : [nil, [], ["a", nil, "more than twelve bytes"]]
    }
    try check([Bool?].self) { [nil, $0 > 1] }
    try check([Date]?.self) { $0 == 1 ? nil : [Date(timeIntervalSince1970: Double($0))] }
  }

  @Test func times() throws {
    try check(CalendarDate.self) { CalendarDate(daysSinceEpoch: Int32($0)) }
    try check(CalendarDate?.self) { $0 == 1 ? nil : CalendarDate(daysSinceEpoch: Int32($0)) }
    try check(Timestamp?.self) { $0 == 1 ? nil : Timestamp(microsecondsSinceEpoch: Int64($0)) }
    try check(Duration.self) { .microseconds($0) }
    try check(Duration?.self) { $0 == 1 ? nil : .microseconds($0) }
    try check(Date?.self) { $0 == 1 ? nil : Date(timeIntervalSince1970: Double($0)) }
  }

  @Test func bytesAndScalars() throws {
    try check(Binary.self) { Binary([UInt8($0)]) }
    try check(Binary?.self) { $0 == 1 ? nil : Binary($0 == 2 ? [] : [0xFF, 0]) }
    try check(String?.self) { $0 == 1 ? nil : String(repeating: "é", count: $0 * 6) }
    try check(Bool?.self) { $0 == 1 ? nil : $0 > 1 }
    try check(Float?.self) { $0 == 1 ? nil : Float($0) }
    try check(UInt8?.self) { $0 == 1 ? nil : UInt8($0) }
  }

  /// A dictionary of optionals, looked up, gives an optional of an optional: null if either is nil.
  @Test func optionalsOfOptionals() throws {
    let number = UDF.row("number") { (x: Int?) -> Int?? in x == 1 ? .some(nil) : x == 2 ? nil : x }
    let text = UDF.row("text") { (x: Int?) -> String?? in x == 1 ? nil : "a" }
    let flag = UDF.row("flag") { (x: Int?) -> Bool?? in x == 1 ? nil : true }
    let result = try frame.lazy.limit(3)
      .select(number("x").as("n"), text("x").as("t"), flag("x").as("b")).collect()
    #expect(try Array(result["n", as: Int?.self]) == [0, nil, nil])
    #expect(try Array(result["t", as: String?.self]) == ["a", nil, "a"])
    #expect(try Array(result["b", as: Bool?.self]) == [true, nil, true])
    let flat = UDF.row("flat") { (x: Int??) -> Int in (x ?? -1) ?? -2 }
    #expect(try result.lazy.select(flat("n").as("n")).collect()["n", as: Int.self][0] == 0)
  }
}
