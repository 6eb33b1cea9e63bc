import ColumnarCore

/// The bad rows of a file that were left out because the options asked to collect them.
///
/// Rows come from several threads; a row that is read twice is noted down once.
package final class RowRejects: Sendable {
  struct Reject {
    let offset: Int
    let line: Int
    let column: String?
    let text: String
    let reason: String
  }
  private struct Key: Hashable {
    let offset: Int
    let column: String?
  }

  private let path: String
  /// The most rejects kept, nil when bad rows are errors.
  let limit: Int?
  private let rejects = Monitor<[Key: Reject]>([:])

  init(path: String, _ badRows: BadRowPolicy) {
    self.path = path
    switch badRows {
    case .fail: limit = nil
    case .collect(let limit): self.limit = max(0, limit)
    }
  }

  /// How many there are so far.
  package var count: Int { rejects.withLock { $0.count } }

  func add(_ reject: Reject) throws {
    let limit = limit ?? 0
    let isFull = rejects.withLock { all in
      all[Key(offset: reject.offset, column: reject.column)] = reject
      return all.count > limit
    }
    guard isFull else { return }
    throw ColumnarError(
      .corruptFile,
      "\"\(path)\" has more than \(limit) bad rows; the last one seen is line \(reject.line): "
        + "\(reject.reason). Raise the limit of badRows or see whether the options fit the file.",
      context: [.file(path, offset: reject.offset)])
  }

  /// The schema of `batch()`.
  package static let schema = Schema(unchecked: [
    Field("file", .string), Field("line", .int64), Field("column", .string),
    Field("text", .string), Field("reason", .string),
  ])

  /// The rejects in the order of the file: its path, line, column (null where the whole row is
  /// bad), text and reason.
  ///
  /// The text is the field's, or the row's where the whole row is bad; of long ones the first 1,000
  /// bytes.
  package func batch() -> Batch {
    let all = rejects.withLock { $0.values.sorted { $0.offset < $1.offset } }
    var files = BytesBuilder(capacity: all.count)
    var lines = PrimitiveBuilder<Int64>(capacity: all.count)
    var columns = BytesBuilder(capacity: all.count)
    var texts = BytesBuilder(capacity: all.count)
    var reasons = BytesBuilder(capacity: all.count)
    for reject in all {
      files.append(path)
      lines.append(Int64(reject.line))
      columns.append(reject.column)
      texts.append(reject.text)
      reasons.append(reject.reason)
    }
    return Batch(
      unchecked: Self.schema,
      columns: [
        files.finish(as: .string), lines.finish(as: .int64), columns.finish(as: .string),
        texts.finish(as: .string), reasons.finish(as: .string),
      ], count: all.count)
  }
}
