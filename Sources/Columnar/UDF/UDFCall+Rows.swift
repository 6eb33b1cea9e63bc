import ColumnarCore

extension UDFCall {
  /// Calls `present` for every row whose arguments are there and `absent` for the others, in order,
  /// with the errors and the looks for cancellation of `rows`; a row that fails and does not end the
  /// query is absent too.
  @inlinable @inline(__always)
  package func eachRow(present: (Int) throws -> Void, absent: (Int) -> Void) throws {
    var row = 0
    var pace = CheckpointPace()
    while row < count {
      do { try eachRow(from: &row, &pace, present, absent) } catch {
        if try callsAgain(row, after: error) { continue }
        absent(row)
        row &+= 1
      }
    }
  }

  /// The loop of `eachRow`, up to the end or a row that fails.
  @inlinable @inline(__always)
  func eachRow(
    from row: inout Int, _ pace: inout CheckpointPace, _ present: (Int) throws -> Void,
    _ absent: (Int) -> Void
  ) throws {
    if let validity {
      while row < count {
        let end = try pace.next(after: row, of: count, cancellation)
        while row < end {
          if validity.isSet(row) { try timed(row, present) } else { absent(row) }
          row &+= 1
        }
      }
    } else if watchesEachRow {
      while row < count {
        let end = try pace.next(after: row, of: count, cancellation)
        while row < end {
          try timed(row, present)
          row &+= 1
        }
      }
    } else {
      while row < count {
        let end = try pace.next(after: row, of: count, cancellation)
        while row < end {
          try timed(row, present)
          row &+= 1
        }
      }
    }
  }

  /// Calls `body` for every row whose arguments are there, with the state of its group: the one that
  /// `groups` gives for it, or the first.
  @inlinable @inline(__always)
  package func eachRow<S>(
    _ states: UnsafeMutablePointer<S>, _ groups: UnsafePointer<UInt32>?,
    _ body: (inout S, Int) throws -> Void
  ) throws {
    if let groups {
      try eachRow {
        try body(&states[Int(groups[$0])], $0)
      } absent: { _ in
      }
    } else {
      try eachRow {
        try body(&states[0], $0)
      } absent: { _ in
      }
    }
  }

  /// As `rows`, each with the state of its group.
  @inlinable @inline(__always)
  package func rows<S, Result>(
    _ states: UnsafeMutablePointer<S>, _ groups: UnsafePointer<UInt32>?,
    _ body: (inout S, Int) throws -> Result
  ) throws -> Column {
    if let groups { return try rows { try body(&states[Int(groups[$0])], $0) } }
    return try rows { try body(&states[0], $0) }
  }
}
