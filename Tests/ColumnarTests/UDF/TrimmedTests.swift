import Columnar
import ColumnarTesting
import Testing

@Suite struct TrimmedTests {
  @Test func agreesWithTheExpression() throws {
    var generator = ColumnGenerator(seed: 11)
    let blanks = ["", " ", "\t\n", "  \r\n", "\u{00A0}", "\u{2003} ", "\u{1C}"]
    let texts = (0..<400).map { _ in
      generator.random.pick(blanks) + generator.text() + generator.random.pick(blanks)
    }
    let trimmed = UDF.row("trimmed") { (text: String) in text.trimmed() }
    let result = try DataFrame(["t": texts]).lazy
      .select(trimmed("t").as("a"), col("t").string.trimmed().as("b")).collect()
    #expect(try Array(result["a", as: String.self]) == Array(result["b", as: String.self]))
  }
}
