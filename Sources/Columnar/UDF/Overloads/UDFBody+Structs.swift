// Written by scripts/generate-overloads.py; change that, not this.

import ColumnarCore

extension UDFBody {
  /// The body of a row closure of 1 parameter that returns a struct.
  @inlinable
  package static func structures<A, Row: Codable & SendableMetatype>(
    _ closure: @escaping @Sendable (A) throws -> Row?
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      return try call.structures { try closure(a.value($0)) }
    }
  }

  /// The body of a row closure of 2 parameters that returns a struct.
  @inlinable
  package static func structures<A, B, Row: Codable & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B) throws -> Row?
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      return try call.structures { try closure(a.value($0), b.value($0)) }
    }
  }

  /// The body of a row closure of 3 parameters that returns a struct.
  @inlinable
  package static func structures<A, B, C, Row: Codable & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B, C) throws -> Row?
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      return try call.structures { try closure(a.value($0), b.value($0), c.value($0)) }
    }
  }

  /// The body of a row closure of 4 parameters that returns a struct.
  @inlinable
  package static func structures<A, B, C, D, Row: Codable & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B, C, D) throws -> Row?
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      return try call.structures { try closure(a.value($0), b.value($0), c.value($0), d.value($0)) }
    }
  }

  /// The body of a row closure of 5 parameters that returns a struct.
  @inlinable
  package static func structures<A, B, C, D, E, Row: Codable & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B, C, D, E) throws -> Row?
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      let e = try call.reader(4, as: E.self)
      return try call.structures {
        try closure(a.value($0), b.value($0), c.value($0), d.value($0), e.value($0))
      }
    }
  }

  /// The body of a row closure of 6 parameters that returns a struct.
  @inlinable
  package static func structures<A, B, C, D, E, F, Row: Codable & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F) throws -> Row?
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      let e = try call.reader(4, as: E.self)
      let f = try call.reader(5, as: F.self)
      return try call.structures {
        try closure(a.value($0), b.value($0), c.value($0), d.value($0), e.value($0), f.value($0))
      }
    }
  }

  /// The body of a row closure of 7 parameters that returns a struct.
  @inlinable
  package static func structures<A, B, C, D, E, F, G, Row: Codable & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G) throws -> Row?
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      let e = try call.reader(4, as: E.self)
      let f = try call.reader(5, as: F.self)
      let g = try call.reader(6, as: G.self)
      return try call.structures {
        try closure(
          a.value($0), b.value($0), c.value($0), d.value($0), e.value($0), f.value($0), g.value($0))
      }
    }
  }

  /// The body of a row closure of 8 parameters that returns a struct.
  @inlinable
  package static func structures<A, B, C, D, E, F, G, H, Row: Codable & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, H) throws -> Row?
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      let e = try call.reader(4, as: E.self)
      let f = try call.reader(5, as: F.self)
      let g = try call.reader(6, as: G.self)
      let h = try call.reader(7, as: H.self)
      return try call.structures {
        try closure(
          a.value($0), b.value($0), c.value($0), d.value($0), e.value($0), f.value($0), g.value($0),
          h.value($0))
      }
    }
  }

  /// The body of a batch closure of 1 column that returns structs.
  @inlinable
  package static func structures<A, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (ColumnView<A>) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column where Values.Element: Codable {
    { call in
      try call.collectStructures(call.guarded { try closure(call.view(0)) })
    }
  }

  /// The body of a batch closure of 2 columns that returns structs.
  @inlinable
  package static func structures<A, B, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (ColumnView<A>, ColumnView<B>) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column where Values.Element: Codable {
    { call in
      try call.collectStructures(call.guarded { try closure(call.view(0), call.view(1)) })
    }
  }

  /// The body of a batch closure of 3 columns that returns structs.
  @inlinable
  package static func structures<A, B, C, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (ColumnView<A>, ColumnView<B>, ColumnView<C>) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column where Values.Element: Codable {
    { call in
      try call.collectStructures(
        call.guarded { try closure(call.view(0), call.view(1), call.view(2)) })
    }
  }

  /// The body of a batch closure of 4 columns that returns structs.
  @inlinable
  package static func structures<A, B, C, D, Values: Collection & SendableMetatype>(
    _ closure:
      @escaping @Sendable (ColumnView<A>, ColumnView<B>, ColumnView<C>, ColumnView<D>) throws ->
      Values
  ) -> @Sendable (UDFCall) throws -> Column where Values.Element: Codable {
    { call in
      try call.collectStructures(
        call.guarded { try closure(call.view(0), call.view(1), call.view(2), call.view(3)) })
    }
  }
}
