// Written by scripts/generate-overloads.py; change that, not this.

import ColumnarCore

extension UDF {
  /// A function called once per row on 1 column that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func row<A: ColumnValue, Row: Codable & Sendable>(
    _ name: String, outputs type: Row.Type,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A) throws -> Row?
  ) -> RowUDF1<A, Row> {
    RowUDF1(
      function(
        name, .row, outputs: type, [UDFParameter(data: A.self)], options,
        UDFBody.structures(closure)))
  }

  /// A function called once per row on 2 columns that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func row<A: ColumnValue, B: ColumnValue, Row: Codable & Sendable>(
    _ name: String, outputs type: Row.Type,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B) throws -> Row?
  ) -> RowUDF2<A, B, Row> {
    RowUDF2(
      function(
        name, .row, outputs: type, [UDFParameter(data: A.self), UDFParameter(data: B.self)],
        options, UDFBody.structures(closure)))
  }

  /// A function called once per row on 3 columns that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func row<A: ColumnValue, B: ColumnValue, C: ColumnValue, Row: Codable & Sendable>(
    _ name: String, outputs type: Row.Type,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C) throws -> Row?
  ) -> RowUDF3<A, B, C, Row> {
    RowUDF3(
      function(
        name, .row, outputs: type,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
        ], options, UDFBody.structures(closure)))
  }

  /// A function called once per row on 4 columns that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, Row: Codable & Sendable
  >(
    _ name: String, outputs type: Row.Type,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D) throws -> Row?
  ) -> RowUDF4<A, B, C, D, Row> {
    RowUDF4(
      function(
        name, .row, outputs: type,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
        ], options, UDFBody.structures(closure)))
  }

  /// A function called once per row on 5 columns that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue,
    Row: Codable & Sendable
  >(
    _ name: String, outputs type: Row.Type,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E) throws -> Row?
  ) -> RowUDF5<A, B, C, D, E, Row> {
    RowUDF5(
      function(
        name, .row, outputs: type,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
        ], options, UDFBody.structures(closure)))
  }

  /// A function called once per row on 6 columns that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    Row: Codable & Sendable
  >(
    _ name: String, outputs type: Row.Type,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F) throws -> Row?
  ) -> RowUDF6<A, B, C, D, E, F, Row> {
    RowUDF6(
      function(
        name, .row, outputs: type,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
        ], options, UDFBody.structures(closure)))
  }

  /// A function called once per row on 1 column and a state that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func row<A: ColumnValue, S, Row: Codable & Sendable>(
    _ name: String, outputs type: Row.Type, state: State<S>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, S) throws -> Row?
  ) -> RowUDF1<A, Row> {
    RowUDF1(
      function(
        name, .row, outputs: type,
        [
          UDFParameter(data: A.self),
          UDFParameter(state: state.factory),
        ], options, UDFBody.structures(closure)))
  }

  /// A function called once per row on 2 columns and a state that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func row<A: ColumnValue, B: ColumnValue, S, Row: Codable & Sendable>(
    _ name: String, outputs type: Row.Type, state: State<S>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, S) throws -> Row?
  ) -> RowUDF2<A, B, Row> {
    RowUDF2(
      function(
        name, .row, outputs: type,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(state: state.factory),
        ], options, UDFBody.structures(closure)))
  }

  /// A function called once per row on 3 columns and a state that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, S, Row: Codable & Sendable
  >(
    _ name: String, outputs type: Row.Type, state: State<S>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, S) throws -> Row?
  ) -> RowUDF3<A, B, C, Row> {
    RowUDF3(
      function(
        name, .row, outputs: type,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(state: state.factory),
        ], options, UDFBody.structures(closure)))
  }

  /// A function called once per row on 4 columns and a state that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, S, Row: Codable & Sendable
  >(
    _ name: String, outputs type: Row.Type, state: State<S>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, S) throws -> Row?
  ) -> RowUDF4<A, B, C, D, Row> {
    RowUDF4(
      function(
        name, .row, outputs: type,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(state: state.factory),
        ], options, UDFBody.structures(closure)))
  }

  /// A function called once per batch on 1 column that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  @inlinable
  public static func batch<
    A: ColumnValue, Row: Codable & Sendable, Values: Collection & SendableMetatype
  >(
    _ name: String, outputs type: Row.Type, elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (ColumnView<A>) throws -> Values
  ) -> RowUDF1<A, Row> where Values.Element == Row {
    RowUDF1(
      function(
        name, .batch, outputs: type, [UDFParameter(data: A.self)], options,
        UDFBody.structures(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 2 columns that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, Row: Codable & Sendable, Values: Collection & SendableMetatype
  >(
    _ name: String, outputs type: Row.Type, elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (ColumnView<A>, ColumnView<B>) throws -> Values
  ) -> RowUDF2<A, B, Row> where Values.Element == Row {
    RowUDF2(
      function(
        name, .batch, outputs: type, [UDFParameter(data: A.self), UDFParameter(data: B.self)],
        options, UDFBody.structures(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 3 columns that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, Row: Codable & Sendable,
    Values: Collection & SendableMetatype
  >(
    _ name: String, outputs type: Row.Type, elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (ColumnView<A>, ColumnView<B>, ColumnView<C>) throws -> Values
  ) -> RowUDF3<A, B, C, Row> where Values.Element == Row {
    RowUDF3(
      function(
        name, .batch, outputs: type,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
        ], options, UDFBody.structures(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 4 columns that makes a column
  /// for each key of the struct, in the order in which it decodes them.
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, Row: Codable & Sendable,
    Values: Collection & SendableMetatype
  >(
    _ name: String, outputs type: Row.Type, elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>) throws ->
      Values
  ) -> RowUDF4<A, B, C, D, Row> where Values.Element == Row {
    RowUDF4(
      function(
        name, .batch, outputs: type,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
        ], options, UDFBody.structures(closure),
        isElementwise: elementwise))
  }
}
