import ColumnarCore

/// A pipeline without breakers: morsels of its inputs, through operators and exchanges, towards a
/// sink.
package struct Chain: Sendable {
  /// The inputs, whose morsels are taken one input after the other.
  package var inputs: [Input]
  /// What follows behind exchanges.
  package var segments: [Segment] = []
  /// The columns that come out.
  package var columns: [BoundColumn]

  /// A source and the operators that run on the thread that reads it.
  package struct Input: Sendable {
    package let source: any MorselSource
    package var operators: [any PhysicalOperator]
  }

  /// An exchange and the operators that run on its consumers.
  package struct Segment: Sendable {
    package var exchange: ExchangeSpec
    package var operators: [any PhysicalOperator]
  }

  /// The same chain with one more operator at its end.
  package func appending(_ op: any PhysicalOperator, columns: [BoundColumn]) -> Chain {
    var chain = self
    chain.columns = columns
    if chain.segments.isEmpty {
      for k in chain.inputs.indices { chain.inputs[k].operators.append(op) }
    } else {
      chain.segments[chain.segments.count - 1].operators.append(op)
    }
    return chain
  }

  /// The same chain with what follows behind an exchange, which keeps the order of the rows.
  package func behindExchange(slots: Int) -> Chain {
    var chain = self
    chain.segments.append(
      .init(exchange: ExchangeSpec(batchSize: nil, slots: slots), operators: []))
    return chain
  }

  /// Which items the rows are that come out; nil where there is not one row for each item.
  package var items: ItemPlace? { items(before: segments.count) }

  /// Which items the rows are that come into exchange `k`.
  func items(before k: Int) -> ItemPlace? {
    let isKept = { (operators: [any PhysicalOperator]) in operators.allSatisfy(\.keepsRows) }
    guard inputs.allSatisfy({ isKept($0.operators) }),
      segments[..<k].allSatisfy({ isKept($0.operators) })
    else { return nil }
    if inputs.count == 1 { return inputs[0].source.items }
    return inputs.allSatisfy { $0.source.items?.isOfItems ?? false } ? .items : nil
  }

  /// The schema of the batches that come out.
  package var schema: Schema { Schema(unchecked: columns.map { Field($0.name, $0.type) }) }
}

/// Where morsels come from.
package protocol MorselSource: Sendable {
  /// A line for `explain`.
  var label: String { get }
  /// The chain whose result this reads, for `explain`.
  var inputs: [Chain] { get }
  /// What counts the batches that are read; nil where the source counts by itself.
  var readMetrics: OperatorMetrics? { get }
  /// What was counted, for `explain`.
  var figures: String { get }
  /// Which items its rows are; nil where it is not one row for each.
  var items: ItemPlace? { get }
  /// Runs what this depends on, and cuts the work, to be given out in batches of `batchRows` rows.
  func prepare(_ query: QueryContext, batchRows: Int) throws -> [Morsel]
}

extension MorselSource {
  package var items: ItemPlace? { nil }
}

/// A step of a chain, shared by all threads.
package protocol PhysicalOperator: Sendable {
  /// A line for `explain`.
  var label: String { get }
  /// Further chains it needs, for `explain`.
  var inputs: [Chain] { get }
  /// What it counted.
  var metrics: OperatorMetrics { get }
  /// Whether a row comes out for every row that goes in, in order.
  var keepsRows: Bool { get }
  /// Runs what it depends on, such as a join's build side.
  func prepare(_ query: QueryContext) throws
  /// Handles one batch; an error carries the row within the batch where it is known.
  func push(
    _ batch: Batch, _ query: QueryContext, _ emit: (Batch) throws -> Flow
  ) throws -> Flow
}

extension PhysicalOperator {
  package var inputs: [Chain] { [] }
  package var keepsRows: Bool { false }
  package func prepare(_ query: QueryContext) throws {}
}

/// Where a chain ends.
///
/// `Local` is what each thread keeps to itself until it is done.
package protocol Sink: Sendable {
  associatedtype Local
  func makeLocal() throws -> Local
  /// Takes a batch; says `.done` when no more of this morsel is wanted.
  func consume(_ batch: Batch, _ position: BatchPosition, _ local: inout Local) throws -> Flow
  /// All batches of a morsel have come.
  func endMorsel(_ position: BatchPosition, _ local: inout Local)
  /// A morsel failed: those behind it may never be started, so nobody may wait for them; those before
  /// it still come.
  func morselFailed(_ sequence: Int)
  /// A thread is done.
  func combine(_ local: consuming Local) throws
  /// Whether further morsels are wanted.
  var wantsMore: Bool { get }
  /// Called before a thread starts a further morsel: waits while too much is waiting for its turn,
  /// unless `stopped` says that the stage is failing. The morsel that is next in order has been
  /// started, so the wait ends.
  func waitUntilReady(polling poll: () -> Void, unless stopped: () -> Bool)
  /// Whether whoever takes the results may take his time, or stop: then little is computed ahead.
  var isPatient: Bool { get }
  /// Whether it keeps batches as they are and computes nothing with them, so that it doesn't matter
  /// whether they fit the cache.
  var onlyKeeps: Bool { get }
  /// Whether the morsels up to `sequence` gave all that is wanted. Asked when all threads are done.
  func isComplete(upTo sequence: Int) -> Bool
}

extension Sink {
  package func endMorsel(_ position: BatchPosition, _ local: inout Local) {}
  package func morselFailed(_ sequence: Int) {}
  package var wantsMore: Bool { true }
  package var isPatient: Bool { false }
  package var onlyKeeps: Bool { false }
  package func waitUntilReady(polling poll: () -> Void, unless stopped: () -> Bool) {}
  package func isComplete(upTo sequence: Int) -> Bool { false }
}

/// Where a batch stands in the order of all rows.
package struct BatchPosition: Sendable {
  /// The number of its morsel (behind an exchange: of its job).
  package let sequence: Int
  /// The row within the morsel's output at which it begins.
  package var row: Int
  /// The partition of the data that its rows belong to.
  package let partition: Int

  /// A number by which rows of different batches compare in order.
  package var orderBase: Int64 { Int64(sequence) << 32 | Int64(row) }
}
