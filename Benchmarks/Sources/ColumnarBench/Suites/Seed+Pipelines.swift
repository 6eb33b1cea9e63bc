import Columnar
import Glibc
import Harness
import Pipelines

private final class Model {
  init(microseconds: UInt32) { usleep(microseconds) }
  func predict(_ text: String) -> String { text.trimmed().lowercased() }
}

/// The seed's stateful test and its text test as pipelines of nodes, from lists to columns.
let pipelineGroup = Group("seed.pipelines") {
  let (hellos, texts) = (Texts.hello(5_000), (0..<50_000).map { "Text NUMBER \($0)" })
  let cleaned = hellos.map { $0.trimmed().lowercased() }
  let lowered = texts.map { $0.lowercased() }
  let text = Input<String>("text")
  let model = State("model") { Model(microseconds: 100_000) }
  let predict = Node("result", from: text, model) { (text: String, model: Model) in
    model.predict(text)
  }
  let lower = Node("result", from: text) { $0.lowercased() }
  let stateful = try Pipeline(outputs: predict)
  let plain = try Pipeline(outputs: lower)
  return Group.Content(
    contenders: [
      Contender("seed.stateful.pipeline") {
        try stateful.map(text.each(hellos))[predict]
      } check: {
        try expect(Array($0), cleaned, "the texts")
      },
      Contender("constructor") {
        Model(microseconds: 100_000)
      } check: {
        try expect($0.predict(" A "), "a", "the prediction")
      },
      Contender("seed.text.pipeline") {
        try plain.map(text.each(texts))[lower]
      } check: {
        try expect(Array($0), lowered, "the texts")
      },
    ],
    cases: [
      Case(
        "seed.stateful.pipeline", rows: hellos.count, references: ["constructor": "constructor"],
        published: ["seed-published": 1070],
        target: .above("constructor", byAtMost: 1, "constructor")),
      Case("seed.text.pipeline", rows: texts.count),
    ])
}
