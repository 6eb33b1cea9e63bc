import Columnar
import Testing

/// A view that a batch function gives back is in the type it declared, whatever column it views.
@Suite struct BatchViewTests {
  @Test func otherUnitsAreConverted() throws {
    let times = [5, 7].map { Timestamp(microsecondsSinceEpoch: $0) }
    let nanoseconds = try DataFrame(["t": times]).lazy
      .select(col("t").cast(to: .timestamp(.nanosecond)).as("t")).collect()
    let same = UDF.batch("same") { (v: ColumnView<Timestamp>) in v }
    let result = try nanoseconds.lazy.select(same("t").as("t")).collect()
    #expect(try Array(result["t", as: Timestamp.self]) == times)
  }

  @Test func fixedSizeListsBecomeLists() throws {
    let values: [[Float]?] = [[1, 2], nil, [3, 4]]
    let type = DataType.fixedSizeList(.float32, count: 2)
    let fixed = try DataFrame(["v": values]).lazy.select(col("v").cast(to: type).as("v")).collect()
    let same = UDF.batch("same") { (v: ColumnView<[Float]?>) in v }
    let result = try fixed.lazy.select(same("v").as("v")).collect()
    #expect(try Array(result["v", as: [Float]?.self]) == values)
  }
}
