import Columnar
import Harness

/// The batch sizes of the seed, and one that takes everything at once.
let batchSizes = [128, 512, 1024, 2048, 4096, 65_536]

/// What the seed and Daft published for each batch size, in milliseconds.
private let published: [Int: KeyValuePairs<String, Double>] = [
  128: ["seed-published": 128.3, "daft-batch-published": 151.5],
  512: ["seed-published": 87.1, "daft-batch-published": 36.2],
  1024: ["seed-published": 79.8, "daft-batch-published": 23.7],
  2048: ["seed-published": 75.4, "daft-batch-published": 19.4],
  4096: ["seed-published": 71.6, "daft-batch-published": 14.2],
  65_536: ["daft-batch-published": 12.2],
]

/// Normalisation of 50,000 integers, at every batch size.
let batchSizeGroup = normalizeGroup(
  "seed.batch", published: published,
  input: { values in { try DataFrame(["value": values]) } })

/// Normalisation of 50,000 integers with `row` functions of several batch sizes.
///
/// - Parameter input: gives a frame of the values each time; what it does is timed too.
func normalizeGroup(
  _ name: String, published: [Int: KeyValuePairs<String, Double>] = [:],
  input: @escaping @Sendable ([Int]) throws -> () throws -> DataFrame
) -> Group {
  Group(name) {
    let values = Array(0..<50_000)
    let expected = values.map { (Double($0) - 25_000) / 1_000 }
    let frame = try input(values)
    let keys = batchSizes.map { "\(name).\($0)" }
    let contenders = zip(keys, batchSizes).map { key, size in
      let options = UDFOptions(batchSize: size)
      let normalize = UDF.row("normalize", options: options) {
        (value: Int, mean: Double, std: Double) in (Double(value) - mean) / std
      }
      return Contender(key) {
        try frame().lazy.select(normalize("value", lit(25_000.0), lit(1_000.0)).as("z")).collect()
      } check: {
        try $0.expect("z", expected)
      }
    }
    let loop = try Reference.normalize(values, expected)
    return Group.Content(
      contenders: contenders + [loop],
      cases: zip(keys, batchSizes).map { key, size in
        Case(
          key, rows: values.count, references: ["c-loop": loop.key],
          published: published[size] ?? [:], target: .atMost(0.5).and(.flat(within: 1.3, keys)))
      })
  }
}
