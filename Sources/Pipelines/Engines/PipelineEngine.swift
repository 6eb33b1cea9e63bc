import Columnar
import ColumnarCore

/// An engine of one's own: it decides where, in which portions and on which engines the items of a
/// pipeline's runs are computed.
///
/// ```swift
/// struct InPortions: PipelineEngine {
///   func results(of run: ItemRun) throws -> Results {
///     try Results(joining: run.portions(of: 10_000).map { try $0.results(on: .columnar) })
///   }
/// }
/// let results = try pipeline.on(InPortions()).map(text.each(texts))
/// ```
///
/// `run`, `map` and `stream` in all their forms ask it, a stream portion by portion; queries, such
/// as those that a frame's rows come from, run as on `.columnar`. What it throws is the run's
/// error.
public protocol PipelineEngine: Engine {
  /// The results of all items of a run, in their order.
  func results(of run: ItemRun) throws -> Results
}

extension PipelineEngine {
  public var _configuration: EngineConfiguration { EngineConfiguration() }
}

/// The items of one run, or some of them, as an engine of one's own is given them.
public struct ItemRun: Sendable {
  let pipeline: Pipeline
  let items: MappedItems
  let cancellation: Cancellation
  /// Whether it is the one item of `run(…)`.
  public let isSingle: Bool
  /// The numbers of the items among those of the whole run.
  public let range: Range<Int>

  init(
    _ pipeline: Pipeline, _ items: MappedItems, isSingle: Bool, _ cancellation: Cancellation,
    first: Int = 0
  ) {
    self.pipeline = pipeline
    self.items = items
    self.isSingle = isSingle
    self.cancellation = cancellation
    range = first..<first + items.count
  }

  /// The pipeline's name.
  public var name: String { pipeline.name }
  /// The number of items.
  public var count: Int { items.count }
  /// The names of what is to be given back, in order.
  public var outputNames: [String] { pipeline.outputs }

  /// The inputs as columns, a row for each item; those that are the same for all items too, but no
  /// states.
  public var inputs: DataFrame {
    get throws {
      var columns = items.columns.map { (name: $0.0, column: $0.1) }
      for (name, input) in items.bound.values.sorted(by: { $0.key < $1.key }) {
        guard case .constant(let value, nil) = input else { continue }
        columns.append((name, .constant(value, count: count)))
      }
      return try DataFrame(columns: columns)
    }
  }

  /// Some of the items, counted from 0; numbers outside of them trap, as those of an array do.
  public subscript(items range: Range<Int>) -> ItemRun {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= count,
      "The run has \(count) items; \(range) are not among them.")
    let part = MappedItems(
      nodes: items.nodes, bound: items.bound,
      columns: items.columns.map { ($0.0, $0.1.slice(range)) }, count: range.count)
    return ItemRun(
      pipeline, part, isSingle: isSingle, cancellation,
      first: self.range.lowerBound + range.lowerBound)
  }

  /// The items in portions of `size`, the last as large as what is left; none of no items.
  public func portions(of size: Int) -> [ItemRun] {
    stride(from: 0, to: count, by: max(1, size)).map {
      self[items: $0..<min(count, $0 + max(1, size))]
    }
  }

  /// The results of these items on another engine; errors and failures name items by their numbers in
  /// the whole run.
  ///
  /// Each call is a run of its own: it makes states anew, unless the engine keeps them, and listeners
  /// hear of a run.
  public func results(on engine: any Engine) throws -> Results {
    do {
      let results = try pipeline.with(engine: engine).compute(
        items, isSingle: isSingle, cancellation)
      return results.shifted(by: range.lowerBound)
    } catch let error as ColumnarError {
      throw error.shiftingRow(by: range.lowerBound)
    }
  }

  /// Results that were computed elsewhere: a row for each item, a column for each output, of its
  /// type.
  ///
  /// Columns are found by name; numbers widen without loss.
  public func results(from frame: DataFrame) throws -> Results {
    guard frame.count == count else { throw wrongCount(frame.count) }
    let columns = try outputNames.map { name -> Column in
      let column = try frame.column(name)
      guard let value = pipeline.graph.output(name)?.value, column.type != value.type,
        !column.type.kind.matches(value.type.kind)
      else { return column }
      guard column.type == .null || value.takes(column.type) else {
        throw ColumnarError(
          .typeMismatch,
          "The engine gave \(column.type) for \"\(name)\", which is \(value.swiftName), stored as "
            + "\(value.type).", context: [.plan("pipeline \"\(self.name)\"")])
      }
      return column.type == .null
        ? .nulls(of: value.type, count: count) : try column.cast(to: value.type, strict: true)
    }
    return pipeline.results(columns, count: count, nil)
  }

  /// An error if the run was cancelled: for engines that wait for something.
  public func checkCancellation() throws { try cancellation.check() }

  /// What an engine made of the run, if it is that.
  func checked(_ results: Results) throws -> Results {
    guard results.count == count else { throw wrongCount(results.count) }
    guard results.names == outputNames else {
      throw ColumnarError(
        .invalidPlan,
        "The engine gave results for \(results.names), but was asked for \(outputNames).",
        context: [.plan("pipeline \"\(name)\"")])
    }
    return results
  }

  private func wrongCount(_ given: Int) -> ColumnarError {
    ColumnarError(
      .lengthMismatch,
      "The engine gave \(given) results for \(count) items. It must give one for each, in order.",
      context: [.plan("pipeline \"\(name)\"")])
  }
}
