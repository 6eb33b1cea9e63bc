import Columnar
import ColumnarCore

extension Results {
  /// The results of portions of a run's items, one behind the other.
  ///
  /// An error if there are none, or if they are not of the same outputs.
  public init(joining parts: [Results]) throws {
    guard let first = parts.first else {
      throw ColumnarError(
        .invalidPlan, "There are no results to join: a run of no items has one portion, itself.")
    }
    for part in parts where part.names != first.names {
      throw ColumnarError(
        .invalidPlan,
        "Results of different outputs cannot be joined: \(first.names) and \(part.names).")
    }
    let reports = parts.compactMap(\.cacheReport)
    self.init(
      count: parts.reduce(0) { $0 + $1.count }, pipeline: first.pipeline,
      outputs: first.outputs.enumerated().map { k, output in
        (
          output.name,
          Column.concatenating(parts.map { $0.outputs[k].column }, type: output.column.type)
        )
      }, failedRows: FailedRows.joined(parts.compactMap(\.failedRows)),
      cacheReport: reports.isEmpty ? nil : CacheReport(joining: reports))
  }

  /// The same with items that are counted from `first` on.
  func shifted(by first: Int) -> Results {
    guard first > 0, let failedRows else { return self }
    return Results(
      count: count, pipeline: pipeline, outputs: outputs,
      failedRows: FailedRows.shifted(failedRows, by: first), cacheReport: cacheReport)
  }
}
