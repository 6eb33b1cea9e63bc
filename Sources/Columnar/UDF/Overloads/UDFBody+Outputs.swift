// Written by scripts/generate-overloads.py; change that, not this.

import ColumnarCore

extension UDFBody {
  /// The body of a row closure of 1 parameter that returns 2 values.
  @inlinable @inline(__always)
  package static func pairs<A, W, X>(
    _ closure: @escaping @Sendable (A) throws -> (W, X)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      return try call.pairs { try closure(a.value($0)) }
    }
  }

  /// The body of a row closure of 2 parameters that returns 2 values.
  @inlinable @inline(__always)
  package static func pairs<A, B, W, X>(
    _ closure: @escaping @Sendable (A, B) throws -> (W, X)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      return try call.pairs { try closure(a.value($0), b.value($0)) }
    }
  }

  /// The body of a row closure of 3 parameters that returns 2 values.
  @inlinable @inline(__always)
  package static func pairs<A, B, C, W, X>(
    _ closure: @escaping @Sendable (A, B, C) throws -> (W, X)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      return try call.pairs { try closure(a.value($0), b.value($0), c.value($0)) }
    }
  }

  /// The body of a row closure of 4 parameters that returns 2 values.
  @inlinable @inline(__always)
  package static func pairs<A, B, C, D, W, X>(
    _ closure: @escaping @Sendable (A, B, C, D) throws -> (W, X)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      return try call.pairs { try closure(a.value($0), b.value($0), c.value($0), d.value($0)) }
    }
  }

  /// The body of a row closure of 5 parameters that returns 2 values.
  @inlinable @inline(__always)
  package static func pairs<A, B, C, D, E, W, X>(
    _ closure: @escaping @Sendable (A, B, C, D, E) throws -> (W, X)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      let e = try call.reader(4, as: E.self)
      return try call.pairs {
        try closure(a.value($0), b.value($0), c.value($0), d.value($0), e.value($0))
      }
    }
  }

  /// The body of a row closure of 6 parameters that returns 2 values.
  @inlinable @inline(__always)
  package static func pairs<A, B, C, D, E, F, W, X>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F) throws -> (W, X)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      let e = try call.reader(4, as: E.self)
      let f = try call.reader(5, as: F.self)
      return try call.pairs {
        try closure(a.value($0), b.value($0), c.value($0), d.value($0), e.value($0), f.value($0))
      }
    }
  }

  /// The body of a row closure of 7 parameters that returns 2 values.
  @inlinable @inline(__always)
  package static func pairs<A, B, C, D, E, F, G, W, X>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G) throws -> (W, X)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      let e = try call.reader(4, as: E.self)
      let f = try call.reader(5, as: F.self)
      let g = try call.reader(6, as: G.self)
      return try call.pairs {
        try closure(
          a.value($0), b.value($0), c.value($0), d.value($0), e.value($0), f.value($0), g.value($0))
      }
    }
  }

  /// The body of a row closure of 8 parameters that returns 2 values.
  @inlinable @inline(__always)
  package static func pairs<A, B, C, D, E, F, G, H, W, X>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, H) throws -> (W, X)
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
      return try call.pairs {
        try closure(
          a.value($0), b.value($0), c.value($0), d.value($0), e.value($0), f.value($0), g.value($0),
          h.value($0))
      }
    }
  }

  /// The body of a row closure of 1 parameter that returns 3 values.
  @inlinable @inline(__always)
  package static func triples<A, W, X, Y>(
    _ closure: @escaping @Sendable (A) throws -> (W, X, Y)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      return try call.triples { try closure(a.value($0)) }
    }
  }

  /// The body of a row closure of 2 parameters that returns 3 values.
  @inlinable @inline(__always)
  package static func triples<A, B, W, X, Y>(
    _ closure: @escaping @Sendable (A, B) throws -> (W, X, Y)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      return try call.triples { try closure(a.value($0), b.value($0)) }
    }
  }

  /// The body of a row closure of 3 parameters that returns 3 values.
  @inlinable @inline(__always)
  package static func triples<A, B, C, W, X, Y>(
    _ closure: @escaping @Sendable (A, B, C) throws -> (W, X, Y)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      return try call.triples { try closure(a.value($0), b.value($0), c.value($0)) }
    }
  }

  /// The body of a row closure of 4 parameters that returns 3 values.
  @inlinable @inline(__always)
  package static func triples<A, B, C, D, W, X, Y>(
    _ closure: @escaping @Sendable (A, B, C, D) throws -> (W, X, Y)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      return try call.triples { try closure(a.value($0), b.value($0), c.value($0), d.value($0)) }
    }
  }

  /// The body of a row closure of 5 parameters that returns 3 values.
  @inlinable @inline(__always)
  package static func triples<A, B, C, D, E, W, X, Y>(
    _ closure: @escaping @Sendable (A, B, C, D, E) throws -> (W, X, Y)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      let e = try call.reader(4, as: E.self)
      return try call.triples {
        try closure(a.value($0), b.value($0), c.value($0), d.value($0), e.value($0))
      }
    }
  }

  /// The body of a row closure of 6 parameters that returns 3 values.
  @inlinable @inline(__always)
  package static func triples<A, B, C, D, E, F, W, X, Y>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F) throws -> (W, X, Y)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      let e = try call.reader(4, as: E.self)
      let f = try call.reader(5, as: F.self)
      return try call.triples {
        try closure(a.value($0), b.value($0), c.value($0), d.value($0), e.value($0), f.value($0))
      }
    }
  }

  /// The body of a row closure of 7 parameters that returns 3 values.
  @inlinable @inline(__always)
  package static func triples<A, B, C, D, E, F, G, W, X, Y>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G) throws -> (W, X, Y)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      let e = try call.reader(4, as: E.self)
      let f = try call.reader(5, as: F.self)
      let g = try call.reader(6, as: G.self)
      return try call.triples {
        try closure(
          a.value($0), b.value($0), c.value($0), d.value($0), e.value($0), f.value($0), g.value($0))
      }
    }
  }

  /// The body of a row closure of 8 parameters that returns 3 values.
  @inlinable @inline(__always)
  package static func triples<A, B, C, D, E, F, G, H, W, X, Y>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, H) throws -> (W, X, Y)
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
      return try call.triples {
        try closure(
          a.value($0), b.value($0), c.value($0), d.value($0), e.value($0), f.value($0), g.value($0),
          h.value($0))
      }
    }
  }

  /// The body of a row closure of 1 parameter that returns 4 values.
  @inlinable @inline(__always)
  package static func quadruples<A, W, X, Y, Z>(
    _ closure: @escaping @Sendable (A) throws -> (W, X, Y, Z)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      return try call.quadruples { try closure(a.value($0)) }
    }
  }

  /// The body of a row closure of 2 parameters that returns 4 values.
  @inlinable @inline(__always)
  package static func quadruples<A, B, W, X, Y, Z>(
    _ closure: @escaping @Sendable (A, B) throws -> (W, X, Y, Z)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      return try call.quadruples { try closure(a.value($0), b.value($0)) }
    }
  }

  /// The body of a row closure of 3 parameters that returns 4 values.
  @inlinable @inline(__always)
  package static func quadruples<A, B, C, W, X, Y, Z>(
    _ closure: @escaping @Sendable (A, B, C) throws -> (W, X, Y, Z)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      return try call.quadruples { try closure(a.value($0), b.value($0), c.value($0)) }
    }
  }

  /// The body of a row closure of 4 parameters that returns 4 values.
  @inlinable @inline(__always)
  package static func quadruples<A, B, C, D, W, X, Y, Z>(
    _ closure: @escaping @Sendable (A, B, C, D) throws -> (W, X, Y, Z)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      return try call.quadruples { try closure(a.value($0), b.value($0), c.value($0), d.value($0)) }
    }
  }

  /// The body of a row closure of 5 parameters that returns 4 values.
  @inlinable @inline(__always)
  package static func quadruples<A, B, C, D, E, W, X, Y, Z>(
    _ closure: @escaping @Sendable (A, B, C, D, E) throws -> (W, X, Y, Z)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      let e = try call.reader(4, as: E.self)
      return try call.quadruples {
        try closure(a.value($0), b.value($0), c.value($0), d.value($0), e.value($0))
      }
    }
  }

  /// The body of a row closure of 6 parameters that returns 4 values.
  @inlinable @inline(__always)
  package static func quadruples<A, B, C, D, E, F, W, X, Y, Z>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F) throws -> (W, X, Y, Z)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      let e = try call.reader(4, as: E.self)
      let f = try call.reader(5, as: F.self)
      return try call.quadruples {
        try closure(a.value($0), b.value($0), c.value($0), d.value($0), e.value($0), f.value($0))
      }
    }
  }

  /// The body of a row closure of 7 parameters that returns 4 values.
  @inlinable @inline(__always)
  package static func quadruples<A, B, C, D, E, F, G, W, X, Y, Z>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G) throws -> (W, X, Y, Z)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      let e = try call.reader(4, as: E.self)
      let f = try call.reader(5, as: F.self)
      let g = try call.reader(6, as: G.self)
      return try call.quadruples {
        try closure(
          a.value($0), b.value($0), c.value($0), d.value($0), e.value($0), f.value($0), g.value($0))
      }
    }
  }

  /// The body of a row closure of 8 parameters that returns 4 values.
  @inlinable @inline(__always)
  package static func quadruples<A, B, C, D, E, F, G, H, W, X, Y, Z>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, H) throws -> (W, X, Y, Z)
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
      return try call.quadruples {
        try closure(
          a.value($0), b.value($0), c.value($0), d.value($0), e.value($0), f.value($0), g.value($0),
          h.value($0))
      }
    }
  }
}
