import ColumnarCore

/// Reads a stretch of lines batch by batch: the columns of the filter, filter, and the rest of the
/// rows that are kept.
///
/// Used by one thread; a source makes one per split.
struct JSONLinesBatchReader {
  private let source: JSONLinesSource
  private let request: ReadRequest
  private let tree: JSONTree
  private var parser: JSONRowParser
  /// The columns that are read of kept rows only; nil where there are none.
  private var later: (tree: JSONTree, parser: JSONRowParser)?
  private let schema: Schema
  private var lines = JSONLines()
  /// The line of each row, where columns come later.
  private var rowLines: [Int] = []
  private var left: Int

  init(_ source: JSONLinesSource, _ request: ReadRequest) {
    self.source = source
    self.request = request
    let first = Set(request.selection?.columns ?? request.columns)
    let rest = Set(request.columns).subtracting(first)
    tree = JSONTree(source.keys, wanted: source.schema, columns: first, later: rest)
    parser = Self.parser(tree, source)
    if !rest.isEmpty {
      let tree = JSONTree(source.keys, wanted: source.schema, columns: rest)
      later = (tree, Self.parser(tree, source))
    }
    schema = Schema(unchecked: request.columns.map { source.schema[$0] })
    left = request.limit ?? .max
  }

  private static func parser(_ tree: JSONTree, _ source: JSONLinesSource) -> JSONRowParser {
    JSONRowParser(
      tree, ignoresUnknown: source.ignoresUnknown,
      takesLast: source.options.duplicateKeys == .last, maxDepth: source.options.clampedDepth)
  }

  /// Emits the rows that start from `position` on and before `stop`.
  mutating func run(
    _ window: TextWindow, from position: Int, before stop: Int, emit: (Batch) throws -> Bool
  ) throws {
    var (position, stop) = (position, stop)
    let maxBytes = source.options.clampedRowBytes
    while left > 0,
      try lines.find(window, &position, &stop, maxBytes: maxBytes, path: source.path)
    {
      var failure: (any Error)?
      let rows = fill(window, &failure)
      position = lines.next
      // Of the rows before a bad line one may be bad as well, in a column that comes later.
      var batch = try takeBatch(rows, window)
      if let failure { throw failure }
      guard batch.count > 0 else { continue }
      if batch.count > left { batch = batch.slice(0..<left) }
      left -= batch.count
      guard try emit(batch) else { return }
    }
  }

  /// Reads the lines found into the tree, up to one that is an error; the number of rows.
  private mutating func fill(_ window: TextWindow, _ failure: inout (any Error)?) -> Int {
    rowLines.removeAll(keepingCapacity: true)
    guard let first = lines.lines.first, let last = lines.lines.last else { return 0 }
    let text = first.lowerBound..<last.upperBound
    let isValid =
      UTF8Validation.firstInvalidByte(
        in: UnsafeRawBufferPointer(start: window.base + text.lowerBound, count: text.count)) == nil
    // Without a filter each row read is a row given out.
    let wanted = request.selection == nil ? left : .max
    var rows = 0
    for (number, line) in lines.lines.enumerated() where rows < wanted {
      let start = window.base + line.lowerBound
      do throws(JSONFault) {
        if parser.isBlank(start, count: line.count) { continue }
        if !isValid {
          try JSONLinesFaults.checkText(UnsafeRawBufferPointer(start: start, count: line.count))
        }
        try parser.parse()
        rows &+= 1
        if later != nil { rowLines.append(number) }
      } catch {
        tree.truncate(0, to: rows)
        do { try note(error, of: tree, line, window) } catch let found {
          failure = found
          break
        }
      }
    }
    return rows
  }

  private func note(
    _ fault: JSONFault, of tree: JSONTree, _ line: Range<Int>, _ window: TextWindow
  ) throws {
    let faults = JSONLinesFaults(path: source.path, window: window)
    let (type, column) = (tree.type(fault.node), tree.path(fault.node))
    guard source.rejects.limit == nil else {
      return try source.rejects.add(faults.reject(fault, line, type: type, column: column))
    }
    throw faults.error(fault, line, type: type, column: column, hint: hint(fault, of: tree))
  }

  private func hint(_ fault: JSONFault, of tree: JSONTree) -> String? {
    switch fault.reason {
    case .notOfType, .outOfRange, .size:
      guard let column = topColumn(fault.node, of: tree) else { return nil }
      return source.isInferred[column]
        ? "The type was inferred from the first lines; raise inferenceRows or give it in schemaOverrides."
        : "Give another type in schemaOverrides, or leave such rows out with badRows: .collect()."
    case .unknownKey:
      let key = String(
        decoding: UnsafeBufferPointer(start: fault.place, count: fault.length), as: UTF8.self)
      let known = tree.type(fault.node).fields?.map(\.name) ?? []
      return Suggestion.hint(for: key, among: known, what: "keys")
        + " Keys that the first lines do not have are found by raising inferenceRows, and ignored "
        + "with unknownKeys: .ignore."
    case .duplicateKey: return "With duplicateKeys: .last the last one counts."
    default: return nil
    }
  }

  /// The position of the column that a node is part of.
  private func topColumn(_ node: Int, of tree: JSONTree) -> Int? {
    var node = node
    while node > 0, tree.parents[node] > 0 { node = tree.parents[node] }
    return node > 0 ? node - tree.nodes[0].children.lowerBound : nil
  }

  private mutating func takeBatch(_ rows: Int, _ window: TextWindow) throws -> Batch {
    let places = tree.takePlaces()
    var columns = tree.takeColumns()
    guard let selection = request.selection, rows > 0 else { return batch(columns, rows) }
    let schema = Schema(unchecked: selection.columns.map { source.schema[$0] })
    var kept = try selection.keep(
      Batch(unchecked: schema, columns: selection.columns.compactMap { columns[$0] }, count: rows))
    guard kept.count == rows else {
      throw ColumnarError(
        .internal, "A filter gave \(kept.count) bits for \(rows) rows of \"\(source.path)\".")
    }
    let rest = try readLater(places, &kept, window)
    if kept.setCount < rows {
      let indices = RowIndices(selectedBy: kept)
      columns = columns.mapValues { $0.taking(indices) }
    }
    columns.merge(rest) { _, rest in rest }
    return batch(columns, kept.setCount)
  }

  private func batch(_ columns: [Int: Column], _ count: Int) -> Batch {
    Batch(unchecked: schema, columns: request.columns.compactMap { columns[$0] }, count: count)
  }

  /// The columns that come later, of the rows in `kept`, from which bad ones are taken out.
  private mutating func readLater(
    _ places: [(node: Int, places: Buffer)], _ kept: inout Bitmap, _ window: TextWindow
  ) throws -> [Int: Column] {
    guard let tree = later?.tree else { return [:] }
    var (rows, bad) = (0, Set<Int>())
    for row in 0..<kept.count where kept[row] {
      let line = lines.lines[rowLines[row]]
      let end = window.base + line.upperBound
      do throws(JSONFault) {
        for (node, places) in places {
          try later?.parser.append(node, at: places.pointer(as: UInt64.self)[row], end: end)
        }
        rows &+= 1
        tree.nodes[0].count = rows
      } catch {
        tree.truncate(0, to: rows)
        try note(error, of: tree, line, window)
        bad.insert(row)
      }
    }
    if !bad.isEmpty { kept = Bitmap((0..<kept.count).map { kept[$0] && !bad.contains($0) }) }
    return tree.takeColumns()
  }
}
