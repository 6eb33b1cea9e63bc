import ColumnarCore

/// What became of the rows of one call in a worker, besides their results.
struct RowReport: Sendable {
  private let failed: Int
  private let retried: Int
  /// Rows that are collected under `onError: .collect`.
  private let entries: [FailedRows.Entry]
  /// All rows that failed, for the cache.
  private let rows: [Int]
  /// The failures one by one, where somebody listens.
  private let failures: [WorkerEvents.Failure]

  init(
    failed: Int, retried: Int, _ scope: FailedRows.Scope, failures: [WorkerEvents.Failure] = []
  ) {
    self.failures = failures
    self.failed = failed
    self.retried = retried
    entries = scope.entries
    rows = scope.rows
  }

  /// Counts and notes it in the program; an error if more rows failed than may.
  func add(to run: FunctionRun) throws {
    run.countRetries(retried)
    for entry in entries { FailedRows.note(entry) }
    FailedRows.note(rows: rows)
    for failure in failures { try run.countFailures(failure.count, after: failure.error) }
    guard failures.isEmpty, failed > 0 else { return }
    let message = entries.last?.error ?? "see the worker's output"
    try run.countFailures(
      failed, after: ColumnarError(.udf, message, context: [.node(run.function.name)]))
  }

  func write(to writer: inout WireWriter) {
    writer.write(failed)
    writer.write(retried)
    writer.write(entries.count)
    for entry in entries {
      writer.write(entry.function)
      writer.write(entry.row)
      writer.write(entry.inputs)
      writer.write(entry.error)
    }
    writer.write(rows.count)
    for row in rows { writer.write(row) }
    writer.write(failures.count)
    for failure in failures {
      writer.write(failure.count)
      writer.write(failure.error)
    }
  }

  init(_ reader: inout WireReader) throws {
    failed = try reader.int()
    retried = max(0, try reader.int())
    entries = try (0..<reader.length()).map { _ in
      let function = try reader.string()
      let row = try reader.optional { try $0.int() }
      let inputs = try reader.string()
      return FailedRows.Entry(
        function: function, row: row, inputs: inputs, error: try reader.string())
    }
    rows = try (0..<reader.length()).map { _ in try reader.int() }
    failures = try (0..<reader.length()).map { _ in (try reader.int(), try reader.error()) }
  }
}
