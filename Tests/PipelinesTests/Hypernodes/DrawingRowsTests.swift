import Columnar
import ColumnarTesting
import Foundation
import Testing

@testable import Pipelines

/// A test per statement of hypernodes' section on visualization; what is tested at length stands in
/// `Drawing`.
@Suite struct DrawingRowsTests {
  private typealias End = GraphDescription.Edge.End
  private let text = Input<String>("text")

  private var samples: [GraphDescription] {
    var generator = SeededGenerator(seed: 11)
    return [
      DrawingSamples.diamond, DrawingSamples.nested, DrawingSamples.manyInputs,
      DrawingSamples.longNames, DrawingSamples.random(20, depth: 2, using: &generator),
    ]
  }

  private func pipeline() throws -> Pipeline {
    let limit = Input<Int>("limit")
    let size = Input<Int>("size", default: 2)
    let words = Node("words", from: text) { $0.split(separator: " ").map(String.init) }
    let lower = Node("lower", from: text) {
      $0.lowercased()
    } batch: {
      $0.map { $0.lowercased() }
    }
    let inner = try Pipeline("inner") {
      Node("long", inputs: "word", "limit") { (word: String, limit: Int) in word.count > limit }
    }
    return try Pipeline("p") {
      words
      lower
      Node("sized", from: lower, size) { $0.count * $1 }
      inner.asNode(
        name: "each", inputs: ["words": "word"], outputs: ["long": "areLong"], over: ["words"])
    }.bind(limit.always(3))
  }

  // MARK: Options

  /// Elsewhere a picture is SVG whatever the file's name says.
  @Test func theExtensionIsTheFormat() throws {
    let folder = try CacheDirectory()
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    for (name, mark) in [
      ("p.svg", "<svg"), ("p.html", "<!DOCTYPE html>"), ("p.dot", "digraph"),
      ("p.mmd", "flowchart"),
    ] {
      let path = "\(folder.path)/\(name)"
      try pipeline().write(drawing: path)
      #expect(try String(contentsOfFile: path, encoding: .utf8).contains(mark))
    }
  }

  /// Elsewhere direction and types are accepted and ignored.
  @Test func directionAndTypes() throws {
    let p = try pipeline()
    #expect(p.mermaid(.init(direction: .leftRight)).contains("flowchart LR"))
    #expect(p.mermaid().contains("flowchart TD") && p.mermaid().contains("[String]"))
    #expect(!p.mermaid(.init(showsTypes: false)).contains("[String]"))
    #expect(p.svg(.init(direction: .leftRight)) != p.svg())
  }

  @Test func depth() throws {
    let p = try pipeline()
    #expect(!p.dot(.init(depth: 0)).contains("subgraph"))
    #expect(p.dot(.init(depth: 1)).contains("subgraph"))
    #expect(p.dot(.init(depth: 1)) == p.dot())
  }

  @Test func outputsApart() throws {
    let graph = DrawingSamples.diamond.arranged(.init(separateOutputs: true))
    #expect(Set(graph.values.map(\.name)) == ["lower", "words", "length"])
    // One edge to the value, and from there one to each that takes it.
    let lower = graph.edges.filter { $0.name == "lower" }
    #expect(lower.map(\.to).prefix(1) == [.value("lower")])
    #expect(lower.dropFirst().allSatisfy { $0.from == .value("lower") } && lower.count == 3)
    // What only leaves the pipeline has a box there.
    #expect(
      graph.edges.contains { $0.from == .node("score", port: "score") && $0.to == .output("score") }
    )
    let options = DrawingOptions(separateOutputs: true)
    let p = try pipeline()
    #expect(p.mermaid(options).contains("([\"words: [String]\"]):::value"))
    #expect(p.dot(options).contains("label=\"words: [String]\", shape=ellipse"))
    let elements = try XMLElements(p.svg(options))
    #expect(elements.count("g", like: "value") == 2 && elements.texts.contains("lower: String"))
    #expect(try XMLElements(p.svg()).count("g", like: "value") == 0)
    #expect(p.html(options).contains("class=\"value\""))
    // A value that goes on and leaves as well has both boxes.
    let nested = DrawingSamples.nested.arranged(options)
    #expect(nested.edges.contains { $0.from == .value("hits") && $0.to == .output("hits") })
    // Within pipelines too, and a mapping says how it renames.
    #expect(nested.nodes[1].nested?.values.map(\.name).contains("clean") == true)
    #expect(SVGWriter(options).text(DrawingSamples.nested).contains("normed → vectors"))
  }

  @Test func inputsInGroups() throws {
    let graph = DrawingSamples.manyInputs.arranged(.init())
    let groups = graph.inputs.filter { !$0.members.isEmpty }
    #expect(
      groups.map { $0.members.map(\.name) } == [
        ["query", "corpus", "language", "a rather long name of an input of this pipeline"],
        ["weight", "offset"], ["k", "depth"], ["model", "index"],
      ])
    #expect(graph.inputs.count == 4)
    // One edge to a node; to a pipeline one for each of its inputs.
    #expect(graph.edges.count { $0.to == .node("search", port: groups[0].name) } == 1)
    #expect(graph.edges.count { $0.from == .input(groups[1].name) } == 2)
    // Inside, what is wired from outside stays by itself.
    #expect(graph.nodes[1].nested?.inputs.map(\.members.count) == [0, 0, 0, 2])
    #expect(
      DrawingSamples.manyInputs.arranged(.init(groupInputs: false)) == DrawingSamples.manyInputs)
    let a = Input<Int>("a")
    let sum = Node("sum", from: a, Input<Int>("b"), Input<Int>("c", default: 1)) { $0 + $1 + $2 }
    let p = try Pipeline("p", outputs: sum)
    #expect(p.mermaid().contains("([\"a: Int<br/>b: Int\"]):::input"))
    #expect(p.dot().contains("label=\"a: Int\\nb: Int\""))
    let elements = try XMLElements(p.svg())
    #expect(elements.count("g", like: "input") == 2)
    #expect(elements.texts.contains("a: Int") && elements.texts.contains("c = 1"))
    #expect(try XMLElements(p.svg(.init(groupInputs: false))).count("g", like: "input") == 3)
  }

  /// Every style by its name, in every format.
  @Test func styles() throws {
    #expect(DrawingOptions.Theme.allCases.count >= 5)
    let p = try pipeline()
    var pictures = Set<String>()
    for theme in DrawingOptions.Theme.allCases {
      let options = DrawingOptions(theme: theme)
      pictures.insert(p.svg(options))
      #expect(p.svg(options).contains(theme.palette.canvas))
      #expect(p.html(options).contains("data-theme=\"\(theme.rawValue)\""))
      #expect(p.html(options).contains("<option selected>\(theme.rawValue)</option>"))
      if theme != .automatic, theme != .light {
        #expect(p.dot(options).contains("bgcolor=\"\(theme.palette.canvas)\""))
        #expect(p.mermaid(options).contains("fill:\(theme.palette.card)"))
      }
    }
    #expect(pictures.count == DrawingOptions.Theme.allCases.count)
  }

  /// Whatever is written can be read: text on what it stands on, in every theme.
  @Test func textsHaveContrast() {
    for theme in DrawingOptions.Theme.allCases {
      let palette = theme.palette
      let grounds = [palette.canvas, palette.card, palette.frame, palette.output] + palette.heat
      // The last of the heat may be strong.
      for ground in grounds {
        let least = ground == palette.heat.last ? 5.5 : 7
        #expect(contrast(palette.text, ground) >= least, "\(theme): text on \(ground)")
      }
      for ground in [palette.canvas, palette.card, palette.frame] {
        #expect(contrast(palette.muted, ground) >= 4.5, "\(theme): muted on \(ground)")
      }
      for colour in Array(palette.kinds.values) + [palette.failure] {
        #expect(contrast(colour, palette.card) >= 4.5, "\(theme): \(colour) on a card")
      }
    }
  }

  /// The ratio of two colours' luminances as the rules for accessible pages define it.
  private func contrast(_ a: String, _ b: String) -> Double {
    func luminance(_ colour: String) -> Double {
      let value = Int(colour.dropFirst(), radix: 16) ?? 0
      let parts = [16, 8, 0].map { shift -> Double in
        let part = Double(value >> shift & 0xFF) / 255
        return part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
    let (one, two) = (luminance(a), luminance(b))
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)
  }

  // MARK: What is drawn

  @Test func whatIsDrawn() throws {
    let elements = try XMLElements(try pipeline().svg())
    for text in [
      "words", "[String]", "row and batch", "for each of words", "size = 2", "limit = 3 (bound)",
      "words → word", "long → areLong: [Bool]",
    ] {
      #expect(elements.texts.contains(text), "\(text)")
    }
    #expect(elements.count("g", like: "defaulted") == 2)
  }

  /// What tuning found is shown as what anyone else says.
  @Test func tunedOptionsAreDrawn() throws {
    let x = Input<Int>("x")
    let p = try Pipeline("p", outputs: Node("n", from: x) { $0 })
    #expect(!p.dot().contains("batchSize"))
    #expect(p.with(tuned: ["n": .init(batchSize: 77)]).dot().contains("batchSize 77"))
  }

  /// Elsewhere nodes hang loose, and edges miss their ends, when pipelines collapse.
  @Test func everyEdgeHasItsEndsAndNothingOverlaps() throws {
    let variants: [DrawingOptions] = [
      .init(separateOutputs: true), .init(depth: 0, separateOutputs: true),
      .init(direction: .leftRight, separateOutputs: true),
      .init(separateOutputs: true, groupInputs: false), .init(direction: .leftRight, depth: 1),
    ]
    for graph in samples {
      for options in variants {
        let arranged = graph.arranged(options)
        var builder = SceneBuilder(arranged, options, isInteractive: false)
        let placed = LevelPlacement(builder.scene(arranged))
        #expect(placed.level.edges.count == arranged.edges.count, "\(graph.name)")
        let findings = LayoutCheck().findings(placed)
        #expect(findings.isEmpty, "\(graph.name), \(options): \(findings.prefix(3))")
      }
    }
  }

  /// Elsewhere pages ask a server for their scripts, or a program on the path for a layout.
  @Test func pagesNeedNothingFromElsewhere() throws {
    let page = try pipeline().html(.init(separateOutputs: true))
      .replacing("http://www.w3.org/2000/svg", with: "")
    for mark in ["http:", "https:", "src=", "@import", "url(", "<link", "fetch("] {
      #expect(!page.contains(mark), "\(mark)")
    }
    for control in ["expand", "collapse", "fit", "in", "out"] {
      #expect(page.contains("data-do=\"\(control)\""))
    }
    #expect(page.contains("class=\"map\"") && page.contains("prefers-color-scheme:dark"))
  }
}
