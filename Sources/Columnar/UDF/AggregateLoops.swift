import ColumnarCore

/// The loops of an aggregate of per-value closures, each specialised in the user's module.
@usableFromInline
package struct AggregateLoops<S: Sendable>: Sendable {
  /// Adds a batch's rows to the states of their groups (nil: all to the first).
  @usableFromInline
  package typealias Update =
    @Sendable (
      UDFCall, UnsafeMutablePointer<S>, UnsafePointer<UInt32>?
    ) throws -> Void

  package let update: Update
  package let merge: @Sendable (GroupMerging<S>) throws -> Void
  package let finish: @Sendable (UnsafeMutablePointer<S>, Int, GroupFailures) throws -> Column

  @inlinable @inline(__always)
  package init<Result: ColumnValue>(
    update: @escaping Update, merge: @escaping @Sendable (inout S, S) throws -> Void,
    finish: @escaping @Sendable (S) throws -> Result
  ) {
    self.init(
      update: update,
      merging: { states in
        var seen = states.seen
        for row in 0..<states.count {
          let group = Int(states.into[row])
          let other = states.source[Int(states.from[row])]
          if group >= seen {
            // Nothing has come to this group yet, so there is nothing to merge with.
            states.target[group] = other
            seen = group &+ 1
          } else {
            do { try merge(&states.target[group], other) } catch {
              try states.failures.fail(group, error)
            }
          }
        }
      },
      finishing: { states, count, failures in
        var writer = ValueWriter<Result>(count: count)
        for group in 0..<count {
          if failures.contains(group) {
            writer.setNull(group)
            continue
          }
          let result: Result
          do { result = try finish(states[group]) } catch {
            try failures.fail(group, error)
            writer.setNull(group)
            continue
          }
          writer.set(group, result)
        }
        try writer.check()
        return writer.finish(validity: nil)
      })
  }

  @usableFromInline
  package init(
    update: @escaping Update, merging: @escaping @Sendable (GroupMerging<S>) throws -> Void,
    finishing:
      @escaping @Sendable (UnsafeMutablePointer<S>, Int, GroupFailures) throws -> Column
  ) {
    (self.update, merge, finish) = (update, merging, finishing)
  }
}

/// States of one set of groups on their way into another.
@usableFromInline
package struct GroupMerging<S> {
  @usableFromInline package let target: UnsafeMutablePointer<S>
  @usableFromInline package let source: UnsafeMutablePointer<S>
  /// The groups of the source, and those of the target that they go into.
  @usableFromInline package let from: UnsafePointer<Int64>
  @usableFromInline package let into: UnsafePointer<UInt32>
  @usableFromInline package let count: Int
  /// The groups of the target that something has come to; further ones come in order.
  @usableFromInline package let seen: Int
  /// Target groups whose merging failed.
  @usableFromInline package let failures: GroupFailures
}

extension UDF {
  /// An aggregate whose state is one value per group.
  @usableFromInline
  package static func aggregateFunction<S: Sendable>(
    _ name: String, _ parameters: [UDFParameter], _ result: DataType, _ options: UDFOptions,
    _ initial: S, _ loops: AggregateLoops<S>
  ) -> UserFunction {
    UserFunction(
      name: name, kind: .aggregate, parameters: parameters, resultType: result, options: options,
      special: .aggregate { run, cancellation in
        UserAccumulator(run, cancellation, initial, loops)
      },
      body: misplaced(name))
  }

  /// The body of a function that is not run as a column for each batch.
  package static func misplaced(_ name: String) -> @Sendable (UDFCall) throws -> Column {
    { _ in throw ColumnarError(.internal, "\"\(name)\" was called where a column is computed.") }
  }
}
