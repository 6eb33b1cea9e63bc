// Written by scripts/generate-overloads.py; change that, not this.

import ColumnarCore

extension UDF {
  /// A function that gives zero or more elements for a row, on 1 column.
  ///
  /// The sequence it returns is gone through as elements are needed, also a lazy or endless one. A
  /// null for a parameter that is not optional gives no elements without a call.
  @inlinable @inline(__always)
  public static func expand<A: ColumnValue, Elements: Sequence & SendableMetatype>(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A) throws -> Elements
  ) -> ExpandUDF1<A, Elements.Element> where Elements.Element: ColumnValue {
    ExpandUDF1(
      expandFunction(
        name, [UDFParameter(data: A.self)], Elements.Element.columnType, options,
        UDFBody.expand(closure)))
  }

  /// A function that gives zero or more elements for a row, on 2 columns.
  ///
  /// The sequence it returns is gone through as elements are needed, also a lazy or endless one. A
  /// null for a parameter that is not optional gives no elements without a call.
  @inlinable @inline(__always)
  public static func expand<A: ColumnValue, B: ColumnValue, Elements: Sequence & SendableMetatype>(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B) throws -> Elements
  ) -> ExpandUDF2<A, B, Elements.Element> where Elements.Element: ColumnValue {
    ExpandUDF2(
      expandFunction(
        name, [UDFParameter(data: A.self), UDFParameter(data: B.self)], Elements.Element.columnType,
        options, UDFBody.expand(closure)))
  }

  /// A function that gives zero or more elements for a row, on 3 columns.
  ///
  /// The sequence it returns is gone through as elements are needed, also a lazy or endless one. A
  /// null for a parameter that is not optional gives no elements without a call.
  @inlinable @inline(__always)
  public static func expand<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, Elements: Sequence & SendableMetatype
  >(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C) throws -> Elements
  ) -> ExpandUDF3<A, B, C, Elements.Element> where Elements.Element: ColumnValue {
    ExpandUDF3(
      expandFunction(
        name,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
        ], Elements.Element.columnType, options, UDFBody.expand(closure)))
  }

  /// A function that gives zero or more elements for a row, on 4 columns.
  ///
  /// The sequence it returns is gone through as elements are needed, also a lazy or endless one. A
  /// null for a parameter that is not optional gives no elements without a call.
  @inlinable @inline(__always)
  public static func expand<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue,
    Elements: Sequence & SendableMetatype
  >(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D) throws -> Elements
  ) -> ExpandUDF4<A, B, C, D, Elements.Element> where Elements.Element: ColumnValue {
    ExpandUDF4(
      expandFunction(
        name,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
        ], Elements.Element.columnType, options, UDFBody.expand(closure)))
  }

  /// A function that gives zero or more elements for a row, on 1 column and a state.
  ///
  /// The sequence it returns is gone through as elements are needed, also a lazy or endless one. A
  /// null for a parameter that is not optional gives no elements without a call.
  @inlinable @inline(__always)
  public static func expand<A: ColumnValue, S, Elements: Sequence & SendableMetatype>(
    _ name: String, state: State<S>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, S) throws -> Elements
  ) -> ExpandUDF1<A, Elements.Element> where Elements.Element: ColumnValue {
    ExpandUDF1(
      expandFunction(
        name,
        [
          UDFParameter(data: A.self),
          UDFParameter(state: state.factory),
        ], Elements.Element.columnType, options, UDFBody.expand(closure)))
  }

  /// A function that gives zero or more elements for a row, on 2 columns and a state.
  ///
  /// The sequence it returns is gone through as elements are needed, also a lazy or endless one. A
  /// null for a parameter that is not optional gives no elements without a call.
  @inlinable @inline(__always)
  public static func expand<
    A: ColumnValue, B: ColumnValue, S, Elements: Sequence & SendableMetatype
  >(
    _ name: String, state: State<S>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, S) throws -> Elements
  ) -> ExpandUDF2<A, B, Elements.Element> where Elements.Element: ColumnValue {
    ExpandUDF2(
      expandFunction(
        name,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(state: state.factory),
        ], Elements.Element.columnType, options, UDFBody.expand(closure)))
  }

  /// A function that gives zero or more elements for a row, on 3 columns and a state.
  ///
  /// The sequence it returns is gone through as elements are needed, also a lazy or endless one. A
  /// null for a parameter that is not optional gives no elements without a call.
  @inlinable @inline(__always)
  public static func expand<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, S, Elements: Sequence & SendableMetatype
  >(
    _ name: String, state: State<S>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, S) throws -> Elements
  ) -> ExpandUDF3<A, B, C, Elements.Element> where Elements.Element: ColumnValue {
    ExpandUDF3(
      expandFunction(
        name,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(state: state.factory),
        ], Elements.Element.columnType, options, UDFBody.expand(closure)))
  }

  /// A function that gives zero or more elements for a row, on 4 columns and a state.
  ///
  /// The sequence it returns is gone through as elements are needed, also a lazy or endless one. A
  /// null for a parameter that is not optional gives no elements without a call.
  @inlinable @inline(__always)
  public static func expand<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, S,
    Elements: Sequence & SendableMetatype
  >(
    _ name: String, state: State<S>, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, S) throws -> Elements
  ) -> ExpandUDF4<A, B, C, D, Elements.Element> where Elements.Element: ColumnValue {
    ExpandUDF4(
      expandFunction(
        name,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(state: state.factory),
        ], Elements.Element.columnType, options, UDFBody.expand(closure)))
  }

  /// A function that gives zero or more elements for a row, on 1 column
  /// and an object that the engine makes.
  ///
  /// The sequence it returns is gone through as elements are needed, also a lazy or endless one. A
  /// null for a parameter that is not optional gives no elements without a call.
  @inlinable @inline(__always)
  public static func expand<A: ColumnValue, S: Stateful, Elements: Sequence & SendableMetatype>(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, S) throws -> Elements
  ) -> ExpandUDF1<A, Elements.Element> where Elements.Element: ColumnValue {
    ExpandUDF1(
      expandFunction(
        name,
        [
          UDFParameter(data: A.self),
          UDFParameter(state: State(of: S.self).factory),
        ], Elements.Element.columnType, options, UDFBody.expand(closure)))
  }

  /// A function that gives zero or more elements for a row, on 2 columns
  /// and an object that the engine makes.
  ///
  /// The sequence it returns is gone through as elements are needed, also a lazy or endless one. A
  /// null for a parameter that is not optional gives no elements without a call.
  @inlinable @inline(__always)
  public static func expand<
    A: ColumnValue, B: ColumnValue, S: Stateful, Elements: Sequence & SendableMetatype
  >(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, S) throws -> Elements
  ) -> ExpandUDF2<A, B, Elements.Element> where Elements.Element: ColumnValue {
    ExpandUDF2(
      expandFunction(
        name,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(state: State(of: S.self).factory),
        ], Elements.Element.columnType, options, UDFBody.expand(closure)))
  }

  /// A function that gives zero or more elements for a row, on 3 columns
  /// and an object that the engine makes.
  ///
  /// The sequence it returns is gone through as elements are needed, also a lazy or endless one. A
  /// null for a parameter that is not optional gives no elements without a call.
  @inlinable @inline(__always)
  public static func expand<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, S: Stateful,
    Elements: Sequence & SendableMetatype
  >(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, S) throws -> Elements
  ) -> ExpandUDF3<A, B, C, Elements.Element> where Elements.Element: ColumnValue {
    ExpandUDF3(
      expandFunction(
        name,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(state: State(of: S.self).factory),
        ], Elements.Element.columnType, options, UDFBody.expand(closure)))
  }

  /// A function that gives zero or more elements for a row, on 4 columns
  /// and an object that the engine makes.
  ///
  /// The sequence it returns is gone through as elements are needed, also a lazy or endless one. A
  /// null for a parameter that is not optional gives no elements without a call.
  @inlinable @inline(__always)
  public static func expand<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, S: Stateful,
    Elements: Sequence & SendableMetatype
  >(
    _ name: String, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, S) throws -> Elements
  ) -> ExpandUDF4<A, B, C, D, Elements.Element> where Elements.Element: ColumnValue {
    ExpandUDF4(
      expandFunction(
        name,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(state: State(of: S.self).factory),
        ], Elements.Element.columnType, options, UDFBody.expand(closure)))
  }
}
