import ColumnarTesting
import Foundation
import Testing

@testable import Pipelines

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What is in SVG pictures and HTML pages.
@Suite struct PictureTests {
  static var samples: [GraphDescription] {
    var generator = SeededGenerator(seed: 5)
    return [
      GraphDescription(""), GraphDescription("one", nodes: [.init("only", .row)]),
      DrawingSamples.diamond, DrawingSamples.nested, DrawingSamples.longNames,
      DrawingSamples.random(200, depth: 2, using: &generator),
    ]
  }

  @Test func picturesAreWellFormedAndComplete() throws {
    for graph in Self.samples {
      for depth in [0, .max] {
        let options = DrawingOptions(depth: depth, overlay: DrawingSamples.nestedRun)
        let elements = try XMLElements(SVGWriter(options).text(graph))
        let (nodes, edges) = counts(graph, depth: depth)
        #expect(elements.count("g", like: "node") == nodes)
        #expect(elements.count("path", like: "edge") == edges)
        #expect(elements.count("path", like: "arrow") == edges)
      }
    }
  }

  @Test func namesAndTypesAreThere() throws {
    let elements = try XMLElements(SVGWriter(.init()).text(DrawingSamples.nested))
    for text in [
      "retrieval", "load", "index", "embedding", "tokens", "limit = 128 (bound)", "k = 5",
      "maxConcurrency 8 · retry up to 3 calls", "state model", "mapped over documents", "cache",
      "[Float]", "load → document", "clean → sentence", "vector → query: [Float]",
      "normed → vectors: [[Float]]",
    ] {
      #expect(elements.texts.contains(text), "\(text)")
    }
    let bare = try XMLElements(SVGWriter(.init(showsTypes: false)).text(DrawingSamples.nested))
    #expect(!bare.texts.contains("[Float]"))
    #expect(bare.texts.contains("vector → query"))
  }

  @Test func userTextIsEscaped() throws {
    let svg = SVGWriter(.init()).text(DrawingSamples.longNames)
    let elements = try XMLElements(svg)
    #expect(elements.texts.contains("names <&> \"quoted\""))
    #expect(elements.texts.contains("مرحبا بالعالم"))
    #expect(!svg.unicodeScalars.contains("\u{202E}"))
    #expect(!svg.unicodeScalars.contains("\u{7}"))
  }

  @Test func aRunIsLaidOver() throws {
    let graph = DrawingSamples.nested
    let run = try XMLElements(SVGWriter(.init(overlay: DrawingSamples.nestedRun)).text(graph))
    for text in [
      "840 ms · 18%", "1,200 rows · 1,200 calls", "3 failed", "400 cached", "2.4 s · 50%",
      "1 row · 1 call", "total 4.79 s",
    ] {
      #expect(run.texts.contains(text), "\(text)")
    }
    #expect(run.count("g", like: "failing") == 1)
    #expect(run.count("rect", like: "bar") == 9)
    // The slowest node, and the end of the scale.
    #expect(run.count("rect", like: "heat4") == 2)
    let plain = try XMLElements(SVGWriter(.init()).text(graph))
    #expect(plain.count("rect", like: "bar") == 0)
  }

  @Test func themes() {
    func svg(_ theme: DrawingOptions.Theme) -> String {
      SVGWriter(.init(theme: theme)).text(DrawingSamples.diamond)
    }
    let (light, dark) = (Palette.light.canvas, Palette.dark.canvas)
    #expect(svg(.light).contains(light) && !svg(.light).contains(dark))
    #expect(svg(.dark).contains(dark) && !svg(.dark).contains(light))
    #expect(svg(.automatic).contains(light) && svg(.automatic).contains(dark))
    #expect(svg(.automatic).contains("prefers-color-scheme:dark"))
  }

  @Test func drawingsAreTheSameEveryTime() {
    for graph in Self.samples {
      for format in [DrawingFormat.svg, .html, .dot, .mermaid] {
        #expect(format.text(of: graph, .init()) == format.text(of: graph, .init()))
      }
    }
  }

  @Test func pagesNeedNothingFromElsewhere() throws {
    for graph in Self.samples {
      let page = HTMLPage(.init(depth: 0)).text(graph)
      let outside = page.replacing("http://www.w3.org/2000/svg", with: "")
      for mark in ["http:", "https:", "src=", "@import", "url(", "<link", "fetch("] {
        #expect(!outside.contains(mark), "\(mark)")
      }
    }
  }

  @Test func namesStayOutOfTheScript() throws {
    var graph = DrawingSamples.longNames
    graph.nodes.append(.init("</script><b>secret", .row))
    let page = HTMLPage(.init()).text(graph)
    let parts = page.components(separatedBy: "<script>")
    #expect(parts.count == 2)
    #expect(page.components(separatedBy: "</script>").count == 2)
    #expect(!parts[1].contains("secret") && !parts[1].contains("مرحبا"))
    #expect(parts[0].contains("&lt;/script&gt;&lt;b&gt;secret"))
  }

  @Test func pagesHoldWhatIsCollapsed() throws {
    let graph = DrawingSamples.nested
    for depth in [0, 1, .max] {
      let page = HTMLPage(.init(depth: depth)).text(graph)
      let start = try #require(page.range(of: "<svg"))
      let end = try #require(page.range(of: "</svg>"))
      let elements = try XMLElements(String(page[start.lowerBound..<end.upperBound]))
      // Each pipeline once as a card and once as a head.
      #expect(elements.count("g", like: "node") == counts(graph, depth: .max).nodes + 3)
      #expect(elements.count("path", like: "edge") == counts(graph, depth: .max).edges)
      #expect(elements.count("rect", like: "frame") == 3)
      #expect(elements.hidden == [0: 6, 1: 4, .max: 3][depth])
    }
  }

  /// The nodes that are drawn as cards, and the edges.
  private func counts(_ graph: GraphDescription, depth: Int) -> (nodes: Int, edges: Int) {
    var (nodes, edges) = (0, graph.edges.count)
    for node in graph.nodes {
      guard let nested = node.nested, depth > 0 else {
        nodes += 1
        continue
      }
      let inner = counts(nested, depth: depth - 1)
      nodes += inner.nodes
      edges += inner.edges
    }
    return (nodes, edges)
  }
}

/// The elements of an XML text; one that is not well-formed is an error.
final class XMLElements: NSObject, XMLParserDelegate {
  private var elements: [(name: String, classes: Set<String>)] = []
  private(set) var texts: Set<String> = []
  private(set) var hidden = 0
  private var text = ""

  init(_ xml: String) throws {
    super.init()
    let parser = XMLParser(data: Data(xml.utf8))
    parser.delegate = self
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
  }

  func count(_ name: String, like style: String) -> Int {
    elements.filter { $0.name == name && $0.classes.contains(style) }.count
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    let classes = (attributes["class"] ?? "").split(separator: " ").map(String.init)
    elements.append((name, Set(classes)))
    if attributes["display"] == "none" { hidden += 1 }
    text = ""
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if name == "text" { texts.insert(text) }
    text = ""
  }
}
