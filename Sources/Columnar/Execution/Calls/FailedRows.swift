import ColumnarCore

/// The rows of one query that failed under `onError: .collect`.
///
/// While a batch goes through an operator, its failures are noted in a scope of the thread; then
/// the operator's place is known, and when all morsels before are done, the row's number in the
/// operator's input.
package final class FailedRows: Sendable {
  /// A row that failed.
  package struct Entry: Sendable {
    package let function: String
    /// Its number in the batch, and in the end in the operator's input; nil if that is not known.
    package var row: Int?
    package let inputs: String
    package let error: String

    package init(function: String, row: Int?, inputs: String, error: String) {
      self.function = function
      self.row = row
      self.inputs = inputs
      self.error = error
    }
  }

  private struct State {
    var entries: [Entry] = []
    /// Entries of morsels whose first row's number is not known yet.
    var waiting: [(place: ObjectIdentifier, sequence: Int, entry: Entry)] = []
  }

  private let state = Monitor(State())

  package init() {}

  // MARK: Scopes

  /// What failed in the batch that a thread is at.
  ///
  /// `@unchecked Sendable`: only the thread that made it adds to it, and reads it afterwards.
  package final class Scope: @unchecked Sendable {
    package fileprivate(set) var entries: [Entry] = []
    /// The rows that failed and became null, whether collected or not.
    package fileprivate(set) var rows: [Int] = []
    /// Failures that listeners are to hear of if the call counts, and whose they are; nil: they hear
    /// of them at once.
    fileprivate let holder: FunctionRun?
    fileprivate(set) var held: [Held] = []

    package init() { holder = nil }

    /// A scope that holds back what listeners are to hear of a function's failures.
    init(holding run: FunctionRun) { holder = run }
  }

  /// So many rows that became null, of which listeners have not heard yet.
  struct Held: Sendable {
    let count: Int
    let error: ColumnarError
  }

  /// Whether what listeners are to hear of a function's failure is held back.
  static func hold(_ count: Int, _ error: ColumnarError, of run: FunctionRun) -> Bool {
    guard let current, current.holder === run else { return false }
    current.held.append(Held(count: count, error: error))
    return true
  }

  @TaskLocal private static var current: Scope?

  /// Notes a row that failed.
  package static func note(_ entry: Entry) { current?.entries.append(entry) }

  /// Notes that rows failed and became null.
  static func note(rows: some Collection<Int>) { current?.rows.append(contentsOf: rows) }

  /// Runs `body` on a batch and tells which of its rows failed and became null.
  static func tellingFailures<R>(_ body: () throws -> R) rethrows -> (result: R, rows: [Int]) {
    let scope = current ?? Scope()
    let first = scope.rows.count
    let result = try noting(in: scope, body)
    return (result, Array(scope.rows[first...]))
  }

  /// Adds what failed in a scope inside the current one.
  package static func add(_ scope: Scope) {
    current?.rows += scope.rows
    current?.entries += scope.entries
  }

  /// Runs `body`; what fails in it goes to `scope`.
  package static func noting<R>(in scope: Scope, _ body: () throws -> R) rethrows -> R {
    try $current.withValue(scope, operation: body)
  }

  /// Runs `body` on some rows of a batch; `row` tells which row of the batch each of them is.
  package static func mapping<R>(_ row: (Int) -> Int, _ body: () throws -> R) rethrows -> R {
    guard let scope = current else { return try body() }
    let (first, firstRow) = (scope.entries.count, scope.rows.count)
    let result = try body()
    for k in firstRow..<scope.rows.count { scope.rows[k] = row(scope.rows[k]) }
    for k in first..<scope.entries.count {
      scope.entries[k].row = scope.entries[k].row.map(row)
    }
    return result
  }

  /// Runs `body` on one element of the row that a batch is; what fails in it is told as a part of
  /// that row.
  package static func mapping<R>(element: Int, _ body: () throws -> R) rethrows -> R {
    guard let scope = current else { return try body() }
    let first = scope.entries.count
    let result = try body()
    for k in first..<scope.entries.count {
      scope.entries[k] = scope.entries[k].inElement(element, row: 0)
    }
    return result
  }

  // MARK: Collecting

  /// Adds what failed in a batch that begins at row `before` of what morsel `sequence` gave to the
  /// operator `place`.
  package func add(_ scope: Scope, place: ObjectIdentifier, sequence: Int, before: Int) {
    guard !scope.entries.isEmpty else { return }
    state.withLock { state in
      for var entry in scope.entries {
        entry.row = entry.row.map { $0 + before }
        state.waiting.append((place, sequence, entry))
      }
    }
  }

  /// Adds what failed in a batch whose first row's number is known.
  package func add(_ scope: Scope, row first: Int) {
    guard !scope.entries.isEmpty else { return }
    state.withLock { state in
      for var entry in scope.entries {
        entry.row = entry.row.map { $0 + first }
        state.entries.append(entry)
      }
    }
  }

  /// Gives the waiting entries their rows' numbers; `before` tells how many rows an operator took of
  /// earlier morsels, nil if the operator is another stage's.
  package func resolve(_ before: (ObjectIdentifier, _ sequence: Int) -> Int?) {
    var known: [ObjectIdentifier: [Int: Int?]] = [:]
    state.withLock { state in
      state.waiting = state.waiting.filter { place, sequence, entry in
        let rows = known[place]?[sequence] ?? before(place, sequence)
        known[place, default: [:]][sequence] = .some(rows)
        guard let rows else { return true }
        var entry = entry
        entry.row = entry.row.map { $0 + rows }
        state.entries.append(entry)
        return false
      }
    }
  }

  /// How many rows failed so far whose numbers are known.
  package var count: Int { state.withLock { $0.entries.count } }

  /// Replaces the rows that failed after the first `count`, in the order of their numbers.
  package func rewrite(from count: Int, _ rewrite: (Entry) -> Entry) {
    state.withLock { state in
      guard count < state.entries.count else { return }
      let added = state.entries[count...].sorted { ($0.row ?? .max) < ($1.row ?? .max) }
      state.entries[count...] = ArraySlice(added.map(rewrite))
    }
  }

  /// All failed rows in order as a batch: function, row, inputs, error.
  package var batch: Batch {
    let entries = state.withLock { $0.entries }.sorted {
      ($0.row ?? .max, $0.function) < ($1.row ?? .max, $1.function)
    }
    return Batch(
      unchecked: Self.schema,
      columns: [
        String.column(of: entries.map(\.function)), Int?.column(of: entries.map(\.row)),
        String.column(of: entries.map(\.inputs)), String.column(of: entries.map(\.error)),
      ], count: entries.count)
  }

  package static let schema = Schema(unchecked: [
    Field("function", .string), Field("row", .int64), Field("inputs", .string),
    Field("error", .string),
  ])
}

extension FailedRows {
  /// A batch as `batch` gives it, with every row's number moved.
  package static func shifted(_ failures: Batch, by offset: Int) -> Batch {
    guard let rows = try? ColumnView<Int?>(failures.columns[1]) else { return failures }
    var columns = failures.columns
    columns[1] = Int?.column(of: rows.map { row in row.map { $0 + offset } })
    return Batch(unchecked: schema, columns: columns, count: failures.count)
  }

  /// Batches as `batch` gives them, one behind the other; nil if there are none.
  package static func joined(_ parts: [Batch]) -> Batch? {
    parts.isEmpty ? nil : Batch.concatenating(parts, schema: schema)
  }
}
