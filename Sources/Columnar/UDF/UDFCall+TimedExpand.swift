import ColumnarCore

extension UDFCall {
  /// As `expand`, where rows are timed: a lazy sequence computes its elements as it is gone through,
  /// so that counts too, but not the time in which elements go on.
  ///
  /// The elements of a row that is late are taken back and the row follows `onError`; once some of
  /// them have gone on that cannot be, and the query fails.
  @inlinable @inline(never)
  func expandTimed<Elements: Sequence>(
    to output: ExpandOutput, _ body: (Int) throws -> Elements
  ) throws {
    var slice = ExpandSlice<Elements.Element>(capacity: output.limit)
    var row = 0
    while row < count {
      try cancellation.check()
      var start = slice.count
      var hasGoneOn = false
      var hasElements = false
      do {
        if validity?.isSet(row) ?? true {
          var began = enter(row)
          for element in try body(row) {
            try checkTime(since: began)
            hasElements = true
            slice.append(element, row: row)
            guard slice.count == output.limit else { continue }
            let paused = MonotonicClock.nanoseconds()
            guard try slice.sendFull(to: output) else { return }
            began &+= MonotonicClock.nanoseconds() &- paused
            (hasGoneOn, start) = (true, 0)
          }
          try leave(row, since: began)
        }
      } catch {
        if hasGoneOn { throw failure(error, row: row) }
        slice.drop(from: start)
        if try callsAgain(row, after: error) { continue }
        hasElements = false
      }
      if !hasElements, output.keepsEmpty {
        slice.appendNull(row: row)
      }
      // Also where it was filled by elements that were taken back.
      if slice.count == output.limit {
        guard try slice.sendFull(to: output) else { return }
      }
      row &+= 1
    }
    _ = try slice.send(to: output)
  }
}
