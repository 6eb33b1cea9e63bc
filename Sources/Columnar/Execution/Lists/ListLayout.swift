import ColumnarCore

/// How the elements of list columns lie one after the other, and how results of elements become
/// lists again.
///
/// An item whose list is null, or one of them, has no elements and gives a null.
package struct ListLayout: Sendable {
  /// The number of items.
  package let count: Int
  /// The elements of all items together.
  package let elementCount: Int
  /// The first item whose lists are not equally long; it and those behind it have no elements.
  package let mismatch: Mismatch?
  private let isProduct: Bool
  private let lists: [ListView]
  private let validity: Bitmap?
  /// Item i has the elements from `offsets[i]` to `offsets[i + 1]` (Int64 each).
  private let offsets: Buffer

  /// An item whose lists are not equally long.
  package struct Mismatch: Sendable {
    package let item: Int
    package let lengths: [Int]
  }

  /// The layout of list columns of `count` rows; an error if there are more elements than row
  /// numbers.
  package init(_ columns: [Column], isProduct: Bool, count: Int) throws {
    let lists = columns.map { ListView($0) }
    self.lists = lists
    self.count = count
    self.isProduct = isProduct && lists.count > 1
    validity = lists.reduce(nil) { Bitmap.both($0, $1.column.trueValidity) }
    let memory = MutableBuffer(count: (count + 1) * 8)
    let target = memory.pointer(as: Int64.self)
    target[0] = 0
    var (total, mismatch) = (0, Mismatch?.none)
    for row in 0..<count {
      if mismatch == nil, validity?.isSet(row) ?? true {
        if let length = Self.length(of: row, lists, self.isProduct) {
          total += length
        } else {
          mismatch = Mismatch(item: row, lengths: lists.map { $0.range(row).count })
        }
      }
      guard total <= Int(Int32.max) else { throw Self.tooMany(row) }
      target[row + 1] = Int64(total)
    }
    offsets = memory.freeze()
    elementCount = total
    self.mismatch = mismatch
  }

  /// The elements of an item, `Int32.max` and more if they are too many; nil if the lists are not
  /// equally long.
  private static func length(of row: Int, _ lists: [ListView], _ isProduct: Bool) -> Int? {
    var length = lists[0].range(row).count
    for list in lists.dropFirst() {
      let other = list.range(row).count
      if isProduct {
        let (product, overflow) = length.multipliedReportingOverflow(by: other)
        length = overflow ? Int(Int32.max) + 1 : product
      } else if other != length {
        return nil
      }
    }
    return min(length, Int(Int32.max) + 1)
  }

  private static func tooMany(_ row: Int) -> ColumnarError {
    ColumnarError(
      .resourcesExhausted,
      "The lists of one batch have more than \(Int32.max) elements together. Make the lists or the "
        + "batches smaller.", context: [.row(row)])
  }

  // MARK: Elements

  /// The elements of a list, as they stand in the results.
  ///
  /// Cost: none where they lie one after the other already, else a copy.
  package func elements(of list: Int) -> Column {
    let view = lists[list]
    if elementCount == 0 { return view.elements.slice(0..<0) }
    if isProduct { return combined(list) }
    var (first, end, isWindow) = (-1, -1, true)
    forEachItem { row, _ in
      let range = view.range(row)
      if first < 0 { (first, end) = (range.lowerBound, range.lowerBound) }
      isWindow = isWindow && range.lowerBound == end
      end = range.upperBound
    }
    if isWindow { return view.elements.slice(first..<end) }
    let memory = MutableBuffer(count: elementCount * 4)
    let target = memory.pointer(as: Int32.self)
    forEachItem { row, position in
      for (k, element) in view.range(row).enumerated() {
        target[position + k] = Int32(truncatingIfNeeded: element - first)
      }
    }
    return view.elements.slice(first..<end)
      .taking(RowIndices(buffer: memory.freeze(), count: elementCount))
  }

  /// The elements of a list in all combinations with those of the others.
  private func combined(_ list: Int) -> Column {
    let view = lists[list]
    let memory = MutableBuffer(count: elementCount * 4)
    let target = memory.pointer(as: Int32.self)
    var (first, end) = (-1, 0)
    forEachItem { row, position in
      let range = view.range(row)
      if first < 0 { first = range.lowerBound }
      end = range.upperBound
      let inner = lists[(list + 1)...].reduce(1) { $0 * $1.range(row).count }
      var position = position
      let outer = length(row) / max(1, inner * range.count)
      for _ in 0..<outer {
        for element in range {
          for _ in 0..<inner {
            target[position] = Int32(truncatingIfNeeded: element - first)
            position += 1
          }
        }
      }
    }
    return view.elements.slice(first..<end)
      .taking(RowIndices(buffer: memory.freeze(), count: elementCount))
  }

  /// For each element the item that it belongs to.
  package var items: RowIndices {
    let memory = MutableBuffer(count: elementCount * 4)
    let target = memory.pointer(as: Int32.self)
    forEachItem { row, position in
      for k in position..<(position + length(row)) { target[k] = Int32(truncatingIfNeeded: row) }
    }
    return RowIndices(buffer: memory.freeze(), count: elementCount)
  }

  /// Calls `body` with each item that has elements, and the number of its first one.
  private func forEachItem(_ body: (_ row: Int, _ position: Int) -> Void) {
    let starts = offsets.pointer(as: Int64.self)
    for row in 0..<count where starts[row + 1] > starts[row] { body(row, Int(starts[row])) }
  }

  private func length(_ row: Int) -> Int {
    let starts = offsets.pointer(as: Int64.self)
    return Int(starts[row + 1] - starts[row])
  }

  // MARK: Results

  /// The item that an element belongs to, and its number in it.
  package func place(of element: Int) -> (item: Int, element: Int) {
    let starts = offsets.pointer(as: Int64.self)
    // The last item that begins at or before the element.
    var (low, high) = (0, max(0, count - 1))
    while low < high {
      let middle = (low + high + 1) / 2
      if Int(starts[middle]) <= element { low = middle } else { high = middle - 1 }
    }
    return (low, element - Int(starts[low]))
  }

  /// The results of the first items' elements, or of more, as a list for each of those items.
  package func first(_ items: Int, of results: Column) -> Column {
    let elements = Int(offsets.pointer(as: Int64.self)[items])
    return Column(
      listOf: results.slice(0..<elements).decoded(), offsets: offsets,
      validity: validity?.slice(0..<items), count: items)
  }

  /// The results of all elements as a list for each item.
  package func list(of results: Column) -> Column {
    Column(listOf: results.decoded(), offsets: offsets, validity: validity, count: count)
  }
}
