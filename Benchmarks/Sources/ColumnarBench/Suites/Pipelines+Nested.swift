import Columnar
import Harness
import Pipelines

/// Nested pipelines mapped over lists, beside the same node over as many flat items.
let nestedGroups = [
  Group("pipelines.nested.map") {
    let a = Input<Int>("a")
    let lists = Input<[Int]>("lists")
    let node = Node("next", from: a) { $0 &* 3 &+ 1 }
    let inner = try Pipeline("inner", outputs: node)
    let numbers = NestedNumbers(items: 200_000, length: 10)
    return try nested(
      "map", elements: numbers.flat.count, last: numbers.flat[numbers.flat.count - 1] &* 3 &+ 1,
      node, inner.each("each", a, in: lists, output: node),
      lists: [lists.each(numbers.lists)], flat: [a.each(numbers.flat)])
  },
  Group("pipelines.nested.text") {
    let word = Input<String>("word")
    let lists = Input<[String]>("lists")
    let node = Node("shout", from: word) { $0.uppercased() }
    let inner = try Pipeline("inner", outputs: node)
    let words = NestedNumbers(items: 50_000, length: 10)
    let flat = words.flat.map { "word number \($0)" }
    return try nested(
      "text", elements: flat.count, last: flat[flat.count - 1].uppercased(),
      node, inner.each("each", word, in: lists, output: node),
      lists: [lists.each(words.lists.map { $0.map { "word number \($0)" } })],
      flat: [word.each(flat)])
  },
  Group("pipelines.nested.zip") {
    let (a, b) = (Input<Int>("a"), Input<Int>("b"))
    let (xs, ys) = (Input<[Int]>("xs"), Input<[Int]>("ys"))
    let node = Node("sum", from: a, b) { $0 &+ $1 }
    let inner = try Pipeline("inner", outputs: node)
    let numbers = NestedNumbers(items: 200_000, length: 10)
    return try nested(
      "zip", elements: numbers.flat.count, last: 2 &* numbers.flat[numbers.flat.count - 1],
      node, inner.each("each", a, in: xs, b, in: ys, output: node),
      lists: [xs.each(numbers.lists), ys.each(numbers.lists)],
      flat: [a.each(numbers.flat), b.each(numbers.flat)])
  },
  Group("pipelines.nested.product") {
    let (a, b) = (Input<Int>("a"), Input<Int>("b"))
    let (xs, ys) = (Input<[Int]>("xs"), Input<[Int]>("ys"))
    let node = Node("sum", from: a, b) { $0 &+ $1 }
    let inner = try Pipeline("inner", outputs: node)
    let numbers = NestedNumbers(items: 20_000, length: 10)
    let pairs = numbers.lists.flatMap { list in list.flatMap { x in list.map { (x, $0) } } }
    return try nested(
      "product", elements: pairs.count, last: 2 &* numbers.flat[numbers.flat.count - 1],
      node, inner.each("each", a, in: xs, b, in: ys, mode: .product, output: node),
      lists: [xs.each(numbers.lists), ys.each(numbers.lists)],
      flat: [a.each(pairs.map(\.0)), b.each(pairs.map(\.1))])
  },
]

/// Numbers in lists of one length, and the same one after the other.
private struct NestedNumbers {
  let lists: [[Int]]
  let flat: [Int]

  init(items: Int, length: Int) {
    let flat = Generated.array(29, items * length) { Int($0 >> 40) }
    self.flat = flat
    lists = stride(from: 0, to: flat.count, by: length).map { Array(flat[$0..<($0 + length)]) }
  }
}

/// A node mapped over the elements of lists, and over the same elements as items.
private func nested<Value: Equatable & Sendable>(
  _ kind: String, elements: Int, last: Value, _ node: Node<Value>, _ each: Node<[Value]>,
  lists: [Binding], flat: [Binding]
) throws -> Group.Content {
  let (nested, flatName) = ("pipelines.nested.\(kind)", "pipelines.nested.\(kind).flat")
  let outer = try Pipeline("outer", outputs: each).bindingAll(lists)
  let inner = try Pipeline("flat", outputs: node).bindingAll(flat)
  return Group.Content(
    contenders: [
      Contender(flatName) {
        try inner.map()
      } check: { results in
        try expect(results[node][elements - 1], last, "the last result of \(flatName)")
      },
      Contender(nested) {
        try outer.map()
      } check: { results in
        let lists = try results[each]
        try expect(lists[lists.count - 1].last, last, "the last result of \(nested)")
      },
    ],
    cases: [
      Case(flatName, rows: elements, target: .none("none: the same node over flat items")),
      Case(
        nested, rows: elements, references: ["flat": flatName],
        target: .none("none: what lists cost")),
    ])
}

extension Pipeline {
  /// The pipeline with all of those values bound.
  fileprivate func bindingAll(_ bindings: [Binding]) throws -> Pipeline {
    try bindings.reduce(self) { try $0.bind($1) }
  }
}
