import Columnar
import ColumnarCore
import ColumnarTesting
import Pipelines
import Testing

@Suite struct DualNodeTests {
  let text = Input<String>("text")
  let n = Input<Int>("n")

  @Test func rowForOneItemBatchForMany() throws {
    let calls = Tally()
    let lower = Node("lower", from: text) { (text: String) -> String in
      calls.add("row")
      return text.lowercased()
    } batch: { texts -> [String] in
      calls.add("batch")
      return texts.map { $0.lowercased() }
    }
    let p = try Pipeline(outputs: lower)
    let columnar = try p.on(.columnar(threads: 1))
    #expect(try columnar.run(text.always("A"))[lower] == "a")
    #expect(calls["row"] == 1 && calls["batch"] == 0)
    #expect(try Array(columnar.map(text.each(["A", "B"]))[lower]) == ["a", "b"])
    #expect(calls["row"] == 1 && calls["batch"] == 1)
    #expect(try Array(p.on(.sequential).map(text.each(["A", "B"]))[lower]) == ["a", "b"])
    #expect(calls["row"] == 3 && calls["batch"] == 1)
    #expect(p.explain().contains("row and batch"))
  }

  /// Items with a null for a parameter that takes none are left out of both closures' calls.
  @Test func nulls() throws {
    let maybe = Input<String?>("maybe")
    let length = Node("length", inputs: "maybe", "n") { (text: String, n: Int?) in
      text.count + (n ?? 0)
    } batch: { (texts: ColumnView<String>, ns: ColumnView<Int?>) in
      zip(texts, ns).map { $0.count + ($1 ?? 0) }
    }
    let p = try Pipeline(outputs: length)
    let m = Input<Int?>("n")
    let cells = try agreed(p, maybe.each(["a", nil, "ccc", nil]), m.each([1, 2, nil, nil]))
    #expect(cells == ["length int64: 2|null|3|null"])
    #expect(try agreed(p, maybe.each([nil, nil]), m.always(1)) == ["length int64: null|null"])
    try agreed(p, maybe.each([]), m.always(1))
    try length.checkAgreement()
  }

  /// Each failing item follows the policy by itself, though the batch closure fails as a whole.
  @Test func errorsPerItem() throws {
    let positive = Node("positive", from: n, options: .init(onError: .null)) {
      (n: Int) throws -> Int in
      if n < 0 { throw Unlucky(value: n) }
      return n
    } batch: { (ns: ColumnView<Int>) throws -> [Int] in
      try ns.map { n in
        if n < 0 { throw Unlucky(value: n) }
        return n
      }
    }
    let p = try Pipeline(outputs: positive)
    #expect(try agreed(p, n.each([1, -2, 3, -4])) == ["positive int64: 1|null|3|null"])
    try positive.checkAgreement()
  }

  /// Under `.fail` too the item is named, wherever in its batch it is, as the row closure would.
  @Test func theFailingItemOfABatchIsNamed() throws {
    let strict = Node("strict", from: n) { (n: Int) throws -> Int in
      if n % 50 == 37 { throw Unlucky(value: n) }
      return n
    } batch: { (ns: ColumnView<Int>) throws -> [Int] in
      try ns.map { n in
        if n % 50 == 37 { throw Unlucky(value: n) }
        return n
      }
    }
    let p = try Pipeline("p") { strict }
    let text = try agreed(p, n.each(Array(0..<200)))
    #expect(
      text == [
        "user-defined function failed: \"strict\" failed: Unlucky(value: 37). The inputs were (n: 37). "
          + "(at row 37 of those that reached node \"strict\", in pipeline \"p\": n -> strict)"
      ])
    let lists = Input<[Int]>("lists")
    let nested = try Pipeline("q", outputs: p.each("each", n, in: lists, output: strict))
    let inner = try agreed(
      nested, lists.each((0..<40).map { [4 * $0, 4 * $0 + 1, 4 * $0 + 2] }))
    let place = "The inputs were (n: 37). (at element 1, in node \"each/strict\", in row 9"
    #expect(inner[0].contains(place), "\(inner)")
  }

  /// A batch function that is declared elementwise likewise; others name their batch.
  @Test func theFailingItemOfAnElementwiseBatchIsNamed() throws {
    for (isElementwise, place) in [(true, "at row 37 of"), (false, "at rows 0..<64 of")] {
      let strict = Node(batch: "strict", from: n, elementwise: isElementwise) { ns -> [Int] in
        if let bad = ns.first(where: { $0 >= 37 }) { throw Unlucky(value: bad) }
        return Array(ns)
      }
      let p = try Pipeline("p", engine: .columnar(threads: 1), outputs: strict)
      let text = message { _ = try p.map(n.each(Array(0..<100))) }
      #expect(text.contains(place), "\(text)")
    }
  }

  /// An error that passes is the batch's, and nothing is called twice that must not be.
  @Test func theFailingItemIsSoughtOnlyWhereItMayBe() throws {
    let calls = Tally()
    func run(_ options: UDFOptions) throws -> String {
      let node = Node(batch: "node", from: n, elementwise: true, options: options) { ns -> [Int] in
        calls.add("call")
        if ns.count == 60 { throw Unlucky(value: -1) }
        return Array(ns)
      }
      let p = try Pipeline("p", engine: .columnar(threads: 1), outputs: node)
      return message { _ = try p.map(n.each(Array(0..<60))) }
    }
    #expect(try run(.init()).contains("The batch of 60 rows begins with (n: 0)"))
    #expect(calls["call"] > 2)
    let before = calls["call"]
    #expect(try run(.init(contract: .once)).contains("The batch of 60 rows begins with (n: 0)"))
    #expect(calls["call"] == before + 1)
  }

  /// The number of a failing item counts those that were left out for a null.
  @Test func numbersOfFailingItems() throws {
    let strict = Node("strict", inputs: "m") { (m: Int) throws -> Int in
      throw Unlucky(value: m)
    } batch: { (ms: ColumnView<Int>) throws -> [Int] in
      throw Unlucky(value: ms[0])
    }
    let p = try Pipeline("p") { strict }
    let text = agreedMessage(p) { _ = try $0.map(["m": [nil, nil, 7] as [Int?]], over: "m") }
    #expect(
      text.contains("value: 7). The inputs were (m: 7). (at row 2 of those"), "\(text)")
  }

  @Test func statesAndConstants() throws {
    let model = State { Model() }
    let vector = Node("vector", from: text, model) {
      $1.predict($0)
    } batch: {
      $1.predict($0)
    }
    try agreed(Pipeline(outputs: vector), text.each(["a", "bb"]))
    let scaled = Node("scaled", from: n, Input<Int>("k")) {
      $0 * $1
    } batch: { ns, ks in
      zip(ns, ks).map { $0 * $1 }
    }
    let p = try Pipeline(outputs: scaled)
    #expect(try agreed(p, n.each([1, 2]), Input<Int>("k").always(3)) == ["scaled int64: 3|6"])
    try scaled.checkAgreement()
    try vector.checkAgreement()
    let made = Node("made", from: text) { (text: String, encoder: Encoder) in
      encoder.encode(text)
    } batch: { (texts: ColumnView<String>, encoder: Encoder) in
      texts.map { encoder.encode($0) }
    }
    try agreed(Pipeline(outputs: made), text.each(["a", "bb"]))
  }

  @Test func opaqueConstantsReachBothClosures() throws {
    let point = Input<Point>("point")
    let moved = Node("moved", from: point, n) {
      $0.x + $1
    } batch: { points, ns in
      zip(points, ns).map { $0.x + $1 }
    }
    let p = try Pipeline(outputs: moved)
    try agreed(p, point.always(Point(x: 1, y: 2)), n.each([1, 2]))
    #expect(try p.run(point.always(Point(x: 1, y: 2)), n.always(1))[moved] == 2)
    let points: InputGenerator = { generator, count in
      (0..<count).map { _ in Point(x: generator.random.int(in: 0..<9), y: 0) }
    }
    try moved.checkAgreement(generators: ["point": points])
    #expect(message { try moved.checkAgreement() }.contains("\"point\", which cannot be generated"))
  }

  @Test func disagreementIsFound() throws {
    let wrong = Node("wrong", from: n) {
      $0 + 1
    } batch: { ns in
      ns.map { $0 == 7 ? 0 : $0 + 1 }
    }
    let text = message { try wrong.checkAgreement(on: 1...200) }
    #expect(text.contains("differ on (n: 7): for one item 8, in a batch 0 (seed "), "\(text)")
    // Not elementwise: the result depends on the batch.
    let sum = Node("sum", from: n) {
      $0
    } batch: { ns in
      ns.map { _ in ns.reduce(0, &+) }
    }
    #expect(message { try sum.checkAgreement() }.contains("has closures that differ"))
    let throwing = Node("throwing", from: n) {
      $0
    } batch: { (ns: ColumnView<Int>) throws -> [Int] in
      if ns.contains(5) { throw Unlucky(value: 5) }
      return Array(ns)
    }
    #expect(message { try throwing.checkAgreement(on: 1...200) }.contains("on (n: 5)"))
    let close = Node("close", from: Input<Double>("v")) {
      $0 / 3
    } batch: { vs in
      vs.map { $0 * (1.0 / 3) }
    }
    #expect(message { try close.checkAgreement() }.contains("differ"))
    try close.checkAgreement(tolerance: 1e-12)
    let one = Node("one", from: n) { $0 }
    #expect(message { try one.checkAgreement() }.contains("has one closure only"))
    let never = Node("never", from: n) { (_: Int) throws -> Int in
      throw Unlucky(value: 0)
    } batch: { (_: ColumnView<Int>) throws -> [Int] in
      throw Unlucky(value: 0)
    }
    #expect(message { try never.checkAgreement() }.contains("which proves nothing"))
  }

  /// What differs for large numbers only is found where they are asked for.
  @Test func disagreementOnLargeNumbersIsFound() throws {
    let capped = Node("capped", from: n) {
      $0
    } batch: { ns in
      ns.map { Swift.min($0, 1_000_000) }
    }
    try capped.checkAgreement()
    #expect(message { try capped.checkAgreement(includingExtremes: true) }.contains("differ"))
    let last = Node("last", from: n) {
      $0 &+ 1
    } batch: { ns in
      ns.map { $0 == .max ? 0 : $0 &+ 1 }
    }
    try last.checkAgreement()
    let text = message { try last.checkAgreement(includingExtremes: true) }
    #expect(text.contains("differ on (n: \(Int.max))"), "\(text)")
  }

  private final class Box: Sendable {
    let n: Int
    init(_ n: Int) { self.n = n }
  }

  private struct Pair: Equatable {
    let n: Int
    let x: Double
  }

  /// Opaque results are compared by what they are, and not at all where nothing compares them.
  @Test func opaqueResultsAreCompared() throws {
    let boxes = Node("boxes", from: n) {
      Box($0)
    } batch: { ns in
      ns.map { Box($0 &+ 1) }
    }
    let text = message { try boxes.checkAgreement() }
    #expect(text.contains("gives values of Box, which cannot be compared"), "\(text)")
    func pairs(_ x: Double, less difference: Int) -> Node<Pair?> {
      Node("pairs", from: n) { n -> Pair? in
        n == 0 ? nil : Pair(n: n, x: x)
      } batch: { ns in
        ns.map { n -> Pair? in n == 0 ? nil : Pair(n: n &- difference, x: x) }
      }
    }
    try pairs(1, less: 0).checkAgreement()
    try pairs(.nan, less: 0).checkAgreement()
    for x in [1, .nan] {
      let text = message { try pairs(x, less: 1).checkAgreement() }
      #expect(text.contains("has closures that differ"), "\(text)")
    }
  }

  @Test func batchesOfWrongLength() throws {
    let short = Node("short", from: n) {
      $0
    } batch: { ns in
      ns.dropLast().map { $0 }
    }
    let p = try Pipeline(outputs: short)
    #expect(
      message { _ = try p.map(n.each([1, 2])) }.contains(
        "The batch function \"short\" returned 1 values for 2 rows."))
  }
}
