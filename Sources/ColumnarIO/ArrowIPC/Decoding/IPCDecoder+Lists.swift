import ColumnarCore

extension IPCDecoder {
  /// Rows that are written as runs of one value each.
  ///
  /// One run gives a constant column. Else values of no fixed width are kept once each, under codes,
  /// where the column is not part of another.
  func runs(
    _ field: IPCField, _ body: inout IPCBody, _ node: IPCBody.Node, isTop: Bool,
    _ dictionaries: (Int64) -> IPCDictionary?
  ) throws -> Column {
    body.passRunsValidity()
    let ends = try column(field.children[0], &body, isTop: false, dictionaries)
    let values = try column(field.children[1], &body, isTop: false, dictionaries)
    let count = node.count
    if count == 0 { return .empty(field.dataType) }
    let rows = try PrimitiveView<Int64>(ends.cast(to: .int64, strict: true))
    let window = node.offset..<(node.offset + count)
    try check(rows, ends, values, window, field, body.origin)
    var run = Self.firstRun(rows, behind: window.lowerBound)
    if isTop, rows[run] >= window.upperBound {
      return .constant(values.slice(run..<(run + 1)), count: count)
    }
    guard count <= 1 << 26 else {
      throw body.origin.unsupported(
        "has a run-end encoded batch of \(count) rows", hint: "Write smaller batches.")
    }
    let memory = MutableBuffer(count: count * 4)
    let codes = memory.pointer(as: Int32.self)
    var row = 0
    while row < count {
      let end = min(count, Int(rows[run]) - window.lowerBound)
      (codes + row).update(repeating: Int32(truncatingIfNeeded: run), count: end - row)
      row = end
      run += 1
    }
    let indices = memory.freeze()
    let holdsBlocks =
      switch values.type.physical {
      case .bytes, .list, .fixedSizeList, .structure: true
      default: false
      }
    if isTop, holdsBlocks {
      return try IPCDictionary(values, body.origin)
        .column(indices, .int32, nil, count, body.origin)
    }
    let source = indices.pointer(as: Int32.self)
    try checkSpread(values, count, field, body.origin) { Int(source[$0]) }
    return withExtendedLifetime(indices) {
      values.taking(RowIndices(buffer: indices, count: count))
    }
  }

  /// Refuses lists that are referred to so often that they would fill the memory.
  func checkSpread(
    _ values: Column, _ count: Int, _ field: IPCField, _ origin: IPCOrigin,
    _ row: (Int) -> Int?
  ) throws {
    guard !LeafCounts(values).allows(count, row) else { return }
    throw origin.unsupported(
      "has lists in column \"\(field.name)\" that are repeated many times over",
      hint: "Have it written as plain lists, or in smaller batches.")
  }

  private func check(
    _ rows: PrimitiveView<Int64>, _ ends: Column, _ values: Column, _ window: Range<Int>,
    _ field: IPCField, _ origin: IPCOrigin
  ) throws {
    var last: Int64 = 0
    var isSorted = ends.nullCount == 0 && values.count >= ends.count
    for run in 0..<ends.count where isSorted {
      if rows[run] <= last { isSorted = false }
      last = rows[run]
    }
    guard isSorted, last >= window.upperBound else {
      throw origin.corrupt(
        "the runs of column \"\(field.name)\" do not cover its \(window.upperBound) rows in order")
    }
  }

  /// The run that a row is in; there is one.
  private static func firstRun(_ ends: PrimitiveView<Int64>, behind row: Int) -> Int {
    var (low, high) = (0, ends.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] <= row { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Lists that lie anywhere among their elements: lists one after the other are made of them.
  ///
  /// Cost: none for elements that lie in the order of the lists, else a copy of them.
  func listView(
    _ field: IPCField, _ reference: IPCType.Reference, _ body: inout IPCBody,
    _ validity: Bitmap?, _ count: Int, _ dictionaries: (Int64) -> IPCDictionary?
  ) throws -> Column {
    let width = reference == .offset32 ? 4 : 8
    var starts = try body.nextBuffer(count * width, alignment: width)
    var sizes = try body.nextBuffer(count * width, alignment: width)
    let elements = try column(field.children[0], &body, isTop: false, dictionaries)
    if count == 0 { return .empty(field.dataType) }
    if width == 4 { (starts, sizes) = (starts.widened(count), sizes.widened(count)) }
    let spans = ListSpans(starts, sizes, validity, count)
    guard spans.areInside(elements.count) else {
      throw body.origin.corrupt(
        "the lists of column \"\(field.name)\" reach beyond their \(elements.count) elements")
    }
    if let first = spans.firstInOrder {
      return Column(
        listOf: elements, offsets: spans.offsets(from: first), validity: validity, count: count)
    }
    // Lists may share elements, so that a few bytes could stand for any number of them.
    guard let total = spans.total(most: max(1 << 24, elements.count.multipliedClamped(by: 16)))
    else {
      throw body.origin.unsupported(
        "has lists in column \"\(field.name)\" that share elements many times over",
        hint: "Have it written as lists with offsets, or in smaller batches.")
    }
    let indices = spans.indices(total)
    try checkSpread(elements, total, field, body.origin) { indices.row(at: $0) }
    return Column(
      listOf: elements.taking(indices), offsets: spans.offsets(from: 0), validity: validity,
      count: count)
  }
}

/// Where the lists of a column of list views start and how long they are; nulls are empty.
private struct ListSpans {
  let starts: Buffer
  let sizes: Buffer
  let validity: Bitmap?
  let count: Int

  init(_ starts: Buffer, _ sizes: Buffer, _ validity: Bitmap?, _ count: Int) {
    self.starts = starts
    self.sizes = sizes
    self.validity = validity
    self.count = count
  }

  /// The start and the size of a list, none of a null.
  @inline(__always)
  private func span(_ row: Int) -> (start: Int, size: Int) {
    if validity?.isSet(row) == false { return (0, 0) }
    return (Int(starts.pointer(as: Int64.self)[row]), Int(sizes.pointer(as: Int64.self)[row]))
  }

  func areInside(_ limit: Int) -> Bool {
    (0..<count).allSatisfy { row in
      let (start, size) = span(row)
      return start >= 0 && size >= 0 && size <= limit && start <= limit - size
    }
  }

  /// The first element, where each list that has any starts where the one before ended; else nil.
  var firstInOrder: Int? {
    var (first, end): (Int?, Int) = (nil, 0)
    for row in 0..<count {
      let (start, size) = span(row)
      if size == 0 { continue }
      if first == nil { (first, end) = (start, start) }
      if start != end { return nil }
      end += size
    }
    return first ?? 0
  }

  /// The number of elements of all lists; nil if there are more.
  func total(most: Int) -> Int? {
    var total = 0
    for row in 0..<count {
      total += span(row).size
      if total > most || total > Int(Int32.max) { return nil }
    }
    return total
  }

  /// The offsets of lists that lie one after the other from an element on.
  func offsets(from first: Int) -> Buffer {
    let memory = MutableBuffer(count: (count + 1) * 8)
    let target = memory.pointer(as: Int64.self)
    var end = first
    for row in 0..<count {
      target[row] = Int64(end)
      end += span(row).size
    }
    target[count] = Int64(end)
    return memory.freeze()
  }

  /// The elements of all lists in order.
  func indices(_ total: Int) -> RowIndices {
    let memory = MutableBuffer(count: total * 4)
    let target = memory.pointer(as: Int32.self)
    var at = 0
    for row in 0..<count {
      let (start, size) = span(row)
      for element in start..<(start + size) {
        target[at] = Int32(truncatingIfNeeded: element)
        at += 1
      }
    }
    return RowIndices(buffer: memory.freeze(), count: total)
  }
}
