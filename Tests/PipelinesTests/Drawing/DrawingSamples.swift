import ColumnarTesting
import Pipelines

/// Descriptions that the drawing tests draw.
enum DrawingSamples {
  typealias Node = GraphDescription.Node
  typealias Edge = GraphDescription.Edge

  static func chain(_ count: Int) -> GraphDescription {
    var graph = GraphDescription("chain", inputs: [.init("text", "String")])
    var last = Edge.End.input("text")
    var name = "text"
    for index in 0..<count {
      let kind = GraphDescription.Kind.allCases[index % 4]
      graph.nodes.append(Node("step\(index)", kind))
      graph.edges.append(Edge(last, .node("step\(index)", port: name), name, "String"))
      name = "step\(index)"
      last = .node(name, port: name)
    }
    graph.outputs = [.init(name, "String")]
    graph.edges.append(Edge(last, .output(name), name, "String"))
    return graph
  }

  static var diamond: GraphDescription {
    GraphDescription(
      "diamond",
      nodes: [
        Node("lower", .row, options: ["batchSize 4096"]),
        Node("words", .batch, states: ["tokenizer"]),
        Node("length, letters", .row, outputs: ["length", "letters"]),
        Node("score", .expression),
      ], inputs: [.init("text", "String"), .init("k", "Int", value: "5")],
      outputs: [.init("score", "Double"), .init("letters", "[String]")],
      edges: [
        Edge(.input("text"), .node("lower", port: "text"), "text", "String"),
        Edge(.node("lower", port: "lower"), .node("words", port: "lower"), "lower", "String"),
        Edge(
          .node("lower", port: "lower"), .node("length, letters", port: "lower"), "lower",
          "String"),
        Edge(.node("words", port: "words"), .node("score", port: "words"), "words", "[String]"),
        Edge(
          .node("length, letters", port: "length"), .node("score", port: "length"), "length",
          "Int"),
        Edge(.input("k"), .node("score", port: "k"), "k", "Int"),
        Edge(.node("score", port: "score"), .output("score"), "score", "Double"),
        Edge(
          .node("length, letters", port: "letters"), .output("letters"), "letters", "[String]"),
      ])
  }

  static func fanOut(_ count: Int) -> GraphDescription {
    var graph = GraphDescription("fan", inputs: [.init("page", "Page")])
    graph.nodes = [Node("parse", .row)]
    graph.edges = [Edge(.input("page"), .node("parse", port: "page"), "page", "Page")]
    for index in 0..<count {
      graph.nodes.append(Node("feature\(index)", .row))
      graph.edges.append(
        Edge(
          .node("parse", port: "parse"), .node("feature\(index)", port: "parse"), "parse",
          "Document"))
    }
    graph.nodes.append(Node("vector", .batch))
    for index in 0..<count {
      let name = "feature\(index)"
      graph.edges.append(
        Edge(.node(name, port: name), .node("vector", port: name), name, "Double"))
    }
    graph.outputs = [.init("vector", "[Double]")]
    graph.edges.append(
      Edge(.node("vector", port: "vector"), .output("vector"), "vector", "[Double]"))
    return graph
  }

  /// A retrieval pipeline whose indexing is a pipeline that holds another.
  static var nested: GraphDescription {
    let embed = GraphDescription(
      "embed",
      nodes: [
        Node("tokens", .row), Node("vector", .batch, options: ["batchSize 64"], states: ["model"]),
      ], inputs: [.init("sentence", "String"), .init("limit", "Int", value: "128", isBound: true)],
      outputs: [.init("vector", "[Float]")],
      edges: [
        Edge(.input("sentence"), .node("tokens", port: "sentence"), "sentence", "String"),
        Edge(.input("limit"), .node("tokens", port: "limit"), "limit", "Int"),
        Edge(.node("tokens", port: "tokens"), .node("vector", port: "tokens"), "tokens", "[Int]"),
        Edge(.node("vector", port: "vector"), .output("vector"), "vector", "[Float]"),
      ])
    let index = GraphDescription(
      "index",
      nodes: [
        Node("clean", .row),
        Node(
          "embedding", .nested, outputs: ["vector"], notes: ["mapped over sentence"], nested: embed),
        Node("normed", .expression),
      ], inputs: [.init("document", "String"), .init("language", "String")],
      outputs: [.init("normed", "[Float]"), .init("clean", "String")],
      edges: [
        Edge(.input("document"), .node("clean", port: "document"), "document", "String"),
        Edge(.input("language"), .node("clean", port: "language"), "language", "String"),
        Edge(
          .node("clean", port: "clean"), .node("embedding", port: "sentence"), "clean", "String"),
        Edge(
          .node("embedding", port: "vector"), .node("normed", port: "vector"), "vector", "[Float]"),
        Edge(.node("normed", port: "normed"), .output("normed"), "normed", "[Float]"),
        Edge(.node("clean", port: "clean"), .output("clean"), "clean", "String"),
      ])
    return GraphDescription(
      "retrieval",
      nodes: [
        Node("load", .async, options: ["maxConcurrency 8", "retry up to 3 calls"], isCached: true),
        Node(
          "index", .nested, outputs: ["vectors", "texts"], notes: ["mapped over documents"],
          isCached: true, nested: index),
        Node("question", .nested, outputs: ["query"], nested: embed),
        Node("hits", .batch, options: ["contract once"]),
        Node("answer", .async, states: ["client"]),
      ],
      inputs: [
        .init("paths", "[String]"), .init("language", "String"), .init("ask", "String"),
        .init("k", "Int", value: "5"),
      ], outputs: [.init("answer", "String"), .init("hits", "[Hit]")],
      edges: [
        Edge(.input("paths"), .node("load", port: "paths"), "paths", "[String]"),
        Edge(.node("load", port: "load"), .node("index", port: "document"), "load", "[String]"),
        Edge(.input("language"), .node("index", port: "language"), "language", "String"),
        Edge(.input("ask"), .node("question", port: "sentence"), "ask", "String"),
        Edge(
          .node("index", port: "normed"), .node("hits", port: "vectors"), "vectors", "[[Float]]"),
        Edge(.node("question", port: "vector"), .node("hits", port: "query"), "query", "[Float]"),
        Edge(.input("k"), .node("hits", port: "k"), "k", "Int"),
        Edge(.node("hits", port: "hits"), .node("answer", port: "hits"), "hits", "[Hit]"),
        Edge(.node("index", port: "clean"), .node("answer", port: "texts"), "texts", "[String]"),
        Edge(.input("ask"), .node("answer", port: "ask"), "ask", "String"),
        Edge(.node("answer", port: "answer"), .output("answer"), "answer", "String"),
        Edge(.node("hits", port: "hits"), .output("hits"), "hits", "[Hit]"),
      ])
  }

  /// Inputs of all kinds that go to the same nodes, one of which is a pipeline.
  static var manyInputs: GraphDescription {
    let inner = GraphDescription(
      "rank", nodes: [Node("weighted", .row), Node("sorted", .batch)],
      inputs: [
        .init("scores", "[Double]"), .init("weight", "Double"), .init("bias", "Double"),
        .init("floor", "Double", value: "0.1"), .init("roof", "Double", value: "0.9"),
      ], outputs: [.init("sorted", "[Double]")],
      edges: [
        Edge(.input("scores"), .node("weighted", port: "scores"), "scores", "[Double]"),
        Edge(.input("weight"), .node("weighted", port: "weight"), "weight", "Double"),
        Edge(.input("bias"), .node("weighted", port: "bias"), "bias", "Double"),
        Edge(.input("floor"), .node("sorted", port: "floor"), "floor", "Double"),
        Edge(.input("roof"), .node("sorted", port: "roof"), "roof", "Double"),
        Edge(
          .node("weighted", port: "weighted"), .node("sorted", port: "weighted"), "weighted",
          "[Double]"),
        Edge(.node("sorted", port: "sorted"), .output("sorted"), "sorted", "[Double]"),
      ])
    let names = ["query", "corpus", "language", "a rather long name of an input of this pipeline"]
    var graph = GraphDescription(
      "many inputs",
      nodes: [
        Node("search", .row), Node("rank", .nested, outputs: ["ranked"], nested: inner),
        Node("report", .row, outputs: ["text", "count"]),
      ],
      inputs: names.map { .init($0, "String") } + [
        .init("weight", "Double"), .init("offset", "Double"),
        .init("k", "Int", value: "5"), .init("depth", "Int", value: "3"),
        .init("model", "Model", value: "Model", isBound: true),
        .init("index", "Index", value: "Index", isBound: true),
      ], outputs: [.init("text", "String"), .init("ranked", "[Double]")])
    graph.edges =
      (names + ["k", "depth", "model", "index"]).map { name in
        Edge(.input(name), .node("search", port: name), name, "String")
      } + [
        Edge(.node("search", port: "search"), .node("rank", port: "scores"), "search", "[Double]"),
        Edge(.input("weight"), .node("rank", port: "weight"), "weight", "Double"),
        Edge(.input("offset"), .node("rank", port: "bias"), "offset", "Double"),
        Edge(
          .node("search", port: "search"), .node("report", port: "search"), "search", "[Double]"),
        Edge(.node("rank", port: "sorted"), .node("report", port: "ranked"), "ranked", "[Double]"),
        Edge(.node("rank", port: "sorted"), .output("ranked"), "ranked", "[Double]"),
        Edge(.node("report", port: "text"), .output("text"), "text", "String"),
      ]
    return graph
  }

  /// Figures for every node of `nested`.
  static var nestedRun: RunOverlay {
    RunOverlay([
      ["load"]: .init(calls: 1200, rows: 1200, duration: .milliseconds(840), failed: 3),
      ["index"]: .init(calls: 1197, rows: 1197, duration: .milliseconds(2620), cached: 400),
      ["index", "clean"]: .init(calls: 797, rows: 797, duration: .microseconds(900)),
      ["index", "embedding"]: .init(calls: 12_400, rows: 12_400, duration: .milliseconds(2610)),
      ["index", "embedding", "tokens"]: .init(
        calls: 12_400, rows: 12_400, duration: .milliseconds(210)),
      ["index", "embedding", "vector"]: .init(
        calls: 194, rows: 12_400, duration: .milliseconds(2400)),
      ["index", "normed"]: .init(calls: 1, rows: 797, duration: .microseconds(42)),
      ["question"]: .init(calls: 1, rows: 1, duration: .milliseconds(3)),
      ["question", "tokens"]: .init(calls: 1, rows: 1, duration: .microseconds(18)),
      ["question", "vector"]: .init(calls: 1, rows: 1, duration: .milliseconds(3)),
      ["hits"]: .init(calls: 1, rows: 1, duration: .milliseconds(31)),
      ["answer"]: .init(calls: 1, rows: 1, duration: .milliseconds(1300)),
    ])
  }

  static var longNames: GraphDescription {
    let long = String(repeating: "aVeryLongNameOfSomething_", count: 12)
    let arabic = "مرحبا بالعالم"
    let nasty = "a<b> & \"c\" 'd' \u{202E}reversed\u{0007} `e` #35; |f| \\n {g}"
    return GraphDescription(
      "names <&> \"quoted\"",
      nodes: [
        Node(long, .row, options: (0..<12).map { "option\($0) of some value" }, states: [nasty]),
        Node(nasty, .batch), Node(arabic, .async), Node("漢字の名前と絵文字🙂👩‍👩‍👧", .expression),
        Node("WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", .row), Node("iiiiiiii", .row), Node("", .row),
      ], inputs: [.init("x", "Dictionary<String, Array<Dictionary<String, Optional<Double>>>>")],
      outputs: [.init(arabic, "[String: Int]")],
      edges: [
        Edge(
          .input("x"), .node(long, port: "x"), "x",
          "Dictionary<String, Array<Dictionary<String, Optional<Double>>>>"),
        Edge(.node(long, port: long), .node(nasty, port: long), long, "Set<Character>"),
        Edge(.node(long, port: long), .node(arabic, port: long), long, "Set<Character>"),
        Edge(.node(nasty, port: nasty), .node("", port: nasty), nasty, nasty),
        Edge(.node(nasty, port: nasty), .node("漢字の名前と絵文字🙂👩‍👩‍👧", port: nasty), nasty, nasty),
        Edge(
          .node(nasty, port: nasty), .node("WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", port: nasty), nasty,
          nasty),
        Edge(.node(arabic, port: arabic), .output(arabic), arabic, "[String: Int]"),
        Edge(.node(arabic, port: arabic), .node("iiiiiiii", port: arabic), arabic, "Int"),
      ])
  }

  /// A graph of that many nodes, of which about one in eight is a pipeline down to `depth`.
  static func random(
    _ count: Int, depth: Int = 0, using generator: inout some RandomNumberGenerator
  ) -> GraphDescription {
    let inputs = ["alpha", "beta", "gamma"].prefix(max(1, min(3, count / 3)))
    var graph = GraphDescription("random", inputs: inputs.map { .init($0, "String") })
    var ends: [(Edge.End, String)] = inputs.map { (.input($0), $0) }
    var isUsed = Set<String>()
    for index in 0..<count {
      let name = "node\(index)"
      var node = Node(
        name, [.row, .batch, .async, .expression].randomElement(using: &generator) ?? .row)
      if depth > 0, Int.random(in: 0..<8, using: &generator) == 0 {
        node.kind = .nested
        node.nested = random(
          Int.random(in: 0..<6, using: &generator), depth: depth - 1, using: &generator)
      }
      let recent = ends.suffix(12)
      for place in 0..<Int.random(in: 1...3, using: &generator) {
        let isFar = Int.random(in: 0..<6, using: &generator) == 0
        guard let (end, source) = (isFar ? ends : Array(recent)).randomElement(using: &generator)
        else { continue }
        isUsed.insert(source)
        let inputs = node.nested?.inputs.map(\.name) ?? []
        let port = place < inputs.count ? inputs[place] : source
        graph.edges.append(Edge(end, .node(name, port: port), source, "Type\(index % 7)"))
      }
      graph.nodes.append(node)
      ends.append((.node(name, port: node.nested?.outputs.first?.name ?? name), name))
    }
    for (end, name) in ends where !isUsed.contains(name) {
      graph.outputs.append(.init(name, "String"))
      graph.edges.append(Edge(end, .output(name), name, "String"))
    }
    return graph
  }
}
