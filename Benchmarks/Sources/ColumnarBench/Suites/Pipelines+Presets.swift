import Columnar
import Foundation
import Harness
import Pipelines

/// What the option presets are chosen by: each kind of work under several options.
let presetGroups = [
  Group("pipelines.preset.text") {
    let texts = Texts.helloWorld(200_000)
    let text = Input<String>("text")
    return try presets(
      "text", .textRows, sizes: [512, 65_536], items: text.each(texts), rows: texts.count,
      last: texts[texts.count - 1].trimmed().lowercased()
    ) { options in
      Node(batch: "clean", from: text, options: options) { texts in
        texts.map { $0.trimmed().lowercased() }
      }
    }
  },
  Group("pipelines.preset.numeric") {
    let values = (0..<2_000_000).map { Double($0) }
    let value = Input<Double>("value")
    return try presets(
      "numeric", .numericRows, sizes: [1_024, 65_536], items: value.each(values),
      rows: values.count, last: (values[values.count - 1] - 25_000) / 1_000
    ) { options in
      Node(batch: "scaled", from: value, options: options) { values in
        values.map { ($0 - 25_000) / 1_000 }
      }
    }
  },
  // A model's call costs 2 ms and 50 us an item, on the thread that makes it.
  Group("pipelines.preset.model") {
    let values = Array(0..<2_000)
    let value = Input<Int>("value")
    return try presets(
      "model", .modelInference, sizes: [8, 512], items: value.each(values), rows: values.count,
      last: [Float](repeating: 1_999, count: 384)
    ) { options in
      Node(batch: "embedded", from: value, options: options) { values -> [[Float]] in
        spin(microseconds: 2_000 + 50 * values.count)
        return values.map { [Float](repeating: Float($0), count: 384) }
      }
    }
  },
  // A service answers after 2 ms; the thread sleeps meanwhile.
  Group("pipelines.preset.api") {
    let values = Array(0..<1_600)
    let value = Input<Int>("value")
    return try presets(
      "api", .apiCalls, sizes: [1_024], items: value.each(values), rows: values.count, last: 1_600
    ) { options in
      Node("answer", from: value, options: options) { value -> Int in
        usleep(2_000)
        return value + 1
      }
    }
  },
]

/// A workload under the built-in options, a preset, and batches of other sizes.
private func presets<Value: Equatable & Sendable>(
  _ kind: String, _ preset: UDFOptions, sizes: [Int], items: Binding, rows: Int, last: Value,
  _ node: (UDFOptions) -> Node<Value>
) throws -> Group.Content {
  let builtIn = "pipelines.preset.\(kind).built-in"
  var options = [(builtIn, UDFOptions()), ("pipelines.preset.\(kind)", preset)]
  options += sizes.map {
    (
      "pipelines.preset.\(kind).batch-\($0)",
      UDFOptions(batchSize: $0, maxConcurrency: preset.maxConcurrency)
    )
  }
  let contenders = try options.map { name, options in
    let node = node(options)
    let pipeline = try Pipeline(outputs: node)
    return Contender(name) {
      try pipeline.map(items)
    } check: { results in
      let values = try results[node]
      try expect(values.count, rows, "the items of \(name)")
      try expect(values[rows - 1], last, "the last result of \(name)")
    }
  }
  return Group.Content(
    contenders: contenders,
    cases: options.map { name, _ in
      Case(
        name, rows: rows, references: name == builtIn ? [:] : ["built-in": builtIn],
        target: .none("none: what the preset is chosen by"))
    })
}

/// Keeps the thread busy, as arithmetic does.
private func spin(microseconds: Int) {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  let end = now.tv_sec * 1_000_000_000 + now.tv_nsec + microseconds * 1_000
  repeat {
    clock_gettime(CLOCK_MONOTONIC, &now)
  } while now.tv_sec * 1_000_000_000 + now.tv_nsec < end
}
