import ColumnarCore
import ColumnarIO

/// Reads a Parquet file in all the ways there are.
enum ParquetFuzz {
  static func read(_ bytes: Buffer) throws {
    var options = ParquetReadOptions()
    options.unsupportedColumns = .omit
    let file = try ParquetFile(bytes, path: FuzzTarget.fileName, options: options)
    _ = file.chunkSummaries
    var failure: (any Error)?
    for group in file.metadata.rowGroups.indices.prefix(4) {
      for conditions in [[], conditions(file, group)] {
        // Each way is tried even if the one before it failed.
        do { try read(file, group, .all(conditions)) } catch {
          FuzzTarget.check(error)
          failure = error
        }
      }
    }
    if let failure { throw failure }
  }

  /// Conditions of which statistics, page index and bloom filters have something to say.
  private static func conditions(_ file: ParquetFile, _ group: Int) -> [RowCondition] {
    var conditions: [RowCondition] = []
    for summary in file.chunkSummaries where summary.rowGroup == group {
      guard let position = file.columns.names.firstIndex(of: summary.column),
        let value = summary.minimum ?? summary.maximum, !value.isNull(0),
        value.type == file.columns[position].type
      else { continue }
      let tests: [ColumnCondition.Test] = [
        .compare(.equal, value), .compare(.greater, value), .isNull,
      ]
      conditions.append(.any(tests.map { .column(ColumnCondition(column: position, test: $0)) }))
    }
    _ = file.exclusion(.all(conditions), group: group)
    return conditions
  }

  private static func read(_ file: ParquetFile, _ group: Int, _ condition: RowCondition) throws {
    let columns = Array(0..<file.columns.count)
    let parts = file.metadata.rowGroups[group].rowCount > 100_000 ? 1 << 30 : 700
    let counts = ScanCounts()
    var left = FuzzTarget.rows
    for (number, part) in ParquetPart.cut(
      file, group: group, columns: columns, rows: parts, condition: condition, counts: counts
    ).enumerated() where left > 0 {
      var request = ReadRequest(columns: columns, limit: FuzzTarget.rows)
      if number % 2 == 1 || file.metadata.rowGroups.count > 1, let first = columns.first {
        // Some rows of the first column only, of every second batch none: others are skipped.
        let batches = Monitor(0)
        request.selection = .init(columns: [first]) { tested in
          let keeps = batches.withLock { count -> Bool in
            count += 1
            return count % 2 == 0
          }
          return Bitmap((0..<tested.count).map { keeps && $0 % 5 == 1 })
        }
      }
      var rounds = 0
      try part.read(request, batchRows: 64) { batch in
        ColumnInspection.inspect(batch)
        left -= batch.count
        rounds += 1
        return left > 0 && rounds < 40
      }
    }
  }
}
