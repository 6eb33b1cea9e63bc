import Columnar
import Pipelines

/// What is done to each text.
private enum TextWork {
  case lower
  case clean

  func row(_ options: UDFOptions) -> RowUDF1<String, String> {
    switch self {
    case .lower: UDF.row("lower", options: options) { (text: String) in text.lowercased() }
    case .clean:
      UDF.row("clean", options: options) { (text: String) in text.trimmed().lowercased() }
    }
  }

  func batch(_ options: UDFOptions) -> RowUDF1<String, String> {
    switch self {
    case .lower:
      UDF.batch("lower", options: options) { (texts: ColumnView<String>) in
        texts.map { $0.lowercased() }
      }
    case .clean:
      UDF.batch("clean", options: options) { (texts: ColumnView<String>) in
        texts.map { $0.trimmed().lowercased() }
      }
    }
  }

  func native(_ text: Expr) -> Expr {
    switch self {
    case .lower: text.string.lowercased()
    case .clean: text.string.trimmed().string.lowercased()
    }
  }
}

private func texts(
  _ work: TextWork, _ texts: @escaping @Sendable () -> [String],
  _ options: UDFOptions = UDFOptions(), on engine: ColumnarEngine = .columnar
) -> AttemptMaker {
  { variant, isRecords in
    if variant == "native" {
      return isRecords
        ? try .records(texts(), on: engine) {
          Node(expression: "result", from: $0, as: String.self) { work.native($0) }
        }
        : try .columns(texts(), of: String.self, on: engine, work.native(col("input")))
    }
    guard let function = ["row": work.row, "batch": work.batch][variant]?(options) else {
      return nil
    }
    return isRecords
      ? try .records(texts(), on: engine) { Node("result", from: $0, function) }
      : try .columns(texts(), of: String.self, on: engine, function("input"))
  }
}

/// The tests of text: batches, calls in flight, options at node and engine.
let textAttempts: [String: AttemptMaker] = [
  "text": texts(.lower) { (0..<50_000).map { "Text NUMBER \($0)" } },
  "batch-udf": texts(.clean, { Texts.helloWorld(10_000) }),
  "batch-udf-1": texts(.clean, { Texts.helloWorld(10_000) }, UDFOptions(batchSize: 1)),
  "concurrency-1": texts(.clean, { Texts.text(10_000) }, UDFOptions(maxConcurrency: 1)),
  "concurrency-2": texts(.clean, { Texts.text(10_000) }, UDFOptions(maxConcurrency: 2)),
  "concurrency-4": texts(.clean, { Texts.text(10_000) }, UDFOptions(maxConcurrency: 4)),
  "concurrency-8": texts(.clean, { Texts.text(10_000) }, UDFOptions(maxConcurrency: 8)),
  "hierarchy-engine": texts(
    .lower, { Texts.text(5_000) },
    on: ColumnarEngine(defaults: UDFOptions(batchSize: 2048))),
  "hierarchy-node": texts(
    .lower, { Texts.text(5_000) }, UDFOptions(batchSize: 512),
    on: ColumnarEngine(defaults: UDFOptions(batchSize: 2048))),
]
