import ColumnarCore

/// One call of a user-defined function on one batch: its arguments, states, and the loop over rows.
///
/// The generic members are inlinable, so that a closure written as a literal at the call site of
/// `UDF.row` or `Node` is specialised and inlined into the loop in the user's own module.
@usableFromInline
package struct UDFCall {
  @usableFromInline package let function: UserFunction
  /// The column arguments, in order.
  @usableFromInline package let columns: [Column]
  /// The states, in order.
  @usableFromInline package let states: [Any]
  /// The number of rows.
  @usableFromInline package let count: Int
  @usableFromInline package let cancellation: Cancellation
  /// The rows that are to be called: null where an argument is that the closure does not take nulls
  /// for.
  @usableFromInline package let validity: Bitmap?
  @usableFromInline package let run: FunctionRun
  /// Which items the rows are, for those who listen to items.
  package let items: ItemPlace?
  /// What is done about rows that fail; nil where the first of them is the query's error.
  @usableFromInline package let recovery: RowRecovery?
  /// Where the row is told that is at work; nil where nobody asks.
  private let progress: RowProgress?
  /// Whether rows are timed or told.
  @usableFromInline let watchesEachRow: Bool

  package init(
    run: FunctionRun, columns: [Column], states: [Any], count: Int, cancellation: Cancellation
  ) {
    function = run.function
    self.run = run
    self.columns = columns
    self.states = states
    self.count = count
    self.cancellation = cancellation
    items = run.meter?.wantsItems == true ? ItemPlace.current : nil
    recovery = run.watchesRows ? RowRecovery(run, cancellation) : nil
    validity = function.callableRows(columns)
    progress = run.progress.flatMap { $0.isWatching || run.rowTimeout > 0 ? $0 : nil }
    watchesEachRow = run.timesRows || progress != nil
  }

  /// A reader of parameter `position`: of its column, or of its state.
  @usableFromInline
  package func reader<Value>(_ position: Int, as type: Value.Type = Value.self) throws
    -> ValueReader<Value>
  {
    let parameter = function.parameters[position]
    let before = function.parameters[..<position]
    if parameter.state != nil {
      let index = before.count { $0.state != nil }
      guard let value = states[index] as? Value else {
        throw ColumnarError(
          .typeMismatch,
          "Parameter \(position + 1) is \(Value.self), but the state \"\(parameter.state?.name ?? "")\" "
            + "makes \(Swift.type(of: states[index])).")
      }
      return ValueReader(state: value)
    }
    return try ValueReader(columns[before.count { $0.state == nil }])
  }

  /// Calls `body` for every row whose arguments are there, in order, and collects the results into
  /// a column.
  ///
  /// An error of the closure is given the row's number and a preview of its inputs. Cancellation is
  /// looked for every 256 rows, and every row once rows are seen to be slow.
  @inlinable @inline(__always)
  package func rows<Result>(_ body: (Int) throws -> Result) throws -> Column {
    if recovery != nil || watchesEachRow { return try recoveringRows(body) }
    var writer = ValueWriter<Result>(count: count)
    var row = 0
    var pace = CheckpointPace()
    do {
      if let validity {
        while row < count {
          let end = try pace.next(after: row, of: count, cancellation)
          while row < end {
            if validity.isSet(row) { writer.set(row, try body(row)) } else { writer.setNull(row) }
            row &+= 1
          }
        }
      } else if _isPOD(Result.self), let direct = writer.direct {
        // As below, with the address in a register.
        while row < count {
          let end = try pace.next(after: row, of: count, cancellation)
          while row < end {
            direct[row] = try body(row)
            row &+= 1
          }
        }
      } else {
        while row < count {
          let end = try pace.next(after: row, of: count, cancellation)
          while row < end {
            writer.set(row, try body(row))
            row &+= 1
          }
        }
      }
    } catch {
      throw failure(error, row: row)
    }
    try writer.check()
    return writer.finish(validity: validity)
  }

  /// As `rows`, where rows may fail or are timed: a loop of its own, so that the other stays tight.
  @inlinable @inline(never)
  func recoveringRows<Result>(_ body: (Int) throws -> Result) throws -> Column {
    var writer = ValueWriter<Result>(count: count)
    var row = 0
    var pace = CheckpointPace()
    while row < count {
      do {
        let end = try pace.next(after: row, of: count, cancellation)
        while row < end {
          if validity?.isSet(row) ?? true {
            writer.set(row, try timed(row, body))
          } else {
            writer.setNull(row)
          }
          row &+= 1
        }
      } catch {
        if try callsAgain(row, after: error) { continue }
        writer.setNull(row)
        row &+= 1
      }
    }
    try writer.check()
    return writer.finish(validity: resultValidity)
  }

  /// The result of a row; an error if it took longer than it may.
  @inlinable @inline(__always)
  package func timed<Result>(_ row: Int, _ body: (Int) throws -> Result) throws -> Result {
    guard watchesEachRow else { return try body(row) }
    let began = enter(row)
    let value = try body(row)
    try leave(row, since: began)
    return value
  }

  /// Tells that a row is called; the time.
  @usableFromInline
  func enter(_ row: Int) -> UInt64 {
    let now = run.timesRows ? MonotonicClock.nanoseconds() : 0
    progress?.enter(row, at: now)
    return now
  }

  /// Tells that a row has been called, and listeners how long it took; an error if it was longer
  /// than it may.
  @usableFromInline
  func leave(_ row: Int, since began: UInt64) throws {
    progress?.leave()
    guard run.timesRows else { return }
    let ended = MonotonicClock.nanoseconds()
    run.meter?.finishedItem(items?.path(of: row), from: began, to: ended)
    try checkTime(since: began, at: ended)
  }

  /// An error if a row that began then has taken longer than it may.
  @usableFromInline
  func checkTime(since began: UInt64) throws {
    try checkTime(since: began, at: MonotonicClock.nanoseconds())
  }

  private func checkTime(since began: UInt64, at now: UInt64) throws {
    guard run.rowTimeout > 0, now > began, now - began > run.rowTimeout,
      let limit = run.options.timeout.value?.row
    else { return }
    throw run.lateError("a row", now - began, limit)
  }

  /// Whether a row that failed is called again; if not, its result is null.
  ///
  /// Throws where the failure is the query's.
  @usableFromInline
  package func callsAgain(_ row: Int, after error: any Error) throws -> Bool {
    progress?.leave()
    guard let recovery else { throw failure(error, row: row) }
    return try recovery.callsAgain(row, after: error, of: self)
  }

  /// The rows that have a result: those that were called and did not fail.
  @usableFromInline
  package var resultValidity: Bitmap? { recovery?.cleared(validity, count: count) ?? validity }

  /// The error of a row: the function's name, the row, and what it was given.
  @usableFromInline
  package func failure(_ error: any Error, row: Int) -> ColumnarError {
    if let known = error as? ColumnarError {
      if known.code == .cancelled { return known }
      if known.code == .timeout { return known.at(.row(row)) }
    }
    return ColumnarError(
      .udf,
      "\"\(function.name)\" failed: \(ErrorText.of(error)). The inputs were (\(preview(row))).",
      context: [.row(row), .node(function.name)], underlying: error)
  }

  /// The error of a batch that failed as a whole: its rows, and what the first of them is.
  package func failure(ofBatch error: any Error) -> ColumnarError {
    if count == 1 { return failure(error, row: 0) }
    if let known = error as? ColumnarError, known.code == .timeout {
      return known.at(.rows(0..<count))
    }
    return ColumnarError(
      .udf,
      "\"\(function.name)\" failed: \(ErrorText.of(error)). The batch of \(count) rows begins with "
        + "(\(preview(0))).",
      context: [.rows(0..<count), .node(function.name)], underlying: error)
  }

  /// The arguments of a row, for a message.
  private func preview(_ row: Int) -> String { function.inputs(columns, at: row) }

  /// The result of a batch function as a column of as many rows as went in.
  @inlinable
  package func collect<Values: Collection>(_ values: Values) throws -> Column {
    guard values.count == count else { throw wrongLength(values.count) }
    // A view may be on a column of another unit, or of another kind of list, than was declared.
    if let view = values as? ColumnView<Values.Element>, view.column.type == resultType {
      return view.column
    }
    var writer = ValueWriter<Values.Element>(count: count)
    var row = 0
    for value in values {
      writer.set(row, value)
      row &+= 1
    }
    return writer.finish(validity: nil)
  }

  @usableFromInline
  package var resultType: DataType { function.resultType }

  @usableFromInline
  package func wrongLength(_ length: Int) -> ColumnarError {
    ColumnarError(
      .lengthMismatch,
      "The batch function \"\(function.name)\" returned \(length) values for \(count) rows. It must "
        + "return one value per row, in order.", context: [.node(function.name)])
  }
}

/// When a row loop next looks for cancellation.
@frozen
@usableFromInline
package struct CheckpointPace {
  @usableFromInline var step = 1
  @usableFromInline var started: UInt64 = 0

  @inlinable @inline(__always)
  package init() {}

  /// The row up to which to run on; an error if the query was cancelled.
  @inlinable @inline(__always)
  package mutating func next(
    after row: Int, of count: Int, _ cancellation: Cancellation
  ) throws -> Int {
    if row > 0 { try look(cancellation) }
    return Swift.min(count, row &+ step)
  }

  @usableFromInline
  mutating func look(_ cancellation: Cancellation) throws {
    try cancellation.check()
    let now = MonotonicClock.nanoseconds()
    let isSlow = started != 0 && now &- started > 10_000 &* UInt64(step)
    step = isSlow ? 1 : Swift.min(256, step &* 2)
    started = now
  }
}
