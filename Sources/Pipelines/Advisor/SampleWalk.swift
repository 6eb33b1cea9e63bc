import Columnar
import ColumnarCore

/// Goes through a sample's nodes, also those of nested pipelines, and measures one after the other.
struct SampleWalk {
  /// The rows of a pipeline, or of one that is nested in it, with the columns there are so far.
  struct Rows {
    var columns: [Column]
    var count: Int
    /// The rows that the whole run has there.
    let total: Int
    /// Columns that were not computed, and the node that is to blame.
    var missing: [Int: String] = [:]

    /// Adds a column; what it has no rows for is left out from now on.
    mutating func add(_ column: Column) {
      columns.append(column)
      keep(column.count)
    }

    mutating func keep(_ rows: Int) {
      count = min(count, rows)
      columns = columns.map { $0.count > count ? $0.slice(0..<count) : $0 }
    }

    /// Adds a column that a node is to blame for.
    mutating func add(missing type: DataType, because of: String) {
      missing[columns.count] = of
      columns.append(.nulls(of: type, count: count))
    }

    /// The node because of which something that needs those columns cannot be computed.
    func lost(_ evaluators: [Evaluator]) -> String? {
      evaluators.flatMap { $0.expr.columnIDs.map(\.raw) }.lazy.compactMap { missing[$0] }.first
    }
  }

  /// The most elements of lists that are looked at.
  private static let mostElements = 65_536

  private let sample: SampleRun
  private let deadline: UInt64
  /// Functions that are still to be measured.
  private var left: Int
  private(set) var measured: [NodeMeasurement] = []

  init(_ sample: SampleRun, until deadline: UInt64) {
    self.sample = sample
    self.deadline = deadline
    left = sample.steps.functionCount
  }

  /// Measures the nodes of some steps on rows, to which their columns are added.
  mutating func measure(_ steps: SequentialSteps, _ rows: inout Rows) throws {
    for step in steps.steps {
      try sample.context.cancellation.check()
      switch step {
      case .column(let name, let evaluator):
        try measure(.init(name: name, evaluator: evaluator, schema: steps.schema), &rows)
      case .lists(let map): try measure(map, steps.schema, &rows)
      }
    }
  }

  // MARK: Nodes

  private mutating func measure(_ step: SampleRun.Step, _ rows: inout Rows) throws {
    defer { if step.function != nil { left -= 1 } }
    let lost = rows.lost([step.evaluator])
    let expression = sample.run.subject.expressions[step.name]
    var node = NodeMeasurement(
      node: step.function?.name ?? expression ?? step.name, kind: step.function?.kind)
    node.items = rows.total
    if let reason = reasonToSkip(step, lost) {
      node.skipped = reason
      rows.add(missing: step.evaluator.expr.type, because: lost ?? node.node)
    } else {
      let now = sample.clock.now.wall
      let time = Double(deadline > now ? deadline - now : 0) / Double(max(1, left))
      let batch = Batch(unchecked: step.schema, columns: rows.columns, count: rows.count)
      var probe = NodeProbe(sample: sample, step: step, batch: batch, budget: time)
      rows.add(try probe.measure(&node))
    }
    // What takes one output out of a call of several is no node.
    if step.function != nil || expression != nil { measured.append(node) }
  }

  /// Why a node is not called.
  private func reasonToSkip(_ step: SampleRun.Step, _ lost: String?) -> String? {
    if let lost { return "it needs \"\(lost)\", which was not run" }
    guard let function = step.function else { return nil }
    guard [.row, .batch, .async].contains(function.kind) else {
      return "a \(function.kind.rawValue) is not run in parts"
    }
    let contract = sample.options(of: function).contract.value
    guard contract == .pure || sample.callsOnce else {
      return
        "its contract is \(contract.rawValue), so that it is not called for advice (callsOnce: true does)"
    }
    return nil
  }

  // MARK: Nested pipelines

  /// Measures the nodes of a pipeline that is mapped over lists, on their elements.
  private mutating func measure(
    _ map: SequentialMap, _ schema: Schema, _ rows: inout Rows
  ) throws {
    var node = NodeMeasurement(node: map.map.name, kind: nil)
    node.items = rows.total
    if let lost = rows.lost(map.sources) {
      var inner = Rows(
        columns: map.sources.map { .empty($0.expr.type) }, count: 0, total: 0,
        missing: Dictionary(uniqueKeysWithValues: map.sources.indices.map { ($0, lost) }))
      node.skipped = "it needs \"\(lost)\", which was not run"
      measured.append(node)
      try measure(map.inner, &inner)
      for type in map.types { rows.add(missing: type, because: lost) }
      return
    }
    let batch = Batch(unchecked: schema, columns: rows.columns, count: rows.count)
    let values = try map.sources.map { try $0.evaluate(batch, sample.context) }
    let layout = try layout(map, values, rows.count)
    let count = min(layout.elementCount, Self.mostElements)
    let perRow = Double(layout.elementCount) / Double(max(1, layout.count))
    let lists = map.map.lists.count
    var inner = Rows(
      columns: values.indices.map { k in
        let column =
          k < lists
          ? layout.elements(of: k)
          : values[k].slice(0..<layout.count).taking(layout.items)
        return column.slice(0..<count)
      }, count: count, total: Int(Double(rows.total) * perRow))
    node.mapped = .init(lists: layout.count, elements: count)
    measured.append(node)
    do { try measure(map.inner, &inner) } catch let error as ColumnarError {
      throw placed(error, layout, map)
    }
    try add(inner, layout, map, to: &rows)
  }

  /// How the lists lie, of as many rows as have not too many elements.
  private func layout(
    _ map: SequentialMap, _ values: [Column], _ count: Int
  ) throws -> ListLayout {
    func layout(_ rows: Int) throws -> ListLayout {
      let lists = try map.lists(values.map { $0.slice(0..<rows) })
      return try ListLayout(lists, isProduct: map.map.mode == .product, count: rows)
    }
    do {
      let all = try layout(count)
      if let mismatch = all.mismatch {
        throw ColumnarError.unequalLists(
          zip(map.map.lists.map(\.label), mismatch.lengths).map { ($0, $1) }, of: map.map.name
        ).shiftingRow(by: mismatch.item)
      }
      guard all.elementCount > Self.mostElements else { return all }
      return try layout(max(1, all.place(of: Self.mostElements).item))
    } catch let error as ColumnarError {
      throw error.context.contains(.node(map.map.name)) ? error : error.at(.node(map.map.name))
    }
  }

  /// An error of an element, with the item that it belongs to.
  private func placed(
    _ error: ColumnarError, _ layout: ListLayout, _ map: SequentialMap
  ) -> ColumnarError {
    guard error.code != .cancelled, let row = error.row else { return error }
    let (item, element) = layout.place(of: row)
    return error.inElement(element).at(.row(item)).at(.node(map.map.name))
  }

  /// The results of elements as lists, for the rows all of whose elements there was time for: at
  /// least one row, with those elements that there are.
  private func add(
    _ inner: Rows, _ layout: ListLayout, _ map: SequentialMap, to rows: inout Rows
  ) throws {
    let isAll = inner.count == layout.elementCount
    let whole = isAll ? layout.count : layout.place(of: inner.count).item
    let isCut = whole == 0 && layout.count > 0
    rows.keep(isCut ? 1 : whole)
    for (k, (output, position)) in zip(map.map.outputs, map.results).enumerated() {
      if let lost = inner.missing[position] {
        rows.add(missing: map.types[k], because: lost)
        continue
      }
      let elements = inner.columns[position]
      let list =
        isCut
        ? Column(
          listOf: elements.decoded(), offsets: Buffer(copying: [0, Int64(elements.count)]), count: 1
        )
        : layout.first(whole, of: elements)
      rows.columns.append(try output.pack?.objectColumn(list) ?? list)
    }
  }
}

extension SequentialSteps {
  /// The functions that are called, also by nested pipelines.
  fileprivate var functionCount: Int {
    steps.reduce(0) { count, step in
      switch step {
      case .column(_, let evaluator):
        if case .call = evaluator.expr { count + 1 } else { count }
      case .lists(let map): count + map.inner.functionCount
      }
    }
  }
}
