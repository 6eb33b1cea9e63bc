// Written by scripts/generate-overloads.py; change that, not this.

import ColumnarCore

extension UDFBody {
  /// The body of a row closure of 0 parameters.
  @inlinable @inline(__always)
  package static func row<Result>(
    _ closure: @escaping @Sendable () throws -> Result
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      try call.rows { _ in try closure() }
    }
  }

  /// The body of a row closure of 1 parameter.
  @inlinable @inline(__always)
  package static func row<A, Result>(
    _ closure: @escaping @Sendable (A) throws -> Result
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      if let aStart = a.direct {
        if a.mask == ~0 {
          return try call.rows { try closure(aStart[$0]) }
        }
        let aMask = a.mask
        return try call.rows { try closure(aStart[$0 & aMask]) }
      }
      return try call.rows { try closure(a.value($0)) }
    }
  }

  /// The body of a row closure of 2 parameters.
  @inlinable @inline(__always)
  package static func row<A, B, Result>(
    _ closure: @escaping @Sendable (A, B) throws -> Result
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      if let aStart = a.direct, let bStart = b.direct {
        if a.mask & b.mask == ~0 {
          return try call.rows { try closure(aStart[$0], bStart[$0]) }
        }
        let (aMask, bMask) = (a.mask, b.mask)
        return try call.rows { try closure(aStart[$0 & aMask], bStart[$0 & bMask]) }
      }
      return try call.rows { try closure(a.value($0), b.value($0)) }
    }
  }

  /// The body of a row closure of 3 parameters.
  @inlinable @inline(__always)
  package static func row<A, B, C, Result>(
    _ closure: @escaping @Sendable (A, B, C) throws -> Result
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      if let aStart = a.direct, let bStart = b.direct, let cStart = c.direct {
        if a.mask & b.mask & c.mask == ~0 {
          return try call.rows { try closure(aStart[$0], bStart[$0], cStart[$0]) }
        }
        let (aMask, bMask, cMask) = (a.mask, b.mask, c.mask)
        return try call.rows {
          try closure(aStart[$0 & aMask], bStart[$0 & bMask], cStart[$0 & cMask])
        }
      }
      return try call.rows { try closure(a.value($0), b.value($0), c.value($0)) }
    }
  }

  /// The body of a row closure of 4 parameters.
  @inlinable @inline(__always)
  package static func row<A, B, C, D, Result>(
    _ closure: @escaping @Sendable (A, B, C, D) throws -> Result
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      if let aStart = a.direct,
        let bStart = b.direct,
        let cStart = c.direct,
        let dStart = d.direct
      {
        if a.mask & b.mask & c.mask & d.mask == ~0 {
          return try call.rows { try closure(aStart[$0], bStart[$0], cStart[$0], dStart[$0]) }
        }
        let (aMask, bMask, cMask, dMask) = (a.mask, b.mask, c.mask, d.mask)
        return try call.rows {
          try closure(
            aStart[$0 & aMask], bStart[$0 & bMask], cStart[$0 & cMask], dStart[$0 & dMask])
        }
      }
      return try call.rows { try closure(a.value($0), b.value($0), c.value($0), d.value($0)) }
    }
  }

  /// The body of a row closure of 5 parameters.
  @inlinable @inline(__always)
  package static func row<A, B, C, D, E, Result>(
    _ closure: @escaping @Sendable (A, B, C, D, E) throws -> Result
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      let e = try call.reader(4, as: E.self)
      if let aStart = a.direct,
        let bStart = b.direct,
        let cStart = c.direct,
        let dStart = d.direct,
        let eStart = e.direct
      {
        if a.mask & b.mask & c.mask & d.mask & e.mask == ~0 {
          return try call.rows {
            try closure(aStart[$0], bStart[$0], cStart[$0], dStart[$0], eStart[$0])
          }
        }
        let (aMask, bMask, cMask, dMask, eMask) = (a.mask, b.mask, c.mask, d.mask, e.mask)
        return try call.rows {
          try closure(
            aStart[$0 & aMask], bStart[$0 & bMask], cStart[$0 & cMask], dStart[$0 & dMask],
            eStart[$0 & eMask])
        }
      }
      return try call.rows {
        try closure(a.value($0), b.value($0), c.value($0), d.value($0), e.value($0))
      }
    }
  }

  /// The body of a row closure of 6 parameters.
  @inlinable @inline(__always)
  package static func row<A, B, C, D, E, F, Result>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F) throws -> Result
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      let e = try call.reader(4, as: E.self)
      let f = try call.reader(5, as: F.self)
      if let aStart = a.direct,
        let bStart = b.direct,
        let cStart = c.direct,
        let dStart = d.direct,
        let eStart = e.direct,
        let fStart = f.direct
      {
        if a.mask & b.mask & c.mask & d.mask & e.mask & f.mask == ~0 {
          return try call.rows {
            try closure(aStart[$0], bStart[$0], cStart[$0], dStart[$0], eStart[$0], fStart[$0])
          }
        }
        let (aMask, bMask, cMask, dMask, eMask, fMask) = (
          a.mask, b.mask, c.mask, d.mask, e.mask, f.mask
        )
        return try call.rows {
          try closure(
            aStart[$0 & aMask], bStart[$0 & bMask], cStart[$0 & cMask], dStart[$0 & dMask],
            eStart[$0 & eMask], fStart[$0 & fMask])
        }
      }
      return try call.rows {
        try closure(a.value($0), b.value($0), c.value($0), d.value($0), e.value($0), f.value($0))
      }
    }
  }

  /// The body of a row closure of 7 parameters.
  @inlinable @inline(__always)
  package static func row<A, B, C, D, E, F, G, Result>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G) throws -> Result
  ) -> @Sendable (UDFCall) throws -> Column {
    { call in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      let e = try call.reader(4, as: E.self)
      let f = try call.reader(5, as: F.self)
      let g = try call.reader(6, as: G.self)
      if let aStart = a.direct,
        let bStart = b.direct,
        let cStart = c.direct,
        let dStart = d.direct,
        let eStart = e.direct,
        let fStart = f.direct,
        let gStart = g.direct
      {
        if a.mask & b.mask & c.mask & d.mask & e.mask & f.mask & g.mask == ~0 {
          return try call.rows {
            try closure(
              aStart[$0], bStart[$0], cStart[$0], dStart[$0], eStart[$0], fStart[$0], gStart[$0])
          }
        }
        let (aMask, bMask, cMask, dMask, eMask, fMask, gMask) = (
          a.mask, b.mask, c.mask, d.mask, e.mask, f.mask, g.mask
        )
        return try call.rows {
          try closure(
            aStart[$0 & aMask], bStart[$0 & bMask], cStart[$0 & cMask], dStart[$0 & dMask],
            eStart[$0 & eMask], fStart[$0 & fMask], gStart[$0 & gMask])
        }
      }
      return try call.rows {
        try closure(
          a.value($0), b.value($0), c.value($0), d.value($0), e.value($0), f.value($0), g.value($0))
      }
    }
  }

  /// The body of a row closure of 8 parameters.
  @inlinable @inline(__always)
  package static func row<A, B, C, D, E, F, G, H, Result>(
    _ closure: @escaping @Sendable (A, B, C, D, E, F, G, H) throws -> Result
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
      if let aStart = a.direct,
        let bStart = b.direct,
        let cStart = c.direct,
        let dStart = d.direct,
        let eStart = e.direct,
        let fStart = f.direct,
        let gStart = g.direct,
        let hStart = h.direct
      {
        if a.mask & b.mask & c.mask & d.mask & e.mask & f.mask & g.mask & h.mask == ~0 {
          return try call.rows {
            try closure(
              aStart[$0], bStart[$0], cStart[$0], dStart[$0], eStart[$0], fStart[$0], gStart[$0],
              hStart[$0])
          }
        }
        let (aMask, bMask, cMask, dMask, eMask, fMask, gMask, hMask) = (
          a.mask, b.mask, c.mask, d.mask, e.mask, f.mask, g.mask, h.mask
        )
        return try call.rows {
          try closure(
            aStart[$0 & aMask], bStart[$0 & bMask], cStart[$0 & cMask], dStart[$0 & dMask],
            eStart[$0 & eMask], fStart[$0 & fMask], gStart[$0 & gMask], hStart[$0 & hMask])
        }
      }
      return try call.rows {
        try closure(
          a.value($0), b.value($0), c.value($0), d.value($0), e.value($0), f.value($0), g.value($0),
          h.value($0))
      }
    }
  }
}
