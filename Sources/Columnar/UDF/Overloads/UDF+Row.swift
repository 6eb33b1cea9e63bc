// Written by scripts/generate-overloads.py; change that, not this.

import ColumnarCore

extension UDF {
  /// A function called once per row on 0 columns.
  @inlinable @inline(__always)
  public static func row<Result: ColumnValue>(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable () throws -> Result
  ) -> RowUDF0<Result> {
    RowUDF0(
      function(
        name, .row, [], Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 1 column.
  @inlinable @inline(__always)
  public static func row<A: ColumnValue, Result: ColumnValue>(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A) throws -> Result
  ) -> RowUDF1<A, Result> {
    RowUDF1(
      function(
        name, .row, [UDFParameter(data: A.self)], Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 2 columns.
  @inlinable @inline(__always)
  public static func row<A: ColumnValue, B: ColumnValue, Result: ColumnValue>(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B) throws -> Result
  ) -> RowUDF2<A, B, Result> {
    RowUDF2(
      function(
        name, .row, [UDFParameter(data: A.self), UDFParameter(data: B.self)], Result.columnType,
        options, UDFBody.row(closure)))
  }

  /// A function called once per row on 3 columns.
  @inlinable @inline(__always)
  public static func row<A: ColumnValue, B: ColumnValue, C: ColumnValue, Result: ColumnValue>(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C) throws -> Result
  ) -> RowUDF3<A, B, C, Result> {
    RowUDF3(
      function(
        name, .row,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
        ], Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 4 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, Result: ColumnValue
  >(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D) throws -> Result
  ) -> RowUDF4<A, B, C, D, Result> {
    RowUDF4(
      function(
        name, .row,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
        ], Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 5 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue,
    Result: ColumnValue
  >(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E) throws -> Result
  ) -> RowUDF5<A, B, C, D, E, Result> {
    RowUDF5(
      function(
        name, .row,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
        ], Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 6 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    Result: ColumnValue
  >(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F) throws -> Result
  ) -> RowUDF6<A, B, C, D, E, F, Result> {
    RowUDF6(
      function(
        name, .row,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
        ], Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 7 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    G: ColumnValue, Result: ColumnValue
  >(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G) throws -> Result
  ) -> RowUDF7<A, B, C, D, E, F, G, Result> {
    RowUDF7(
      function(
        name, .row,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
          UDFParameter(data: G.self),
        ], Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 8 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    G: ColumnValue, H: ColumnValue, Result: ColumnValue
  >(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, H) throws -> Result
  ) -> RowUDF8<A, B, C, D, E, F, G, H, Result> {
    RowUDF8(
      function(
        name, .row,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
          UDFParameter(data: G.self),
          UDFParameter(data: H.self),
        ], Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 0 columns and a state.
  @inlinable @inline(__always)
  public static func row<S, Result: ColumnValue>(
    _ name: String, state: State<S>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (S) throws -> Result
  ) -> RowUDF0<Result> {
    RowUDF0(
      function(
        name, .row, [UDFParameter(state: state.factory)], Result.columnType, options,
        UDFBody.row(closure)))
  }

  /// A function called once per row on 1 column and a state.
  @inlinable @inline(__always)
  public static func row<A: ColumnValue, S, Result: ColumnValue>(
    _ name: String, state: State<S>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, S) throws -> Result
  ) -> RowUDF1<A, Result> {
    RowUDF1(
      function(
        name, .row, [UDFParameter(data: A.self), UDFParameter(state: state.factory)],
        Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 2 columns and a state.
  @inlinable @inline(__always)
  public static func row<A: ColumnValue, B: ColumnValue, S, Result: ColumnValue>(
    _ name: String, state: State<S>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, S) throws -> Result
  ) -> RowUDF2<A, B, Result> {
    RowUDF2(
      function(
        name, .row,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(state: state.factory),
        ], Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 3 columns and a state.
  @inlinable @inline(__always)
  public static func row<A: ColumnValue, B: ColumnValue, C: ColumnValue, S, Result: ColumnValue>(
    _ name: String, state: State<S>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, S) throws -> Result
  ) -> RowUDF3<A, B, C, Result> {
    RowUDF3(
      function(
        name, .row,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(state: state.factory),
        ], Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 4 columns and a state.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, S, Result: ColumnValue
  >(
    _ name: String, state: State<S>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, S) throws -> Result
  ) -> RowUDF4<A, B, C, D, Result> {
    RowUDF4(
      function(
        name, .row,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(state: state.factory),
        ], Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 5 columns and a state.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, S,
    Result: ColumnValue
  >(
    _ name: String, state: State<S>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, S) throws -> Result
  ) -> RowUDF5<A, B, C, D, E, Result> {
    RowUDF5(
      function(
        name, .row,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(state: state.factory),
        ], Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 6 columns and a state.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    S, Result: ColumnValue
  >(
    _ name: String, state: State<S>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, S) throws -> Result
  ) -> RowUDF6<A, B, C, D, E, F, Result> {
    RowUDF6(
      function(
        name, .row,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
          UDFParameter(state: state.factory),
        ], Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 7 columns and a state.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    G: ColumnValue, S, Result: ColumnValue
  >(
    _ name: String, state: State<S>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, S) throws -> Result
  ) -> RowUDF7<A, B, C, D, E, F, G, Result> {
    RowUDF7(
      function(
        name, .row,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
          UDFParameter(data: G.self),
          UDFParameter(state: state.factory),
        ], Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 0 columns and an object that the
  /// engine makes, once per worker.
  @inlinable @inline(__always)
  public static func row<S: Stateful, Result: ColumnValue>(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (S) throws -> Result
  ) -> RowUDF0<Result> {
    RowUDF0(
      function(
        name, .row, [UDFParameter(state: State(of: S.self).factory)], Result.columnType, options,
        UDFBody.row(closure)))
  }

  /// A function called once per row on 1 column and an object that the
  /// engine makes, once per worker.
  @inlinable @inline(__always)
  public static func row<A: ColumnValue, S: Stateful, Result: ColumnValue>(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, S) throws -> Result
  ) -> RowUDF1<A, Result> {
    RowUDF1(
      function(
        name, .row, [UDFParameter(data: A.self), UDFParameter(state: State(of: S.self).factory)],
        Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 2 columns and an object that the
  /// engine makes, once per worker.
  @inlinable @inline(__always)
  public static func row<A: ColumnValue, B: ColumnValue, S: Stateful, Result: ColumnValue>(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, S) throws -> Result
  ) -> RowUDF2<A, B, Result> {
    RowUDF2(
      function(
        name, .row,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(state: State(of: S.self).factory),
        ], Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 3 columns and an object that the
  /// engine makes, once per worker.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, S: Stateful, Result: ColumnValue
  >(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, S) throws -> Result
  ) -> RowUDF3<A, B, C, Result> {
    RowUDF3(
      function(
        name, .row,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(state: State(of: S.self).factory),
        ], Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 4 columns and an object that the
  /// engine makes, once per worker.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, S: Stateful, Result: ColumnValue
  >(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, S) throws -> Result
  ) -> RowUDF4<A, B, C, D, Result> {
    RowUDF4(
      function(
        name, .row,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(state: State(of: S.self).factory),
        ], Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 5 columns and an object that the
  /// engine makes, once per worker.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, S: Stateful,
    Result: ColumnValue
  >(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, S) throws -> Result
  ) -> RowUDF5<A, B, C, D, E, Result> {
    RowUDF5(
      function(
        name, .row,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(state: State(of: S.self).factory),
        ], Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 6 columns and an object that the
  /// engine makes, once per worker.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    S: Stateful, Result: ColumnValue
  >(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, S) throws -> Result
  ) -> RowUDF6<A, B, C, D, E, F, Result> {
    RowUDF6(
      function(
        name, .row,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
          UDFParameter(state: State(of: S.self).factory),
        ], Result.columnType, options, UDFBody.row(closure)))
  }

  /// A function called once per row on 7 columns and an object that the
  /// engine makes, once per worker.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    G: ColumnValue, S: Stateful, Result: ColumnValue
  >(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, S) throws -> Result
  ) -> RowUDF7<A, B, C, D, E, F, G, Result> {
    RowUDF7(
      function(
        name, .row,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
          UDFParameter(data: G.self),
          UDFParameter(state: State(of: S.self).factory),
        ], Result.columnType, options, UDFBody.row(closure)))
  }
}
