import Columnar
import Pipelines
import Testing

/// Graphs and runs at their edges.
@Suite struct HardGraphTests {
  private static let engines: [any Engine] = [.sequential, .columnar(threads: 2)]

  @Test func itemsCountWhereTheirValuesAreNotNeeded() throws {
    let (x, y, k) = (Input<Int>("x"), Input<Int>("y"), Input<Int>("k"))
    let sum = Node("sum", from: x, y, k) { $0 + $1 + $2 }
    let fromK = Node("fromK", from: k) { $0 * 2 }
    let fromX = Node("fromX", from: x) { $0 * 3 }
    for engine in Self.engines {
      let p = try Pipeline(engine: engine, outputs: sum, fromK, fromX)
      let constant = try p.map(x.each([1, 2, 3]), y.each([4, 5, 6]), k.always(5), outputs: fromK)
      #expect(try constant[fromK].map { $0 } == [10, 10, 10])
      let all = try p.map(
        x.each([1, 2, 3]), y.each([4, 5]), k.always(5), mode: .product, outputs: fromX)
      #expect(try all[fromX].map { $0 } == [3, 3, 6, 6, 9, 9])
      let none = try p.map(
        x.each([1, 2, 3]), y.each([Int]()), k.always(5), mode: .product, outputs: fromX)
      #expect(none.count == 0)
      #expect(throws: ColumnarError.self) {
        try p.map(x.each([1, 2, 3]), y.each([4, 5]), k.always(5), outputs: fromX)
      }
    }
  }

  @Test func anEmptyAxisComesFirst() throws {
    let (x, y, z) = (Input<Int>("x"), Input<Int>("y"), Input<Int>("z"))
    let sum = Node("sum", from: x, y, z) { $0 + $1 + $2 }
    let many = Array(0..<100_000)
    let results = try Pipeline(outputs: sum)
      .map(x.each(many), y.each(many), z.each([Int]()), mode: .product)
    #expect(results.count == 0)
  }

  @Test func aNodeMayHaveAnyName() throws {
    let k = Input<Int>("k")
    for name in ["item", "Item", "row", "index", "", " "] {
      let node = Node(name, from: k) { $0 + 1 }
      for engine in Self.engines {
        #expect(try Pipeline(engine: engine, outputs: node).run(k.always(1))[node] == 2)
      }
    }
  }

  @Test func aSlashIsForPaths() throws {
    let k = Input<Int>("k")
    let error = #expect(throws: ColumnarError.self) {
      try Pipeline(outputs: Node("a/b", from: k) { $0 + 1 })
    }
    #expect(error?.message.contains("slash") == true)
  }

  /// There are 2^40 ways through it.
  @Test func manyWaysAreGoneOnce() throws {
    let x = Input<Int>("x")
    var last = Node("s0", from: x) { $0 }
    for level in 0..<40 {
      let a = Node("a\(level)", from: last) { $0 }
      let b = Node("b\(level)", from: last) { -$0 }
      last = Node("s\(level + 1)", from: a, b) { $0 + $1 }
    }
    let out = Node("out", from: x) { $0 + 1 }
    let p = try Pipeline(outputs: last, out)
    #expect(throws: ColumnarError.self) { try p.run([:], outputs: "out") }
    #expect(throws: ColumnarError.self) { try p.run([:]) }
    #expect(try p.run(x.always(3), outputs: out)[out] == 4)
  }

  /// Whether an object can be cached depends on what made it: 2^40 ways to look back.
  @Test func manyWaysOfObjectsAreExplained() throws {
    struct Box: Sendable { let value: Int }
    let x = Input<Int>("x")
    var last = Node("s0", from: x) { Box(value: $0) }
    for level in 0..<40 {
      let a = Node("a\(level)", from: last) { $0 }
      let b = Node("b\(level)", from: last) { $0 }
      last = Node("s\(level + 1)", from: a, b) { Box(value: $0.value + $1.value) }
    }
    let p = try Pipeline(engine: .columnar(cache: .memory(limit: 1 << 20)), outputs: last)
    #expect(p.explain().ranges(of: "  cached in memory").count == 121)
    #expect(p.dot().contains("cached"))
  }

  /// The nil of a type that no column type stands for, however many optionals are around it, and
  /// whatever it may hold.
  @Test func nilsOfObjects() throws {
    struct Box: Sendable {}
    let x = Input<Int>("x")
    let box = Node("box", from: x) { $0 > 1 ? Box() : nil }
    let any = Node("any", from: x) { n -> (any Sendable)? in n > 1 ? n : nil }
    let boxes = Node("boxes", from: box) { $0 == nil }
    let wrapped = Node("wrapped", from: box.optional) { $0 == nil }
    let anys = Node("anys", from: any) { $0 == nil }
    for engine in Self.engines {
      let results = try Pipeline(engine: engine, outputs: boxes, wrapped, anys).map(x.each([1, 2]))
      for node in [boxes, wrapped, anys] {
        #expect(try Array(results[node]) == [true, false], "\(node.name)")
      }
    }
  }

  @Test func defaultsAreComparedInFull() throws {
    func pipeline(_ a: [Int], _ b: [Int]) throws {
      let (s, t) = (Input<[Int]>("s", default: a), Input<[Int]>("s", default: b))
      let first = Node("first", from: s) { $0.count }
      let second = Node("second", from: t) { $0.last ?? 0 }
      _ = try Pipeline(outputs: first, second)
    }
    try pipeline(Array(1...9), Array(1...9))
    #expect(throws: ColumnarError.self) { try pipeline(Array(1...9), Array(1...8) + [0]) }
  }

  @Test func concurrencyMayBeEndless() throws {
    let x = Input<Int>("x")
    let options = UDFOptions(maxConcurrency: .max)
    let a = Node("a", from: x, options: options) { $0 + 1 }
    let b = Node("b", from: a, options: options) { $0 * 2 }
    let p = try Pipeline(engine: .columnar(threads: 2), outputs: b)
    #expect(
      try p.map(x.each(elementsOf: 0..<1_000))[b].map { $0 } == (0..<1_000).map { ($0 + 1) * 2 })
  }

  @Test func aLongChain() throws {
    let x = Input<Int>("x")
    var last = Node("n0", from: x) { $0 }
    for k in 1..<1_000 { last = Node("n\(k)", from: last) { $0 + 1 } }
    for engine in Self.engines {
      let p = try Pipeline(engine: engine, outputs: last)
      #expect(try p.map(x.each([1, 2]))[last].map { $0 } == [1_000, 1_001])
    }
  }
}
