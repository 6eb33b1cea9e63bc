import Columnar
import Foundation
import Pipelines
import Testing

/// The README's pipelines, as they stand there.
@Suite struct ReadmeTests {
  @Test func pipelines() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = Input<String>("text")
    let tokens = Node("tokens", from: text) { $0.split(separator: " ").map(String.init) }
    let length = Node("length", from: tokens) { $0.count }
    let pipeline = try Pipeline(outputs: length)
    #expect(try Array(pipeline.map(text.each(["a text", "another"]))[length]) == [2, 1])

    let texts = Input<[String]>("texts")
    let lengths = pipeline.each("lengths", text, in: texts, output: length)
    let corpus = try Pipeline(outputs: lengths)
    #expect(try Array(corpus.map(texts.each([["a b", "c"], []]))[lengths]) == [[2, 1], []])

    let recorder = RunRecorder()
    let display = ProgressDisplay(to: { _ in })
    let engine = ColumnarEngine(
      listeners: [display, recorder], cache: try .disk(at: folder + "/cache", limit: 4 << 30))
    for _ in 1...2 { _ = try pipeline.on(engine).map(text.each(["a text", "another"])) }
    #expect(recorder.overlay[["length"]]?.cached == 2)
    let path = folder + "/pipeline.html"
    try pipeline.write(drawing: path, DrawingOptions(overlay: recorder.overlay))
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains("2 cached"))
    let advice = try pipeline.advise(on: text.each(["a text", "another"]))
    #expect("\(advice)".contains("length"))
  }
}
