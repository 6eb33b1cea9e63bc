import Columnar
import Foundation
import Harness
import Pipelines

/// What those who listen to a run cost: texts through two row nodes and a batch node, the way most
/// of the pipelines here go, with nobody listening and with each of the listeners.
let listenersGroup = Group("pipelines.listeners") {
  let texts = Texts.helloWorld(500_000)
  let frame = try DataFrame(["text": texts])
  let text = Input<String>("text")
  let clean = Node("clean", from: text) { $0.trimmed().lowercased() }
  let length = Node("length", from: clean) { $0.utf8.count }
  let scaled = Node(batch: "scaled", from: length) { $0.map { Double($0) / 10 } }
  let sink = FileHandle(forWritingAtPath: "/dev/null") ?? .standardError
  let write: @Sendable (String) -> Void = { try? sink.write(contentsOf: Data($0.utf8)) }
  let listeners: [(name: String, listeners: [any RunListener])] = [
    ("none", []), ("log", [EventLog(.batches, to: write)]),
    ("trace", [try TraceFile("/dev/null")]),
    ("progress", [ProgressDisplay(every: .milliseconds(100), to: write)]),
  ]
  let view = try frame["text", as: String.self]
  let last = Double(texts[texts.count - 1].trimmed().utf8.count) / 10
  let none = "pipelines.listeners.none"
  return Group.Content(
    contenders: try listeners.map { name, listeners in
      let pipeline = try Pipeline(
        "texts", engine: .columnar(listeners: listeners), outputs: scaled)
      return Contender("pipelines.listeners.\(name)") {
        try pipeline.map(text.each(column: view))
      } check: { results in
        try expect(results[scaled][texts.count - 1], last, "the last result with \(name)")
      }
    },
    cases: listeners.map { name, _ in
      Case(
        "pipelines.listeners.\(name)", rows: texts.count,
        references: name == "none" ? [:] : ["none": none],
        target: name == "none"
          ? .none("none: what nobody listens to")
          : .ratio(1.02, to: "none", "the same with nobody listening"))
    })
}
