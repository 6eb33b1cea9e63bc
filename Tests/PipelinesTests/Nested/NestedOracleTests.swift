import Columnar
import ColumnarCore
import Pipelines
import Testing

/// Nested pipelines on random data: every engine against plain Swift.
@Suite struct NestedOracleTests {
  /// A generator whose seed is printed by the tests that fail.
  private struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  private struct Item: Sendable {
    /// Two lists of equal length, either perhaps null.
    var a: [Int?]?
    var b: [String]?
    /// A list of another length.
    var c: [Int]
    var matrix: [[Int?]]
    var scale: Int
  }

  private func items(_ random: inout Random) -> [Item] {
    (0..<Int.random(in: 0...40, using: &random)).map { _ in
      let count = Int.random(in: 0...5, using: &random)
      func number() -> Int? {
        Int.random(in: 0...9, using: &random) == 0 ? nil : Int.random(in: -9...9, using: &random)
      }
      return Item(
        a: Int.random(in: 0...6, using: &random) == 0 ? nil : (0..<count).map { _ in number() },
        b: Int.random(in: 0...6, using: &random) == 0
          ? nil : (0..<count).map { "text number \($0) of \(count)" },
        c: (0..<Int.random(in: 0...4, using: &random)).map { $0 * 3 },
        matrix: (0..<Int.random(in: 0...3, using: &random)).map { _ in
          (0..<Int.random(in: 0...4, using: &random)).map { _ in number() }
        }, scale: Int.random(in: 1...5, using: &random))
    }
  }

  private static let a = Input<Int>("a")
  private static let b = Input<String>("b")
  private static let c = Input<Int>("c")
  private static let scale = Input<Int>("scale")

  /// sum = a * scale + c; mixed = b and sum.
  private func outer() throws -> Pipeline {
    let scaled = Node<Int>(expression: "scaled", from: Self.a, Self.scale) { $0 * $1 }
    let sum = Node("sum", from: scaled, Self.c) { $0 + $1 }
    let mixed = Node("mixed", from: Self.b, sum.optional) { "\($0):\($1 ?? -1)" }
    let inner = try Pipeline("inner", outputs: sum, mixed)
    let one = try Pipeline("one", outputs: scaled)
    let rows = try Pipeline("rows") {
      one.asNode(name: "cells", inputs: ["row": "a"], outputs: ["scaled": "cells"], over: ["row"])
      Node("width", inputs: "cells") { (cells: [Int?]) in cells.count }
    }
    return try Pipeline("outer") {
      inner.asNode(
        name: "zipped", inputs: ["as": "a", "bs": "b", "scale": "c"],
        outputs: ["sum": "sums", "mixed": "mixes"], over: ["as", "bs"])
      inner.asNode(
        name: "all", inputs: ["cs": "c", "as": "a", "label": "b"], outputs: ["sum": "products"],
        over: ["cs", "as"], mode: .product)
      rows.asNode(
        name: "rows", inputs: ["matrix": "row"], outputs: ["cells": "cells", "width": "widths"],
        over: ["matrix"])
      Node("width", inputs: "widths") { (widths: [Int]) in widths.reduce(0, +) }
    }
  }

  /// What plain Swift gives, an item's cells as text.
  private func expected(_ item: Item) -> [String] {
    func sum(_ a: Int?, _ c: Int) -> Int? { a.map { $0 * item.scale + c } }
    func text(_ values: [Int?]) -> String {
      "[\(values.map { $0.map { "\($0)" } ?? "null" }.joined(separator: ", "))]"
    }
    var (sums, mixes, products) = ("null", "null", "null")
    if let a = item.a {
      if let b = item.b {
        let all = a.map { sum($0, item.scale) }
        sums = text(all)
        mixes = "[\(zip(b, all).map { "\($0):\($1 ?? -1)" }.joined(separator: ", "))]"
      }
      products = text(item.c.flatMap { c in a.map { sum($0, c) } })
    }
    let cells = item.matrix.map { text($0.map { $0.map { $0 * item.scale } }) }
    return [
      sums, mixes, products, "[\(cells.joined(separator: ", "))]",
      text(item.matrix.map(\.count)), "\(item.matrix.reduce(0) { $0 + $1.count })",
    ]
  }

  @Test(arguments: 0..<12) func everyEngineGivesWhatPlainSwiftGives(_ seed: UInt64) throws {
    var random = Random(state: seed)
    let items = items(&random)
    let names = ["sums", "mixes", "products", "cells", "widths", "width"]
    let wanted = names.indices.map { k in items.map { expected($0)[k] } }
    let outer = try outer()
    let bindings = [
      Binding(mapping: "as", .holding(items.map(\.a))),
      Binding(mapping: "bs", .holding(items.map(\.b))),
      Binding(mapping: "cs", .holding(items.map(\.c))),
      Binding(mapping: "matrix", .holding(items.map(\.matrix))),
      Binding(mapping: "scale", .holding(items.map(\.scale))),
    ]
    let first: [(name: String, engine: any Engine)] = [("sequential", .sequential)]
    for (name, engine) in first + otherEngines {
      let results = try outer.on(engine).map(bindings, mode: .zip, isByName: false)
      for (k, output) in names.enumerated() {
        #expect(try results.column(output).text == wanted[k], "\(output) on \(name), seed \(seed)")
      }
      // Any part of the outputs alone.
      let some = names.filter { _ in Bool.random(using: &random) }
      guard !some.isEmpty else { continue }
      let part = try outer.on(engine).selecting(names: some)
        .map(bindings, mode: .zip, isByName: false)
      for output in some {
        #expect(try part.column(output).text == results.column(output).text, "seed \(seed)")
      }
    }
  }

  @Test(arguments: 0..<6) func framesOfManyBatchesAndFilters(_ seed: UInt64) throws {
    var random = Random(state: 100 + seed)
    let items = items(&random) + items(&random) + items(&random)
    let lists = items.map(\.matrix).map { $0.flatMap { $0.map { $0 ?? 0 } } }
    let inner = Node<Int>(expression: "twice", from: Self.a) { $0 * 2 }
    let values = Input<[Int]>("values")
    let outer = try Pipeline(
      outputs: Pipeline("p", outputs: inner).each("out", Self.a, in: values, output: inner))
    // Slices of one column, dealt into partitions.
    let frame = try DataFrame(["n": Array(items.indices), "values": lists])
    for partitions in [1, 3] {
      for (name, engine) in otherEngines {
        let result = try frame.lazy.repartition(partitions).with(outer)
          .filter(col("n") % 3 != 1).filter(col("n") > 4).select("n", "out").collect(on: engine)
        let kept = items.indices.filter { $0 % 3 != 1 && $0 > 4 }
        #expect(try Array(result["n", as: Int.self]) == kept, "on \(name), seed \(seed)")
        #expect(
          try Array(result["out", as: [Int].self]) == kept.map { lists[$0].map { 2 * $0 } },
          "on \(name), seed \(seed)")
        let some = try frame.lazy.with(outer).limit(7).collect(on: engine)
        #expect(
          try Array(some["out", as: [Int].self]) == lists.prefix(7).map { $0.map { 2 * $0 } })
      }
    }
  }
}

extension Column {
  /// All values as text, lists in full.
  fileprivate var text: [String] {
    guard type.physical == .list else { return (0..<count).map { text(at: $0) } }
    let lists = ListView(self)
    return (0..<count).map { row in
      isNull(row) ? "null" : "[\(lists[row].text.joined(separator: ", "))]"
    }
  }
}
