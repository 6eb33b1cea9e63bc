// Written by scripts/generate-overloads.py; change that, not this.

import ColumnarCore

extension UDF {
  /// A function called once per row on 1 column, in the order of the rows, with a state that it
  /// carries from row to row.
  ///
  /// The state begins as a copy of `initial`, once for the whole frame, or over keys once for each
  /// combination of their values: `running("v").over("key")`. A null for a parameter that is not
  /// optional gives a null without a call and leaves the state as it is.
  @inlinable @inline(__always)
  public static func scan<S: Sendable, A: ColumnValue, Result: ColumnValue>(
    _ name: String, initial: S, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (inout S, A) throws -> Result
  ) -> ScanUDF1<A, Result> {
    ScanUDF1(
      scanFunction(
        name, [UDFParameter(data: A.self)], Result.columnType, options, initial,
        UDFBody.scan(closure)))
  }

  /// A function called once per row on 2 columns, in the order of the rows, with a state that it
  /// carries from row to row.
  ///
  /// The state begins as a copy of `initial`, once for the whole frame, or over keys once for each
  /// combination of their values: `running("v").over("key")`. A null for a parameter that is not
  /// optional gives a null without a call and leaves the state as it is.
  @inlinable @inline(__always)
  public static func scan<S: Sendable, A: ColumnValue, B: ColumnValue, Result: ColumnValue>(
    _ name: String, initial: S, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (inout S, A, B) throws -> Result
  ) -> ScanUDF2<A, B, Result> {
    ScanUDF2(
      scanFunction(
        name, [UDFParameter(data: A.self), UDFParameter(data: B.self)], Result.columnType, options,
        initial,
        UDFBody.scan(closure)))
  }

  /// A function called once per row on 3 columns, in the order of the rows, with a state that it
  /// carries from row to row.
  ///
  /// The state begins as a copy of `initial`, once for the whole frame, or over keys once for each
  /// combination of their values: `running("v").over("key")`. A null for a parameter that is not
  /// optional gives a null without a call and leaves the state as it is.
  @inlinable @inline(__always)
  public static func scan<
    S: Sendable, A: ColumnValue, B: ColumnValue, C: ColumnValue, Result: ColumnValue
  >(
    _ name: String, initial: S, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (inout S, A, B, C) throws -> Result
  ) -> ScanUDF3<A, B, C, Result> {
    ScanUDF3(
      scanFunction(
        name,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
        ], Result.columnType, options, initial,
        UDFBody.scan(closure)))
  }

  /// A function called once per row on 4 columns, in the order of the rows, with a state that it
  /// carries from row to row.
  ///
  /// The state begins as a copy of `initial`, once for the whole frame, or over keys once for each
  /// combination of their values: `running("v").over("key")`. A null for a parameter that is not
  /// optional gives a null without a call and leaves the state as it is.
  @inlinable @inline(__always)
  public static func scan<
    S: Sendable, A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, Result: ColumnValue
  >(
    _ name: String, initial: S, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (inout S, A, B, C, D) throws -> Result
  ) -> ScanUDF4<A, B, C, D, Result> {
    ScanUDF4(
      scanFunction(
        name,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
        ], Result.columnType, options, initial,
        UDFBody.scan(closure)))
  }
}
