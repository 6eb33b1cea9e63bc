import Columnar
import ColumnarCore

/// Measures one node on the rows of a sample.
struct NodeProbe {
  let sample: SampleRun
  let step: SampleRun.Step
  let batch: Batch
  /// Nanoseconds that measuring may take.
  let budget: Double
  private let clock: any WorkClock
  private let began: UInt64

  /// Rows that are called one by one, for how far their costs lie apart; of an async closure, whose
  /// calls are measured many at a time, fewer.
  private static let singles = 64
  private static let asyncSingles = 16

  init(sample: SampleRun, step: SampleRun.Step, batch: Batch, budget: Double) {
    self.sample = sample
    self.step = step
    self.batch = batch
    self.budget = budget
    clock = sample.clock
    began = clock.now.wall
  }

  private var spent: Double { Double(clock.now.wall - began) }

  /// The column for as many rows as there was time for, at least one.
  mutating func measure(_ node: inout NodeMeasurement) throws -> Column {
    guard let function = step.function, batch.count > 0 else { return try call(0..<batch.count).0 }
    let options = sample.options(of: function)
    node.options = UDFOptions(
      batchSize: options.batchSize.value, maxBatchBytes: options.maxBatchBytes.value,
      maxConcurrency: options.maxConcurrency.value, isolation: options.isolation.value,
      contract: options.contract.value)
    let isPure = options.contract.value == .pure
    var parts: [Column] = []
    var (single, large) = ([WorkTime](), [(rows: Int, time: WorkTime)]())
    var row = 0
    func take(_ count: Int) throws -> WorkTime {
      let (column, time) = try call(row..<(row + count))
      parts.append(column)
      row += count
      return time
    }
    // The first call makes the states and finds everything cold.
    let first = try take(1)
    if isPure, first.wall < budget / 4 {
      single.append(try call(0..<1).1)
    } else {
      single.append(first)
    }
    let singles = function.kind == .async ? Self.asyncSingles : Self.singles
    while row < min(singles, batch.count), spent < budget * 0.4 { single.append(try take(1)) }
    var size = Self.singles
    while row < batch.count {
      let each = large.last.map { $0.time.wall / Double($0.rows) } ?? median(single.map(\.wall))
      let fitting = Int((budget * 0.7 - spent) / max(1, each))
      let count = min(size, batch.count - row, fitting)
      guard count > 0 else { break }
      large.append((count, try take(count)))
      size *= 2
    }
    if row < batch.count {
      node.gaps.append("\(batch.count - row) of \(batch.count) rows, for want of time")
    }
    node.rows = row
    costs(single, large, function, &node)
    if function.kind == .batch, isPure { try separate(row, &node) }
    try arguments(row, function, &node)
    if isPure {
      try rates(row, function, &node)
    } else {
      node.gaps.append("other numbers of workers: \(node.contract.rawValue)")
    }
    node.states = sample.states.costs(of: function)
    return Column.concatenating(parts, type: step.evaluator.expr.type)
  }

  /// The node's column for some rows, and what it took.
  ///
  /// - Parameter inFlight: the calls of an async function at once; nil: as its options say.
  func call(_ rows: Range<Int>, inFlight: Int? = nil) throws -> (Column, WorkTime) {
    let part = batch.slice(rows)
    do {
      return try WorkTime.measuring(by: clock) {
        let column = try FailedRows.noting(in: FailedRows.Scope()) {
          try (inFlight.map(evaluator) ?? step.evaluator).evaluate(part, sample.context)
        }
        if step.function?.kind == .async {
          clock.awaited(inFlight: inFlight ?? sample.callsInFlight(of: step))
        }
        return column
      }
    } catch let error as ColumnarError {
      throw error.shiftingRow(by: rows.lowerBound)
    }
  }

  // MARK: Costs

  private func costs(
    _ single: [WorkTime], _ large: [(rows: Int, time: WorkTime)], _ function: UserFunction,
    _ node: inout NodeMeasurement
  ) {
    var total = single.reduce(into: WorkTime()) { $0 += $1.own }
    for (_, time) in large { total += time.own }
    node.waiting = total.waitingShare
    let isWaiting = function.kind == .async || node.waiting >= 0.5
    let costs = single.map { isWaiting ? $0.wall : $0.cost }.sorted()
    let middle = median(costs)
    if function.kind == .async || large.isEmpty {
      node.perRow = function.kind == .async ? middle : costs.reduce(0, +) / Double(costs.count)
    } else {
      // The larger half, where calls count least.
      let last = large.suffix(max(1, large.count / 2))
      let rows = last.reduce(0) { $0 + $1.rows }
      node.perRow =
        last.reduce(0) { $0 + (isWaiting ? $1.time.wall : $1.time.cost) } / Double(max(1, rows))
      node.perCall = max(0, middle - node.perRow)
    }
    if costs.count >= 16, middle > 0 {
      node.spread = (costs[costs.count * 9 / 10] - costs[costs.count / 10]) / middle
      node.heaviest = (costs.last ?? middle) / middle
    }
  }

  /// A batch function's cost per call and per row: small batches against large ones.
  private func separate(_ rows: Int, _ node: inout NodeMeasurement) throws {
    guard rows >= 128 else { return }
    var (small, large) = ([Double](), [Double]())
    for round in 0..<5 where spent < budget * 0.8 {
      let start = round * 16 % (rows - 16)
      small.append(try call(start..<(start + 16)).1.cost)
      large.append(try call(0..<rows).1.cost)
    }
    guard !small.isEmpty else { return }
    let (few, many) = (median(small), median(large))
    node.perRow = max(0.1, (many - few) / Double(rows - 16))
    node.perCall = max(0, few - 16 * node.perRow)
  }

  private func arguments(
    _ rows: Int, _ function: UserFunction, _ node: inout NodeMeasurement
  ) throws {
    guard case .call(_, let arguments) = step.evaluator.expr, rows > 0 else { return }
    let columns = arguments.compactMap { argument -> Column? in
      guard case .column(let position, _) = argument else { return nil }
      return batch.columns[position.raw].slice(0..<rows)
    }
    var sizes = [Int](repeating: 0, count: rows)
    for column in columns { column.addRowBytes(to: &sizes) }
    node.bytesPerRow = Double(sizes.reduce(0, +)) / Double(rows)
    if node.options.isolation == .process, clock is SystemWorkClock {
      node.wakeUps = HandOver.wakeUps
    }
    node.handOver = HandOver.nanosecondsPerRow(columns, count: rows, by: clock)
  }

  private func median(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
  }
}

// MARK: - Several workers

extension NodeProbe {
  /// What several workers do at once, as far as there is time.
  fileprivate func rates(
    _ rows: Int, _ function: UserFunction, _ node: inout NodeMeasurement
  ) throws {
    if function.kind == .async { return try asyncRates(rows, &node) }
    let cores = sample.engine.threads
    var counts = node.isWaiting ? [1, 4, 16] : [1, cores]
    if let stated = node.options.maxConcurrency {
      counts.append(min(stated, AdviceRules.mostThreads))
    }
    for threads in Set(counts).sorted() where threads == 1 || threads <= rows {
      let own = sample.states.costs(of: function).filter { !$0.isShared }
      let making = own.reduce(0) { $0 + $1.construction } * Double(threads - 1)
      let piece = max(1, min(rows / threads, Int(1_000_000 / max(1, node.perRow))))
      let once = (node.perCall + node.perRow * Double(piece))
      guard making < budget / 4, spent + making + 2 * max(once, 4_000_000) < budget else {
        node.gaps.append("\(threads) at once, for want of time")
        continue
      }
      // A call takes a microsecond and a row a nanosecond, whatever the clock says.
      let rounds = max(1, Int(4_000_000 / max(1_000, Double(piece), once)))
      node.rates.append(try rate(threads, piece, rounds, rows, function))
    }
  }

  private func rate(
    _ threads: Int, _ piece: Int, _ rounds: Int, _ rows: Int, _ function: UserFunction
  ) throws -> NodeMeasurement.Rate {
    sample.context.states.allow(function, slots: threads)
    sample.states.expect(threads, of: function)
    let outcome = Monitor<(time: WorkTime, ended: UInt64, error: (any Error)?)>(
      (WorkTime(), 0, nil))
    let began = clock.now.wall
    sample.engine.threadPool.run(width: threads) { [self] worker in
      clock.proceed(at: began)
      let start = rows < threads * piece ? 0 : worker * piece
      do {
        for _ in 0..<rounds {
          let (_, time) = try call(start..<(start + piece))
          outcome.withLock { $0.time += time.own }
        }
      } catch { outcome.withLock { $0.error = error } }
      let ended = clock.now.wall
      outcome.withLock { $0.ended = max($0.ended, ended) }
    }
    let (time, ended, error) = outcome.withLock { $0 }
    clock.proceed(at: ended)
    let taken = Double(max(began + 1, ended) - began)
    if let error { throw error }
    return .init(
      threads: threads, rowsPerSecond: Double(threads * piece * rounds) / taken * 1e9,
      waiting: time.waitingShare)
  }

  /// Calls of an async closure one by one, and more and more at once as long as that pays: as many as
  /// there are rows, and time, and no more than was stated.
  private func asyncRates(_ rows: Int, _ node: inout NodeMeasurement) throws {
    guard node.perRow > 0 else { return }
    node.rates = [.init(threads: 1, rowsPerSecond: 1e9 / node.perRow, waiting: 1)]
    let usual = EffectiveOptions.asyncCalls
    let stated = node.options.maxConcurrency
    var counts = [usual / 4, usual]
    while let last = counts.last, last < GateTuner.most { counts.append(2 * last) }
    if let stated { counts = counts.filter { $0 < stated } + [stated] }
    for count in counts where count > 1 {
      // At worst they come one after the other, as they did when they were fewer.
      let rate = node.rates.last?.rowsPerSecond ?? 1
      guard count <= rows, spent + Double(count) / rate * 1e9 < budget else {
        node.gaps.append(
          "\(count) calls in flight, for want of \(count > rows ? "rows" : "time")")
        return
      }
      let (_, time) = try call(0..<count, inFlight: count)
      let reached = Double(count) / max(1, time.wall) * 1e9
      node.rates.append(.init(threads: count, rowsPerSecond: reached, waiting: 1))
      if count >= usual, reached < 1.2 * rate { return }
    }
  }

  /// The call of an async function with other calls in flight.
  private func evaluator(inFlight: Int) -> Evaluator {
    step.evaluator.calling { function in
      var options = function.options
      options.maxConcurrency = inFlight
      return UserFunction(function, options: options)
    }
  }
}
