// Written by scripts/generate-overloads.py; change that, not this.

import ColumnarCore

extension UDF {
  /// A function called once per batch on 1 column.
  @inlinable
  public static func batch<A: ColumnValue, Values: Collection & SendableMetatype>(
    _ name: String, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (ColumnView<A>) throws -> Values
  ) -> RowUDF1<A, Values.Element> where Values.Element: ColumnValue {
    RowUDF1(
      function(
        name, .batch, [UDFParameter(data: A.self)], Values.Element.columnType, options,
        UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 2 columns.
  @inlinable
  public static func batch<A: ColumnValue, B: ColumnValue, Values: Collection & SendableMetatype>(
    _ name: String, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (ColumnView<A>, ColumnView<B>) throws -> Values
  ) -> RowUDF2<A, B, Values.Element> where Values.Element: ColumnValue {
    RowUDF2(
      function(
        name, .batch, [UDFParameter(data: A.self), UDFParameter(data: B.self)],
        Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 3 columns.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, Values: Collection & SendableMetatype
  >(
    _ name: String, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (ColumnView<A>, ColumnView<B>, ColumnView<C>) throws -> Values
  ) -> RowUDF3<A, B, C, Values.Element> where Values.Element: ColumnValue {
    RowUDF3(
      function(
        name, .batch,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
        ], Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 4 columns.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue,
    Values: Collection & SendableMetatype
  >(
    _ name: String, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>) throws ->
      Values
  ) -> RowUDF4<A, B, C, D, Values.Element> where Values.Element: ColumnValue {
    RowUDF4(
      function(
        name, .batch,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
        ], Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 5 columns.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue,
    Values: Collection & SendableMetatype
  >(
    _ name: String, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (
        ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>, ColumnView<E>
      ) throws -> Values
  ) -> RowUDF5<A, B, C, D, E, Values.Element> where Values.Element: ColumnValue {
    RowUDF5(
      function(
        name, .batch,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
        ], Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 6 columns.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    Values: Collection & SendableMetatype
  >(
    _ name: String, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (
        ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>, ColumnView<E>, ColumnView<F>
      ) throws -> Values
  ) -> RowUDF6<A, B, C, D, E, F, Values.Element> where Values.Element: ColumnValue {
    RowUDF6(
      function(
        name, .batch,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
        ], Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 7 columns.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    G: ColumnValue, Values: Collection & SendableMetatype
  >(
    _ name: String, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (
        ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>, ColumnView<E>, ColumnView<F>,
        ColumnView<G>
      ) throws -> Values
  ) -> RowUDF7<A, B, C, D, E, F, G, Values.Element> where Values.Element: ColumnValue {
    RowUDF7(
      function(
        name, .batch,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
          UDFParameter(data: G.self),
        ], Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 8 columns.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    G: ColumnValue, H: ColumnValue, Values: Collection & SendableMetatype
  >(
    _ name: String, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (
        ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>, ColumnView<E>, ColumnView<F>,
        ColumnView<G>, ColumnView<H>
      ) throws -> Values
  ) -> RowUDF8<A, B, C, D, E, F, G, H, Values.Element> where Values.Element: ColumnValue {
    RowUDF8(
      function(
        name, .batch,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
          UDFParameter(data: G.self),
          UDFParameter(data: H.self),
        ], Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 1 column and a state.
  @inlinable
  public static func batch<A: ColumnValue, S, Values: Collection & SendableMetatype>(
    _ name: String, state: State<S>, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (ColumnView<A>, S) throws -> Values
  ) -> RowUDF1<A, Values.Element> where Values.Element: ColumnValue {
    RowUDF1(
      function(
        name, .batch, [UDFParameter(data: A.self), UDFParameter(state: state.factory)],
        Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 2 columns and a state.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, S, Values: Collection & SendableMetatype
  >(
    _ name: String, state: State<S>, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (ColumnView<A>, ColumnView<B>, S) throws -> Values
  ) -> RowUDF2<A, B, Values.Element> where Values.Element: ColumnValue {
    RowUDF2(
      function(
        name, .batch,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(state: state.factory),
        ], Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 3 columns and a state.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, S, Values: Collection & SendableMetatype
  >(
    _ name: String, state: State<S>, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (ColumnView<A>, ColumnView<B>, ColumnView<C>, S) throws -> Values
  ) -> RowUDF3<A, B, C, Values.Element> where Values.Element: ColumnValue {
    RowUDF3(
      function(
        name, .batch,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(state: state.factory),
        ], Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 4 columns and a state.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, S,
    Values: Collection & SendableMetatype
  >(
    _ name: String, state: State<S>, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>, S) throws ->
      Values
  ) -> RowUDF4<A, B, C, D, Values.Element> where Values.Element: ColumnValue {
    RowUDF4(
      function(
        name, .batch,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(state: state.factory),
        ], Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 5 columns and a state.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, S,
    Values: Collection & SendableMetatype
  >(
    _ name: String, state: State<S>, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (
        ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>, ColumnView<E>, S
      ) throws -> Values
  ) -> RowUDF5<A, B, C, D, E, Values.Element> where Values.Element: ColumnValue {
    RowUDF5(
      function(
        name, .batch,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(state: state.factory),
        ], Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 6 columns and a state.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    S, Values: Collection & SendableMetatype
  >(
    _ name: String, state: State<S>, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (
        ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>, ColumnView<E>, ColumnView<F>, S
      ) throws -> Values
  ) -> RowUDF6<A, B, C, D, E, F, Values.Element> where Values.Element: ColumnValue {
    RowUDF6(
      function(
        name, .batch,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
          UDFParameter(state: state.factory),
        ], Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 7 columns and a state.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    G: ColumnValue, S, Values: Collection & SendableMetatype
  >(
    _ name: String, state: State<S>, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (
        ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>, ColumnView<E>, ColumnView<F>,
        ColumnView<G>, S
      ) throws -> Values
  ) -> RowUDF7<A, B, C, D, E, F, G, Values.Element> where Values.Element: ColumnValue {
    RowUDF7(
      function(
        name, .batch,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
          UDFParameter(data: G.self),
          UDFParameter(state: state.factory),
        ], Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 1 column and an object that the engine makes.
  @inlinable
  public static func batch<A: ColumnValue, S: Stateful, Values: Collection & SendableMetatype>(
    _ name: String, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (ColumnView<A>, S) throws -> Values
  ) -> RowUDF1<A, Values.Element> where Values.Element: ColumnValue {
    RowUDF1(
      function(
        name, .batch, [UDFParameter(data: A.self), UDFParameter(state: State(of: S.self).factory)],
        Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 2 columns and an object that the engine makes.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, S: Stateful, Values: Collection & SendableMetatype
  >(
    _ name: String, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (ColumnView<A>, ColumnView<B>, S) throws -> Values
  ) -> RowUDF2<A, B, Values.Element> where Values.Element: ColumnValue {
    RowUDF2(
      function(
        name, .batch,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(state: State(of: S.self).factory),
        ], Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 3 columns and an object that the engine makes.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, S: Stateful,
    Values: Collection & SendableMetatype
  >(
    _ name: String, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (ColumnView<A>, ColumnView<B>, ColumnView<C>, S) throws -> Values
  ) -> RowUDF3<A, B, C, Values.Element> where Values.Element: ColumnValue {
    RowUDF3(
      function(
        name, .batch,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(state: State(of: S.self).factory),
        ], Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 4 columns and an object that the engine makes.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, S: Stateful,
    Values: Collection & SendableMetatype
  >(
    _ name: String, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>, S) throws ->
      Values
  ) -> RowUDF4<A, B, C, D, Values.Element> where Values.Element: ColumnValue {
    RowUDF4(
      function(
        name, .batch,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(state: State(of: S.self).factory),
        ], Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 5 columns and an object that the engine makes.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, S: Stateful,
    Values: Collection & SendableMetatype
  >(
    _ name: String, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (
        ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>, ColumnView<E>, S
      ) throws -> Values
  ) -> RowUDF5<A, B, C, D, E, Values.Element> where Values.Element: ColumnValue {
    RowUDF5(
      function(
        name, .batch,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(state: State(of: S.self).factory),
        ], Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 6 columns and an object that the engine makes.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    S: Stateful, Values: Collection & SendableMetatype
  >(
    _ name: String, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (
        ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>, ColumnView<E>, ColumnView<F>, S
      ) throws -> Values
  ) -> RowUDF6<A, B, C, D, E, F, Values.Element> where Values.Element: ColumnValue {
    RowUDF6(
      function(
        name, .batch,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
          UDFParameter(state: State(of: S.self).factory),
        ], Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }

  /// A function called once per batch on 7 columns and an object that the engine makes.
  @inlinable
  public static func batch<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    G: ColumnValue, S: Stateful, Values: Collection & SendableMetatype
  >(
    _ name: String, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure:
      @escaping @Sendable (
        ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>, ColumnView<E>, ColumnView<F>,
        ColumnView<G>, S
      ) throws -> Values
  ) -> RowUDF7<A, B, C, D, E, F, G, Values.Element> where Values.Element: ColumnValue {
    RowUDF7(
      function(
        name, .batch,
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
          UDFParameter(data: G.self),
          UDFParameter(state: State(of: S.self).factory),
        ], Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }
}
