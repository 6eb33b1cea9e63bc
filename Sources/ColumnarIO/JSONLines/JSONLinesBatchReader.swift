import ColumnarCore

/// Reads a stretch of lines batch by batch.
///
/// Used by one thread; a source makes one per split.
struct JSONLinesBatchReader {
  private let source: JSONLinesSource
  private let request: ReadRequest
  private let tree: JSONTree
  private var parser: JSONRowParser
  private let schema: Schema
  private var lines = JSONLines()
  private var left: Int

  init(_ source: JSONLinesSource, _ request: ReadRequest) {
    self.source = source
    self.request = request
    tree = JSONTree(
      source.schema, columns: Set(request.columns + (request.selection?.columns ?? [])))
    parser = JSONRowParser(
      tree, ignoresUnknown: source.ignoresUnknown,
      takesLast: source.options.duplicateKeys == .last, maxDepth: source.options.clampedDepth)
    schema = Schema(unchecked: request.columns.map { source.schema[$0] })
    left = request.limit ?? .max
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
      let rows = try fill(window)
      position = lines.next
      guard rows > 0 else { continue }
      var batch = try takeBatch(rows)
      guard batch.count > 0 else { continue }
      if batch.count > left { batch = batch.slice(0..<left) }
      left -= batch.count
      guard try emit(batch) else { return }
    }
  }

  /// Reads the lines found into the tree; the number of rows.
  private mutating func fill(_ window: TextWindow) throws -> Int {
    guard let first = lines.lines.first, let last = lines.lines.last else { return 0 }
    let text = first.lowerBound..<last.upperBound
    let isValid =
      UTF8Validation.firstInvalidByte(
        in: UnsafeRawBufferPointer(start: window.base + text.lowerBound, count: text.count)) == nil
    // Without a filter each row read is a row given out.
    let wanted = request.selection == nil ? left : .max
    var rows = 0
    for line in lines.lines where rows < wanted {
      let start = window.base + line.lowerBound
      do throws(JSONFault) {
        if parser.isBlank(start, count: line.count) { continue }
        if !isValid {
          try JSONLinesFaults.checkText(UnsafeRawBufferPointer(start: start, count: line.count))
        }
        try parser.parse()
        rows &+= 1
      } catch {
        tree.truncate(0, to: rows)
        try note(error, line, window)
      }
    }
    return rows
  }

  private func note(_ fault: JSONFault, _ line: Range<Int>, _ window: TextWindow) throws {
    let faults = JSONLinesFaults(path: source.path, window: window)
    let (type, column) = (tree.type(fault.node), tree.path(fault.node))
    guard source.rejects.limit == nil else {
      return try source.rejects.add(faults.reject(fault, line, type: type, column: column))
    }
    throw faults.error(fault, line, type: type, column: column, hint: hint(fault))
  }

  private func hint(_ fault: JSONFault) -> String? {
    switch fault.reason {
    case .notOfType, .outOfRange, .size:
      guard let column = topColumn(fault.node) else { return nil }
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
  private func topColumn(_ node: Int) -> Int? {
    var node = node
    while node > 0, tree.parents[node] > 0 { node = tree.parents[node] }
    return node > 0 ? node - tree.nodes[0].children.lowerBound : nil
  }

  private func takeBatch(_ rows: Int) throws -> Batch {
    var columns = tree.takeColumns()
    var count = rows
    if let selection = request.selection {
      let schema = Schema(unchecked: selection.columns.map { source.schema[$0] })
      let batch = Batch(
        unchecked: schema, columns: selection.columns.compactMap { columns[$0] }, count: rows)
      let kept = try selection.keep(batch)
      guard kept.count == rows else {
        throw ColumnarError(
          .internal, "A filter gave \(kept.count) bits for \(rows) rows of \"\(source.path)\".")
      }
      count = kept.setCount
      if count < rows {
        let indices = RowIndices(selectedBy: kept)
        columns = columns.mapValues { $0.taking(indices) }
      }
    }
    return Batch(
      unchecked: schema, columns: request.columns.compactMap { columns[$0] }, count: count)
  }
}
