import ColumnarCore

extension BatchCall {
  /// The failure of the first row that fails when it is called alone, where a batch that ended the
  /// query failed as a whole and may be called in parts; nil where that tells nothing.
  ///
  /// Costs as many rows again as the batch has, at most, once in a query.
  func failureOfRow(
    _ error: ColumnarError, _ columns: [Column], _ count: Int
  ) throws -> ColumnarError? {
    guard run.options.onError.value == .fail, run.function.kind == .batch,
      run.function.isElementwise, error.code == .udf, count > 1
    else { return nil }
    do { return try firstFailure(in: 0..<count, columns) } catch let other as ColumnarError {
      // What else may happen meanwhile, such as a call that takes too long, is not what failed.
      if other.code == .cancelled { throw other }
      return nil
    }
  }

  /// The failure of the first row of a range that failed as a whole.
  private func firstFailure(in range: Range<Int>, _ columns: [Column]) throws -> ColumnarError? {
    guard range.count > 1 else { return try failure(of: range, columns) }
    let middle = range.lowerBound + range.count / 2
    let first = range.lowerBound..<middle
    if let failure = try failure(of: first, columns) {
      return first.count == 1 ? failure : try firstFailure(in: first, columns)
    }
    return try firstFailure(in: middle..<range.upperBound, columns)
  }

  /// What a call of some rows fails with; nil if it does not.
  private func failure(of range: Range<Int>, _ columns: [Column]) throws -> ColumnarError? {
    do {
      _ = try rows(range, columns) { try timed($0, $1) }
      return nil
    } catch let error as ColumnarError where error.code == .udf {
      return error
    }
  }
}
