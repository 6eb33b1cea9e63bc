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
      file, number: number, parts: count, partRows: rows, condition: condition, counts: counts)
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
  /// of which it keeps something. `convert` makes batches of the file's columns those that are given
  /// out; rows in its errors, and in those of the selection, become rows of the file.
  package func read(
    _ request: ReadRequest, batchRows: Int = 8192, as convert: (Batch) throws -> Batch = { $0 },
    emit: (Batch) throws -> Bool
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
        let (found, kept) = try fromRow(start) {
          try batch(of: count, request, readers, schema)
        }
        let given = found.slice(0..<min(found.count, left))
        left -= given.count
        guard given.count > 0 else { continue }
        let converted = try fromRow(start, kept) { try convert(given) }
        if try !emit(converted) { return }
      }
    }
  }

  /// Runs `body` over rows that begin at `start` of the row group, or those of them that `kept` has:
  /// a row in its error becomes one of the file.
  private func fromRow<Result>(
    _ start: Int, _ kept: Bitmap? = nil, _ body: () throws -> Result
  ) throws -> Result {
    do { return try body() } catch let error as ColumnarError {
      guard let row = error.row else { throw error }
      let before = state.file.metadata.rowGroups[..<state.number].reduce(0) { $0 + $1.rowCount }
      let rows = kept.map { kept in (0..<kept.count).filter(kept.isSet) }
      let place = rows.map { row < $0.count ? $0[row] : row } ?? row
      throw error.shiftingRow(by: before + start + place - row).at(.file(state.file.path))
    }
  }

  /// What is asked for of the next `count` rows, and which of them it is; nil: all.
  private func batch(
    of count: Int, _ request: ReadRequest, _ readers: [Int: ParquetColumnReader], _ schema: Schema
  ) throws -> (Batch, Bitmap?) {
    if let selection = request.selection {
      return try selected(count, request.columns, selection, readers, schema)
    }
    let columns = try all(request.columns, readers, count)
    return (Batch(unchecked: schema, columns: columns, count: count), nil)
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
  ) throws -> (Batch, Bitmap?) {
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
      let empty = columns.map { Column.empty(state.file.columns[$0].type) }
      return (Batch(unchecked: schema, columns: empty, count: 0), bits)
    }
    let whole = try columns.map { position in
      if let column = known[position] { return column }
      let column = try column(position, readers, count)
      known[position] = column
      return column
    }
    return (Batch(unchecked: schema, columns: whole, count: count).filtered(by: bits), bits)
  }
}
