import Columnar
import ColumnarCore
import Pipelines
import Testing

/// Pipelines mapped over lists.
@Suite struct EachTests {
  private let word = Input<String>("word")
  private let text = Input<String>("text")

  private func lengths() throws -> (Pipeline, Node<Int>) {
    let length = Node("length", from: word) { $0.count }
    return (try Pipeline("inner", outputs: length), length)
  }

  @Test func asInTheSketch() throws {
    let (inner, length) = try lengths()
    let words = Node("words", from: text) { $0.split(separator: " ").map(String.init) }
    let lengths = inner.each("lengths", word, in: words, output: length)
    let total = Node("total", from: lengths) { $0.reduce(0, +) }
    let outer = try Pipeline("outer") {
      words
      lengths
      total
    }
    #expect(
      try agreed(outer, text.each(["a bb ccc", "", "dddd"])) == [
        "words list[string]: [a, bb, ccc]|[]|[dddd]", "lengths list[int64]: [1, 2, 3]|[]|[4]",
        "total int64: 6|0|4",
      ])
    #expect(try outer.run(text.always("x yy"))[lengths] == [1, 2])
  }

  @Test func emptyListsGiveEmptyLists() throws {
    // hypernodes: the sequential engine gave nothing at all, the columnar one a null row.
    let (inner, length) = try lengths()
    let words = Input<[String]>("words")
    let outer = try Pipeline(outputs: inner.each("lengths", word, in: words, output: length))
    for lists in [[[]], [[], []], [["a"], [], ["b"]], []] as [[[String]]] {
      let expected = lists.map { "[\($0.map { "\($0.count)" }.joined(separator: ", "))]" }
      #expect(
        try agreed(outer, words.each(lists)) == [
          "lengths list[int64]: " + expected.joined(separator: "|")
        ])
    }
  }

  @Test func nullsInAndAsLists() throws {
    let (inner, _) = try lengths()
    let words = Input<[String?]>("words")
    let maybe = Node("maybe", from: words) { $0.count == 3 ? nil : $0 }
    let outer = try Pipeline {
      maybe
      inner.asNode(name: "m", inputs: ["maybe": "word"], outputs: ["length": "l"], over: ["maybe"])
    }
    #expect(
      try agreed(outer, words.each([["a", nil], ["", "b", "c"], [nil], []])).last
        == "l list[int64]: [1, null]|null|[null]|[]")
    let shown = Node("shown", from: word.optional) { $0 ?? "none" }
    let other = try Pipeline {
      try! Pipeline(outputs: shown).asNode(inputs: ["words": "word"], over: ["words"])
    }
    #expect(
      try agreed(other, words.each([["a", nil]])) == ["shown list[string]: [a, none]"])
  }

  @Test func listsOfLists() throws {
    // hypernodes flattened [[2, 4], [6, 8, 10]] to [[2, 4, 6, 8, 10]], as both maps numbered their
    // rows in one column of the same name.
    let x = Input<Int>("x")
    let row = Input<[Int]>("row")
    let double = Node("double", from: x) { $0 * 2 }
    let rows = try Pipeline(outputs: double).each("doubles", x, in: row, output: double)
    let matrix = Input<[[Int]]>("matrix")
    let doubled = try Pipeline(outputs: rows).each("matrices", row, in: matrix, output: rows)
    let outer = try Pipeline(outputs: doubled)
    #expect(
      try outer.run(matrix.always([[1, 2], [3, 4, 5]]))[doubled] == [[2, 4], [6, 8, 10]])
    #expect(
      try agreed(outer, matrix.each([[[1, 2], [3, 4, 5]], [], [[], [6]], [[]]])) == [
        "matrices list[list[int64]]: [[2, 4], [6, 8, 10]]|[]|[[], [12]]|[[]]"
      ])
  }

  @Test func aFilterOfListsInsideKeepsTheLevels() throws {
    // Items that fall to different lengths inside.
    let x = Input<Int>("x")
    let upTo = Node("upTo", from: x) { Array(0..<$0) }
    let square = Node("square", from: x) { $0 * $0 }
    let squares = try Pipeline(outputs: square).each("squares", x, in: upTo, output: square)
    let sizes = Input<[Int]>("sizes")
    let outer = try Pipeline {
      try! Pipeline(outputs: squares).each("all", x, in: sizes, output: squares)
    }
    #expect(
      try agreed(outer, sizes.each([[3, 0, 1], [], [2]])) == [
        "all list[list[int64]]: [[0, 1, 4], [], [0]]|[]|[[0, 1]]"
      ])
  }

  @Test func zipOfSeveral() throws {
    // hypernodes' columnar engine used the first list alone.
    let (a, b, c) = (Input<Int>("a"), Input<Int>("b"), Input<Int>("c"))
    let sum = Node("sum", from: a, b, c) { $0 + 10 * $1 + 100 * $2 }
    let inner = try Pipeline(outputs: sum)
    let (xs, ys, zs) = (Input<[Int]>("xs"), Input<[Int]>("ys"), Input<[Int]>("zs"))
    let all = try Pipeline(
      outputs: inner.each("sums", a, in: xs, b, in: ys, c, in: zs, output: sum))
    #expect(
      try agreed(
        all, xs.each([[1, 2], [], [3]]), ys.each([[4, 5], [], [6]]), zs.each([[7, 8], [], [9]]))
        == ["sums list[int64]: [741, 852]|[]|[963]"])
    let two = try Pipeline(outputs: inner.each("sums", a, in: xs, b, in: ys, output: sum))
    #expect(
      try agreed(
        two, xs.each([[1, 2], [3]]), ys.each([[4, 5], [6]]), Input<Int>("c").each([1, 2]))
        == ["sums list[int64]: [141, 152]|[263]"])
  }

  @Test func productOfSeveral() throws {
    let (a, b) = (Input<String>("a"), Input<Int>("b"))
    let both = Node("both", from: a, b) { "\($0)\($1)" }
    let inner = try Pipeline(outputs: both)
    let (xs, ys) = (Input<[String]>("xs"), Input<[Int]>("ys"))
    let bindings = (xs.each([["p", "q"], [], ["r"]]), ys.each([[1, 2, 3], [4], []]))
    let outer = try Pipeline(
      outputs: inner.each("all", a, in: xs, b, in: ys, mode: .product, output: both))
    #expect(
      try agreed(outer, bindings.0, bindings.1) == [
        "all list[string]: [p1, p2, p3, q1, q2, q3]|[]|[]"
      ])
    // The order of the axes is that of over:.
    let byName = try Pipeline {
      inner.asNode(
        inputs: ["xs": "a", "ys": "b"], outputs: ["both": "all"], over: ["ys", "xs"],
        mode: .product)
    }
    #expect(
      try agreed(byName, bindings.0, bindings.1) == [
        "all list[string]: [p1, q1, p2, q2, p3, q3]|[]|[]"
      ])
  }

  @Test func unequalListsNameTheItem() throws {
    let (a, b) = (Input<Int>("a"), Input<Int>("b"))
    let sum = Node("sum", from: a, b) { (a: Int, b: Int) in
      if a == 13 { throw Bad() }
      return a + b
    }
    let (xs, ys) = (Input<[Int]>("xs"), Input<[Int]>("ys"))
    let outer = try Pipeline(
      "outer",
      outputs: Pipeline(outputs: sum).each("sums", a, in: xs, b, in: ys, output: sum))
    let error = try agreed(outer, xs.each([[1], [2, 3], [4]]), ys.each([[1], [2], []]))
    #expect(
      error == [
        "length mismatch: Lists that \"sums\" is mapped over together must be equally long in every "
          + "item: \"xs\" has 2, \"ys\" has 1. Make them so, or use mode: .product. (at row 1 of "
          + "those that reached node \"sums\", in pipeline \"outer\": xs -> sums)"
      ])
    // What fails in an item before comes first.
    let earlier = try agreed(outer, xs.each([[1], [13], [4]]), ys.each([[1], [2], []]))
    #expect(earlier[0].contains("\"sums/sum\" failed"))
    // A null list is as long as any.
    let nulls = Node("nulls", from: xs) { $0.isEmpty ? nil : $0 }
    let skipping = try Pipeline {
      try! Pipeline(outputs: sum).asNode(
        inputs: ["nulls": "a", "ys": "b"], outputs: ["sum": "sums"], over: ["nulls", "ys"])
      nulls
    }
    #expect(
      try agreed(skipping, xs.each([[], [1]]), ys.each([[1, 2], [3]]))[0]
        == "sums list[int64]: null|[4]")
  }

  struct Bad: Error {}

  @Test func failuresNameItemAndElement() throws {
    let n = Input<Int>("n")
    let check = Node("check", from: n) { (n: Int) in
      if n < 0 { throw Bad() }
      return n
    }
    let lists = Input<[Int]>("lists")
    let each = try Pipeline("inner", outputs: check).each("all", n, in: lists, output: check)
    let outer = try Pipeline("outer", outputs: each)
    let error = try agreed(outer, lists.each([[1, 2], [], [3, 4, -5, -6], [-7]]))
    #expect(
      error == [
        "user-defined function failed: \"all/check\" failed: Bad(). The inputs were (n: -5). (at element 2, in node "
          + "\"all/check\", in row 2 of those that reached node \"all\", in "
          + "pipeline \"outer\": lists -> all)"
      ])
    let matrix = Input<[[Int]]>("matrix")
    let deep = try Pipeline(
      "deep", outputs: Pipeline("rows", outputs: each).each("rows", lists, in: matrix, output: each)
    )
    let inDeep = try agreed(deep, matrix.each([[[1], [2, -3]], [[-4]]]))
    #expect(
      inDeep == [
        "user-defined function failed: \"rows/all/check\" failed: Bad(). The inputs were (n: -3). (at element 1, in node "
          + "\"rows/all/check\", in element 1, in node \"rows/all\", in row 0 of "
          + "those that reached node \"rows\", in pipeline \"deep\": matrix -> rows)"
      ])
  }

  @Test func failedElementsAreCollected() throws {
    let n = Input<Int>("n")
    let check = Node("check", from: n, options: UDFOptions(onError: .collect)) { (n: Int) in
      if n < 0 { throw Bad() }
      return n
    }
    let lists = Input<[Int]>("lists")
    let outer = try Pipeline(
      "outer", outputs: Pipeline(outputs: check).each("all", n, in: lists, output: check))
    var seen: [[String]] = []
    let engines: [any Engine] = [
      .sequential, .columnar, .columnar(threads: 1), ColumnarEngine(threads: 2, batchRows: 2),
    ]
    for engine in engines {
      let results = try outer.on(engine).map(lists.each([[1, -2], [], [-3, 4, -5]]))
      #expect(
        try results["all", as: [Int?].self].map { $0.map { $0 ?? 0 } } == [
          [1, 0], [], [0, 4, 0],
        ])
      seen.append(try cells(results.failures))
    }
    #expect(seen.allSatisfy { $0 == seen[0] })
    #expect(
      seen[0] == [
        "function string: all/check|all/check|all/check", "row int64: 0|2|2",
        "inputs string: (n: -2)|(n: -3)|(n: -5)",
        "error string: element 1: Bad()|element 0: Bad()|element 2: Bad()",
      ])
  }

  @Test func anySwiftValue() throws {
    struct Token: Sendable, Equatable { var text: String }
    let token = Input<Token>("token")
    let louder = Node("louder", from: token) { Token(text: $0.text.uppercased()) }
    let size = Node("size", from: louder) { $0.text.count }
    let inner = try Pipeline(outputs: louder, size)
    let tokens = Node("tokens", from: text) {
      $0.split(separator: " ").map { Token(text: String($0)) }
    }
    let (loud, sizes) = inner.each("each", token, in: tokens, outputs: louder, size)
    let joined = Node("joined", from: loud) { $0.map(\.text).joined(separator: "+") }
    let outer = try Pipeline(outputs: loud, sizes, joined)
    for engine in [.columnar, .sequential] as [any Engine] {
      let results = try outer.on(engine).map(text.each(["a bb", "", "c"]))
      #expect(
        try Array(results[loud]) == [
          [Token(text: "A"), Token(text: "BB")], [], [Token(text: "C")],
        ])
      #expect(try Array(results[sizes]) == [[1, 2], [], [1]])
      #expect(try Array(results[joined]) == ["A+BB", "", "C"])
    }
    // By names, and with nulls among the objects.
    let maybe = Node("maybe", inputs: "tokens") { (tokens: [Token]) -> [Token?] in
      tokens.map { $0.text == "bb" ? nil : $0 }
    }
    let named = try Pipeline {
      tokens
      maybe
      try! Pipeline {
        Node("seen", inputs: "token") { (token: Token?) -> Token? in token }
      }.asNode(inputs: ["maybe": "token"], over: ["maybe"])
    }
    for engine in [.columnar, .sequential] as [any Engine] {
      let results = try named.on(engine).map(text.each(["a bb"]))
      #expect(try results["seen", as: [Token?].self][0] == [Token(text: "a"), nil])
    }
  }

  @Test func constantListsAndSlices() throws {
    let (a, b) = (Input<Int>("a"), Input<Int>("b"))
    let product = Node("product", from: a, b) { $0 * $1 }
    let scales = Input<[Int]>("scales")
    let x = Input<Int>("x")
    let inner = try Pipeline(outputs: product)
    let outer = try Pipeline(
      outputs: inner.each("scaled", a, in: scales, b.from(x), output: product))
    #expect(
      try agreed(outer, scales.always([1, 10]), x.each([1, 2, 3])) == [
        "scaled list[int64]: [1, 10]|[2, 20]|[3, 30]"
      ])
    // A window on a longer column, with nulls over elements that do not count.
    let lists = [[1], [2, 3], [4, 5, 6], [], [7]] as [[Int]]
    let column = Column.holding(lists).slice(1..<4)
      .withValidity(Bitmap(count: 3) { _ in 0b110 })
    let frame = try DataFrame(columns: [("scales", column), ("x", .holding([2, 3, 4]))])
    for engine in [.columnar, .sequential] as [any Engine] {
      let result = try frame.lazy.with(outer).collect(on: engine)
      #expect(try cells(result)[2] == "scaled list[int64]: null|[12, 15, 18]|[]")
    }
  }
}
