import Columnar
import ColumnarCore

/// What a sample told of one node; times are in nanoseconds.
///
/// A value that tests can make up, so that what is advised can be tested without a clock.
package struct NodeMeasurement: Sendable {
  /// What so many threads did at once.
  package struct Rate: Sendable {
    package let threads: Int
    package let rowsPerSecond: Double
    /// The part of their time in which the threads waited.
    package let waiting: Double

    package init(threads: Int, rowsPerSecond: Double, waiting: Double = 0) {
      self.threads = threads
      self.rowsPerSecond = rowsPerSecond
      self.waiting = waiting
    }
  }

  /// What a state costs to make.
  package struct StateCost: Sendable {
    package let name: String
    package let isShared: Bool
    /// The time of one construction.
    package let construction: Double
    /// How often it was made in the sample, and how often that should have been.
    package let made: Int
    package let expected: Int

    package init(
      _ name: String, isShared: Bool = false, construction: Double, made: Int = 1,
      expected: Int = 1
    ) {
      self.name = name
      self.isShared = isShared
      self.construction = construction
      self.made = made
      self.expected = expected
    }
  }

  /// What a nested pipeline is mapped over.
  package struct MappedLists: Sendable {
    package let lists: Int
    package let elements: Int

    package init(lists: Int, elements: Int) { (self.lists, self.elements) = (lists, elements) }
  }

  /// The node, within a nested pipeline by its path.
  package var node: String
  /// Nil for an expression.
  package var kind: UserFunction.Kind?
  /// What the node and the engine say.
  package var options = UDFOptions()
  /// Rows that were measured.
  package var rows = 0
  /// The items of the whole run.
  package var items = 0
  /// What a row costs in a large batch.
  package var perRow = 0.0
  /// What a call costs besides its rows.
  package var perCall = 0.0
  /// The part of a call's time that is spent waiting, from 0 to 1.
  package var waiting = 0.0
  /// How far the costs of single rows lie apart: the tenth largest part of them to the smallest, by
  /// their median; nil if too few were measured.
  package var spread: Double?
  /// The most expensive row by the median of them.
  package var heaviest = 1.0
  /// The bytes of the arguments.
  package var bytesPerRow = 0.0
  /// What handing a row to a process costs at least, besides the wake-ups of each batch.
  package var handOver: Double?
  /// What waking a worker process and being woken by it takes.
  package var wakeUps = HandOver.usualWakeUps
  /// In ascending order of threads, or of calls in flight.
  package var rates: [Rate] = []
  package var states: [StateCost] = []
  /// Why nothing was measured.
  package var skipped: String?
  /// Of a nested pipeline: the lists whose elements were looked at.
  package var mapped: MappedLists?
  /// What could not be measured in the time there was.
  package var gaps: [String] = []

  package init(node: String, kind: UserFunction.Kind?) {
    self.node = node
    self.kind = kind
  }

  /// The contract that calls are made under.
  package var contract: UDFOptions.Contract { options.contract ?? .pure }

  /// Whether calls wait more than they compute.
  package var isWaiting: Bool { kind == .async || waiting >= 0.5 }

  /// How much more the most threads that were tried did than one; nil if that was not measured.
  package func speedup(on threads: Int) -> Double? {
    guard let one = rates.first(where: { $0.threads == 1 }), one.rowsPerSecond > 0,
      let many = rates.last(where: { $0.threads == threads })
    else { return nil }
    return many.rowsPerSecond / one.rowsPerSecond
  }
}
