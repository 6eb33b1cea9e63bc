// swift-format-ignore-file
// Lines are as wide as the README's.

import Columnar
import Pipelines

/// The README's examples, as they stand there, to be compiled; tests of what they do are `FlightsTests`
/// and `ReadmeTests`.
private enum ReadmeSnippets {
  static func query() throws {
    // snippet: readme-query
    let band = UDF.row("band") { (delay: Double?) -> String? in delay.map { $0 > 60 ? "over an hour" : "in time" } }

    var options = CSVReadOptions()
    options.nullValues = ["NA"]                 // how this file spells a null

    let result = try LazyFrame.scan(csv: "data/flights.csv", options: options)
      .filter(col("origin") == "JFK")
      .with(band("dep_delay").as("band"), (col("distance") / col("air_time") * 60).as("mph"))
      .groupBy("carrier", "band")
      .aggregate(rowCount().as("flights"), col("mph").mean().as("mean mph"))
      .sort(by: "flights", descending: true)
      .limit(10)
      .collect()
    print(result)
    // snippet end
  }

  static func files() async throws {
    // snippet: readme-files
    // Folders, patterns and lists of files are one table, columns by name; folders like year=2024 are columns too.
    let trips = LazyFrame.scan(parquet: "trips/**/*.parquet").filter(col("year") == 2024 && col("fare") > 50)
    try trips.write(csv: "dear.csv.gz")                                     // streamed, in bounded memory
    try trips.write(parquet: "by-month", partitionedBy: ["month"])          // whole or not at all

    struct Trip: Codable { var id: Int, fare: Double?, tags: [String] }
    let rows = try await trips.collect().rows(as: Trip.self)                // and back: DataFrame(rows:)
    for try await batch in try trips.stream() { print(batch.count) }        // as they come, with backpressure
    // snippet end
    _ = rows
  }

  static func functions(_ frame: DataFrame) throws {
    // snippet: readme-functions
    let norm = UDF.row("norm") { (v: Double, mean: Double, std: Double) in (v - mean) / std }
    let normed = frame.lazy.with(norm("distance", 25_000.0, 1_000.0).as("z"))

    // What is expensive to make is state: made once per worker when it is first needed, finished when the query ends.
    let model = State("model") { try Model(path: "weights.bin") } finish: { $0.close() }
    let embed = UDF.row("embed", state: model, options: .init(batchSize: 64, maxConcurrency: 4)) {
      (text: String, model: Model) in model.embed(text)
    }

    // A batch function gets whole columns.
    let scale = UDF.batch("scale") { (v: ColumnView<Double>) in v.map { $0 * 2 } }
    // snippet end
    _ = (normed, embed, scale)
  }

  static func pipelines() throws {
    // snippet: readme-pipelines
    let text = Input<String>("text")
    let tokenizer = State("tokenizer") { try Tokenizer(vocabulary: "vocab.txt") }
    let tokens = Node("tokens", from: text, tokenizer) { text, tokenizer in tokenizer.tokenize(text) }
    let length = Node("length", from: tokens) { $0.count }

    let pipeline = try Pipeline(outputs: length)
    let lengths = try pipeline.map(text.each(["a text", "another"]))[length]     // ColumnView<Int>
    let one = try pipeline.run(text.always("just one"))[length]                  // Int

    // Mapped over lists, a pipeline is a node of another: a list of lengths for each item, by list offsets.
    let texts = Input<[String]>("texts")
    let corpus = try Pipeline(outputs: pipeline.each("lengths", text, in: texts, output: length))

    // Results are kept per item and node; progress is shown; the graph is drawn, with a run's times laid over.
    let recorder = RunRecorder()
    let engine = ColumnarEngine(listeners: [ProgressDisplay(), recorder], cache: try .disk(at: "cache", limit: 4 << 30))
    _ = try pipeline.on(engine).map(text.each(["a text", "another"]))
    try pipeline.write(drawing: "pipeline.html", DrawingOptions(overlay: recorder.overlay))
    print(try pipeline.advise(on: text.each(["a text", "another"])))                // what to set, and why

    // The same nodes inside a query: later filters and selects prune and push through them.
    let long = try LazyFrame.scan(csv: "texts.csv").with(pipeline).filter(col("length") > 20).collect()
    // snippet end
    _ = (lengths, one, corpus, long)
  }

  final class Model {
    init(path: String) throws {}
    func close() {}
    func embed(_ text: String) -> [Float] { [] }
  }

  final class Tokenizer {
    init(vocabulary: String) throws {}
    func tokenize(_ text: String) -> [String] { [] }
  }
}
