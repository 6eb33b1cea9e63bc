import Columnar
import Glibc
import Harness

/// The seed's tests of worker processes: cheap rows, and everything at once (a model of 200 ms, batches of
/// 1,024, four workers).
let seedProcessGroup = Group("seed.process") {
  let few = Texts.hello(3_000)
  let cleaned = few.map { $0.trimmed().lowercased() }
  let many = Texts.hello(10_000)
  let predicted = many.map { $0.trimmed().lowercased() }
  let thread = UDF.row("clean") { (text: String) in text.trimmed().lowercased() }
  return Group.Content(
    contenders: [
      Contender("seed.process") {
        try DataFrame(["text": few]).lazy.select(IsolatedFunctions.clean("text").as("r")).collect()
      } check: {
        try $0.expect("r", cleaned)
      },
      Contender("threads") {
        try DataFrame(["text": few]).lazy.select(thread("text").as("r")).collect()
      } check: {
        try $0.expect("r", cleaned)
      },
      Contender("seed.combined") {
        try DataFrame(["text": many]).lazy.select(IsolatedFunctions.predict("text").as("r"))
          .collect()
      } check: {
        try $0.expect("r", predicted)
      },
      Contender("constructor") {
        IsolatedFunctions.SlowModel()
      } check: {
        try expect($0.predict(" A "), "a", "the prediction")
      },
    ],
    cases: [
      Case("seed.process", rows: few.count, references: ["threads": "threads"], target: .atMost(20)),
      Case(
        "seed.combined", rows: many.count, references: ["constructor": "constructor"],
        published: ["daft-published": 1_271], target: .atMost(300)),
    ])
}
