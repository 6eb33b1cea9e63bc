import Columnar

/// A query over the flights: which carriers leave New York late, and how fast they fly.
enum FlightsQuery {
  /// Bands of delay; a flight that never left has none.
  static let band = UDF.row("band") { (delay: Double?) -> String? in
    guard let delay else { return nil }
    return delay > 60 ? "over an hour" : delay > 15 ? "late" : "on time"
  }

  static func run() throws {
    var options = CSVReadOptions()
    options.nullValues = ["NA"]
    let flights = LazyFrame.scan(csv: DataFolder.path("flights.csv"), options: options)
    let airlines = LazyFrame.scan(csv: DataFolder.path("airlines.csv"))
    let query =
      flights
      .with(
        band("dep_delay").as("band"),
        (col("distance") / col("air_time") * 60).as("mph")
      )
      .filter(
        col("band").isNotNull() && col("band") != "on time" && col("origin").isIn(["JFK", "EWR"])
      )
      .groupBy("carrier", "band")
      .aggregate(
        rowCount().as("flights"), col("dep_delay").mean().rounded(1).as("mean delay"),
        col("mph").mean().rounded(1).as("mean mph"), col("dest").uniqueCount().as("destinations")
      )
      .join(airlines, on: "carrier")
      .sort(by: col("flights").descending, "carrier")
      .select("name", "band", "flights", "mean delay", "mean mph", "destinations")
      .limit(8)
    print(try query.collect())
    print(try query.explain(analyze: true))
  }
}
