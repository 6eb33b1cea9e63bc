import Pipelines
import Testing

// The programs of the API's sketch that this version covers, as a user writes them: they must go on
// compiling, quickly, and give the right results.

final class Model {
  func predict(_ text: String) -> [Float] { [Float(text.utf8.count), 1] }
  func predict(_ texts: ColumnView<String>) -> [[Float]] { texts.map { predict($0) } }
}

/// Not Sendable: the engine makes one per worker.
final class Encoder: Stateful {
  let model: Model
  init() throws { model = Model() }
  func encode(_ text: String) -> [Float] { model.predict(text) }
}

enum Ultimate {
  static let text = Input<String>("text")
  static let embedding = Node(
    "embedding", from: text, options: .init(batchSize: 1024, maxConcurrency: 4)
  ) { (text: String, encoder: Encoder) in
    encoder.encode(text)
  }
  static func pipeline() throws -> Pipeline {
    try Pipeline(
      "embed", engine: .columnar(defaults: .init(batchSize: 2048)), outputs: embedding)
  }
}

@Suite struct SketchTests {
  let texts = ["Hello", "WORLD", ""]

  @Test func minimal() throws {
    let text = Input<String>("text")
    let result = Node("result", from: text) { $0.lowercased() }
    let pipeline = try Pipeline(outputs: result)
    let lowered = try pipeline.map(text.each(texts))[result]
    #expect(Array(lowered) == ["hello", "world", ""])
    #expect(try pipeline.run(text.always("HI"))[result] == "hi")
  }

  @Test func minimalByName() throws {
    let process = Node("result", inputs: "text") { (text: String) in text.lowercased() }
    let pipeline = try Pipeline { process }
    let results = try pipeline.map(["text": texts], over: "text")[process]
    #expect(Array(results) == ["hello", "world", ""])
  }

  @Test func ultimate() throws {
    let pipeline = try Ultimate.pipeline()
    let vectors = try pipeline.map(Ultimate.text.each(texts))[Ultimate.embedding]
    #expect(Array(vectors) == [[5, 1], [5, 1], [0, 1]])
  }

  @Test func routes() throws {
    let text = Input<String>("text")
    let encoder = State {
      try Encoder()
    } finish: { _ in
    }
    let a = Node("a", from: text, encoder) { $1.encode($0) }
    let a2 = Node("a2", from: text, encoder) { text, encoder in
      let t = text.lowercased()
      if t.isEmpty { return [] as [Float] }
      return encoder.encode(t)
    }
    let b = Node("b", inputs: "text", "encoder", stateful: ["encoder"]) { (t: String, e: Encoder) in
      e.encode(t)
    }
    let c = Node(batch: "c", from: text, encoder) { texts, encoder in
      encoder.model.predict(texts)
    }
    let d = Node("d", inputs: "text") { (t: String, e: Encoder) in e.encode(t) }
    let mean = Input<Double>("mean", default: 0)
    let std = Input<Double>("std", default: 1)
    let v = Input<Double>("v")
    let z = Node("z", from: v, mean, std) { ($0 - $1) / $2 }
    let zx = Node<Double>(expression: "zx", from: v, mean) { $0 - $1 }
    let lower = UDF.row("lower") { (s: String) in s.lowercased() }
    let l = Node("l", from: text, lower)
    let p = try Pipeline {
      a
      a2
      b
      c
      d
      z
      zx
      l
      if texts.isEmpty { a }
    }
    let r = try p.map(
      v.each([1, 2, 3]), mean.always(25_000), std.always(1_000), text.each(texts),
      encoder.make { try Encoder() })
    let zs = try r[z]
    #expect(Array(zs) == [-24.999, -24.998, -24.997])
    #expect(try Array(r[zx]) == [-24_999, -24_998, -24_997])
    #expect(try r[c].first?.count == 2)
    #expect(try Array(r[a]) == Array(r[b]))
    #expect(try Array(r[a]) == Array(r[d]))
    #expect(try Array(r[a2]) == [[5, 1], [5, 1], []])
    #expect(try Array(r[l]) == ["hello", "world", ""])
  }

  @Test func customBenchmark() throws {
    let text = Input<String>("text")
    for config in [
      UDFOptions(batchSize: 512), .init(batchSize: 1024),
      .init(batchSize: 2048, maxConcurrency: 4), .textRows,
    ] {
      let result = Node("result", from: text, options: config) { $0.lowercased() }
      let p = try Pipeline(outputs: result)
      #expect(try p.map(text.each(texts))[result].count == 3)
    }
  }

  @Test func twoOutputsAndOptions() throws {
    let text = Input<String>("text")
    let (head, tail) = outputs("head", "tail", from: text) {
      ($0.prefix(1).description, $0.count - 1)
    }
    let words = Node("words", from: text) { $0.split(separator: " ").map(String.init) }
    let total = Node("total", from: words, tail) { $0.count + $1 }
    let p = try Pipeline {
      head
      tail
      words
      total
    }
    for config in [UDFOptions(batchSize: 512), .init(batchSize: 1024)] {
      let results = try p.with(config, for: "words").map(text.each(["a b", "cde"]))
      #expect(try Array(results[total]) == [4, 3])
      #expect(try Array(results[head]) == ["a", "c"])
      #expect(try results.frame.schema.names == ["head", "tail", "words", "total"])
    }
  }

  @Test func frameComposes() throws {
    let dest = Input<String>("dest")
    let n = Node("n", from: dest) { $0.count }
    let frame = try DataFrame(["d": [1.0, 2, 3, 4], "dest": ["JFK", "Paris", "LAX-1", "Berlin"]])
    let top = try frame.lazy.filter(col("d") > 1).with(Pipeline(outputs: n)).filter(col("n") > 3)
      .groupBy("n").aggregate(col("d").mean().as("d")).sort(by: "n").collect()
    #expect(try Array(top["n", as: Int.self]) == [5, 6])
    #expect(try Array(top["d", as: Double.self]) == [2.5, 4])
  }

  @Test func seedByName() throws {
    let encodeText = Node(
      "embedding", inputs: "text", "encoder", stateful: ["encoder"],
      options: .init(batchSize: 1024, maxConcurrency: 4)
    ) { (text: String, encoder: Encoder) in encoder.encode(text) }
    let pipeline = try Pipeline { encodeText }
    let results = try pipeline.map(
      ["text": texts, "encoder": State { try Encoder() }], over: "text")
    #expect(try Array(results[encodeText]) == [[5, 1], [5, 1], [0, 1]])
  }
}
