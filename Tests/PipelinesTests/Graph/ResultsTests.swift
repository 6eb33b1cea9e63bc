import Pipelines
import Testing

@Suite struct ResultsTests {
  @Test func printedTheyAreWhatTheyHold() throws {
    let text = Input<String>("text")
    let length = Node("length", from: text) { $0.count }
    let upper = Node("upper", from: text) { $0.uppercased() }
    let pipeline = try Pipeline(outputs: length, upper)
    let results = try pipeline.map(text.each(["a", "bcd"]))
    #expect("\(results)" == "\(try results.frame)")
    #expect("\(results)".contains("BCD"))
    #expect("\(try results[length]) \(try results[upper])" == "[1, 3] [\"A\", \"BCD\"]")
    let many = try pipeline.map(text.each(Array(repeating: "a", count: 2_000)), outputs: length)
    #expect("\(try many[length])".hasSuffix(", 1, … 2000 in all]"))
    #expect("\(try pipeline.run(text.always("")))" == "length: 0\nupper: \"\"")
  }

  @Test(arguments: [true, false]) func failuresNameTheInputs(isSequential: Bool) throws {
    let engine: any Engine = isSequential ? .sequential : .columnar
    let (text, limit) = (Input<String>("text"), Input<Int>("limit", default: 2))
    let model = State("model") { Tally() }
    let check = Node("check", from: text, model, limit, options: .init(onError: .collect)) {
      (text: String, _: Tally, limit: Int) throws -> Int in
      guard (1...limit).contains(text.count) else { throw ColumnarError(.udf, "odd") }
      return text.count
    }
    let results = try Pipeline(engine: engine, outputs: check).map(text.each(["", "ab", "a\nb"]))
    let inputs = try results.failures["inputs", as: String.self]
    #expect(
      Array(inputs) == ["(text: \"\", limit: 2)", "(text: \"a\\nb\", limit: 2)"], "\(inputs)")
  }
}
