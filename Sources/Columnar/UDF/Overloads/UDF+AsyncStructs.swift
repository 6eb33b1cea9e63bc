// Written by scripts/generate-overloads.py; change that, not this.

import ColumnarCore

extension UDF {
  /// An async function of 1 column that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func async<A: ColumnValue, Row: Codable & Sendable>(
    _ name: String, outputs type: Row.Type,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A) async throws -> Row?
  ) -> RowUDF1<A, Row> {
    RowUDF1(
      function(
        name, .async, outputs: type, [UDFParameter(data: A.self)], options,
        UDFBody.asyncStructures(closure)))
  }

  /// An async function of 2 columns that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func async<A: ColumnValue, B: ColumnValue, Row: Codable & Sendable>(
    _ name: String, outputs type: Row.Type,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B) async throws -> Row?
  ) -> RowUDF2<A, B, Row> {
    RowUDF2(
      function(
        name, .async, outputs: type, [UDFParameter(data: A.self), UDFParameter(data: B.self)],
        options, UDFBody.asyncStructures(closure)))
  }

  /// An async function of 3 columns that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func async<A: ColumnValue, B: ColumnValue, C: ColumnValue, Row: Codable & Sendable>(
    _ name: String, outputs type: Row.Type,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C) async throws -> Row?
  ) -> RowUDF3<A, B, C, Row> {
    RowUDF3(
      function(
        name, .async, outputs: type,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
        ], options, UDFBody.asyncStructures(closure)))
  }

  /// An async function of 4 columns that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func async<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, Row: Codable & Sendable
  >(
    _ name: String, outputs type: Row.Type,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D) async throws -> Row?
  ) -> RowUDF4<A, B, C, D, Row> {
    RowUDF4(
      function(
        name, .async, outputs: type,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
        ], options, UDFBody.asyncStructures(closure)))
  }

  /// An async function of 5 columns that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func async<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue,
    Row: Codable & Sendable
  >(
    _ name: String, outputs type: Row.Type,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E) async throws -> Row?
  ) -> RowUDF5<A, B, C, D, E, Row> {
    RowUDF5(
      function(
        name, .async, outputs: type,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
        ], options, UDFBody.asyncStructures(closure)))
  }

  /// An async function of 6 columns that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func async<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    Row: Codable & Sendable
  >(
    _ name: String, outputs type: Row.Type,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F) async throws -> Row?
  ) -> RowUDF6<A, B, C, D, E, F, Row> {
    RowUDF6(
      function(
        name, .async, outputs: type,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
        ], options, UDFBody.asyncStructures(closure)))
  }

  /// An async function of 1 column and a shared state that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func async<A: ColumnValue, S: Sendable, Row: Codable & Sendable>(
    _ name: String, outputs type: Row.Type, state: State<S>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, S) async throws -> Row?
  ) -> RowUDF1<A, Row> {
    RowUDF1(
      function(
        name, .async, outputs: type,
        [
          UDFParameter(data: A.self),
          UDFParameter(state: state.factory),
        ], options, UDFBody.asyncStructures(closure)))
  }

  /// An async function of 2 columns and a shared state that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func async<A: ColumnValue, B: ColumnValue, S: Sendable, Row: Codable & Sendable>(
    _ name: String, outputs type: Row.Type, state: State<S>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, S) async throws -> Row?
  ) -> RowUDF2<A, B, Row> {
    RowUDF2(
      function(
        name, .async, outputs: type,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(state: state.factory),
        ], options, UDFBody.asyncStructures(closure)))
  }

  /// An async function of 3 columns and a shared state that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func async<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, S: Sendable, Row: Codable & Sendable
  >(
    _ name: String, outputs type: Row.Type, state: State<S>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, S) async throws -> Row?
  ) -> RowUDF3<A, B, C, Row> {
    RowUDF3(
      function(
        name, .async, outputs: type,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(state: state.factory),
        ], options, UDFBody.asyncStructures(closure)))
  }

  /// An async function of 4 columns and a shared state that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func async<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, S: Sendable,
    Row: Codable & Sendable
  >(
    _ name: String, outputs type: Row.Type, state: State<S>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, S) async throws -> Row?
  ) -> RowUDF4<A, B, C, D, Row> {
    RowUDF4(
      function(
        name, .async, outputs: type,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(state: state.factory),
        ], options, UDFBody.asyncStructures(closure)))
  }
}
