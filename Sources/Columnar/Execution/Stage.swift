import ColumnarCore
import Synchronization

/// One run of a chain into a sink, on the compute threads and the consumers of its exchanges.
package final class Stage<S: Sink>: Sendable {
  private let chain: Chain
  private let sink: S
  private let query: QueryContext
  private let failures = FailureLog()
  private let morsels: [(input: Int, morsel: Morsel)]
  private let next = Atomic<Int>(0)
  private let exchanges: [Exchange]

  private init(_ chain: Chain, _ sink: S, _ query: QueryContext) throws {
    self.chain = chain
    self.sink = sink
    self.query = query
    var morsels: [(Int, Morsel)] = []
    for (k, input) in chain.inputs.enumerated() {
      for op in input.operators { try op.prepare(query) }
      // Rows that nobody computes with come in large batches, of which each costs something.
      let isKept = sink.onlyKeeps && input.operators.isEmpty && chain.segments.isEmpty
      let batchRows = query.configuration.batchRows
      let size = isKept ? ExecutionSize.keptRows(batchRows) : batchRows
      for morsel in try input.source.prepare(query, batchRows: size) { morsels.append((k, morsel)) }
    }
    for segment in chain.segments {
      for op in segment.operators { try op.prepare(query) }
    }
    self.morsels = morsels
    exchanges = chain.segments.map { segment in
      Exchange(
        segment.exchange, threadPool: query.threadPool,
        bound: sink.isPatient ? segment.exchange.fewRows(query.configuration) : nil)
    }
  }

  /// Runs the chain; returns when everything is in the sink, or throws the first error.
  package static func run(_ chain: Chain, into sink: S, _ query: QueryContext) throws {
    try Stage(chain, sink, query).run()
  }

  private func run() throws {
    for (k, exchange) in exchanges.enumerated() {
      exchange.onStart { [self] in
        serve(k)
      } orFailure: { [self] in
        let label = chain.segments[k].operators.first?.label ?? "an exchange"
        failures.record(ThreadPool.noThread(for: label), level: k + 1, sequence: 0)
      }
    }
    // The exchanges are the stage's own, so what they hold of it would keep it, and its result.
    defer { for exchange in exchanges { exchange.endStarting() } }
    query.threadPool.run(
      width: min(query.threads, max(1, morsels.count)), polling: query.lookForCancellation
    ) { [self] _ in produce() }
    for exchange in exchanges {
      exchange.close()
      exchange.waitUntilDrained(polling: query.lookForCancellation)
    }
    if query.collectsFailures {
      query.evaluation.failedRows.resolve { failures.rows(of: $0, before: $1) }
    }
    guard let failure = failures.first else { return learn() }
    // An error behind the last row that is wanted is met or not as threads happen to run: it
    // doesn't count.
    let sequence = failure.level == exchanges.count ? failure.sequence : .max
    if !sink.isComplete(upTo: sequence) { try failures.throwIfFailed() }
  }

  /// Keeps what the run told of tuned functions.
  private func learn() {
    for exchange in exchanges {
      guard let (learned, key) = exchange.learned else { continue }
      query.configuration.tuning?.learn(learned, of: key)
    }
  }

  // MARK: Compute threads

  /// Takes morsels in order until there are none, nothing more is wanted, or something failed.
  private func produce() {
    do {
      var local = exchanges.isEmpty ? try sink.makeLocal() : nil
      while sink.wantsMore {
        if let exchange = exchanges.first {
          exchange.waitUntilOpen(polling: query.lookForCancellation) { failures.hasFailed }
        } else {
          sink.waitUntilReady(polling: query.lookForCancellation) { failures.hasFailed }
        }
        let sequence = next.add(1, ordering: .relaxed).oldValue
        guard sequence < morsels.count, failures.allows(sequence, level: 0) else { break }
        read(sequence, &local)
      }
      if let local { try sink.combine(local) }
    } catch {
      failures.record(error, level: 0, sequence: 0)
    }
  }

  private func read(_ sequence: Int, _ local: inout S.Local?) {
    let (input, morsel) = morsels[sequence]
    var operators = OperatorChain(
      chain.inputs[input].operators, end: end(0), sequence: sequence,
      items: chain.inputs.count == 1
        ? morsel.firstRow.flatMap { chain.inputs[input].source.items?.shifted(by: $0) } : nil,
      query)
    var position = BatchPosition(sequence: sequence, row: 0, partition: morsel.partition)
    do {
      try measured(morsel, chain.inputs[input].source.readMetrics) { batch in
        try operators.push(batch) { out in
          if let exchange = exchanges.first {
            exchange.push(out, sequence: sequence, partition: morsel.partition)
            return .more
          }
          return try deliver(out, &position, &local)
        }
      }
    } catch {
      fail(error, level: 0, sequence: sequence)
    }
    failures.recordRows(operators.rows, sequence: sequence)
    if let exchange = exchanges.first {
      exchange.endSequence(sequence)
    } else if var kept = local.take() {
      sink.endMorsel(position, &kept)
      local = kept
    }
  }

  /// Reads a morsel; counts what is read, and the time that reading takes, where that is asked for.
  private func measured(
    _ morsel: Morsel, _ metrics: OperatorMetrics?, _ take: (Batch) throws -> Flow
  ) throws {
    guard query.isAnalyzing, let metrics else { return try morsel.read(take) }
    var resumed = MonotonicClock.nanoseconds()
    try morsel.read { batch in
      metrics.add(nanoseconds: MonotonicClock.nanoseconds() - resumed)
      metrics.countRead(batch.count)
      defer { resumed = MonotonicClock.nanoseconds() }
      return try take(batch)
    }
    metrics.add(nanoseconds: MonotonicClock.nanoseconds() - resumed)
  }

  private func deliver(
    _ batch: Batch, _ position: inout BatchPosition, _ local: inout S.Local?
  ) throws -> Flow {
    guard batch.count > 0, var kept = local.take() else { return .more }
    defer { local = kept }
    let flow = try sink.consume(batch, position, &kept)
    position.row += batch.count
    return flow
  }

  private func fail(_ error: any Error, level: Int, sequence: Int) {
    if let failure = error as? OperatorChain.Failure {
      failures.record(failure.error, level: level, sequence: sequence, place: failure.place)
    } else {
      failures.record(error, level: level, sequence: sequence)
    }
    if level < exchanges.count {
      exchanges[level].fail(sequence)
    } else {
      sink.morselFailed(sequence)
    }
  }

  /// What stands for the end of a level's operators in the failure log: the exchange there, or the
  /// sink.
  private func end(_ level: Int) -> ObjectIdentifier {
    level < exchanges.count ? ObjectIdentifier(exchanges[level]) : ObjectIdentifier(failures)
  }

  // MARK: Consumers of exchanges

  /// One consumer of exchange `k`: takes jobs until it is closed and empty.
  private func serve(_ k: Int) {
    let level = k + 1
    do {
      var local = level == exchanges.count ? try sink.makeLocal() : nil
      while let job = nextJob(k) {
        var time: WorkTime?
        if failures.allows(job.number, level: level), sink.wantsMore {
          time = run(job, k, &local)
        }
        end(job, k, after: time)
      }
      if let local { try sink.combine(local) }
    } catch {
      failures.record(error, level: level, sequence: 0)
      while let job = exchanges[k].take() { end(job, k) }
    }
    exchanges[k].consumerEnded()
  }

  /// The next job, once there is room for its results.
  private func nextJob(_ k: Int) -> Exchange.Job? {
    if k + 1 < exchanges.count {
      exchanges[k + 1].waitUntilOpen(polling: query.lookForCancellation) { failures.hasFailed }
    } else {
      sink.waitUntilReady(polling: query.lookForCancellation) { failures.hasFailed }
    }
    return exchanges[k].take()
  }

  private func end(_ job: Exchange.Job, _ k: Int, after time: WorkTime? = nil) {
    if k + 1 < exchanges.count { exchanges[k + 1].endSequence(job.number) }
    exchanges[k].finished(job, after: time)
    if time != nil { exchanges[k].startConsumers() }
  }

  /// Sends a job through its operators: as one batch, or where calls are of single rows as the
  /// batches that came.
  private func push(
    _ job: Exchange.Job, _ operators: inout OperatorChain, _ deliver: (Batch) throws -> Flow
  ) throws -> Flow {
    guard job.keepsBatches else { return try operators.push(job.batch, deliver) }
    for batch in job.piece.parts {
      let flow = try operators.push(batch, deliver)
      if flow == .done { return .done }
    }
    return .more
  }

  /// Runs a job; gives what that took if the exchange is tuned, without the time of whoever takes
  /// the results.
  private func run(_ job: Exchange.Job, _ k: Int, _ local: inout S.Local?) -> WorkTime? {
    let began = exchanges[k].isTuned ? WorkTime.Reading.now : nil
    var elsewhere = WorkTime()
    var operators = OperatorChain(
      chain.segments[k].operators, end: end(k + 1), sequence: job.number,
      items: chain.items(before: k)?.shifted(by: job.firstRow), query)
    var position = BatchPosition(sequence: job.number, row: 0, partition: job.partition)
    do {
      _ = try WorkInHand(failures, number: job.number, level: k + 1).run {
        try push(job, &operators) { out in
          let left = began == nil ? nil : WorkTime.Reading.now
          defer { if let left { elsewhere += WorkTime.Reading.now.since(left) } }
          if k + 1 < exchanges.count {
            exchanges[k + 1].push(out, sequence: job.number, partition: job.partition)
            return .more
          }
          return try deliver(out, &position, &local)
        }
      }
    } catch {
      fail(error, level: k + 1, sequence: job.number)
    }
    failures.recordRows(operators.rows, sequence: job.number)
    let time = began.map { WorkTime.Reading.now.since($0) - elsewhere }
    if k + 1 == exchanges.count, var kept = local.take() {
      sink.endMorsel(position, &kept)
      local = kept
    }
    return time
  }
}
