import Columnar
import Pipelines

private typealias Normalize = RowUDF3<Int, Double, Double, Double>

private func row(_ options: UDFOptions) -> Normalize {
  UDF.row("normalize", options: options) { (value: Int, mean: Double, std: Double) in
    (Double(value) - mean) / std
  }
}

private func batch(_ options: UDFOptions) -> Normalize {
  UDF.batch("normalize", options: options) {
    (values: ColumnView<Int>, mean: ColumnView<Double>, std: ColumnView<Double>) in
    let (mean, std) = (mean[0], std[0])
    return values.map { (Double($0) - mean) / std }
  }
}

private func normalize(_ batchSize: Int) -> AttemptMaker {
  { variant, isRecords in
    let values = Array(0..<50_000)
    let (mean, std) = (Input<Double>("mean"), Input<Double>("std"))
    if variant == "native" {
      guard !isRecords else {
        return try constants(values, mean, std) {
          Node(expression: "result", from: $0, mean, std) { ($0 - $1) / $2 }
        }
      }
      return try .columns(values, of: Double.self, (col("input") - lit(25_000.0)) / lit(1_000.0))
    }
    let options = UDFOptions(batchSize: batchSize)
    guard let function = ["row": row, "batch": batch][variant]?(options) else { return nil }
    guard !isRecords else {
      return try constants(values, mean, std) { Node("result", from: $0, mean, std, function) }
    }
    return try .columns(
      values, of: Double.self, function("input", lit(25_000.0), lit(1_000.0)))
  }
}

private func constants(
  _ values: [Int], _ mean: Input<Double>, _ std: Input<Double>, _ node: (Input<Int>) -> Node<Double>
) throws -> Attempt {
  let input = Input<Int>("input")
  let pipeline = try Pipeline(outputs: node(input))
  return Attempt {
    try pipeline.map(input.each(values), mean.always(25_000), std.always(1_000))
      .rows(as: Double.Record.self)
  } values: {
    $0.map(\.result)
  }
}

/// The test of batch sizes: 50,000 numbers normalised.
let numberAttempts: [String: AttemptMaker] = [
  "batch-128": normalize(128), "batch-512": normalize(512), "batch-1024": normalize(1024),
  "batch-2048": normalize(2048), "batch-4096": normalize(4096),
]
