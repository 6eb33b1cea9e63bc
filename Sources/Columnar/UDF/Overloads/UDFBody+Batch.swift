// Written by scripts/generate-overloads.py; change that, not this.

import ColumnarCore

extension UDFBody {
  /// The body of a batch closure of 1 column.
  @inlinable
  package static func batch<A, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (ColumnView<A>) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(call.guarded { try closure(call.view(0)) })
    }
  }

  /// The body of a batch closure of 2 columns.
  @inlinable
  package static func batch<A, B, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (ColumnView<A>, ColumnView<B>) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(call.guarded { try closure(call.view(0), call.view(1)) })
    }
  }

  /// The body of a batch closure of 3 columns.
  @inlinable
  package static func batch<A, B, C, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (ColumnView<A>, ColumnView<B>, ColumnView<C>) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(call.guarded { try closure(call.view(0), call.view(1), call.view(2)) })
    }
  }

  /// The body of a batch closure of 4 columns.
  @inlinable
  package static func batch<A, B, C, D, Values: Collection & SendableMetatype>(
    _ closure:
      @escaping @Sendable (ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>) throws ->
      Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(
        call.guarded {
          try closure(
            call.view(0), call.view(1), call.view(2), call.view(3))
        })
    }
  }

  /// The body of a batch closure of 5 columns.
  @inlinable
  package static func batch<A, B, C, D, E, Values: Collection & SendableMetatype>(
    _ closure:
      @escaping @Sendable (
        ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>, ColumnView<E>
      ) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(
        call.guarded {
          try closure(
            call.view(0), call.view(1), call.view(2), call.view(3), call.view(4))
        })
    }
  }

  /// The body of a batch closure of 6 columns.
  @inlinable
  package static func batch<A, B, C, D, E, F, Values: Collection & SendableMetatype>(
    _ closure:
      @escaping @Sendable (
        ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>, ColumnView<E>, ColumnView<F>
      ) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(
        call.guarded {
          try closure(
            call.view(0), call.view(1), call.view(2), call.view(3), call.view(4), call.view(5))
        })
    }
  }

  /// The body of a batch closure of 7 columns.
  @inlinable
  package static func batch<A, B, C, D, E, F, G, Values: Collection & SendableMetatype>(
    _ closure:
      @escaping @Sendable (
        ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>, ColumnView<E>, ColumnView<F>,
        ColumnView<G>
      ) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(
        call.guarded {
          try closure(
            call.view(0), call.view(1), call.view(2), call.view(3), call.view(4), call.view(5),
            call.view(6))
        })
    }
  }

  /// The body of a batch closure of 8 columns.
  @inlinable
  package static func batch<A, B, C, D, E, F, G, H, Values: Collection & SendableMetatype>(
    _ closure:
      @escaping @Sendable (
        ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>, ColumnView<E>, ColumnView<F>,
        ColumnView<G>, ColumnView<H>
      ) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(
        call.guarded {
          try closure(
            call.view(0), call.view(1), call.view(2), call.view(3), call.view(4), call.view(5),
            call.view(6), call.view(7))
        })
    }
  }

  /// The body of a batch closure of 1 column and a state.
  @inlinable
  package static func batch<A, S, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (ColumnView<A>, S) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(call.guarded { try closure(call.view(0), call.state(1)) })
    }
  }

  /// The body of a batch closure of 2 columns and a state.
  @inlinable
  package static func batch<A, B, S, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (ColumnView<A>, ColumnView<B>, S) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(call.guarded { try closure(call.view(0), call.view(1), call.state(2)) })
    }
  }

  /// The body of a batch closure of 3 columns and a state.
  @inlinable
  package static func batch<A, B, C, S, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (ColumnView<A>, ColumnView<B>, ColumnView<C>, S) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(
        call.guarded {
          try closure(
            call.view(0), call.view(1), call.view(2), call.state(3))
        })
    }
  }

  /// The body of a batch closure of 4 columns and a state.
  @inlinable
  package static func batch<A, B, C, D, S, Values: Collection & SendableMetatype>(
    _ closure:
      @escaping @Sendable (ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>, S) throws ->
      Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(
        call.guarded {
          try closure(
            call.view(0), call.view(1), call.view(2), call.view(3), call.state(4))
        })
    }
  }

  /// The body of a batch closure of 5 columns and a state.
  @inlinable
  package static func batch<A, B, C, D, E, S, Values: Collection & SendableMetatype>(
    _ closure:
      @escaping @Sendable (
        ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>, ColumnView<E>, S
      ) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(
        call.guarded {
          try closure(
            call.view(0), call.view(1), call.view(2), call.view(3), call.view(4), call.state(5))
        })
    }
  }

  /// The body of a batch closure of 6 columns and a state.
  @inlinable
  package static func batch<A, B, C, D, E, F, S, Values: Collection & SendableMetatype>(
    _ closure:
      @escaping @Sendable (
        ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>, ColumnView<E>, ColumnView<F>, S
      ) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(
        call.guarded {
          try closure(
            call.view(0), call.view(1), call.view(2), call.view(3), call.view(4), call.view(5),
            call.state(6))
        })
    }
  }

  /// The body of a batch closure of 7 columns and a state.
  @inlinable
  package static func batch<A, B, C, D, E, F, G, S, Values: Collection & SendableMetatype>(
    _ closure:
      @escaping @Sendable (
        ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>, ColumnView<E>, ColumnView<F>,
        ColumnView<G>, S
      ) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(
        call.guarded {
          try closure(
            call.view(0), call.view(1), call.view(2), call.view(3), call.view(4), call.view(5),
            call.view(6), call.state(7))
        })
    }
  }
}
