// Written by scripts/generate-overloads.py; change that, not this.

import ColumnarCore

extension UDF {
  /// An async function of 1 column.
  @inlinable
  public static func async<A: ColumnValue, Result: ColumnValue>(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A) async throws -> Result
  ) -> RowUDF1<A, Result> {
    RowUDF1(
      function(
        name, .async, [UDFParameter(data: A.self)], Result.columnType, options,
        UDFBody.async(closure)))
  }

  /// An async function of 2 columns.
  @inlinable
  public static func async<A: ColumnValue, B: ColumnValue, Result: ColumnValue>(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B) async throws -> Result
  ) -> RowUDF2<A, B, Result> {
    RowUDF2(
      function(
        name, .async, [UDFParameter(data: A.self), UDFParameter(data: B.self)], Result.columnType,
        options, UDFBody.async(closure)))
  }

  /// An async function of 3 columns.
  @inlinable
  public static func async<A: ColumnValue, B: ColumnValue, C: ColumnValue, Result: ColumnValue>(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C) async throws -> Result
  ) -> RowUDF3<A, B, C, Result> {
    RowUDF3(
      function(
        name, .async,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
        ], Result.columnType, options, UDFBody.async(closure)))
  }

  /// An async function of 4 columns.
  @inlinable
  public static func async<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, Result: ColumnValue
  >(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D) async throws -> Result
  ) -> RowUDF4<A, B, C, D, Result> {
    RowUDF4(
      function(
        name, .async,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
        ], Result.columnType, options, UDFBody.async(closure)))
  }

  /// An async function of 5 columns.
  @inlinable
  public static func async<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue,
    Result: ColumnValue
  >(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E) async throws -> Result
  ) -> RowUDF5<A, B, C, D, E, Result> {
    RowUDF5(
      function(
        name, .async,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
        ], Result.columnType, options, UDFBody.async(closure)))
  }

  /// An async function of 6 columns.
  @inlinable
  public static func async<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    Result: ColumnValue
  >(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F) async throws -> Result
  ) -> RowUDF6<A, B, C, D, E, F, Result> {
    RowUDF6(
      function(
        name, .async,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
        ], Result.columnType, options, UDFBody.async(closure)))
  }

  /// An async function of 7 columns.
  @inlinable
  public static func async<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    G: ColumnValue, Result: ColumnValue
  >(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G) async throws -> Result
  ) -> RowUDF7<A, B, C, D, E, F, G, Result> {
    RowUDF7(
      function(
        name, .async,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
          UDFParameter(data: G.self),
        ], Result.columnType, options, UDFBody.async(closure)))
  }

  /// An async function of 8 columns.
  @inlinable
  public static func async<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    G: ColumnValue, H: ColumnValue, Result: ColumnValue
  >(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, H) async throws -> Result
  ) -> RowUDF8<A, B, C, D, E, F, G, H, Result> {
    RowUDF8(
      function(
        name, .async,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
          UDFParameter(data: G.self),
          UDFParameter(data: H.self),
        ], Result.columnType, options, UDFBody.async(closure)))
  }

  /// An async function of 1 column and a shared state.
  @inlinable
  public static func async<A: ColumnValue, S: Sendable, Result: ColumnValue>(
    _ name: String, state: State<S>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, S) async throws -> Result
  ) -> RowUDF1<A, Result> {
    RowUDF1(
      function(
        name, .async,
        [
          UDFParameter(data: A.self),
          UDFParameter(state: state.factory),
        ], Result.columnType, options, UDFBody.async(closure)))
  }

  /// An async function of 2 columns and a shared state.
  @inlinable
  public static func async<A: ColumnValue, B: ColumnValue, S: Sendable, Result: ColumnValue>(
    _ name: String, state: State<S>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, S) async throws -> Result
  ) -> RowUDF2<A, B, Result> {
    RowUDF2(
      function(
        name, .async,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(state: state.factory),
        ], Result.columnType, options, UDFBody.async(closure)))
  }

  /// An async function of 3 columns and a shared state.
  @inlinable
  public static func async<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, S: Sendable, Result: ColumnValue
  >(
    _ name: String, state: State<S>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, S) async throws -> Result
  ) -> RowUDF3<A, B, C, Result> {
    RowUDF3(
      function(
        name, .async,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(state: state.factory),
        ], Result.columnType, options, UDFBody.async(closure)))
  }

  /// An async function of 4 columns and a shared state.
  @inlinable
  public static func async<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, S: Sendable, Result: ColumnValue
  >(
    _ name: String, state: State<S>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, S) async throws -> Result
  ) -> RowUDF4<A, B, C, D, Result> {
    RowUDF4(
      function(
        name, .async,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(state: state.factory),
        ], Result.columnType, options, UDFBody.async(closure)))
  }

  /// An async function of 5 columns and a shared state.
  @inlinable
  public static func async<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, S: Sendable,
    Result: ColumnValue
  >(
    _ name: String, state: State<S>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, S) async throws -> Result
  ) -> RowUDF5<A, B, C, D, E, Result> {
    RowUDF5(
      function(
        name, .async,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(state: state.factory),
        ], Result.columnType, options, UDFBody.async(closure)))
  }

  /// An async function of 6 columns and a shared state.
  @inlinable
  public static func async<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    S: Sendable, Result: ColumnValue
  >(
    _ name: String, state: State<S>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, S) async throws -> Result
  ) -> RowUDF6<A, B, C, D, E, F, Result> {
    RowUDF6(
      function(
        name, .async,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
          UDFParameter(state: state.factory),
        ], Result.columnType, options, UDFBody.async(closure)))
  }

  /// An async function of 7 columns and a shared state.
  @inlinable
  public static func async<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    G: ColumnValue, S: Sendable, Result: ColumnValue
  >(
    _ name: String, state: State<S>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, S) async throws -> Result
  ) -> RowUDF7<A, B, C, D, E, F, G, Result> {
    RowUDF7(
      function(
        name, .async,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
          UDFParameter(data: G.self),
          UDFParameter(state: state.factory),
        ], Result.columnType, options, UDFBody.async(closure)))
  }

  /// An async function of 8 columns and a shared state.
  @inlinable
  public static func async<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    G: ColumnValue, H: ColumnValue, S: Sendable, Result: ColumnValue
  >(
    _ name: String, state: State<S>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, H, S) async throws -> Result
  ) -> RowUDF8<A, B, C, D, E, F, G, H, Result> {
    RowUDF8(
      function(
        name, .async,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
          UDFParameter(data: G.self),
          UDFParameter(data: H.self),
          UDFParameter(state: state.factory),
        ], Result.columnType, options, UDFBody.async(closure)))
  }
}
