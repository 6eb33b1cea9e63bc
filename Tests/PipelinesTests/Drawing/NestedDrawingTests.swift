import Columnar
import Testing

@testable import Pipelines

/// Drawings of pipelines within pipelines, and of runs.
@Suite struct NestedDrawingTests {
  private func pipeline(_ engine: any Engine = .columnar) throws -> (Pipeline, Input<String>) {
    let word = Input<String>("word")
    let scale = Input<Int>("scale")
    let length = Node("length", from: word, scale) { $0.count * $1 }
    let inner = try Pipeline("inner", outputs: length).bind(scale.always(3))
    let text = Input<String>("text")
    let words = Node("words", from: text) { $0.split(separator: " ").map(String.init) }
    let lengths = inner.each("lengths", word, in: words, output: length)
    let total = Node("total", from: lengths) { $0.reduce(0, +) }
    return (try Pipeline("outer", engine: engine, outputs: total), text)
  }

  @Test func aNestedPipelineIsDescribedWithItsWires() throws {
    let graph = try pipeline().0.graphDescription
    let nested = try #require(graph.nodes.first { $0.kind == .nested })
    #expect(nested.name == "lengths" && nested.notes == ["for each of words"])
    #expect(nested.nested?.nodes.map(\.name) == ["length"])
    #expect(nested.nested?.inputs.map(\.name) == ["word", "scale"])
    #expect(nested.nested?.inputs.map(\.isBound) == [false, true])
    #expect(
      graph.edges.contains {
        $0.from == .node("words", port: "words") && $0.to == .node("lengths", port: "word")
      })
    #expect(
      graph.edges.contains {
        $0.from == .node("lengths", port: "length") && $0.to == .node("total", port: "lengths")
      })
    for text in try [
      pipeline().0.svg(), pipeline().0.html(), pipeline().0.dot(), pipeline().0.mermaid(),
    ] {
      #expect(text.contains("length") && text.contains("words"))
    }
  }

  @Test func aRunIsLaidOverByThePathsOfItsNodes() throws {
    for sequential in [false, true] {
      let recorder = RunRecorder()
      let engine: any Engine =
        sequential
        ? SequentialEngine(listeners: [recorder]) : ColumnarEngine(listeners: [recorder])
      let (pipeline, text) = try pipeline(engine)
      let totals = try pipeline.map(text.each(["a bc", "", "def"]))["total", as: Int.self]
      #expect(Array(totals) == [9, 0, 9])
      let overlay = recorder.overlay
      #expect(
        Set(overlay.nodes.keys) == [["words"], ["lengths"], ["lengths", "length"], ["total"]])
      #expect(overlay[["words"]]?.rows == 3 && overlay[["lengths", "length"]]?.rows == 3)
      #expect(overlay[["total"]]?.duration ?? .zero > .zero)
    }
  }
}
