import Columnar
import Glibc
import Pipelines
import Synchronization

/// The seed's model: it takes time to make, and counts its calls.
final class SeedModel: Sendable {
  private let calls = Atomic(0)

  init(milliseconds: UInt32) { usleep(milliseconds * 1_000) }

  func predict(_ text: String) -> String {
    calls.add(1, ordering: .relaxed)
    return text.trimmed().lowercased()
  }
}

/// A model made by the engine, once per worker, in every run.
func stateful(
  _ texts: @escaping @Sendable () -> [String], milliseconds: UInt32,
  _ options: UDFOptions = UDFOptions()
) -> AttemptMaker {
  { variant, isRecords in
    let model = State("model") { SeedModel(milliseconds: milliseconds) }
    guard let function = try predict(model, variant, options) else { return nil }
    return isRecords
      ? try .records(texts()) { Node("result", from: $0, function) }
      : try .columns(texts(), of: String.self, function("input"))
  }
}

private func predict(
  _ model: State<SeedModel>, _ variant: String, _ options: UDFOptions
) throws -> RowUDF1<String, String>? {
  switch variant {
  case "row":
    UDF.row("predict", state: model, options: options) { (text: String, model: SeedModel) in
      model.predict(text)
    }
  case "batch":
    UDF.batch("predict", state: model, options: options) {
      (texts: ColumnView<String>, model: SeedModel) in texts.map { model.predict($0) }
    }
  default: nil
  }
}

/// A model made before the run, given to a pipeline as one of its inputs.
private func given(_ texts: @escaping @Sendable () -> [String]) -> AttemptMaker {
  { variant, isRecords in
    guard variant == "row", isRecords else { return nil }
    let texts = texts()
    let input = Input<String>("input")
    let model = State<SeedModel>.shared("model") { SeedModel(milliseconds: 0) }
    let node = Node("result", from: input, model) { (text: String, model: SeedModel) in
      model.predict(text)
    }
    let pipeline = try Pipeline(outputs: node)
    let ours = SeedModel(milliseconds: 100)
    return Attempt {
      try pipeline.map(input.each(texts), model.make { ours }).rows(as: String.Record.self)
    } values: {
      $0.map(\.result)
    }
  }
}

/// How many of the 5,000 rows are run where each makes a model of 10 ms.
let sampledRows = 128

/// A model made anew for every row; a sample of the rows, whose time is scaled up.
func stateless(_ options: UDFOptions = UDFOptions()) -> AttemptMaker {
  { variant, isRecords in
    guard variant == "row" else { return nil }
    let texts = Array(Texts.hello(5_000).prefix(sampledRows))
    let scale = 5_000 / Double(sampledRows)
    let predict = UDF.row("predict", options: options) { (text: String) in
      SeedModel(milliseconds: 10).predict(text)
    }
    return isRecords
      ? try .records(texts, scale: scale) { Node("result", from: $0, predict) }
      : try .columns(texts, of: String.self, scale: scale, predict("input"))
  }
}

/// The tests of models as state.
let stateAttempts: [String: AttemptMaker] = [
  "stateful": stateful({ Texts.hello(5_000) }, milliseconds: 0),
  "stateful-made": stateful({ Texts.hello(5_000) }, milliseconds: 100),
  "stateful-given": given { Texts.hello(5_000) },
  "stateless": stateless(),
  "stateless-wide": stateless(UDFOptions(batchSize: 1, maxConcurrency: 64)),
]
