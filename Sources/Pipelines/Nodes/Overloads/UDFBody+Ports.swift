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

  /// The body of a batch closure of 1 view or states that returns structs.
  @inlinable
  package static func portStructures<A, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (A) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column where Values.Element: Codable {
    { call in
      try call.collectStructures(call.guarded { try closure(call.batchValue(0)) })
    }
  }

  /// The body of a batch closure of 2 views or states that returns structs.
  @inlinable
  package static func portStructures<A, B, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column where Values.Element: Codable {
    { call in
      try call.collectStructures(
        call.guarded { try closure(call.batchValue(0), call.batchValue(1)) })
    }
  }

  /// The body of a batch closure of 3 views or states that returns structs.
  @inlinable
  package static func portStructures<A, B, C, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B, C) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column where Values.Element: Codable {
    { call in
      try call.collectStructures(
        call.guarded { try closure(call.batchValue(0), call.batchValue(1), call.batchValue(2)) })
    }
  }

  /// The body of a batch closure of 4 views or states that returns structs.
  @inlinable
  package static func portStructures<A, B, C, D, Values: Collection & SendableMetatype>(
    _ closure: @escaping @Sendable (A, B, C, D) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column where Values.Element: Codable {
    { call in
      try call.collectStructures(
        call.guarded {
          try closure(
            call.batchValue(0), call.batchValue(1), call.batchValue(2), call.batchValue(3))
        })
    }
  }
}
