// Written by scripts/generate-overloads.py; change that, not this.

import ColumnarCore

extension UDF {
  /// A function of all rows of a group, on 1 column.
  ///
  /// `update` is called once per row with the state of the row's group, which begins as a copy of
  /// `initial`; rows with a null for a parameter that is not optional are left out. Each thread has
  /// states of its own, which `merge` adds to another's: merging `initial` must change nothing.
  /// `finish` makes the result of a state; of a group without values that of `initial`.
  ///
  /// Within a thread rows come in order; which rows a thread gets is not fixed. Where the order
  /// matters, state the contract `.ordered`: then all rows come in order, on one thread.
  ///
  /// With `onError` at `.null` or `.collect`, a row whose `update` fails is left out of its group,
  /// and a group whose `merge` or `finish` fails is null; an `update` that throws should leave the
  /// state as it was. Batch sizes, concurrency and isolation do not apply.
  @inlinable @inline(__always)
  public static func aggregate<S: Sendable, A: ColumnValue, Result: ColumnValue>(
    _ name: String, initial: S, options: UDFOptions = UDFOptions(),
    update: @escaping @Sendable (inout S, A) throws -> Void,
    merge: @escaping @Sendable (inout S, S) throws -> Void,
    finish: @escaping @Sendable (S) throws -> Result
  ) -> AggregateUDF1<A, Result> {
    AggregateUDF1(
      aggregateFunction(
        name, [UDFParameter(data: A.self)], Result.columnType, options, initial,
        AggregateLoops(
          update: UDFBody.aggregate(update), merge: merge, finish: finish)))
  }

  /// A function of all rows of a group, on 2 columns.
  ///
  /// `update` is called once per row with the state of the row's group, which begins as a copy of
  /// `initial`; rows with a null for a parameter that is not optional are left out. Each thread has
  /// states of its own, which `merge` adds to another's: merging `initial` must change nothing.
  /// `finish` makes the result of a state; of a group without values that of `initial`.
  ///
  /// Within a thread rows come in order; which rows a thread gets is not fixed. Where the order
  /// matters, state the contract `.ordered`: then all rows come in order, on one thread.
  ///
  /// With `onError` at `.null` or `.collect`, a row whose `update` fails is left out of its group,
  /// and a group whose `merge` or `finish` fails is null; an `update` that throws should leave the
  /// state as it was. Batch sizes, concurrency and isolation do not apply.
  @inlinable @inline(__always)
  public static func aggregate<S: Sendable, A: ColumnValue, B: ColumnValue, Result: ColumnValue>(
    _ name: String, initial: S, options: UDFOptions = UDFOptions(),
    update: @escaping @Sendable (inout S, A, B) throws -> Void,
    merge: @escaping @Sendable (inout S, S) throws -> Void,
    finish: @escaping @Sendable (S) throws -> Result
  ) -> AggregateUDF2<A, B, Result> {
    AggregateUDF2(
      aggregateFunction(
        name, [UDFParameter(data: A.self), UDFParameter(data: B.self)], Result.columnType, options,
        initial,
        AggregateLoops(
          update: UDFBody.aggregate(update), merge: merge, finish: finish)))
  }

  /// A function of all rows of a group, on 3 columns.
  ///
  /// `update` is called once per row with the state of the row's group, which begins as a copy of
  /// `initial`; rows with a null for a parameter that is not optional are left out. Each thread has
  /// states of its own, which `merge` adds to another's: merging `initial` must change nothing.
  /// `finish` makes the result of a state; of a group without values that of `initial`.
  ///
  /// Within a thread rows come in order; which rows a thread gets is not fixed. Where the order
  /// matters, state the contract `.ordered`: then all rows come in order, on one thread.
  ///
  /// With `onError` at `.null` or `.collect`, a row whose `update` fails is left out of its group,
  /// and a group whose `merge` or `finish` fails is null; an `update` that throws should leave the
  /// state as it was. Batch sizes, concurrency and isolation do not apply.
  @inlinable @inline(__always)
  public static func aggregate<
    S: Sendable, A: ColumnValue, B: ColumnValue, C: ColumnValue, Result: ColumnValue
  >(
    _ name: String, initial: S, options: UDFOptions = UDFOptions(),
    update: @escaping @Sendable (inout S, A, B, C) throws -> Void,
    merge: @escaping @Sendable (inout S, S) throws -> Void,
    finish: @escaping @Sendable (S) throws -> Result
  ) -> AggregateUDF3<A, B, C, Result> {
    AggregateUDF3(
      aggregateFunction(
        name,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
        ], Result.columnType, options, initial,
        AggregateLoops(
          update: UDFBody.aggregate(update), merge: merge, finish: finish)))
  }

  /// A function of all rows of a group, on 1 column, whose state is its result.
  ///
  /// `update` is called once per row with the state of the row's group, which begins as a copy of
  /// `initial`; rows with a null for a parameter that is not optional are left out. Each thread has
  /// states of its own, which `merge` adds to another's: merging `initial` must change nothing.
  ///
  /// Within a thread rows come in order; which rows a thread gets is not fixed. Where the order
  /// matters, state the contract `.ordered`: then all rows come in order, on one thread.
  ///
  /// With `onError` at `.null` or `.collect`, a row whose `update` fails is left out of its group,
  /// and a group whose `merge` or `finish` fails is null; an `update` that throws should leave the
  /// state as it was. Batch sizes, concurrency and isolation do not apply.
  @inlinable @inline(__always)
  public static func aggregate<S: ColumnValue, A: ColumnValue>(
    _ name: String, initial: S, options: UDFOptions = UDFOptions(),
    update: @escaping @Sendable (inout S, A) throws -> Void,
    merge: @escaping @Sendable (inout S, S) throws -> Void
  ) -> AggregateUDF1<A, S> {
    AggregateUDF1(
      aggregateFunction(
        name, [UDFParameter(data: A.self)], S.columnType, options, initial,
        AggregateLoops(
          update: UDFBody.aggregate(update), merge: merge, finish: { $0 })))
  }

  /// A function of all rows of a group, on 2 columns, whose state is its result.
  ///
  /// `update` is called once per row with the state of the row's group, which begins as a copy of
  /// `initial`; rows with a null for a parameter that is not optional are left out. Each thread has
  /// states of its own, which `merge` adds to another's: merging `initial` must change nothing.
  ///
  /// Within a thread rows come in order; which rows a thread gets is not fixed. Where the order
  /// matters, state the contract `.ordered`: then all rows come in order, on one thread.
  ///
  /// With `onError` at `.null` or `.collect`, a row whose `update` fails is left out of its group,
  /// and a group whose `merge` or `finish` fails is null; an `update` that throws should leave the
  /// state as it was. Batch sizes, concurrency and isolation do not apply.
  @inlinable @inline(__always)
  public static func aggregate<S: ColumnValue, A: ColumnValue, B: ColumnValue>(
    _ name: String, initial: S, options: UDFOptions = UDFOptions(),
    update: @escaping @Sendable (inout S, A, B) throws -> Void,
    merge: @escaping @Sendable (inout S, S) throws -> Void
  ) -> AggregateUDF2<A, B, S> {
    AggregateUDF2(
      aggregateFunction(
        name, [UDFParameter(data: A.self), UDFParameter(data: B.self)], S.columnType, options,
        initial,
        AggregateLoops(
          update: UDFBody.aggregate(update), merge: merge, finish: { $0 })))
  }

  /// A function of all rows of a group, on 3 columns, whose state is its result.
  ///
  /// `update` is called once per row with the state of the row's group, which begins as a copy of
  /// `initial`; rows with a null for a parameter that is not optional are left out. Each thread has
  /// states of its own, which `merge` adds to another's: merging `initial` must change nothing.
  ///
  /// Within a thread rows come in order; which rows a thread gets is not fixed. Where the order
  /// matters, state the contract `.ordered`: then all rows come in order, on one thread.
  ///
  /// With `onError` at `.null` or `.collect`, a row whose `update` fails is left out of its group,
  /// and a group whose `merge` or `finish` fails is null; an `update` that throws should leave the
  /// state as it was. Batch sizes, concurrency and isolation do not apply.
  @inlinable @inline(__always)
  public static func aggregate<S: ColumnValue, A: ColumnValue, B: ColumnValue, C: ColumnValue>(
    _ name: String, initial: S, options: UDFOptions = UDFOptions(),
    update: @escaping @Sendable (inout S, A, B, C) throws -> Void,
    merge: @escaping @Sendable (inout S, S) throws -> Void
  ) -> AggregateUDF3<A, B, C, S> {
    AggregateUDF3(
      aggregateFunction(
        name,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
        ], S.columnType, options, initial,
        AggregateLoops(
          update: UDFBody.aggregate(update), merge: merge, finish: { $0 })))
  }
}
