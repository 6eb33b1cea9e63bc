import ColumnarCore

/// Some rows of a row group: what is read in one go.
package struct ParquetPart: Sendable {
  let state: ParquetRowGroupState
  /// Counted in the row group.
  package let rows: Range<Int>

  /// Cuts a row group into parts of at most `rows` rows, as far as that can be.
  ///
  /// Rows are left out that by the page index cannot meet `condition`.
  package static func cut(
    _ file: ParquetFile, group number: Int, columns: [Int], rows: Int,
    condition: RowCondition = .all([]), counts: ScanCounts? = nil
  ) -> [ParquetPart] {
    let group = file.metadata.rowGroups[number]
    // A rest of less than half a part goes with the one before.
    let count =
      file.isCuttable(columns) ? max(1, (group.rowCount + rows / 2) / max(1, rows)) : 1
    let state = ParquetRowGroupState(
      file, group: group, parts: count, partRows: rows, condition: condition, counts: counts)
    return (0..<count).map { k in
      ParquetPart(
        state: state,
        rows: (k == 0 ? 0 : k * rows)..<(k == count - 1 ? group.rowCount : (k + 1) * rows))
    }
  }

  /// Reads the rows that `request` asks for, in order, in batches of at most `batchRows` rows; ends
  /// early where `emit` gives false.
  ///
  /// Where there is a selection, its columns come first, and the others are decoded only for batches
  /// of which it keeps something.
  package func read(
    _ request: ReadRequest, batchRows: Int = 8192, emit: (Batch) throws -> Bool
  ) throws {
    defer { state.finishPart() }
    let needed = try state.neededRows().intersection(RowRanges(rows))
    guard let first = needed.ranges.first else { return }
    var unpackers: [ParquetCodec: ParquetUnpacker] = [:]
    var readers: [Int: ParquetColumnReader] = [:]
    for position in request.columns + (request.selection?.columns ?? [])
    where readers[position] == nil {
      let reader = try ParquetColumnReader(position, state, &unpackers)
      reader.skip(first.lowerBound)
      readers[position] = reader
    }
    let schema = Schema(unchecked: request.columns.map { state.file.columns[$0] })
    var left = request.limit ?? .max
    var end = first.lowerBound
    for range in needed.ranges {
      for reader in readers.values { reader.skip(range.lowerBound - end) }
      end = range.upperBound
      for start in stride(from: range.lowerBound, to: range.upperBound, by: batchRows) {
        guard left > 0 else { return }
        // With a condition nobody knows how many rows it takes to have as many as are wanted.
        let most = request.selection == nil ? min(batchRows, left) : batchRows
        let count = min(most, range.upperBound - start)
        let batch = try batch(of: count, request, readers, schema)
        let given = batch.slice(0..<min(batch.count, left))
        left -= given.count
        if given.count > 0, try !emit(given) { return }
      }
    }
  }

  /// What is asked for of the next `count` rows.
  private func batch(
    of count: Int, _ request: ReadRequest, _ readers: [Int: ParquetColumnReader], _ schema: Schema
  ) throws -> Batch {
    if let selection = request.selection {
      return try selected(count, request.columns, selection, readers, schema)
    }
    return Batch(
      unchecked: schema, columns: try all(request.columns, readers, count), count: count)
  }

  /// The next rows of these columns, of which one may be asked for twice.
  private func all(
    _ columns: [Int], _ readers: [Int: ParquetColumnReader], _ count: Int
  ) throws -> [Column] {
    var known: [Int: Column] = [:]
    for position in columns where known[position] == nil {
      known[position] = try column(position, readers, count)
    }
    return columns.compactMap { known[$0] }
  }

  private func column(
    _ position: Int, _ readers: [Int: ParquetColumnReader], _ count: Int
  ) throws -> Column {
    guard let reader = readers[position] else {
      throw ColumnarError(.internal, "A column of \"\(state.file.path)\" has no reader.")
    }
    return try reader.read(count)
  }

  /// The next `count` rows, of which only those that the selection keeps are given out.
  private func selected(
    _ count: Int, _ columns: [Int], _ selection: ReadRequest.Selection,
    _ readers: [Int: ParquetColumnReader], _ schema: Schema
  ) throws -> Batch {
    var known: [Int: Column] = [:]
    for position in selection.columns {
      known[position] = try column(position, readers, count)
    }
    let tested = Batch(
      unchecked: Schema(unchecked: selection.columns.map { state.file.columns[$0] }),
      columns: selection.columns.compactMap { known[$0] }, count: count)
    let bits = try selection.keep(tested)
    guard bits.setCount > 0 else {
      for (position, reader) in readers where known[position] == nil { reader.skip(count) }
      return Batch(
        unchecked: schema, columns: columns.map { .empty(state.file.columns[$0].type) }, count: 0)
    }
    let whole = try columns.map { position in
      if let column = known[position] { return column }
      let column = try column(position, readers, count)
      known[position] = column
      return column
    }
    return Batch(unchecked: schema, columns: whole, count: count).filtered(by: bits)
  }
}
