import Columnar
import Glibc
import Harness

/// The seed's model: dear to make, cheap to use.
private final class Model {
  private(set) var calls = 0

  init(microseconds: UInt32) { usleep(microseconds) }

  func predict(_ text: String) -> String {
    calls += 1
    return text.trimmed().lowercased()
  }
}

private let itemCount = 5_000

/// One object for all rows, made once per worker.
let statefulGroup = Group("seed.stateful") {
  let texts = Texts.hello(itemCount)
  let expected = texts.map { $0.trimmed().lowercased() }
  let frame = try DataFrame(["text": texts])
  let model = State("model") { Model(microseconds: 100_000) }
  let predict = UDF.row("predict", state: model) { (text: String, model: Model) in
    model.predict(text)
  }
  let cheap = State("model") { Model(microseconds: 0) }
  let predictCheaply = UDF.row("predict", state: cheap) { (text: String, model: Model) in
    model.predict(text)
  }
  let published: KeyValuePairs = [
    "seed-published": 1070.0, "daft-row-published": 132.8, "daft-batch-published": 106.2,
  ]
  let target = Target.above("constructor", byAtMost: 1, "constructor")
  let check = { (result: DataFrame) in try result.expect("result", expected) }
  return Group.Content(
    contenders: [
      Contender("seed.stateful") {
        try DataFrame(["text": texts]).lazy.select(predict("text").as("result")).collect()
      } check: {
        try check($0)
      },
      Contender("seed.stateful.columns") {
        try frame.lazy.select(predict("text").as("result")).collect()
      } check: {
        try check($0)
      },
      Contender("constructor") {
        Model(microseconds: 100_000)
      } check: {
        try expect($0.calls, 0, "calls")
      },
      Contender("seed.stateful.no-constructor") {
        try DataFrame(["text": texts]).lazy.select(predictCheaply("text").as("result")).collect()
      } check: {
        try check($0)
      },
    ],
    cases: [
      Case(
        "seed.stateful", rows: itemCount, references: ["constructor": "constructor"],
        published: published, target: target),
      Case(
        "seed.stateful.columns", rows: itemCount, references: ["constructor": "constructor"],
        published: published, target: target),
      Case(
        "seed.stateful.no-constructor", rows: itemCount,
        published: ["daft-row-published": 24.1, "daft-batch-published": 5.0]),
    ])
}

/// The object made anew for every row, as a node without state does.
let statelessGroup = Group("seed.stateless") {
  let texts = Array(Texts.hello(itemCount).prefix(100))
  let expected = texts.map { $0.trimmed().lowercased() }
  let predict = UDF.row("predict") { (text: String) in
    Model(microseconds: 10_000).predict(text)
  }
  return Group.Content(
    contenders: [
      Contender("seed.stateless", scale: Double(itemCount) / Double(texts.count)) {
        try DataFrame(["text": texts]).lazy.select(predict("text").as("result")).collect()
      } check: {
        try $0.expect("result", expected)
      }
    ],
    cases: [
      Case(
        "seed.stateless", rows: itemCount,
        published: ["seed-published": 62_340, "daft-row-published": 51_350],
        target: .none("none: 10 ms of sleep per row; 100 rows are run, times 50"))
    ])
}
