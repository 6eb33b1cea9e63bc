// Written by scripts/generate-overloads.py; change that, not this.

import ColumnarCore

extension UDFBody {
  /// The loop of an aggregate over 1 parameter.
  @inlinable @inline(__always)
  package static func aggregate<S, A>(
    _ update: @escaping @Sendable (inout S, A) throws -> Void
  ) -> @Sendable (UDFCall, UnsafeMutablePointer<S>, UnsafePointer<UInt32>?) throws -> Void {
    { call, states, groups in
      let a = try call.reader(0, as: A.self)
      if let aStart = a.direct {
        let aMask = a.mask
        return try call.eachRow(states, groups) { try update(&$0, aStart[$1 & aMask]) }
      }
      return try call.eachRow(states, groups) { try update(&$0, a.value($1)) }
    }
  }

  /// The loop of an aggregate over 2 parameters.
  @inlinable @inline(__always)
  package static func aggregate<S, A, B>(
    _ update: @escaping @Sendable (inout S, A, B) throws -> Void
  ) -> @Sendable (UDFCall, UnsafeMutablePointer<S>, UnsafePointer<UInt32>?) throws -> Void {
    { call, states, groups in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      if let aStart = a.direct,
        let bStart = b.direct
      {
        let aMask = a.mask
        let bMask = b.mask
        return try call.eachRow(states, groups) {
          try update(&$0, aStart[$1 & aMask], bStart[$1 & bMask])
        }
      }
      return try call.eachRow(states, groups) { try update(&$0, a.value($1), b.value($1)) }
    }
  }

  /// The loop of an aggregate over 3 parameters.
  @inlinable @inline(__always)
  package static func aggregate<S, A, B, C>(
    _ update: @escaping @Sendable (inout S, A, B, C) throws -> Void
  ) -> @Sendable (UDFCall, UnsafeMutablePointer<S>, UnsafePointer<UInt32>?) throws -> Void {
    { call, states, groups in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      if let aStart = a.direct,
        let bStart = b.direct,
        let cStart = c.direct
      {
        let aMask = a.mask
        let bMask = b.mask
        let cMask = c.mask
        return try call.eachRow(states, groups) {
          try update(&$0, aStart[$1 & aMask], bStart[$1 & bMask], cStart[$1 & cMask])
        }
      }
      return try call.eachRow(states, groups) {
        try update(&$0, a.value($1), b.value($1), c.value($1))
      }
    }
  }

  /// The loop of a scan over 1 parameter.
  @inlinable @inline(__always)
  package static func scan<S, A, Result>(
    _ closure: @escaping @Sendable (inout S, A) throws -> Result
  ) -> @Sendable (UDFCall, UnsafeMutablePointer<S>, UnsafePointer<UInt32>?) throws -> Column {
    { call, states, keys in
      let a = try call.reader(0, as: A.self)
      if let aStart = a.direct {
        let aMask = a.mask
        return try call.rows(states, keys) { try closure(&$0, aStart[$1 & aMask]) }
      }
      return try call.rows(states, keys) { try closure(&$0, a.value($1)) }
    }
  }

  /// The loop of a scan over 2 parameters.
  @inlinable @inline(__always)
  package static func scan<S, A, B, Result>(
    _ closure: @escaping @Sendable (inout S, A, B) throws -> Result
  ) -> @Sendable (UDFCall, UnsafeMutablePointer<S>, UnsafePointer<UInt32>?) throws -> Column {
    { call, states, keys in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      if let aStart = a.direct,
        let bStart = b.direct
      {
        let aMask = a.mask
        let bMask = b.mask
        return try call.rows(states, keys) {
          try closure(&$0, aStart[$1 & aMask], bStart[$1 & bMask])
        }
      }
      return try call.rows(states, keys) { try closure(&$0, a.value($1), b.value($1)) }
    }
  }

  /// The loop of a scan over 3 parameters.
  @inlinable @inline(__always)
  package static func scan<S, A, B, C, Result>(
    _ closure: @escaping @Sendable (inout S, A, B, C) throws -> Result
  ) -> @Sendable (UDFCall, UnsafeMutablePointer<S>, UnsafePointer<UInt32>?) throws -> Column {
    { call, states, keys in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      if let aStart = a.direct,
        let bStart = b.direct,
        let cStart = c.direct
      {
        let aMask = a.mask
        let bMask = b.mask
        let cMask = c.mask
        return try call.rows(states, keys) {
          try closure(&$0, aStart[$1 & aMask], bStart[$1 & bMask], cStart[$1 & cMask])
        }
      }
      return try call.rows(states, keys) { try closure(&$0, a.value($1), b.value($1), c.value($1)) }
    }
  }

  /// The loop of a scan over 4 parameters.
  @inlinable @inline(__always)
  package static func scan<S, A, B, C, D, Result>(
    _ closure: @escaping @Sendable (inout S, A, B, C, D) throws -> Result
  ) -> @Sendable (UDFCall, UnsafeMutablePointer<S>, UnsafePointer<UInt32>?) throws -> Column {
    { call, states, keys in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      if let aStart = a.direct,
        let bStart = b.direct,
        let cStart = c.direct,
        let dStart = d.direct
      {
        let aMask = a.mask
        let bMask = b.mask
        let cMask = c.mask
        let dMask = d.mask
        return try call.rows(states, keys) {
          try closure(
            &$0, aStart[$1 & aMask], bStart[$1 & bMask], cStart[$1 & cMask], dStart[$1 & dMask])
        }
      }
      return try call.rows(states, keys) {
        try closure(&$0, a.value($1), b.value($1), c.value($1), d.value($1))
      }
    }
  }

  /// The loop of an expanding closure of 1 parameter.
  @inlinable @inline(__always)
  package static func expand<A, Elements: Sequence & SendableMetatype>(
    _ closure: @escaping @Sendable (A) throws -> Elements
  ) -> @Sendable (UDFCall, ExpandOutput) throws -> Void {
    { call, output in
      let a = try call.reader(0, as: A.self)
      try call.expand(to: output) { try closure(a.value($0)) }
    }
  }

  /// The loop of an expanding closure of 2 parameters.
  @inlinable @inline(__always)
  package static func expand<A, B, Elements: Sequence & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B) throws -> Elements
  ) -> @Sendable (UDFCall, ExpandOutput) throws -> Void {
    { call, output in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      try call.expand(to: output) { try closure(a.value($0), b.value($0)) }
    }
  }

  /// The loop of an expanding closure of 3 parameters.
  @inlinable @inline(__always)
  package static func expand<A, B, C, Elements: Sequence & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B, C) throws -> Elements
  ) -> @Sendable (UDFCall, ExpandOutput) throws -> Void {
    { call, output in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      try call.expand(to: output) { try closure(a.value($0), b.value($0), c.value($0)) }
    }
  }

  /// The loop of an expanding closure of 4 parameters.
  @inlinable @inline(__always)
  package static func expand<A, B, C, D, Elements: Sequence & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B, C, D) throws -> Elements
  ) -> @Sendable (UDFCall, ExpandOutput) throws -> Void {
    { call, output in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      try call.expand(to: output) {
        try closure(a.value($0), b.value($0), c.value($0), d.value($0))
      }
    }
  }

  /// The loop of an expanding closure of 5 parameters.
  @inlinable @inline(__always)
  package static func expand<A, B, C, D, E, Elements: Sequence & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B, C, D, E) throws -> Elements
  ) -> @Sendable (UDFCall, ExpandOutput) throws -> Void {
    { call, output in
      let a = try call.reader(0, as: A.self)
      let b = try call.reader(1, as: B.self)
      let c = try call.reader(2, as: C.self)
      let d = try call.reader(3, as: D.self)
      let e = try call.reader(4, as: E.self)
      try call.expand(to: output) {
        try closure(a.value($0), b.value($0), c.value($0), d.value($0), e.value($0))
      }
    }
  }
}
