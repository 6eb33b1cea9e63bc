import Columnar
import Foundation
import Harness
import Pipelines
import Synchronization

/// What `tuning: .automatic` and `advise` make of eight kinds of work, beside the best setting of a
/// grid of batch sizes and concurrencies, each in one run of the same process.
let advisorGroups: [Group] = [
  workload("cheap-text", 200_000) { text, options in
    Node("result", from: text, options: options) {
      "  Text \($0) ".trimmed().lowercased().utf8.count
    }
  },
  workload("numbers", 2_000_000) { x, options in
    Node("result", from: x, options: options) { ($0 &* 31 &+ 7) & 0xFFFF }
  },
  workload("heavy-cpu", 4_000) { x, options in
    Node("result", from: x, options: options) { spin($0, 20_000) }
  },
  workload("model", 20_000) { x, options in
    // A call costs as much as a hundred rows. Rows use what it computed, from a number that the
    // compiler doesn't know, so that it is neither left out nor moved out of the call.
    Node(batch: "result", from: x, options: options) { (x: ColumnView<Int>) -> [Int] in
      let base = spin(nothing.load(ordering: .relaxed), 400_000)
      return x.map { spin($0 ^ base, 4_000) }
    }
  },
  workload("blocking-io", 2_000, concurrencies: [2, 8, 32, 64], sizes: [1, 4, 16]) { x, options in
    Node("result", from: x, options: options) { (x: Int) -> Int in
      usleep(3_000)
      return x
    }
  },
  workload("async-io", 4_000, concurrencies: [16, 64, 256, 512], sizes: []) { x, options in
    Node("result", from: x, options: options) { (x: Int) async throws -> Int in
      try await Task.sleep(for: .milliseconds(10))
      return x
    }
  },
  workload("skewed", 4_000) { x, options in
    // One row of a hundred costs a hundred times as much.
    Node("result", from: x, options: options) { spin($0, $0 % 100 == 99 ? 500_000 : 5_000) }
  },
  largeRows,
]

/// Zero, for all that the compiler knows any number.
private let nothing = Atomic<Int>(0)

/// Some arithmetic, of which every step needs the one before and none can be foreseen.
@inline(never)
private func spin(_ seed: Int, _ steps: Int) -> Int {
  var value = UInt64(truncatingIfNeeded: seed) | 1
  for _ in 0..<steps {
    value = value &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    value ^= value >> 29
  }
  return Int(value >> 33)
}

private func workload(
  _ name: String, _ count: Int, concurrencies: [Int] = [1, 2, 4],
  sizes: [Int] = [64, 512, 2048, 8192],
  _ make: @escaping @Sendable (Input<Int>, UDFOptions) -> Node<Int>
) -> Group {
  let title = "pipelines.advisor.\(name)"
  return Group(title) {
    let items = Array(0..<count)
    let column = try DataFrame(["x": items])
    return try content(title, items.count, concurrencies, sizes) { engine, options, advises in
      let x = Input<Int>("x")
      let node = make(x, options)
      var pipeline = try Pipeline(engine: engine, outputs: node)
      let view = try column["x", as: Int.self]
      if advises { pipeline = try pipeline.with(pipeline.advise(on: x.each(column: view))) }
      return { try pipeline.map(x.each(column: view))[node].reduce(0, &+) }
    }
  }
}

/// Texts of 64 KiB.
private let largeRows = Group("pipelines.advisor.large-rows") {
  let texts = (0..<1_500).map { String(repeating: "row \($0) ", count: 65_536 / 9) }
  let column = try DataFrame(["text": texts])
  return try content(
    "pipelines.advisor.large-rows", texts.count, [1, 2, 4], [4, 16, 64, 512]
  ) { engine, options, advises in
    let text = Input<String>("text")
    let node = Node("result", from: text, options: options) { (text: String) -> Int in
      text.utf8.reduce(0) { $0 &* 31 &+ Int($1) } & 0xFFFF
    }
    var pipeline = try Pipeline(engine: engine, outputs: node)
    let view = try column["text", as: String.self]
    if advises { pipeline = try pipeline.with(pipeline.advise(on: text.each(column: view))) }
    return { try pipeline.map(text.each(column: view))[node].reduce(0, &+) }
  }
}

private typealias Maker = (any Engine, UDFOptions, Bool) throws -> () throws -> Int

/// Automatic, the best setting of the grid, advice and the built-in values.
///
/// The grid is searched, and advice asked for, when they first have their turn.
private func content(
  _ name: String, _ count: Int, _ concurrencies: [Int], _ sizes: [Int], _ make: @escaping Maker
) throws -> Group.Content {
  let fixed = ColumnarEngine.columnar()
  let expected = Later { try make(fixed, UDFOptions(), false)() }
  let grid = Later {
    let best = try bestOptions(concurrencies, sizes) { try make(fixed, $0, false) }
    let size = best.batchSize.map { "\($0)" } ?? "open"
    let calls = best.maxConcurrency.map { "\($0)" } ?? "open"
    let text = "\(name): the best of the grid is batchSize \(size), maxConcurrency \(calls)\n"
    FileHandle.standardError.write(Data(text.utf8))
    return try make(fixed, best, false)
  }
  let advised = Later { try make(fixed, UDFOptions(), true) }
  let automatic = try make(.columnar(tuning: .automatic), UDFOptions(), false)
  let builtIn = try make(fixed, UDFOptions(), false)
  func contender(_ key: String, _ body: @escaping () throws -> Int) -> Contender {
    Contender(key) {
      try body()
    } check: {
      try expect($0, try expected.value(), "the sum of \(key)")
    }
  }
  return Group.Content(
    contenders: [
      contender(name, automatic), contender("grid") { try grid.value()() },
      contender("\(name).advised") { try advised.value()() },
      contender("\(name).built-in", builtIn),
    ],
    cases: [
      Case(
        name, rows: count, references: ["grid": "grid"],
        target: .ratio(1.053, to: "grid", "the best of the grid")),
      Case("\(name).advised", rows: count, references: ["grid": "grid"]),
      Case("\(name).built-in", rows: count, references: ["grid": "grid"]),
    ])
}

/// The options of the grid that are quickest, by medians of three runs.
private func bestOptions(
  _ concurrencies: [Int], _ sizes: [Int], _ make: (UDFOptions) throws -> () throws -> Int
) throws -> UDFOptions {
  var best: (time: Duration, options: UDFOptions)?
  var settings = sizes.map { UDFOptions(batchSize: $0) }
  for concurrency in concurrencies {
    settings.append(UDFOptions(maxConcurrency: concurrency))
    settings += sizes.map { UDFOptions(batchSize: $0, maxConcurrency: concurrency) }
  }
  for options in settings {
    let body = try make(options)
    var times: [Duration] = []
    for _ in 0..<3 {
      times.append(try ContinuousClock().measure { _ = try body() })
      // What is far behind need not be tried again.
      if let best, times[0] > best.time * 2 { break }
    }
    let time = times.sorted()[times.count / 2]
    if best.map({ time < $0.time }) ?? true { best = (time, options) }
  }
  return best?.options ?? UDFOptions()
}

/// A value that is made when it is first asked for.
private final class Later<Value> {
  private let make: () throws -> Value
  private var made: Value?

  init(_ make: @escaping () throws -> Value) { self.make = make }

  func value() throws -> Value {
    if let made { return made }
    let value = try make()
    made = value
    return value
  }
}
