import ColumnarCore
import Synchronization

/// What is run, as its events name it.
package struct RunSubject: Sendable {
  package let name: String
  /// How many items there are, where that is known.
  package let items: Int?
  /// The columns that are expression nodes, and the paths of these.
  package let expressions: [String: String]

  package init(name: String, items: Int?, expressions: [String: String]) {
    self.name = name
    self.items = items
    self.expressions = expressions
  }

  /// A query on frames.
  package static let query = RunSubject(name: "query", items: nil, expressions: [:])
}

/// Sends one run's events to the listeners.
package final class RunObserver: Sendable {
  private let listeners: [any RunListener]
  private let number: Int
  private let subject: RunSubject
  /// When the run began.
  private let began: UInt64
  private let state = Monitor(State())
  /// The most that a listener asks for.
  package let detail: RunDetail

  private struct State {
    /// By the system's names for them.
    var threads: [UInt: Int] = [:]
    /// Nodes in the order in which they started.
    var meters: [NodeMeter] = []
    var expressions: [String: NodeMeter] = [:]
    /// When the first batch reached a nested pipeline.
    var nested: [(path: String, started: UInt64)] = []
  }

  private static let runs = Atomic<Int>(0)

  /// Nil if nobody listens.
  package init?(
    _ listeners: [any RunListener], _ subject: RunSubject,
    began: UInt64 = MonotonicClock.nanoseconds()
  ) {
    self.began = began
    guard let detail = listeners.map(\.detail).max() else { return nil }
    self.listeners = listeners
    self.detail = detail
    self.subject = subject
    number = Self.runs.add(1, ordering: .relaxed).newValue
  }

  /// What measures a function's calls.
  package func meter(of node: String) -> NodeMeter { NodeMeter(node, self) }

  /// What measures an expression node; nil if the column is none.
  package func meter(ofExpression column: String) -> NodeMeter? {
    guard let node = subject.expressions[column] else { return nil }
    return state.withLock { state in
      if let meter = state.expressions[column] { return meter }
      let meter = NodeMeter(node, self)
      state.expressions[column] = meter
      return meter
    }
  }

  // MARK: Events

  /// The run begins.
  package func start() { send(.runStarted(items: subject.items), .nodes) }

  /// The run is over.
  package func finish(_ error: (any Error)?) {
    let (meters, nested) = state.withLock { ($0.meters, $0.nested) }
    for meter in meters { send(.nodeFinished(meter.figures), .nodes, node: meter.node) }
    for (path, started) in nested.reversed() {
      let ends = meters.filter { $0.node.hasPrefix(path + "/") }.map(\.lastEnd)
      let duration = Duration.passed(from: started, to: ends.max() ?? started)
      send(.nestedFinished(duration: duration), .nodes, node: path)
    }
    send(.runFinished(error: error.map { ColumnarError.wrapping($0, as: .internal) }), .nodes)
  }

  /// The first batch reaches a node.
  func started(_ meter: NodeMeter, at start: UInt64) {
    let entered = state.withLock { state in
      state.meters.append(meter)
      var entered: [String] = []
      for path in meter.node.outerPaths where !state.nested.contains(where: { $0.path == path }) {
        state.nested.append((path, start))
        entered.append(path)
      }
      return entered
    }
    for path in entered { send(.nestedStarted, .nodes, node: path, at: start) }
    send(.nodeStarted, .nodes, node: meter.node, at: start)
  }

  /// Sends an event to those who want that much.
  func send(
    _ kind: RunEvent.Kind, _ level: RunDetail, node: String? = nil, at time: UInt64? = nil,
    mayOverlap: Bool = false
  ) {
    guard detail >= level else { return }
    let event = RunEvent(
      run: number, pipeline: subject.name, node: node,
      time: .passed(from: began, to: time ?? MonotonicClock.nanoseconds()), thread: thread(),
      kind: kind, mayOverlap: mayOverlap)
    for listener in listeners where listener.detail >= level { listener.receive(event) }
  }

  private func thread() -> Int {
    let identity = ThreadIdentity.current
    return state.withLock { state in
      if let known = state.threads[identity] { return known }
      let number = state.threads.count + 1
      state.threads[identity] = number
      return number
    }
  }
}

extension String {
  /// The nested pipelines that a node's path leads through, the outermost first.
  fileprivate var outerPaths: [String] {
    var paths: [String] = []
    var path = ""
    for part in split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      path += path.isEmpty ? String(part) : "/" + part
      paths.append(path)
    }
    return paths
  }
}
