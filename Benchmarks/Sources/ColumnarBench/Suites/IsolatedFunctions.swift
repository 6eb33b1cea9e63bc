import Columnar
import Glibc

/// The functions that the benchmarks call in worker processes; the tool serves them.
enum IsolatedFunctions {
  private static func options(_ workers: Int, batchSize: Int? = nil) -> UDFOptions {
    UDFOptions(batchSize: batchSize, maxConcurrency: workers, isolation: .process)
  }

  static let clean = UDF.row("clean", options: options(2)) { (text: String) in
    text.trimmed().lowercased()
  }

  /// The seed's count of words.
  static let words = UDF.row("words", options: options(2)) { (text: String) in
    text.split(separator: " ").count
  }

  /// Takes what 32 bytes per row hold; the text is taken as it is, so that what is measured is
  /// the way there and back.
  static let weigh = UDF.batch("weigh", options: options(2)) {
    (a: ColumnView<Int>, b: ColumnView<Double>, text: ColumnView<String>) in
    a.indices.map { Double(a[$0]) * b[$0] }
  }

  static let weighRows = UDF.row("weighRows", options: options(2)) {
    (a: Int, b: Double, text: String) in Double(a) * b + Double(text.utf8.count)
  }

  /// A function that does nothing but ends its worker at one value.
  static let fragile = UDF.row("fragile", options: options(1)) { (x: Int) in
    if x < 0, unlink("/tmp/columnar-bench-\(-x)") == 0 { kill(getpid(), SIGKILL) }
    return x
  }

  private static let model = State("model") { SlowModel() }

  /// The seed's model: 200 ms to make.
  static let predict = UDF.row("predict", state: model, options: options(4, batchSize: 1024)) {
    (text: String, model: SlowModel) in model.predict(text)
  }

  private static let quickModel = State("quickModel") { SeedModel(milliseconds: 10) }

  /// The last of the seed's options that are added one after the other: a model of 10 ms, four
  /// workers.
  static let predictSoon = UDF.row(
    "predictSoon", state: quickModel, options: options(4, batchSize: 4096)
  ) { (text: String, model: SeedModel) in model.predict(text) }

  /// The seed's count of words, of long texts.
  static let wordsOfLong = UDF.row("wordsOfLong", options: options(2)) { (text: String) in
    countWords(text)
  }

  static let served: [any ServedFunction] = [
    clean, words, weigh, weighRows, fragile, predict, predictSoon, wordsOfLong,
  ]

  final class SlowModel {
    init() { usleep(200_000) }
    func predict(_ text: String) -> String { text.trimmed().lowercased() }
  }
}
