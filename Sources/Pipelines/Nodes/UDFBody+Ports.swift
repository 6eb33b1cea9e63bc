// Written by scripts/generate-overloads.py; change that, not this.

import Columnar
import ColumnarCore

extension UDFBody {
  /// The body of a batch closure of 1 view or states.
  @inlinable
  package static func ports<A, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (A) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(call.guarded { try closure(call.batchValue(0)) })
    }
  }

  /// The body of a batch closure of 2 views or states.
  @inlinable
  package static func ports<A, B, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(call.guarded { try closure(call.batchValue(0), call.batchValue(1)) })
    }
  }

  /// The body of a batch closure of 3 views or states.
  @inlinable
  package static func ports<A, B, C, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B, C) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(
        call.guarded { try closure(call.batchValue(0), call.batchValue(1), call.batchValue(2)) })
    }
  }

  /// The body of a batch closure of 4 views or states.
  @inlinable
  package static func ports<A, B, C, D, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B, C, D) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(
        call.guarded {
          try closure(
            call.batchValue(0), call.batchValue(1), call.batchValue(2), call.batchValue(3))
        })
    }
  }

  /// The body of a batch closure of 5 views or states.
  @inlinable
  package static func ports<A, B, C, D, E, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B, C, D, E) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(
        call.guarded {
          try closure(
            call.batchValue(0), call.batchValue(1), call.batchValue(2), call.batchValue(3),
            call.batchValue(4))
        })
    }
  }

  /// The body of a batch closure of 6 views or states.
  @inlinable
  package static func ports<A, B, C, D, E, F, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(
        call.guarded {
          try closure(
            call.batchValue(0), call.batchValue(1), call.batchValue(2), call.batchValue(3),
            call.batchValue(4), call.batchValue(5))
        })
    }
  }

  /// The body of a batch closure of 7 views or states.
  @inlinable
  package static func ports<A, B, C, D, E, F, G, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(
        call.guarded {
          try closure(
            call.batchValue(0), call.batchValue(1), call.batchValue(2), call.batchValue(3),
            call.batchValue(4), call.batchValue(5), call.batchValue(6))
        })
    }
  }

  /// The body of a batch closure of 8 views or states.
  @inlinable
  package static func ports<A, B, C, D, E, F, G, H, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, H) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.collect(
        call.guarded {
          try closure(
            call.batchValue(0), call.batchValue(1), call.batchValue(2), call.batchValue(3),
            call.batchValue(4), call.batchValue(5), call.batchValue(6), call.batchValue(7))
        })
    }
  }

  /// The body of a row closure of 1 parameter that returns 2 values.
  @inlinable @inline(__always)
  package static func pairs<A, X, Y>(
    _ closure: @escaping @Sendable (A) throws -> (X, Y)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      return try call.pairs { try closure(a.value($0)) }
    }
  }

  /// The body of a row closure of 2 parameters that returns 2 values.
  @inlinable @inline(__always)
  package static func pairs<A, B, X, Y>(
    _ closure: @escaping @Sendable (A, B) throws -> (X, Y)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      return try call.pairs { try closure(a.value($0), b.value($0)) }
    }
  }

  /// The body of a row closure of 3 parameters that returns 2 values.
  @inlinable @inline(__always)
  package static func pairs<A, B, C, X, Y>(
    _ closure: @escaping @Sendable (A, B, C) throws -> (X, Y)
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
  package static func pairs<A, B, C, D, X, Y>(
    _ closure: @escaping @Sendable (A, B, C, D) throws -> (X, Y)
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
  package static func pairs<A, B, C, D, E, X, Y>(
    _ closure: @escaping @Sendable (A, B, C, D, E) throws -> (X, Y)
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
  package static func pairs<A, B, C, D, E, F, X, Y>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F) throws -> (X, Y)
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
  package static func pairs<A, B, C, D, E, F, G, X, Y>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G) throws -> (X, Y)
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
  package static func pairs<A, B, C, D, E, F, G, H, X, Y>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, H) throws -> (X, Y)
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
  package static func triples<A, X, Y, Z>(
    _ closure: @escaping @Sendable (A) throws -> (X, Y, Z)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      return try call.triples { try closure(a.value($0)) }
    }
  }

  /// The body of a row closure of 2 parameters that returns 3 values.
  @inlinable @inline(__always)
  package static func triples<A, B, X, Y, Z>(
    _ closure: @escaping @Sendable (A, B) throws -> (X, Y, Z)
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      return try call.triples { try closure(a.value($0), b.value($0)) }
    }
  }

  /// The body of a row closure of 3 parameters that returns 3 values.
  @inlinable @inline(__always)
  package static func triples<A, B, C, X, Y, Z>(
    _ closure: @escaping @Sendable (A, B, C) throws -> (X, Y, Z)
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
  package static func triples<A, B, C, D, X, Y, Z>(
    _ closure: @escaping @Sendable (A, B, C, D) throws -> (X, Y, Z)
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
  package static func triples<A, B, C, D, E, X, Y, Z>(
    _ closure: @escaping @Sendable (A, B, C, D, E) throws -> (X, Y, Z)
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
  package static func triples<A, B, C, D, E, F, X, Y, Z>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F) throws -> (X, Y, Z)
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
  package static func triples<A, B, C, D, E, F, G, X, Y, Z>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G) throws -> (X, Y, Z)
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
  package static func triples<A, B, C, D, E, F, G, H, X, Y, Z>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, H) throws -> (X, Y, Z)
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
}
