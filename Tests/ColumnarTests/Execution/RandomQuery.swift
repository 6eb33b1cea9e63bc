import ColumnarTesting

@testable import Columnar
@testable import ColumnarCore

/// A random query together with the result that it should have, grown operator by operator.
struct RandomQuery {
  private(set) var frame: LazyFrame
  /// The rows that should come out; nil where computing them fails on some row.
  private(set) var expected: RowTable?
  /// Whether the rows come in a known order.
  private(set) var isOrdered = true
  /// Columns of means and the like, whose last digits depend on the order of adding.
  private(set) var inexact = Set<String>()
  /// The operators as text, to print.
  private(set) var text: [String] = []
  private var generator: FrameGenerator
  private var names = 0

  init(seed: UInt64, shape: FrameGenerator.Shape? = nil, operators: Int? = nil) {
    var generator = FrameGenerator(seed: seed)
    let shape = shape ?? generator.random.pick(FrameGenerator.Shape.allCases)
    let data = generator.frame(shape)
    (frame, expected, self.generator) = (data.lazy, RowTable(data), generator)
    text = ["\(shape.rawValue) frame of \(data.count) rows"]
    for _ in 0..<(operators ?? self.generator.random.int(in: 1..<7)) where expected != nil {
      grow()
    }
  }

  private var fields: [Field] { expected?.fields ?? [] }
  private var exactFields: [Field] { fields.filter { !inexact.contains($0.name) } }

  private mutating func pick<T>(_ choices: [T]) -> T { generator.random.pick(choices) }
  private mutating func chance(_ share: Double) -> Bool { generator.random.chance(share) }

  private mutating func newName() -> String {
    names += 1
    return "c\(names)"
  }

  // MARK: Operators

  private mutating func grow() {
    switch generator.random.int(in: 0..<13) {
    case 0, 1: filter()
    case 2: select()
    case 3, 4: with()
    case 5: sort()
    case 6: limit()
    case 7, 8: aggregate()
    case 9: join()
    case 10: distinct()
    case 11: concat()
    default: repartition()
    }
  }

  /// Notes an operator: its text, its frame, and its rows, which are nil if a row fails.
  private mutating func apply(
    _ text: String, _ frame: LazyFrame, _ rows: (RowTable) throws -> RowTable
  ) {
    self.text.append(text)
    self.frame = frame
    expected = expected.flatMap { try? rows($0) }
    inexact.formIntersection(fields.map(\.name))
  }

  private mutating func filter() {
    let condition = expr(.bool, 3)
    apply("filter(\(condition))", frame.filter(condition)) {
      try $0.filter(condition, TestFunctions.rows)
    }
  }

  private mutating func select() {
    var columns = fields.filter { _ in chance(0.6) }.map { col($0.name) }
    let passed = Set(columns.map(\.outputName))
    for _ in 0..<generator.random.int(in: 0..<3) { columns.append(newColumn()) }
    if columns.isEmpty { columns.append(col(pick(fields).name)) }
    if chance(0.2), let field = fields.first(where: { passed.contains($0.name) }) {
      // The same column under two names.
      let name = newName()
      if inexact.contains(field.name) { inexact.insert(name) }
      columns.append(col(field.name).as(name))
    }
    if chance(0.3) { columns.shuffle(using: &generator.random) }
    let kept = inexact
    apply("select(\(columns))", frame.select(columns)) {
      try $0.select(columns, TestFunctions.rows)
    }
    inexact = kept.intersection(fields.map(\.name))
  }

  private mutating func newColumn() -> Expr {
    let type = pick([DataType.int64, .int64, .int32, .float64, .string, .bool])
    return expr(type, 3).as(newName())
  }

  private mutating func with() {
    var columns = (0..<generator.random.int(in: 1..<3)).map { _ in newColumn() }
    if chance(0.3), let field = exactFields.last {
      columns = [expr(field.type == .int32 ? .int64 : field.type, 2).as(field.name)]
    }
    apply("with(\(columns))", frame.with(columns)) { try $0.with(columns, TestFunctions.rows) }
  }

  private mutating func sort() {
    guard !exactFields.isEmpty else { return }
    // After an operator without order, all columns are keys, so that one order is right.
    var keys =
      isOrdered ? (0..<generator.random.int(in: 1..<4)).map { _ in pick(exactFields) } : fields
    if !isOrdered {
      guard inexact.isEmpty else { return }
      keys.shuffle(using: &generator.random)
    }
    let exprs = keys.map { field -> Expr in
      var key = isOrdered && chance(0.2) ? expr(.int64, 2) : col(field.name)
      if chance(0.5) { key = key.descending }
      if chance(0.3) { key = key.nullsFirst }
      return key
    }
    isOrdered = true
    let selected: [any ColumnSelecting] = exprs
    apply("sort(\(exprs))", frame.sorted(by: selected)) {
      try $0.sort(by: exprs, TestFunctions.rows)
    }
  }

  private mutating func limit() {
    guard isOrdered else { return }
    let (count, offset) = (pick([0, 1, 3, 7, 10, 100]), pick([0, 0, 1, 5, 50]))
    apply("limit(\(count), offset: \(offset))", frame.limit(count, offset: offset)) {
      $0.limit(count, offset: offset)
    }
  }

  private mutating func aggregate() {
    guard !exactFields.isEmpty else { return }
    var keys: [Expr] = []
    for field in exactFields.shuffled(using: &generator.random).prefix(pick([0, 1, 1, 2, 3])) {
      keys.append(chance(0.3) ? expr(.int64, 2).as(newName()) : col(field.name))
    }
    var (aggregates, doubtful): ([Expr], [String]) = ([], [])
    for _ in 0..<generator.random.int(in: keys.isEmpty ? 1..<4 : 0..<4) {
      let name = newName()
      let (aggregate, isExact) = oneAggregate()
      aggregates.append(aggregate.as(name))
      if !isExact { doubtful.append(name) }
    }
    let maintains = isOrdered && chance(0.5)
    if keys.isEmpty {
      apply("select(\(aggregates))", frame.select(aggregates)) {
        try $0.select(aggregates, TestFunctions.rows)
      }
      isOrdered = true
    } else {
      let group = GroupBy(keys: keys, maintainOrder: maintains, plan: frame.plan)
      apply("groupBy(\(keys), \(maintains)).aggregate(\(aggregates))", group.aggregate(aggregates))
      {
        try $0.aggregate(by: keys, aggregates, TestFunctions.rows)
      }
      isOrdered = maintains
    }
    inexact = Set(doubtful)
  }

  private mutating func oneAggregate() -> (Expr, isExact: Bool) {
    let number = expr(pick([.int64, .int32, .float64]), 2)
    let any = expr(pick([.int64, .float64, .string, .bool]), 1)
    switch generator.random.int(in: 0..<(isOrdered ? 12 : 10)) {
    case 0: return (rowCount(), true)
    case 1: return (any.count(), true)
    case 2: return (number.sum(), true)
    case 3: return (number.mean(), false)
    case 4: return (any.min(), true)
    case 5: return (any.max(), true)
    case 6: return (any.uniqueCount(), true)
    case 7: return (number.standardDeviation(), false)
    case 8: return (number.variance(ddof: 0), false)
    case 9: return (expr(.int64, 1).sum() + rowCount() * 2, true)
    case 10: return (any.first(), true)
    default: return (any.last(), true)
    }
  }

  private mutating func join() {
    let other = generator.frame(rows: 20)
    let rightNames = ["k", "t", "j", "f", "b"]
    let usable = exactFields.filter { field in
      rightNames.contains { name in
        field.name == name
          && FrameGenerator.fields.contains { $0.name == name && $0.type == field.type }
      }
    }.map(\.name)
    guard !usable.isEmpty, fields.count < 12, (expected?.rows.count ?? 0) < 200 else { return }
    let keys = Array(usable.shuffled(using: &generator.random).prefix(pick([1, 1, 2])))
    let kind: Columnar.JoinKind = pick([.inner, .left])
    let (nullsMatch, suffix) = (chance(0.3), "_" + newName())
    apply(
      "join(\(other.count) rows, on: \(keys), \(kind), nullsMatch: \(nullsMatch))",
      frame.join(
        other.lazy, leftOn: keys, rightOn: keys, kind: kind, nullsMatch: nullsMatch, suffix: suffix)
    ) {
      $0.join(
        RowTable(other), leftOn: keys, rightOn: keys, kind: kind, nullsMatch: nullsMatch,
        suffix: suffix)
    }
    isOrdered = false
  }

  private mutating func distinct() {
    guard inexact.isEmpty else { return }
    // Which row of several is first is known only where there is an order.
    let names =
      isOrdered && chance(0.6)
      ? Array(fields.map(\.name).shuffled(using: &generator.random).prefix(2)) : []
    let maintains = isOrdered && chance(0.5)
    apply("distinct(\(names), maintainOrder: \(maintains))", frame.distinctRows(names, maintains)) {
      $0.distinct(names)
    }
    isOrdered = maintains
  }

  private mutating func concat() {
    guard isOrdered || inexact.isEmpty else { return }
    let half = expr(.bool, 2)
    apply("concat(self, self.filter(\(half)))", LazyFrame.concat([frame, frame.filter(half)])) {
      $0.concatenating(try $0.filter(half, TestFunctions.rows))
    }
  }

  private mutating func repartition() {
    let count = pick([1, 2, 3, 7])
    if chance(0.5) {
      apply("repartition(\(count))", frame.repartition(count)) { $0 }
    } else {
      apply("repartition(\(count)).mapPartitions", frame.repartition(count).mapPartitions { $0 }) {
        $0
      }
    }
  }

  // MARK: Expressions

  private mutating func expr(_ type: DataType, _ depth: Int) -> Expr {
    let columns = exactFields.filter { $0.type == type }.map { col($0.name) }
    if depth == 0 || chance(0.25) {
      return columns.isEmpty || chance(0.2) ? literal(type) : pick(columns)
    }
    if chance(0.12) {
      return when(expr(.bool, depth - 1)).then(expr(type, depth - 1)).otherwise(
        expr(type, depth - 1))
    }
    if chance(0.08) { return expr(type, depth - 1).fillNull(literal(type)) }
    switch type {
    case .int64: return integer(depth)
    case .int32:
      return chance(0.5) ? expr(.int32, depth - 1) &+ 1 : integer(depth).tryCast(to: .int32)
    case .float64: return number(depth)
    case .string: return string(depth)
    default: return condition(depth)
    }
  }

  private mutating func literal(_ type: DataType) -> Expr {
    let isNull = chance(0.15)
    switch type {
    case .int64: return isNull ? lit(nil as Int?) : lit(generator.random.int(in: -3..<8))
    case .int32: return isNull ? lit(nil as Int32?) : lit(Int32(generator.random.int(in: -3..<8)))
    case .float64: return isNull ? lit(nil as Double?) : lit(pick([0.0, -0.0, 1.5, 2, .nan]))
    case .string: return isNull ? lit(nil as String?) : lit(pick(["", "a", "red", "xyz"]))
    default: return isNull ? lit(nil as Bool?) : lit(chance(0.5))
    }
  }

  private mutating func integer(_ depth: Int) -> Expr {
    let (a, b) = (expr(.int64, depth - 1), expr(pick([.int64, .int64, .int32]), depth - 1))
    switch generator.random.int(in: 0..<12) {
    case 0: return a + b
    case 1: return a - b
    case 2: return a * pick([2, 3, -1])
    case 3: return a &* b
    case 4: return a % pick([2, 3, 5])
    case 5: return a.integerDivided(by: lit(pick([2, 3, 5])))
    case 6: return chance(0.3) ? a.integerDivided(by: b) : -a
    case 7: return expr(.string, depth - 1).string.byteCount()
    case 8: return expr(.bool, depth - 1).cast(to: .int64)
    case 9: return TestFunctions.plusOne(a)
    case 10: return TestFunctions.lengthOrZero(expr(.string, depth - 1))
    default: return TestFunctions.doubled(a)
    }
  }

  private mutating func number(_ depth: Int) -> Expr {
    let (a, b) = (expr(.float64, depth - 1), expr(pick([.float64, .int32]), depth - 1))
    switch generator.random.int(in: 0..<7) {
    case 0: return a + b
    case 1: return a - b
    case 2: return a * pick([2.0, 0.5, -1])
    case 3: return expr(.int32, depth - 1) / pick([2, 4, -1])
    case 4: return a.floor()
    case 5: return a.absolute()
    default: return -a
    }
  }

  private mutating func string(_ depth: Int) -> Expr {
    let a = expr(.string, depth - 1)
    switch generator.random.int(in: 0..<4) {
    case 0: return chance(0.5) ? a + "-" : expr(.string, 0) + expr(.string, 0)
    case 1: return a.string.lowercased()
    case 2: return a.string.uppercased()
    default: return expr(.int64, depth - 1).cast(to: .string)
    }
  }

  private mutating func condition(_ depth: Int) -> Expr {
    let (a, b) = (expr(.bool, depth - 1), expr(.bool, depth - 1))
    switch generator.random.int(in: 0..<12) {
    case 0, 1: return a && b
    case 2: return a || b
    case 3: return a.xor(b)
    case 4: return !a
    case 5: return expr(pick([.int64, .float64, .string]), depth - 1).isNull()
    case 6: return expr(.string, depth - 1).string.contains(pick(["a", "", "re"]))
    case 7:
      let type = pick([DataType.int64, .string, .bool, .float64])
      return expr(type, depth - 1).equalsMissing(expr(type, depth - 1))
    case 8: return expr(.int64, depth - 1).isIn([1, 2, 3])
    case 9: return comparison(expr(.int64, depth - 1), expr(pick([.int32, .float64]), depth - 1))
    default:
      let type = pick([DataType.int64, .string, .float64])
      return comparison(expr(type, depth - 1), expr(type, depth - 1))
    }
  }

  private mutating func comparison(_ a: Expr, _ b: Expr) -> Expr {
    switch generator.random.int(in: 0..<6) {
    case 0: a == b
    case 1: a != b
    case 2: a < b
    case 3: a <= b
    case 4: a > b
    default: a >= b
    }
  }
}

extension LazyFrame {
  fileprivate func sorted(by keys: [any ColumnSelecting]) -> LazyFrame {
    LazyFrame(.sort(keys.map(\._selected), plan))
  }

  fileprivate func distinctRows(_ names: [String], _ maintainOrder: Bool) -> LazyFrame {
    LazyFrame(.distinct(names.isEmpty ? nil : names, maintainOrder: maintainOrder, plan))
  }
}

/// The user-defined functions of random queries, for the engine and for the oracle.
enum TestFunctions {
  static let plusOne = UDF.row("plusOne") { (a: Int) in a &+ 1 }
  static let lengthOrZero = UDF.row("lengthOrZero", options: UDFOptions(maxConcurrency: 3)) {
    (text: String?) in text?.utf8.count ?? 0
  }
  static let doubled = UDF.batch("doubled", options: UDFOptions(batchSize: 5)) {
    (values: ColumnView<Int?>) in values.map { $0.map { $0 &* 2 } }
  }

  static let rows: RowFunctions = [
    "plusOne": { if case .int(let x) = $0[0] { .int(x &+ 1) } else { .null } },
    "lengthOrZero": { if case .bytes(let x) = $0[0] { .int(Int64(x.count)) } else { .int(0) } },
    "doubled": { if case .int(let x) = $0[0] { .int(x &* 2) } else { .null } },
  ]
}
