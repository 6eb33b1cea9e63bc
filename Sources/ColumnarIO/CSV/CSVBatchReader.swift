import ColumnarCore

/// Reads a stretch of rows batch by batch: index, parse the columns of the filter, filter, parse
/// the rest.
///
/// Used by one thread; a source makes one per split.
final class CSVBatchReader {
  private let source: CSVSource
  private let request: ReadRequest
  private let indexer: CSVIndexer
  private let schema: Schema
  private var left: Int

  init(_ source: CSVSource, _ request: ReadRequest) {
    self.source = source
    self.request = request
    indexer = CSVIndexer(source.dialect)
    schema = Schema(unchecked: request.columns.map { source.schema[$0] })
    left = request.limit ?? .max
  }

  /// Emits the rows that start from `position` on and before `stop`.
  ///
  /// The position behind the last
  /// one, or nil when the reading ended early.
  func run(
    _ window: TextWindow, from position: Int, before stop: Int, emit: (Batch) throws -> Bool
  ) throws -> Int? {
    var position = position
    // Without a filter each row parsed is a row given out.
    let isExact = request.selection == nil && source.rejects.limit == nil
    while try indexer.index(
      window, from: position, before: stop,
      rowLimit: isExact ? min(left, CSVIndexer.batchRows) : CSVIndexer.batchRows,
      columns: source.schema.count, path: source.path)
    {
      position = indexer.next
      var batch = try nextBatch(window)
      guard batch.count > 0 else { continue }
      if batch.count > left { batch = batch.slice(0..<left) }
      left -= batch.count
      guard try emit(batch), left > 0 else { return nil }
    }
    return indexer.next
  }

  private func nextBatch(_ window: TextWindow) throws -> Batch {
    var fields = CSVFields(indexer, window)
    var failure: ColumnarError?
    for misfit in indexer.misfits {
      if source.rejects.limit != nil {
        try source.rejects.add(reject(misfit, window))
      } else {
        fields.truncate(to: misfit.rowsBefore)
        failure = error(misfit, window)
        break
      }
    }
    let isValid = fields.rows == 0 || indexer.isASCII || isValidText(fields, window)
    var made = [Column?](repeating: nil, count: source.schema.count)
    if let selection = request.selection {
      try parse(selection.columns, into: &made, &fields, isValid, window)
      try select(selection, &made, &fields)
    }
    try parse(request.columns, into: &made, &fields, isValid, window)
    if let failure { throw failure }
    return Batch(
      unchecked: schema, columns: request.columns.compactMap { made[$0] }, count: fields.rows)
  }

  private func isValidText(_ fields: CSVFields, _ window: TextWindow) -> Bool {
    let start = fields.range(row: 0).lowerBound
    // Fields that a last row lacks may be said to end behind the text.
    let end = min(fields.range(row: fields.rows - 1).upperBound, window.count - indexer.start)
    let text = UnsafeRawBufferPointer(start: fields.text + start, count: max(0, end - start))
    return UTF8Validation.firstInvalidByte(in: text) == nil
  }

  /// Parses those of the columns that are not there yet; rows with bad fields end it or are left
  /// out.
  ///
  private func parse(
    _ columns: [Int], into made: inout [Column?], _ fields: inout CSVFields, _ isValid: Bool,
    _ window: TextWindow
  ) throws {
    var bad: [CSVBadField] = []
    for column in columns where made[column] == nil {
      var parser = CSVColumnParser(
        source.dialect, fields, column: column, type: source.schema[column].type,
        isValidText: isValid)
      made[column] = try parser.parse()
      bad.append(contentsOf: parser.bad)
    }
    guard !bad.isEmpty else { return }
    bad.sort { ($0.row, $0.column) < ($1.row, $1.column) }
    guard source.rejects.limit != nil else { throw error(bad[0], fields, window) }
    var good = [Bool](repeating: true, count: fields.rows)
    for field in bad {
      try source.rejects.add(reject(field, fields, window))
      good[field.row] = false
    }
    keep(Bitmap(good), &made, &fields)
  }

  private func select(
    _ selection: ReadRequest.Selection, _ made: inout [Column?], _ fields: inout CSVFields
  ) throws {
    guard fields.rows > 0 else { return }
    let schema = Schema(unchecked: selection.columns.map { source.schema[$0] })
    let batch = Batch(
      unchecked: schema, columns: selection.columns.compactMap { made[$0] }, count: fields.rows)
    let kept = try selection.keep(batch)
    guard kept.count == fields.rows else {
      throw ColumnarError(
        .internal, "A filter gave \(kept.count) bits for \(fields.rows) rows of \"\(source.path)\"."
      )
    }
    keep(kept, &made, &fields)
  }

  private func keep(_ rows: Bitmap, _ made: inout [Column?], _ fields: inout CSVFields) {
    guard rows.setCount < fields.rows else { return }
    let indices = RowIndices(selectedBy: rows)
    for k in made.indices { made[k] = made[k]?.taking(indices) }
    fields.keep(rows)
  }
}

/// Errors and rejects.
extension CSVBatchReader {
  private func error(_ misfit: CSVIndexer.Misfit, _ window: TextWindow) -> ColumnarError {
    let place = place(misfit, window)
    let shown = TextError.preview(text(misfit, window))
    let hint =
      switch misfit.reason {
      case .fieldCount:
        "The row is: \(shown). Is the delimiter right? Rows like this are left out with badRows: .collect()."
      case .openQuote: "The field begins: \(shown). The file may have been cut short."
      }
    return TextError(source.path).bad(
      .corruptFile, reason(misfit), line: window.line(of: place), column: nil,
      offset: window.fileOffset + place, hint: hint)
  }

  private func reason(_ misfit: CSVIndexer.Misfit) -> String {
    switch misfit.reason {
    case .fieldCount(let count):
      "the row has \(count) \(count == 1 ? "field" : "fields"), but the file has "
        + "\(source.schema.count) columns"
    case .openQuote: "the quote that opens here is never closed"
    }
  }

  /// Where a row's trouble is: at its start, or at the quote left open.
  private func place(_ misfit: CSVIndexer.Misfit, _ window: TextWindow) -> Int {
    guard case .openQuote = misfit.reason else { return misfit.range.lowerBound }
    let bytes = UnsafeRawBufferPointer(
      start: window.base + misfit.range.lowerBound, count: misfit.range.count)
    return misfit.range.lowerBound + source.dialect.openQuote(in: bytes)
  }

  private func text(_ misfit: CSVIndexer.Misfit, _ window: TextWindow) -> UnsafeRawBufferPointer {
    let start = place(misfit, window)
    return UnsafeRawBufferPointer(
      start: window.base + start, count: misfit.range.upperBound - start)
  }

  private func reject(_ misfit: CSVIndexer.Misfit, _ window: TextWindow) -> RowRejects.Reject {
    let start = place(misfit, window)
    return RowRejects.Reject(
      offset: window.fileOffset + misfit.range.lowerBound, line: window.line(of: start),
      column: nil,
      text: Self.shortened(text(misfit, window)), reason: reason(misfit))
  }

  private func error(
    _ field: CSVBadField, _ fields: CSVFields, _ window: TextWindow
  ) -> ColumnarError {
    let type = source.schema[field.column].type
    let (code, reason) = field.explain(fields, type)
    var hint = "Rows like this are left out with badRows: .collect()."
    if case .notOfType = field.reason {
      hint =
        source.isInferred[field.column]
        ? "The type was inferred from the first rows; raise inferenceRows or give it in schemaOverrides."
        : "Give another type in schemaOverrides, or add the text to nullValues."
    }
    let start = indexer.start + fields.range(field.row, field.column).lowerBound
    var offset = start
    if case .invalidUTF8(let inside) = field.reason { offset += inside }
    return TextError(source.path).bad(
      code, reason, line: window.line(of: start), column: source.schema[field.column].name,
      offset: window.fileOffset + offset, hint: hint)
  }

  private func reject(
    _ field: CSVBadField, _ fields: CSVFields, _ window: TextWindow
  ) -> RowRejects.Reject {
    let start = indexer.start + fields.range(field.row, field.column).lowerBound
    return RowRejects.Reject(
      offset: window.fileOffset + start, line: window.line(of: start),
      column: source.schema[field.column].name,
      text: Self.shortened(fields.bytes(field.row, field.column)),
      reason: field.explain(fields, source.schema[field.column].type).text)
  }

  private static func shortened(_ bytes: UnsafeRawBufferPointer) -> String {
    String(decoding: bytes.prefix(1000), as: UTF8.self)
  }
}

extension CSVDialect {
  /// Where in a row that ends within quotes the last quoted field begins.
  func openQuote(in row: UnsafeRawBufferPointer) -> Int {
    var (opened, isInside, isFieldStart, isEscaped) = (0, false, true, false)
    for (at, byte) in row.enumerated() {
      if isInside {
        if isEscaped {
          isEscaped = false
        } else if byte == escape {
          isEscaped = true
        } else if byte == quote {
          (isInside, isFieldStart) = (false, true)
        }
      } else if byte == quote, isFieldStart {
        // Behind a closing quote this is the second of a doubled one: the field goes on.
        if at == 0 || row[at - 1] != quote { opened = at }
        (isInside, isFieldStart) = (true, false)
      } else {
        isFieldStart = byte == delimiter
      }
    }
    return opened
  }
}
