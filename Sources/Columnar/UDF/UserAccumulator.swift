import ColumnarCore

/// The states of a user-defined aggregate, one value per group.
final class UserAccumulator<S: Sendable>: FailingAccumulator {
  private let run: FunctionRun
  private let cancellation: Cancellation
  private let loops: AggregateLoops<S>
  private let states: GroupStates<S>
  /// Groups whose states failed to merge, or to finish.
  let failures: GroupFailures
  /// The groups that something has come to: groups come in the order of their numbers.
  private var seen = 0

  init(
    _ run: FunctionRun, _ cancellation: Cancellation, _ initial: S, _ loops: AggregateLoops<S>
  ) {
    self.run = run
    self.cancellation = cancellation
    self.loops = loops
    states = GroupStates(initial: initial)
    failures = GroupFailures(run, cancellation)
  }

  func grow(to groups: Int) { states.grow(to: groups) }

  func update(_ values: Column, groups: UnsafePointer<UInt32>, firstRow: Int64) throws {
    try update(values, groups)
  }

  func updateAll(_ values: Column, firstRow: Int64) throws {
    states.grow(to: 1)
    try update(values, nil)
  }

  private func update(_ values: Column, _ groups: UnsafePointer<UInt32>?) throws {
    guard values.count > 0 else { return }
    try run.call(on: values, cancellation) { call in
      try run.function.guarded(cancellation) { try loops.update(call, states.pointer, groups) }
    }
    seen = states.count
  }

  // The states don't leave memory: a partial state is where they are and the numbers of the groups.
  var stateTypes: [DataType] { UserFunction.partialTypes(GroupStates<S>.self) }

  func partialState() -> [Column] { UserFunction.partialState(states, count: states.count, seen) }

  func merge(_ state: [Column], groups: UnsafePointer<UInt32>) throws {
    guard let part = try UserFunction.part(of: state, as: GroupStates<S>.self, groups) else {
      return
    }
    try run.function.guarded(cancellation, "merging two states of a group") {
      try loops.merge(
        GroupMerging(
          target: states.pointer, source: part.states.pointer,
          from: part.from.pointer(as: Int64.self),
          into: part.into.pointer(as: UInt32.self), count: part.count, seen: seen,
          failures: failures))
    }
    withExtendedLifetime(part) {}
    seen = states.count
  }

  func finish() throws -> Column {
    let results = try run.function.guarded(cancellation, "finishing a group") {
      try loops.finish(states.pointer, states.count, failures)
    }
    return failures.nulling(results)
  }
}

extension FunctionRun {
  /// Calls an aggregate on a batch; several arguments come as the fields of a struct.
  func call(
    on values: Column, _ cancellation: Cancellation, _ body: (UDFCall) throws -> Void
  ) throws {
    let columns = function.dataParameters.count == 1 ? [values] : values.structChildren
    let called = function.callableRows(columns)?.setCount ?? values.count
    try batch(called: called, skipped: values.count - called) {
      try body(
        UDFCall(
          run: self, columns: columns, states: [], count: values.count, cancellation: cancellation))
    }
  }
}

extension UserFunction {
  /// Runs a part of an aggregate; queries that it starts end with this one.
  ///
  /// - Parameter doing: what is being done, for errors that don't name the function yet.
  func guarded<R>(
    _ cancellation: Cancellation, _ doing: String = "updating a group", _ body: () throws -> R
  ) throws -> R {
    do {
      let outer = NestedQuery.Outer(cancellation: cancellation, isParallel: true)
      return try NestedQuery.$outer.withValue(outer) { try body() }
    } catch {
      if let known = error as? ColumnarError,
        known.code == .cancelled || known.context.contains(.node(name))
      {
        throw known
      }
      throw ColumnarError(
        .udf, "\"\(name)\" failed at \(doing): \(error).", context: [.node(name)],
        underlying: error)
    }
  }

  // MARK: Partial states

  static func partialTypes<States: Sendable>(_ type: States.Type) -> [DataType] {
    [.opaque(type), .int64]
  }

  /// A partial state that stays in memory: the object that holds the states, once, and a group's
  /// number in it per row, null where no row has come to the group.
  static func partialState<States: Sendable>(
    _ states: States, count: Int, _ seen: Int
  ) -> [Column] {
    let numbers = Column.rowNumbers(from: 0, count: count)
    let validity =
      seen < count
      ? Bitmap(count: count) { k in
        let first = k &* 64
        return seen <= first ? 0 : seen - first >= 64 ? ~0 : (1 << UInt64(seen - first)) - 1
      } : nil
    return [.constant(.opaque([states]), count: count), numbers.withValidity(validity)]
  }

  /// The states and groups of a partial state.
  struct Part<States> {
    let states: States
    /// Int64 each.
    let from: Buffer
    /// UInt32 each.
    let into: Buffer
    let count: Int
  }

  /// What `partialState` made, or some of its rows; nil of none.
  static func part<States: Sendable>(
    of state: [Column], as type: States.Type, _ groups: UnsafePointer<UInt32>
  ) throws -> Part<States>? {
    guard state[0].count > 0 else { return nil }
    // One object for all rows: not unfolded.
    let holder = state[0].encoding == .constant ? state[0].storage.children[0] : state[0]
    guard let states = holder.objects.first as? States else {
      throw ColumnarError(.internal, "a partial state holds no \(type).")
    }
    let numbers = PrimitiveView<Int64>(state[1])
    var from = MutableBuffer(capacity: numbers.count * 8)
    var into = MutableBuffer(capacity: numbers.count * 4)
    for row in 0..<numbers.count where numbers.validity?.isSet(row) ?? true {
      from.append(numbers.values[row])
      into.append(groups[row])
    }
    let count = into.count / 4
    return count == 0
      ? nil : Part(states: states, from: from.freeze(), into: into.freeze(), count: count)
  }
}
