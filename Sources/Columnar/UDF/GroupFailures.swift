import ColumnarCore

/// The groups of an aggregate that failed and, as the options say, become null.
@usableFromInline
package final class GroupFailures {
  private let run: FunctionRun
  private let cancellation: Cancellation
  private var errors: [Int: any Error] = [:]

  init(_ run: FunctionRun, _ cancellation: Cancellation) {
    self.run = run
    self.cancellation = cancellation
  }

  /// Whether the group failed.
  @usableFromInline
  package func contains(_ group: Int) -> Bool { !errors.isEmpty && errors[group] != nil }

  /// The group's result is null; throws the error where it is the query's.
  @usableFromInline
  package func fail(_ group: Int, _ error: any Error) throws {
    let isEnd = cancellation.isCancelled || (error as? ColumnarError)?.code == .cancelled
    if isEnd || run.options.onError.value == .fail { throw error }
    guard errors[group] == nil else { return }
    errors[group] = error
    try run.countFailures(1, after: ColumnarError.wrapping(error, as: .udf))
  }

  /// The results with nulls for the groups that failed.
  func nulling(_ results: Column) -> Column {
    guard !errors.isEmpty else { return results }
    var bits = BitmapBuilder()
    for group in 0..<results.count { bits.append(errors[group] == nil) }
    return results.withValidity(Bitmap.both(bits.finish(), results.trueValidity))
  }

  /// Notes the groups that failed, each with its keys.
  func note(_ keys: [Column]) {
    guard run.options.onError.value == .collect else { return }
    for group in errors.keys.sorted() {
      let texts = keys.map { $0.text(at: group) }
      FailedRows.note(
        FailedRows.Entry(
          function: run.function.name, row: nil, inputs: "(\(texts.joined(separator: ", ")))",
          error: errors[group].map { "\($0)" } ?? ""))
    }
  }
}

/// An accumulator some of whose groups may fail.
protocol FailingAccumulator: GroupAccumulator {
  var failures: GroupFailures { get }
}
