import ColumnarCore

/// Where the elements of a batch's rows go: out in slices of a bounded size.
///
/// Used by one call at a time.
@usableFromInline
package final class ExpandOutput {
  /// The most elements of a slice.
  @usableFromInline package let limit: Int
  /// Whether a row without elements gives one null.
  @usableFromInline package let keepsEmpty: Bool
  private let deliver: (Column, RowIndices) throws -> Flow
  private let cancellation: Cancellation

  /// - Parameter deliver: takes a slice: its elements and the rows of the batch that they belong to.
  package init(
    limit: Int, keepsEmpty: Bool, _ cancellation: Cancellation,
    deliver: @escaping (Column, RowIndices) throws -> Flow
  ) {
    self.limit = limit
    self.keepsEmpty = keepsEmpty
    self.cancellation = cancellation
    self.deliver = deliver
  }

  @usableFromInline
  package func check() throws { try cancellation.check() }

  /// Sends a slice; false if no more is wanted.
  @usableFromInline
  package func send(_ elements: Column, _ rows: Buffer, count: Int) throws -> Bool {
    try cancellation.check()
    return try deliver(elements, RowIndices(buffer: rows, count: count)) == .more
  }
}

/// A slice that is being filled.
@usableFromInline
package struct ExpandSlice<Element>: ~Copyable {
  @usableFromInline var writer: ValueWriter<Element>
  @usableFromInline var rows: MutableBuffer
  @usableFromInline package var count = 0
  /// Whether an element is missing: the only one of a row without elements.
  @usableFromInline var nulls: [Int] = []
  /// Elements that were appended, but are not sent.
  @usableFromInline var dropped: [Range<Int>] = []

  @inlinable @inline(__always)
  package init(capacity: Int) {
    writer = ValueWriter(count: capacity)
    rows = MutableBuffer(count: capacity &* 4)
  }

  @inlinable @inline(__always)
  package mutating func append(_ element: Element, row: Int) {
    writer.set(count, element)
    rows.pointer(as: Int32.self)[count] = Int32(truncatingIfNeeded: row)
    count &+= 1
  }

  @inlinable
  package mutating func appendNull(row: Int) {
    writer.setNull(count)
    nulls.append(count)
    rows.pointer(as: Int32.self)[count] = Int32(truncatingIfNeeded: row)
    count &+= 1
  }

  /// Takes back the elements from `start` on.
  @inlinable
  package mutating func drop(from start: Int) {
    if start < count { dropped.append(start..<count) }
  }

  /// Sends what was appended, and begins anew; false if no more is wanted.
  @usableFromInline
  package mutating func sendFull(to output: ExpandOutput) throws -> Bool {
    var full = ExpandSlice(capacity: output.limit)
    swap(&full, &self)
    return try full.send(to: output)
  }

  /// Sends what was appended; false if no more is wanted.
  @usableFromInline
  package consuming func send(to output: ExpandOutput) throws -> Bool {
    let (count, nulls, dropped) = (count, nulls, dropped)
    if count == 0 { return true }
    let capacity = output.limit
    let validity = ExpandOutput.validity(without: nulls, capacity)
    try writer.check()
    let elements = writer.finish(validity: validity)
    if dropped.isEmpty {
      return try output.send(elements.slice(0..<count), rows.freeze(), count: count)
    }
    return try output.send(elements, rows.freeze(), kept: ExpandOutput.kept(of: count, dropped))
  }
}

extension ExpandOutput {
  /// The positions that are not in `dropped`, whose ranges stand in order.
  static func kept(of count: Int, _ dropped: [Range<Int>]) -> [Int32] {
    var kept: [Int32] = []
    var start = 0
    for range in dropped + [count..<count] {
      for position in start..<range.lowerBound { kept.append(Int32(truncatingIfNeeded: position)) }
      start = range.upperBound
    }
    return kept
  }

  /// Sends some elements of a slice.
  func send(_ elements: Column, _ rows: Buffer, kept: [Int32]) throws -> Bool {
    if kept.isEmpty { return true }
    let all = rows.pointer(as: Int32.self)
    let rows = Buffer(copying: kept.map { all[Int($0)] })
    return try send(elements.taking(RowIndices(kept)), rows, count: kept.count)
  }

  static func validity(without nulls: [Int], _ count: Int) -> Bitmap? {
    if nulls.isEmpty { return nil }
    var bits = BitmapBuilder(capacity: count)
    var start = 0
    for row in nulls {
      bits.append(repeating: true, count: row - start)
      bits.append(false)
      start = row + 1
    }
    bits.append(repeating: true, count: count - start)
    return bits.finish()
  }
}

extension UDFCall {
  /// Calls `body` for every row whose arguments are there, and sends what its results hold.
  ///
  /// An error of `body` is given the row's number and a preview of its inputs; a sequence is gone
  /// through only as far as elements are wanted.
  @inlinable @inline(__always)
  package func expand<Elements: Sequence>(
    to output: ExpandOutput, _ body: (Int) throws -> Elements
  ) throws {
    if run.timesRows { return try expandTimed(to: output, body) }
    var slice = ExpandSlice<Elements.Element>(capacity: output.limit)
    var row = 0
    var pace = CheckpointPace()
    while row < count {
      let end = try pace.next(after: row, of: count, cancellation)
      while row < end {
        var isEmpty = true
        if validity?.isSet(row) ?? true {
          if let elements = try elements(of: row, body) {
            for element in elements {
              isEmpty = false
              slice.append(element, row: row)
              if slice.count & 255 == 0 { try output.check() }
              if slice.count == output.limit {
                guard try slice.sendFull(to: output) else { return }
              }
            }
          }
        }
        if isEmpty, output.keepsEmpty {
          slice.appendNull(row: row)
          if slice.count == output.limit {
            guard try slice.sendFull(to: output) else { return }
          }
        }
        row &+= 1
      }
    }
    _ = try slice.send(to: output)
  }
}

extension UDFCall {
  /// What a row's call gives; nil if it failed without ending the query.
  @inlinable @inline(__always)
  func elements<Elements>(of row: Int, _ body: (Int) throws -> Elements) throws -> Elements? {
    while true {
      do { return try timed(row, body) } catch {
        guard try callsAgain(row, after: error) else { return nil }
      }
    }
  }
}

extension UDF {
  /// A function that makes rows of a row.
  @usableFromInline
  package static func expandFunction(
    _ name: String, _ parameters: [UDFParameter], _ element: DataType, _ options: UDFOptions,
    _ body: @escaping @Sendable (UDFCall, ExpandOutput) throws -> Void
  ) -> UserFunction {
    UserFunction(
      name: name, kind: .expand, parameters: parameters, resultType: element, options: options,
      special: .expand(body), body: misplaced(name))
  }
}
