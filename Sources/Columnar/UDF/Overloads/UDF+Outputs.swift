// Written by scripts/generate-overloads.py; change that, not this.

import ColumnarCore

extension UDF {
  /// A function called once per row on 1 column that makes 2 columns.
  @inlinable @inline(__always)
  public static func row<A: ColumnValue, W: ColumnValue, X: ColumnValue>(
    _ name: String, outputs w: String, _ x: String,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A) throws -> (W, X)
  ) -> RowUDF1<A, (W, X)> {
    RowUDF1(
      function(
        name, outputs: [(w, W.columnType), (x, X.columnType)], [UDFParameter(data: A.self)],
        options, UDFBody.pairs(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 2 columns that makes 2 columns.
  @inlinable @inline(__always)
  public static func row<A: ColumnValue, B: ColumnValue, W: ColumnValue, X: ColumnValue>(
    _ name: String, outputs w: String, _ x: String,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B) throws -> (W, X)
  ) -> RowUDF2<A, B, (W, X)> {
    RowUDF2(
      function(
        name, outputs: [(w, W.columnType), (x, X.columnType)],
        [UDFParameter(data: A.self), UDFParameter(data: B.self)], options, UDFBody.pairs(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 3 columns that makes 2 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, W: ColumnValue, X: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C) throws -> (W, X)
  ) -> RowUDF3<A, B, C, (W, X)> {
    RowUDF3(
      function(
        name, outputs: [(w, W.columnType), (x, X.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
        ], options, UDFBody.pairs(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 4 columns that makes 2 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, W: ColumnValue, X: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D) throws -> (W, X)
  ) -> RowUDF4<A, B, C, D, (W, X)> {
    RowUDF4(
      function(
        name, outputs: [(w, W.columnType), (x, X.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
        ], options, UDFBody.pairs(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 5 columns that makes 2 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, W: ColumnValue,
    X: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E) throws -> (W, X)
  ) -> RowUDF5<A, B, C, D, E, (W, X)> {
    RowUDF5(
      function(
        name, outputs: [(w, W.columnType), (x, X.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
        ], options, UDFBody.pairs(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 6 columns that makes 2 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    W: ColumnValue, X: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F) throws -> (W, X)
  ) -> RowUDF6<A, B, C, D, E, F, (W, X)> {
    RowUDF6(
      function(
        name, outputs: [(w, W.columnType), (x, X.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
        ], options, UDFBody.pairs(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 1 column that makes 3 columns.
  @inlinable @inline(__always)
  public static func row<A: ColumnValue, W: ColumnValue, X: ColumnValue, Y: ColumnValue>(
    _ name: String, outputs w: String, _ x: String, _ y: String,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A) throws -> (W, X, Y)
  ) -> RowUDF1<A, (W, X, Y)> {
    RowUDF1(
      function(
        name, outputs: [(w, W.columnType), (x, X.columnType), (y, Y.columnType)],
        [UDFParameter(data: A.self)], options, UDFBody.triples(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 2 columns that makes 3 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, W: ColumnValue, X: ColumnValue, Y: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String, _ y: String,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B) throws -> (W, X, Y)
  ) -> RowUDF2<A, B, (W, X, Y)> {
    RowUDF2(
      function(
        name, outputs: [(w, W.columnType), (x, X.columnType), (y, Y.columnType)],
        [UDFParameter(data: A.self), UDFParameter(data: B.self)], options, UDFBody.triples(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 3 columns that makes 3 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, W: ColumnValue, X: ColumnValue, Y: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String, _ y: String,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C) throws -> (W, X, Y)
  ) -> RowUDF3<A, B, C, (W, X, Y)> {
    RowUDF3(
      function(
        name, outputs: [(w, W.columnType), (x, X.columnType), (y, Y.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
        ], options, UDFBody.triples(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 4 columns that makes 3 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, W: ColumnValue, X: ColumnValue,
    Y: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String, _ y: String,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D) throws -> (W, X, Y)
  ) -> RowUDF4<A, B, C, D, (W, X, Y)> {
    RowUDF4(
      function(
        name, outputs: [(w, W.columnType), (x, X.columnType), (y, Y.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
        ], options, UDFBody.triples(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 5 columns that makes 3 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, W: ColumnValue,
    X: ColumnValue, Y: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String, _ y: String,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E) throws -> (W, X, Y)
  ) -> RowUDF5<A, B, C, D, E, (W, X, Y)> {
    RowUDF5(
      function(
        name, outputs: [(w, W.columnType), (x, X.columnType), (y, Y.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
        ], options, UDFBody.triples(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 6 columns that makes 3 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    W: ColumnValue, X: ColumnValue, Y: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String, _ y: String,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F) throws -> (W, X, Y)
  ) -> RowUDF6<A, B, C, D, E, F, (W, X, Y)> {
    RowUDF6(
      function(
        name, outputs: [(w, W.columnType), (x, X.columnType), (y, Y.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
        ], options, UDFBody.triples(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 1 column that makes 4 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, W: ColumnValue, X: ColumnValue, Y: ColumnValue, Z: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String, _ y: String, _ z: String,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A) throws -> (W, X, Y, Z)
  ) -> RowUDF1<A, (W, X, Y, Z)> {
    RowUDF1(
      function(
        name,
        outputs: [(w, W.columnType), (x, X.columnType), (y, Y.columnType), (z, Z.columnType)],
        [UDFParameter(data: A.self)], options, UDFBody.quadruples(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 2 columns that makes 4 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, W: ColumnValue, X: ColumnValue, Y: ColumnValue, Z: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String, _ y: String, _ z: String,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B) throws -> (W, X, Y, Z)
  ) -> RowUDF2<A, B, (W, X, Y, Z)> {
    RowUDF2(
      function(
        name,
        outputs: [(w, W.columnType), (x, X.columnType), (y, Y.columnType), (z, Z.columnType)],
        [UDFParameter(data: A.self), UDFParameter(data: B.self)], options,
        UDFBody.quadruples(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 3 columns that makes 4 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, W: ColumnValue, X: ColumnValue, Y: ColumnValue,
    Z: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String, _ y: String, _ z: String,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C) throws -> (W, X, Y, Z)
  ) -> RowUDF3<A, B, C, (W, X, Y, Z)> {
    RowUDF3(
      function(
        name,
        outputs: [(w, W.columnType), (x, X.columnType), (y, Y.columnType), (z, Z.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
        ], options, UDFBody.quadruples(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 4 columns that makes 4 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, W: ColumnValue, X: ColumnValue,
    Y: ColumnValue, Z: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String, _ y: String, _ z: String,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D) throws -> (W, X, Y, Z)
  ) -> RowUDF4<A, B, C, D, (W, X, Y, Z)> {
    RowUDF4(
      function(
        name,
        outputs: [(w, W.columnType), (x, X.columnType), (y, Y.columnType), (z, Z.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
        ], options, UDFBody.quadruples(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 5 columns that makes 4 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, W: ColumnValue,
    X: ColumnValue, Y: ColumnValue, Z: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String, _ y: String, _ z: String,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E) throws -> (W, X, Y, Z)
  ) -> RowUDF5<A, B, C, D, E, (W, X, Y, Z)> {
    RowUDF5(
      function(
        name,
        outputs: [(w, W.columnType), (x, X.columnType), (y, Y.columnType), (z, Z.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
        ], options, UDFBody.quadruples(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 6 columns that makes 4 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, E: ColumnValue, F: ColumnValue,
    W: ColumnValue, X: ColumnValue, Y: ColumnValue, Z: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String, _ y: String, _ z: String,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, E, F) throws -> (W, X, Y, Z)
  ) -> RowUDF6<A, B, C, D, E, F, (W, X, Y, Z)> {
    RowUDF6(
      function(
        name,
        outputs: [(w, W.columnType), (x, X.columnType), (y, Y.columnType), (z, Z.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(data: E.self),
          UDFParameter(data: F.self),
        ], options, UDFBody.quadruples(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 1 column and a state that makes 2 columns.
  @inlinable @inline(__always)
  public static func row<A: ColumnValue, S, W: ColumnValue, X: ColumnValue>(
    _ name: String, outputs w: String, _ x: String, state: State<S>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, S) throws -> (W, X)
  ) -> RowUDF1<A, (W, X)> {
    RowUDF1(
      function(
        name, outputs: [(w, W.columnType), (x, X.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(state: state.factory),
        ], options, UDFBody.pairs(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 2 columns and a state that makes 2 columns.
  @inlinable @inline(__always)
  public static func row<A: ColumnValue, B: ColumnValue, S, W: ColumnValue, X: ColumnValue>(
    _ name: String, outputs w: String, _ x: String, state: State<S>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, S) throws -> (W, X)
  ) -> RowUDF2<A, B, (W, X)> {
    RowUDF2(
      function(
        name, outputs: [(w, W.columnType), (x, X.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(state: state.factory),
        ], options, UDFBody.pairs(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 3 columns and a state that makes 2 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, S, W: ColumnValue, X: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String, state: State<S>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, S) throws -> (W, X)
  ) -> RowUDF3<A, B, C, (W, X)> {
    RowUDF3(
      function(
        name, outputs: [(w, W.columnType), (x, X.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(state: state.factory),
        ], options, UDFBody.pairs(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 4 columns and a state that makes 2 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, S, W: ColumnValue,
    X: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String, state: State<S>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, S) throws -> (W, X)
  ) -> RowUDF4<A, B, C, D, (W, X)> {
    RowUDF4(
      function(
        name, outputs: [(w, W.columnType), (x, X.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(state: state.factory),
        ], options, UDFBody.pairs(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 1 column and a state that makes 3 columns.
  @inlinable @inline(__always)
  public static func row<A: ColumnValue, S, W: ColumnValue, X: ColumnValue, Y: ColumnValue>(
    _ name: String, outputs w: String, _ x: String, _ y: String, state: State<S>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, S) throws -> (W, X, Y)
  ) -> RowUDF1<A, (W, X, Y)> {
    RowUDF1(
      function(
        name, outputs: [(w, W.columnType), (x, X.columnType), (y, Y.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(state: state.factory),
        ], options, UDFBody.triples(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 2 columns and a state that makes 3 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, S, W: ColumnValue, X: ColumnValue, Y: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String, _ y: String, state: State<S>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, S) throws -> (W, X, Y)
  ) -> RowUDF2<A, B, (W, X, Y)> {
    RowUDF2(
      function(
        name, outputs: [(w, W.columnType), (x, X.columnType), (y, Y.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(state: state.factory),
        ], options, UDFBody.triples(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 3 columns and a state that makes 3 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, S, W: ColumnValue, X: ColumnValue,
    Y: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String, _ y: String, state: State<S>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, S) throws -> (W, X, Y)
  ) -> RowUDF3<A, B, C, (W, X, Y)> {
    RowUDF3(
      function(
        name, outputs: [(w, W.columnType), (x, X.columnType), (y, Y.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(state: state.factory),
        ], options, UDFBody.triples(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 4 columns and a state that makes 3 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, S, W: ColumnValue,
    X: ColumnValue, Y: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String, _ y: String, state: State<S>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, S) throws -> (W, X, Y)
  ) -> RowUDF4<A, B, C, D, (W, X, Y)> {
    RowUDF4(
      function(
        name, outputs: [(w, W.columnType), (x, X.columnType), (y, Y.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(state: state.factory),
        ], options, UDFBody.triples(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 1 column and a state that makes 4 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, S, W: ColumnValue, X: ColumnValue, Y: ColumnValue, Z: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String, _ y: String, _ z: String, state: State<S>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, S) throws -> (W, X, Y, Z)
  ) -> RowUDF1<A, (W, X, Y, Z)> {
    RowUDF1(
      function(
        name,
        outputs: [(w, W.columnType), (x, X.columnType), (y, Y.columnType), (z, Z.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(state: state.factory),
        ], options, UDFBody.quadruples(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 2 columns and a state that makes 4 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, S, W: ColumnValue, X: ColumnValue, Y: ColumnValue,
    Z: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String, _ y: String, _ z: String, state: State<S>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, S) throws -> (W, X, Y, Z)
  ) -> RowUDF2<A, B, (W, X, Y, Z)> {
    RowUDF2(
      function(
        name,
        outputs: [(w, W.columnType), (x, X.columnType), (y, Y.columnType), (z, Z.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(state: state.factory),
        ], options, UDFBody.quadruples(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 3 columns and a state that makes 4 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, S, W: ColumnValue, X: ColumnValue,
    Y: ColumnValue, Z: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String, _ y: String, _ z: String, state: State<S>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, S) throws -> (W, X, Y, Z)
  ) -> RowUDF3<A, B, C, (W, X, Y, Z)> {
    RowUDF3(
      function(
        name,
        outputs: [(w, W.columnType), (x, X.columnType), (y, Y.columnType), (z, Z.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(state: state.factory),
        ], options, UDFBody.quadruples(closure),
        whole: UDFBody.row(closure)))
  }

  /// A function called once per row on 4 columns and a state that makes 4 columns.
  @inlinable @inline(__always)
  public static func row<
    A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue, S, W: ColumnValue,
    X: ColumnValue, Y: ColumnValue, Z: ColumnValue
  >(
    _ name: String, outputs w: String, _ x: String, _ y: String, _ z: String, state: State<S>,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (A, B, C, D, S) throws -> (W, X, Y, Z)
  ) -> RowUDF4<A, B, C, D, (W, X, Y, Z)> {
    RowUDF4(
      function(
        name,
        outputs: [(w, W.columnType), (x, X.columnType), (y, Y.columnType), (z, Z.columnType)],
        [
          UDFParameter(data: A.self),
          UDFParameter(data: B.self),
          UDFParameter(data: C.self),
          UDFParameter(data: D.self),
          UDFParameter(state: state.factory),
        ], options, UDFBody.quadruples(closure),
        whole: UDFBody.row(closure)))
  }
}
