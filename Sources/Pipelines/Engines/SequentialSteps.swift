import Columnar
import ColumnarCore

/// Nodes as steps over one item: a frame of one row.
struct SequentialSteps: Sendable {
  /// What one step adds to an item's columns.
  enum Step: Sendable {
    case column(name: String, Evaluator)
    case lists(SequentialMap)
  }

  let steps: [Step]
  let schema: Schema

  /// The steps of levels over columns of those names and types.
  ///
  /// - Parameter function: what is called in place of a node's function.
  init(
    _ levels: [NodeLowering.Level], over columns: [(name: String, type: DataType)],
    calling function: (UserFunction) -> UserFunction = { $0 }
  ) throws {
    var binder = PlanBinder()
    var columns = columns.map { binder.column($0.name, $0.type) }
    var steps: [Step] = []
    for level in levels {
      // The columns of a level are computed from those of earlier levels only; lists also of its own.
      let known = columns
      for (name, expr) in level.columns {
        let bound = try ExprBinder(known).bind(expr)
        let evaluator = Evaluator(bound, inputs: known).calling(function)
        steps.append(.column(name: name, evaluator))
        columns.append(binder.column(name, bound.type))
      }
      for map in level.maps {
        let step = try SequentialMap(map, over: columns, calling: function)
        steps.append(.lists(step))
        for (output, type) in zip(map.outputs, step.types) {
          columns.append(binder.column(output.column, type))
        }
      }
    }
    self.steps = steps
    schema = Schema(unchecked: columns.map { Field($0.name, $0.type) })
  }

  /// The columns that a step adds to those of one item.
  func run(_ step: Step, _ columns: [Column], _ context: EvaluationContext) throws -> [Column] {
    let batch = Batch(unchecked: schema, columns: columns, count: 1)
    switch step {
    case .column(let name, let evaluator):
      // Measured where it is an expression that somebody listens to.
      guard let meter = context.observer?.meter(ofExpression: name) else {
        return [try context.naming(name) { try evaluator.evaluate(batch, context) }]
      }
      return [
        try meter.batch(1) { try context.naming(name) { try evaluator.evaluate(batch, context) } }
      ]
    case .lists(let map): return try map.columns(batch, context)
    }
  }
}

/// A nested pipeline over the lists of one item: one element after the other.
struct SequentialMap: Sendable {
  let map: NestedMap
  let sources: [Evaluator]
  let inner: SequentialSteps
  /// The positions of the results among the inner columns.
  let results: [Int]
  /// The types of the columns that it makes.
  let types: [DataType]

  init(
    _ map: NestedMap, over columns: [BoundColumn],
    calling function: (UserFunction) -> UserFunction = { $0 }
  ) throws {
    self.map = map
    var sources: [Evaluator] = []
    var elements: [(name: String, type: DataType)] = []
    for (k, source) in (map.lists + map.repeated).enumerated() {
      let bound = try ExprBinder(columns).bind(source.expr)
      sources.append(Evaluator(bound, inputs: columns))
      let isList = k < map.lists.count
      let element = source.unpack?.element ?? bound.type.element
      elements.append((source.name, isList ? element ?? bound.type : bound.type))
    }
    self.sources = sources
    let inner = try SequentialSteps(map.levels, over: elements, calling: function)
    self.inner = inner
    results = try map.outputs.map { try inner.schema.index(of: $0.name) }
    types = zip(map.outputs, results).map { $0.pack?.type ?? .list(inner.schema[$1].type) }
  }

  /// The lists of the results for one item.
  func columns(_ item: Batch, _ context: EvaluationContext) throws -> [Column] {
    let values = try sources.map { try $0.evaluate(item, context) }
    do {
      return try columns(values, context)
    } catch let error as ColumnarError {
      // The item is the only row here.
      if error.code == .cancelled || error.row == 0 && error.context.last == .node(map.name) {
        throw error
      }
      throw error.at(.node(map.name))
    }
  }

  private func columns(_ values: [Column], _ context: EvaluationContext) throws -> [Column] {
    let lists = try lists(values)
    if lists.contains(where: { $0.isNull(0) }) {
      return types.map { .nulls(of: $0, count: 1) }
    }
    let views = lists.map { ListView($0) }
    let repeated = Array(values[lists.count...])
    var parts = [[Column]](repeating: [], count: results.count)
    for (number, positions) in try combinations(views).enumerated() {
      try context.cancellation.check()
      let elements = zip(views, positions).map { view, position in
        let element = view.range(0).lowerBound + position
        return view.elements.slice(element..<(element + 1))
      }
      let place = ItemPlace.current.map { ItemPlace.elements(from: number, of: $0, in: map.name) }
      let columns = try ItemPlace.from(place) {
        try FailedRows.mapping(element: number) {
          try self.element(elements + repeated, number, context)
        }
      }
      for (k, position) in results.enumerated() { parts[k].append(columns[position]) }
    }
    return try zip(map.outputs, zip(parts, results)).map { output, made in
      let (parts, position) = made
      let elements = Column.concatenating(parts, type: inner.schema[position].type)
      let list = Column(
        listOf: elements.decoded(), offsets: Buffer(copying: [0, Int64(elements.count)]), count: 1)
      return try output.pack?.objectColumn(list) ?? list
    }
  }

  /// The columns that are mapped over, of all source columns.
  func lists(_ values: [Column]) throws -> [Column] {
    try zip(values, map.lists).map { column, source in
      guard let unpack = source.unpack, column.type.physical == .opaque else { return column }
      return try unpack.listColumn(column)
    }
  }

  /// All columns of one element.
  private func element(
    _ elements: [Column], _ number: Int, _ context: EvaluationContext
  ) throws -> [Column] {
    var columns = elements
    do {
      for step in inner.steps { columns += try inner.run(step, columns, context) }
      return columns
    } catch let error as ColumnarError {
      guard error.code != .cancelled, error.row != nil else { throw error }
      throw error.inElement(number).at(.row(0)).at(.node(map.name))
    }
  }

  /// For each element of the result its position in each list.
  private func combinations(_ lists: [ListView]) throws -> [[Int]] {
    let lengths = lists.map { $0.range(0).count }
    switch map.mode {
    case .zip:
      guard lengths.allSatisfy({ $0 == lengths[0] }) else {
        throw ColumnarError.unequalLists(
          zip(map.lists.map(\.label), lengths).map { ($0, $1) }, of: map.name)
      }
      return (0..<lengths[0]).map { position in lists.map { _ in position } }
    case .product:
      var all: [[Int]] = [[]]
      for length in lengths { all = all.flatMap { tuple in (0..<length).map { tuple + [$0] } } }
      return all
    }
  }
}
