import ColumnarTesting
import Foundation
import Testing

@testable import Pipelines

/// Mermaid and DOT, the description of a pipeline, and files.
@Suite struct TextDrawingTests {
  private func pipeline() throws -> Pipeline {
    let text = Input<String>("text")
    let limit = Input<Int>("limit", default: 3)
    let model = State("model") { Tally() }
    let words = Node("words", from: text, options: .init(batchSize: 512)) {
      $0.split(separator: " ").map(String.init)
    }
    let count = Node("count", from: words, model) { words, _ in words.count }
    let isLong = Node<Bool>(expression: "isLong", from: count, limit) { $0 > $1 }
    let shout = Node("shout", from: text) { $0.uppercased() }
    return try Pipeline("p", engine: .columnar(threads: 2, defaults: .init(maxConcurrency: 4))) {
      isLong
      shout
    }
  }

  @Test func mermaid() throws {
    let text = try pipeline().selecting(names: ["isLong"]).mermaid()
    let lines = text.split(separator: "\n").filter { !$0.contains("classDef") }
    #expect(
      lines.joined(separator: "\n")
        == """
        flowchart TD
          n1(["text"]):::input
          n2(["limit = 3"]):::defaulted
          n3["words<br/>row<br/>batchSize 512 · maxConcurrency 4"]:::row
          n4["count<br/>row<br/>maxConcurrency 4<br/>state model"]:::row
          n5{{"isLong<br/>expression"}}:::expression
          n6(["isLong"]):::output
          n1 -->|"String"| n3
          n3 -->|"[String]"| n4
          n4 -->|"Int"| n5
          n2 -.->|"Int"| n5
          n5 -->|"Bool"| n6
        """)
  }

  @Test func dot() throws {
    let text = try pipeline().dot(.init(direction: .leftRight))
    #expect(text.hasPrefix("digraph \"p\" {\n  rankdir=LR;"))
    #expect(text.contains("n2 [label=\"limit = 3\", shape=ellipse, style=\"filled,dashed\""))
    #expect(text.contains("[label=\"words\\nrow\\nbatchSize 512 · maxConcurrency 4\", fillcolor="))
    #expect(text.contains("n2 -> n5 [label=\" Int \", style=dashed];"))
  }

  @Test func nestedPipelinesAreGroups() {
    let graph = DrawingSamples.nested
    let mermaid = MermaidWriter(.init()).text(graph)
    #expect(mermaid.components(separatedBy: "subgraph ").count == 4)
    // Mermaid keeps room for one line of a group's title, and breaks it at spaces.
    let title = "[\"index · pipeline, cached · mapped over documents\"]"
    #expect(mermaid.contains(title.replacingOccurrences(of: " ", with: "\u{A0}")))
    #expect(mermaid.hasPrefix("%%{init: "))
    #expect(mermaid.contains("|\"load → document: [String]\"|"))
    let collapsed = MermaidWriter(.init(depth: 0)).text(graph)
    #expect(!collapsed.contains("subgraph"))
    #expect(collapsed.contains("[/\"index<br/>pipeline, cached<br/>mapped over documents\"/]"))
    let dot = DotWriter(.init(depth: 1)).text(graph)
    #expect(dot.components(separatedBy: "subgraph \"cluster_").count == 3)
  }

  /// No quote in a name ends a label.
  @Test func labelsAreClosed() {
    for line in MermaidWriter(.init()).text(DrawingSamples.longNames).split(separator: "\n") {
      #expect(line.filter { $0 == "\"" }.count.isMultiple(of: 2))
      #expect(!line.contains("`"))
    }
    for line in DotWriter(.init()).text(DrawingSamples.longNames).split(separator: "\n") {
      var quotes = 0
      var isEscaped = false
      for character in line {
        if character == "\"", !isEscaped { quotes += 1 }
        isEscaped = character == "\\" && !isEscaped
      }
      #expect(quotes.isMultiple(of: 2), "\(line)")
    }
  }

  @Test func description() throws {
    let graph = try pipeline().graphDescription
    #expect(graph.name == "p")
    #expect(graph.nodes.map(\.name) == ["words", "count", "isLong", "shout"])
    #expect(graph.nodes.map(\.kind) == [.row, .row, .expression, .row])
    #expect(graph.nodes[0].options == ["batchSize 512", "maxConcurrency 4"])
    #expect(graph.nodes[1].states == ["model"])
    #expect(graph.nodes[2].options == [])
    #expect(graph.inputs == [.init("text", "String"), .init("limit", "Int", value: "3")])
    #expect(graph.outputs == [.init("isLong", "Bool"), .init("shout", "String")])
    #expect(graph.edges.count == 7)
    #expect(
      graph.edges[1]
        == .init(
          .node("words", port: "words"), .node("count", port: "words"), "words", "[String]"))
    // What the outputs don't need is not drawn.
    let pruned = try pipeline().selecting(names: ["shout"]).graphDescription
    #expect(pruned.nodes.map(\.name) == ["shout"])
    #expect(pruned.inputs.map(\.name) == ["text"])
  }

  @Test func cachedNodes() throws {
    let cached = try pipeline().on(.columnar(cache: .ample())).uncached("shout").graphDescription
    #expect(cached.nodes.map(\.isCached) == [true, true, false, false])
    let plain = try pipeline().graphDescription
    #expect(!plain.nodes.map(\.isCached).contains(true))
  }

  @Test func severalOutputs() throws {
    let text = Input<String>("text")
    let (head, size) = outputs("head", "size", from: text) { (String($0.prefix(1)), $0.count) }
    let graph = try Pipeline("p", outputs: head, size).graphDescription
    #expect(graph.nodes.map(\.outputs) == [["head", "size"]])
    #expect(
      graph.edges.map { graph.label(of: $0, showsTypes: true) }.suffix(2) == [
        "head: String", "size: Int",
      ])
  }

  @Test func files() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "drawing-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let p = try pipeline()
    for (name, text) in [
      ("a.svg", p.svg()), ("a.HTML", p.html()), ("a.dot", p.dot()), ("a.gv", p.dot()),
      ("a.mmd", p.mermaid()),
    ] {
      let path = folder.appending(path: name).path
      for _ in 0..<2 { try p.write(drawing: path) }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }
    for name in ["a.png", "svg", "a.", ".x/svg", ""] {
      let path = folder.appending(path: name).path
      let error = try #require(throws: ColumnarError.self) { try p.write(drawing: path) }
      #expect(error.code == .unsupported)
      #expect(error.message.contains(".svg, .html, .dot or .mmd"))
    }
    #expect(throws: ColumnarError.self) { try p.write(drawing: "/nowhere/at/all.svg") }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 5)
  }

  @Test func durations() {
    let times: [(Duration, String)] = [
      (.zero, "0 s"), (.nanoseconds(7), "7 ns"), (.nanoseconds(1500), "1.5 µs"),
      (.microseconds(999), "999 µs"), (.milliseconds(31), "31 ms"),
      (.milliseconds(1234), "1.23 s"), (.seconds(45), "45 s"), (.seconds(754), "12 min 34 s"),
    ]
    for (time, text) in times { #expect(RunText.duration(time) == text) }
    #expect(RunText.grouped(1_234_567) == "1,234,567")
    #expect(RunText.grouped(999) == "999")
    #expect(PlainNumber.text(-0.004) == "0")
    #expect(PlainNumber.text(-1.05) == "-1.05")
    #expect(PlainNumber.text(12.5) == "12.5")
  }

  /// The picture in the documentation; `COLUMNAR_WRITE_PICTURES=1 swift test` makes it anew.
  @Test func documentedPicture() throws {
    let text = Input<String>("text")
    let limit = Input<Int>("limit", default: 64)
    let model = State("model") { Tally() }
    let clean = Node("clean", from: text) { $0.lowercased() }
    let tokens = Node("tokens", from: clean, limit) { text, limit in
      Array(text.split(separator: " ").prefix(limit).map(\.count))
    }
    let vector = Node("vector", from: tokens, model, options: .modelInference) { tokens, _ in
      tokens.map(Float.init)
    }
    let length = Node<Int64>(expression: "length", from: clean) { $0.string.characterCount() }
    let language = Node<String>("language", from: text, options: .init(retry: .init(attempts: 3))) {
      await Task.yield()
      return $0.isEmpty ? "none" : "en"
    }
    let pipeline = try Pipeline("retrieval", outputs: vector, length, language)
    let overlay = RunOverlay([
      ["clean"]: .init(calls: 10_000, rows: 10_000, duration: .milliseconds(12)),
      ["tokens"]: .init(calls: 10_000, rows: 10_000, duration: .milliseconds(85)),
      ["vector"]: .init(calls: 157, rows: 10_000, duration: .milliseconds(1240)),
      ["length"]: .init(calls: 1, rows: 10_000, duration: .microseconds(140)),
      ["language"]: .init(
        calls: 6_020, rows: 10_000, duration: .milliseconds(730), cached: 4_000, failed: 2),
    ])
    let svg = pipeline.svg(.init(overlay: overlay))
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../docs/pipeline.svg").standardized.path
    if ProcessInfo.processInfo.environment["COLUMNAR_WRITE_PICTURES"] != nil {
      try pipeline.write(drawing: path, .init(overlay: overlay))
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == svg)
  }
}
