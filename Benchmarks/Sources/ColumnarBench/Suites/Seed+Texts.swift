import Columnar
import Harness

/// Ten thousand short texts with so many calls in flight.
let concurrencyGroup = Group("seed.concurrency") {
  let texts = Texts.text(10_000)
  let expected = texts.map { $0.lowercased() }
  let widths = [1, 2, 4, 8]
  let published: [Int: KeyValuePairs<String, Double>] = [
    1: ["seed-published": 12.4, "daft-batch-published": 199.5],
    2: ["seed-published": 12.1, "daft-batch-published": 198.2],
    4: ["seed-published": 11.7, "daft-batch-published": 227.6],
    8: ["seed-published": 12.2, "daft-batch-published": 196.8],
  ]
  let one = "seed.concurrency.1"
  return Group.Content(
    contenders: widths.map { width in
      let clean = UDF.row("clean", options: UDFOptions(maxConcurrency: width)) {
        (text: String) in text.trimmed().lowercased()
      }
      return Contender("seed.concurrency.\(width)") {
        try DataFrame(["text": texts]).lazy.select(clean("text").as("result")).collect()
      } check: {
        try $0.expect("result", expected)
      }
    },
    cases: widths.map { width in
      Case(
        "seed.concurrency.\(width)", rows: texts.count,
        references: width == 1 ? [:] : ["max-concurrency-1": one],
        published: published[width] ?? [:],
        target: width == 1 ? nil : .ratio(1.1, to: one, "maxConcurrency 1"))
    })
}

/// The same work per batch and per row: 10,000 texts stripped and lowered.
let batchFunctionGroup = Group("seed.batch-udf") {
  let texts = Texts.helloWorld(10_000)
  let expected = texts.map { $0.trimmed().lowercased() }
  let batch = UDF.batch("clean") { (texts: ColumnView<String>) in
    texts.map { $0.trimmed().lowercased() }
  }
  let row = UDF.row("clean") { (text: String) in text.trimmed().lowercased() }
  return Group.Content(
    contenders: [
      Contender("seed.batch-udf") {
        try DataFrame(["text": texts]).lazy.select(batch("text").as("result")).collect()
      } check: {
        try $0.expect("result", expected)
      },
      Contender("row") {
        try DataFrame(["text": texts]).lazy.select(row("text").as("result")).collect()
      } check: {
        try $0.expect("result", expected)
      },
      Contender("native") {
        try DataFrame(["text": texts]).lazy
          .select(col("text").string.trimmed().string.lowercased().as("result")).collect()
      } check: {
        try $0.expect("result", expected)
      },
    ],
    cases: [
      Case(
        "seed.batch-udf", rows: texts.count, references: ["row": "row", "native": "native"],
        published: ["seed-published": 13.5, "hypernodes-row-published": 108.6])
    ])
}

/// The engine's batch size, overridden by a node.
let hierarchyGroup = Group("seed.hierarchy") {
  let texts = Texts.text(5_000)
  let expected = texts.map { $0.lowercased() }
  let engine = ColumnarEngine(defaults: UDFOptions(batchSize: 2048))
  let inherited = UDF.row("lower") { (text: String) in text.lowercased() }
  let own = UDF.row("lower", options: UDFOptions(batchSize: 512)) { (text: String) in
    text.lowercased()
  }
  let frame = try DataFrame(["text": texts])
  for (function, line) in [(inherited, "engine: batchSize 2048"), (own, "node: batchSize 512")] {
    let plan = try frame.lazy.select(function("text")).explain(on: engine)
    try expect(plan.contains(line), true, "whether the plan says \(line)")
  }
  return Group.Content(
    contenders: [
      Contender("seed.hierarchy") {
        try DataFrame(["text": texts]).lazy.select(own("text").as("result")).collect(on: engine)
      } check: {
        try $0.expect("result", expected)
      },
      Contender("engine-default") {
        try DataFrame(["text": texts]).lazy.select(inherited("text").as("result"))
          .collect(on: engine)
      } check: {
        try $0.expect("result", expected)
      },
    ],
    cases: [
      Case(
        "seed.hierarchy", rows: texts.count, references: ["engine-default": "engine-default"],
        published: ["daft-published": 5.1],
        target: .none("none: the plan must say where each value came from (checked)"))
    ])
}

/// The guide's text operation at the size of the batch test: 50,000 texts lowered.
let textGroup = Group("seed.text") {
  let texts = (0..<50_000).map { "Text NUMBER \($0)" }
  let expected = texts.map { $0.lowercased() }
  let lower = UDF.row("lower") { (text: String) in text.lowercased() }
  let frame = try DataFrame(["text": texts])
  return Group.Content(
    contenders: [
      Contender("seed.text") {
        try DataFrame(["text": texts]).lazy.select(lower("text").as("result")).collect()
      } check: {
        try $0.expect("result", expected)
      },
      Contender("seed.text.columns") {
        try frame.lazy.select(lower("text").as("result")).collect()
      } check: {
        try $0.expect("result", expected)
      },
      Contender("native") {
        try frame.lazy.select(col("text").string.lowercased().as("result")).collect()
      } check: {
        try $0.expect("result", expected)
      },
    ],
    cases: [
      Case(
        "seed.text", rows: texts.count, published: ["daft-batch-with-lists-published": 37.2]),
      Case(
        "seed.text.columns", rows: texts.count, references: ["native": "native"],
        published: [
          "daft-row-published": 181.4, "daft-batch-published": 17.9, "daft-native-published": 3.6,
        ], target: .ahead(of: [("daft's native expression", 3.6)])),
    ])
}
