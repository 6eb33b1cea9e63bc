import Columnar
import Glibc
import Harness

/// The seed's tests of worker processes: cheap rows, and everything at once (a model of 200 ms,
/// batches of 1,024, four workers).
let seedProcessGroup = Group("seed.process") {
  let few = Texts.helloWorld(3_000)
  let counted = few.map { $0.split(separator: " ").count }
  let many = Texts.hello(10_000)
  let predicted = many.map { $0.trimmed().lowercased() }
  let thread = UDF.row("words") { (text: String) in text.split(separator: " ").count }
  return Group.Content(
    contenders: [
      Contender("seed.process") {
        try DataFrame(["text": few]).lazy.select(IsolatedFunctions.words("text").as("r")).collect()
      } check: {
        try $0.expect("r", counted)
      },
      Contender("threads") {
        try DataFrame(["text": few]).lazy.select(thread("text").as("r")).collect()
      } check: {
        try $0.expect("r", counted)
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
      Case(
        "seed.process", rows: few.count, references: ["threads": "threads"],
        published: ["daft-batch-published": 201.6, "daft-row-published": 207.3],
        target: .atMost(20)),
      Case(
        "seed.combined", rows: many.count, references: ["constructor": "constructor"],
        published: ["daft-published": 1_271], target: .atMost(300)),
    ])
}
