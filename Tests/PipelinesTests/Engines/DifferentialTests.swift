import Columnar
import ColumnarCore
import Pipelines
import Testing

/// The sequential engine is the reference: every pipeline gives the same on all others.
@Suite struct DifferentialTests {
  let n = Input<Int>("n")
  let m = Input<Int?>("m")
  let v = Input<Double>("v")
  let text = Input<String>("text")
  let maybe = Input<String?>("maybe")

  private let numbers = Array(-20..<21)
  private var someNumbers: [Int?] { numbers.map { $0 % 3 == 0 ? nil : $0 } }
  private var texts: [String] {
    numbers.map { $0 % 5 == 0 ? "" : String(repeating: "ä\($0) ", count: abs($0)) }
  }
  private var someTexts: [String?] { texts.map { $0.isEmpty ? nil : $0 } }

  @Test func types() throws {
    let p = try Pipeline {
      Node("int", from: n) { $0 &* 3 }
      Node("double", from: n) { Double($0) / 2 }
      Node("float", from: n) { Float($0) }
      Node("small", from: n) { Int8(truncatingIfNeeded: $0) }
      Node("unsigned", from: n) { UInt32(truncatingIfNeeded: $0) }
      Node("bool", from: n) { $0 > 0 }
      Node("string", from: n) { "value \($0)" }
      Node("list", from: n) { (0..<max(0, $0)).map { "\($0)" } }
      Node("lists", from: n) { [[Double($0)], []] }
      Node("maybe", from: n) { $0 % 2 == 0 ? $0 : nil as Int? }
      Node("maybeText", from: n) { $0 % 2 == 0 ? "x" : nil as String? }
      Node("date", from: n) { CalendarDate(daysSinceEpoch: Int32($0)) }
      Node("point", from: n) { Point(x: $0, y: 0) }
      Node("maybePoint", from: n) { $0 % 2 == 0 ? Point(x: $0, y: 0) : nil as Point? }
      Node("tuple", from: n) { ($0, "\($0)") }
    }
    #expect(try agreed(p, n.each(numbers)).count == 15)
    try agreed(p, n.each([7]))
    try agreed(p, n.each([]))
  }

  @Test func nullsSkipCallsAndReachOptionals() throws {
    let plus = Node("plus", inputs: "m", "n") { (m: Int, n: Int) in m + n }
    let or = Node("or", from: m, n) { $0 ?? $1 }
    let length = Node("length", inputs: "maybe") { (text: String) in text.count }
    let lengthOrNil = Node("lengthOrNil", from: maybe) { $0?.count }
    let point = Node("point", from: plus) { Point(x: $0, y: 1) }
    let after = Node("after", from: point.optional) { $0?.x ?? -1 }
    let strict = Node("strict", from: point) { $0.x }
    let afterText = Node("afterText", from: length.optional, n) { "\($0 as Int?) \($1)" }
    let p = try Pipeline {
      plus
      or
      length
      lengthOrNil
      point
      after
      strict
      afterText
    }
    let cells = try agreed(p, m.each(someNumbers), n.each(numbers), maybe.each(someTexts))
    #expect(cells[0].hasPrefix("plus int64: -40|-38|null|-34"))
    #expect(cells[5].hasPrefix("after int64: -40|-38|-1|-34"))
    try agreed(
      p, m.each([nil, nil]), n.each([1, 2]), maybe.each([nil, nil]))
    try agreed(p, m.always(nil), n.each([1, 2]), maybe.each([nil, "a"]))
  }

  @Test func constantsChainsAndDiamonds() throws {
    let a = Node("a", from: n) { $0 + 1 }
    let b = Node("b", from: n) { $0 * 2 }
    let c = Node("c", from: a, b) { $0 + $1 }
    let d = Node("d", from: a, b, c) { $0 + $1 + $2 }
    let e = Node("e", inputs: "d", "k") { (d: Int, k: Double) in Double(d) * k }
    let f = Node<Double>(expression: "f", from: e, v) { $0 - $1 }
    let g = Node<Bool>(expression: "g", from: f, n) { $0 > 0 && $1 > 2 }
    let p = try Pipeline {
      g
      f
      e
      d
    }
    let k = Input<Double>("k")
    try agreed(p, n.each(numbers), k.always(0.5), v.always(3))
    try agreed(p, n.each(numbers), k.each(numbers.map { Double($0) }), v.always(3))
    #expect(try agreed(p, n.each([3]), k.always(1), v.always(1))[3] == "d int64: 20")
  }

  @Test func batchNodes() throws {
    let doubled = Node(batch: "doubled", from: n) { ns in ns.map { $0 * 2 } }
    let same = Node(batch: "same", from: text) { $0 }
    let joined = Node(batch: "joined", from: doubled, text) { zip($0, $1).map { "\($0)\($1)" } }
    let named = Node(batch: "named", inputs: "n", "scale") {
      (n: ColumnView<Int>, scale: ColumnView<Double>) in zip(n, scale).map { Double($0) * $1 }
    }
    let optional = Node(batch: "optional", from: m) { ms in ms.map { ($0 ?? 0) + 1 } }
    let p = try Pipeline {
      doubled
      same
      joined
      named
      optional
    }
    let scale = Input<Double>("scale")
    try agreed(
      p, n.each(numbers), text.each(texts), m.each(someNumbers), scale.always(2))
    try agreed(p, n.each([1]), text.each(["a"]), m.each([nil]), scale.each([1]))
    try agreed(p, n.each([]), text.each([]), m.each([]), scale.each([]))
  }

  @Test func batchFunctionOfANullColumn() throws {
    let strict = Node(batch: "strict", inputs: "m") { (m: ColumnView<Int>) in m.map { $0 } }
    let p = try Pipeline("p") { strict }
    for engine in [.sequential, .columnar] as [any Engine] {
      let text = message { _ = try p.on(engine).map(m.each([1, nil])) }
      #expect(text.contains("unexpected null"))
      #expect(text.contains("node \"strict\""))
    }
  }

  @Test func wrongLengthOfABatch() throws {
    let short = Node(batch: "short", from: n) { ns in ns.dropFirst().map { $0 } }
    let p = try Pipeline("p") { short }
    #expect(
      message { _ = try p.map(n.each([1, 2, 3])) }.contains("returned 2 values for 3 rows"))
    #expect(
      message { _ = try p.on(.sequential).map(n.each([1, 2, 3])) }
        .contains("returned 0 values for 1 rows"))
  }

  @Test func registeredFunctionsAndStates() throws {
    let lower = UDF.row("lower") { (s: String) in s.lowercased() }
    let glued = UDF.row("glued") { (a: String, b: Int, c: Encoder) in "\(a)\(b)\(c.encode(a))" }
    let batch = UDF.batch("plus") { (a: ColumnView<Int>) in a.map { $0 + 1 } }
    let encoder = State { try Encoder() }
    let shared = State.shared { Point(x: 1, y: 1) }
    let p = try Pipeline {
      Node("lower", from: text, lower)
      Node("named", inputs: "text", "n", glued)
      Node("batch", from: n, batch)
      Node("encoded", from: text, encoder) { $1.encode($0) }
      Node("shared", from: shared, n) { $0.x + $1 }
      Node("middle", from: n, shared, encoder, text) { $0 + $1.x + $2.encode($3).count }
      Node("made", from: text) { (text: String, encoder: Encoder) in encoder.encode(text) }
      Node("list", inputs: "text", "e", stateful: ["e"]) { (t: String, e: Encoder) in e.encode(t) }
      Node("class", inputs: "text", "e2") { (t: String, e2: Encoder) in e2.encode(t) }
      Node(batch: "vectors", from: text, encoder) { $1.model.predict($0) }
      Node(batch: "madeBatch", from: text) { (texts: ColumnView<String>, encoder: Encoder) in
        encoder.model.predict(texts)
      }
    }
    #expect(try agreed(p, n.each(numbers), text.each(texts)).count == 11)
  }

  @Test func severalOutputs() throws {
    let (a, b) = outputs("a", "b", from: text, m) { ($0.prefix(2).description, $1.map { $0 * 2 }) }
    let (c, d, e) = outputs("c", "d", "e", inputs: "n", "a") { (n: Int, a: String) in
      (n, Point(x: n, y: a.count), "\(a)!")
    }
    let sum = Node("sum", from: c, d.optional, b.optional) { $0 + ($1?.y ?? 0) + (($2 ?? 0) ?? 0) }
    let p = try Pipeline {
      a
      b
      c
      d
      e
      sum
    }
    try agreed(p, n.each(numbers), text.each(texts), m.each(someNumbers))
    try agreed(p, n.each([]), text.each([]), m.each([]))
    // A row that is not called is null in every output.
    let (f, g) = outputs("f", "g", inputs: "maybe") { (t: String) in (t, t.count) }
    let q = try Pipeline {
      f
      g
    }
    #expect(
      try agreed(q, maybe.each(["x", nil, "yz"])) == ["f string: x|null|yz", "g int64: 1|null|2"])
  }

  @Test func oneCallForSeveralOutputs() throws {
    let calls = Tally()
    let (a, b) = outputs("a", "b", from: n) { n -> (Int, Int) in
      calls.add("call")
      return (n, n + 1)
    }
    let p = try Pipeline {
      a
      b
    }
    _ = try p.map(n.each(Array(0..<1000)))
    #expect(calls["call"] == 1000)
    // A node that two others take is called once, too.
    let base = Node("base", from: n) { n -> Int in
      calls.add("base")
      return n
    }
    let q = try Pipeline {
      Node("x", from: base) { $0 + 1 }
      Node("y", from: base) { $0 + 2 }
    }
    _ = try q.map(n.each(Array(0..<1000)))
    #expect(calls["base"] == 1000)
  }

  @Test func productsAndManyRows() throws {
    let p = try Pipeline { Node("cell", from: n, text) { "\($0)\($1)" } }
    try agreed(p, n.each([1, 2, 3]), text.each(["a", "b"]), mode: .product)
    let big = try Pipeline { Node("next", from: n) { $0 + 1 } }
    let many = Array(0..<50_000)
    let result = try big.map(n.each(many))["next", as: Int.self]
    #expect(Array(result) == many.map { $0 + 1 })
  }

  @Test func arities() throws {
    let one = Input<Int>("one")
    let zero = Node("zero") { 7 }
    let eight = Node("eight", from: n, one, n, one, n, one, n, zero) {
      $0 + $1 + $2 + $3 + $4 + $5 + $6 + $7
    }
    let named = Node("named", inputs: "n", "one", "n", "one", "n", "one", "n", "zero") {
      (a: Int, b: Int, c: Int, d: Int, e: Int, f: Int, g: Int, h: Int) in
      a + b + c + d + e + f + g + h
    }
    let p = try Pipeline {
      zero
      eight
      named
    }
    try agreed(p, n.each(numbers), one.always(1))
    #expect(try Pipeline(outputs: zero).run()[zero] == 7)
  }

  @Test func failingItems() throws {
    let check = Node("check", from: n, text) { n, text -> Int in
      if n == 13 { throw Unlucky(value: n) }
      return n
    }
    let p = try Pipeline("p") {
      Node("first", from: n) { $0 }
      check
    }
    let items = n.each(numbers)
    let expected =
      "user-defined function failed: \"check\" failed: Unlucky(value: 13). The inputs were (n: 13, "
      + "text: \"abc\"). (at row 33 of those that reached node \"check\", in pipeline \"p\": n -> "
      + "check)"
    #expect(try agreed(p, items, text.always("abc")) == [expected])
    // The rows of several errors: the lowest is reported.
    let odd = try Pipeline("p") {
      Node("odd", from: n) { n -> Int in
        if n > 4, n % 2 == 1 { throw Unlucky(value: n) }
        return n
      }
    }
    let many = n.each(Array(0..<30_000))
    for engine in [.sequential, .columnar, .columnar(threads: 3)] as [any Engine] {
      #expect(
        message { _ = try odd.on(engine).map(many) }.hasSuffix(
          "\"odd\" failed: Unlucky(value: 5). The inputs were (n: 5). (at row 5 of those that reached node "
            + "\"odd\", in pipeline \"p\": n -> odd)"
        ))
    }
  }
}
