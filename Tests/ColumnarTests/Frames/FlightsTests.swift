import Columnar
import Testing

/// The query of the demo, on the data of the demo.
@Suite struct FlightsTests {
  struct Row: Decodable, Equatable {
    var origin: String
    var bucket: String?
    var n: Int
  }

  static let flights: LazyFrame = {
    var options = CSVReadOptions()
    options.nullValues = ["NA"]
    return LazyFrame.scan(csv: "data/flights.csv", options: options)
  }()

  @Test func delaysByOrigin() throws {
    let bucket = UDF.row("bucket") { (delay: Double?) -> String? in
      delay.map { $0 > 60 ? "late" : "ok" }
    }
    let result = try Self.flights
      .filter(
        col("dep_delay") > 15 && (col("origin") == "JFK" || col("origin") == "EWR")
          && !(col("carrier") == "AA")
      )
      .with(
        bucket("dep_delay").as("bucket"),
        (col("distance") / col("air_time") * 60).as("speed")
      )
      .groupBy("origin", col("bucket"))
      .aggregate(col("speed").mean().as("mean_speed"), col("speed").count().as("n"))
      .sort(by: "n", descending: true).limit(3).collect()
    #expect(
      try result.rows(as: Row.self) == [
        Row(origin: "EWR", bucket: "ok", n: 2463), Row(origin: "JFK", bucket: "ok", n: 1850),
        Row(origin: "EWR", bucket: "late", n: 1508),
      ])
  }

  /// The first example of the README.
  @Test func readme() throws {
    let band = UDF.row("band") { (delay: Double?) -> String? in
      delay.map { $0 > 60 ? "over an hour" : "in time" }
    }
    let result = try Self.flights
      .filter(col("origin") == "JFK")
      .with(band("dep_delay").as("band"), (col("distance") / col("air_time") * 60).as("mph"))
      .groupBy("carrier", "band")
      .aggregate(rowCount().as("flights"), col("mph").mean().as("mean mph"))
      .sort(by: "flights", descending: true)
      .limit(10)
      .collect()
    #expect(result.count == 10)
    // Without the file's way to spell nulls the column is text, and the error says so.
    let error = #expect(throws: ColumnarError.self) {
      try LazyFrame.scan(csv: "data/flights.csv").with(band("dep_delay")).collect()
    }
    #expect(error?.message.contains("nullValues") == true)
  }
}
