// Written by scripts/generate-overloads.py; change that, not this.

import ColumnarCore

extension UDFBody {
  /// The body of an async closure of 1 parameter.
  @inlinable
  package static func async<A: Sendable, Result: Sendable>(
    _ closure: @escaping @Sendable (A) async throws -> Result
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      return try call.asyncRows { row in
        { [a = a.value(row)] in try await closure(a) }
      }
    }
  }

  /// The body of an async closure of 2 parameters.
  @inlinable
  package static func async<A: Sendable, B: Sendable, Result: Sendable>(
    _ closure: @escaping @Sendable (A, B) async throws -> Result
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      return try call.asyncRows { row in
        { [a = a.value(row), b = b.value(row)] in try await closure(a, b) }
      }
    }
  }

  /// The body of an async closure of 3 parameters.
  @inlinable
  package static func async<A: Sendable, B: Sendable, C: Sendable, Result: Sendable>(
    _ closure: @escaping @Sendable (A, B, C) async throws -> Result
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      return try call.asyncRows { row in
        { [a = a.value(row), b = b.value(row), c = c.value(row)] in try await closure(a, b, c) }
      }
    }
  }

  /// The body of an async closure of 4 parameters.
  @inlinable
  package static func async<A: Sendable, B: Sendable, C: Sendable, D: Sendable, Result: Sendable>(
    _ closure: @escaping @Sendable (A, B, C, D) async throws -> Result
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      return try call.asyncRows { row in
        { [a = a.value(row), b = b.value(row), c = c.value(row), d = d.value(row)] in
          try await closure(a, b, c, d)
        }
      }
    }
  }

  /// The body of an async closure of 5 parameters.
  @inlinable
  package static func async<
    A: Sendable, B: Sendable, C: Sendable, D: Sendable, E: Sendable, Result: Sendable
  >(
    _ closure: @escaping @Sendable (A, B, C, D, E) async throws -> Result
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      let e = try call.reader(4, as: E.self)
      return try call.asyncRows { row in
        {
          [a = a.value(row), b = b.value(row), c = c.value(row), d = d.value(row), e = e.value(row)]
          in try await closure(a, b, c, d, e)
        }
      }
    }
  }

  /// The body of an async closure of 6 parameters.
  @inlinable
  package static func async<
    A: Sendable, B: Sendable, C: Sendable, D: Sendable, E: Sendable, F: Sendable, Result: Sendable
  >(
    _ closure: @escaping @Sendable (A, B, C, D, E, F) async throws -> Result
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      let e = try call.reader(4, as: E.self)
      let f = try call.reader(5, as: F.self)
      return try call.asyncRows { row in
        {
          [
            a = a.value(row), b = b.value(row), c = c.value(row), d = d.value(row),
            e = e.value(row), f = f.value(row)
          ] in try await closure(a, b, c, d, e, f)
        }
      }
    }
  }

  /// The body of an async closure of 7 parameters.
  @inlinable
  package static func async<
    A: Sendable, B: Sendable, C: Sendable, D: Sendable, E: Sendable, F: Sendable, G: Sendable,
    Result: Sendable
  >(
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G) async throws -> Result
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      let e = try call.reader(4, as: E.self)
      let f = try call.reader(5, as: F.self)
      let g = try call.reader(6, as: G.self)
      return try call.asyncRows { row in
        {
          [
            a = a.value(row), b = b.value(row), c = c.value(row), d = d.value(row),
            e = e.value(row), f = f.value(row), g = g.value(row)
          ] in try await closure(a, b, c, d, e, f, g)
        }
      }
    }
  }

  /// The body of an async closure of 8 parameters.
  @inlinable
  package static func async<
    A: Sendable, B: Sendable, C: Sendable, D: Sendable, E: Sendable, F: Sendable, G: Sendable,
    H: Sendable, Result: Sendable
  >(
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, H) async throws -> Result
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
      return try call.asyncRows { row in
        {
          [
            a = a.value(row), b = b.value(row), c = c.value(row), d = d.value(row),
            e = e.value(row), f = f.value(row), g = g.value(row), h = h.value(row)
          ] in try await closure(a, b, c, d, e, f, g, h)
        }
      }
    }
  }

  /// The body of an async closure of 9 parameters.
  @inlinable
  package static func async<
    A: Sendable, B: Sendable, C: Sendable, D: Sendable, E: Sendable, F: Sendable, G: Sendable,
    H: Sendable, I: Sendable, Result: Sendable
  >(
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, H, I) async throws -> Result
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
      let i = try call.reader(8, as: I.self)
      return try call.asyncRows { row in
        {
          [
            a = a.value(row), b = b.value(row), c = c.value(row), d = d.value(row),
            e = e.value(row), f = f.value(row), g = g.value(row), h = h.value(row), i = i.value(row)
          ] in try await closure(a, b, c, d, e, f, g, h, i)
        }
      }
    }
  }
}
