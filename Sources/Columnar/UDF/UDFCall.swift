import ColumnarCore

/// One call of a user-defined function on one batch: its arguments, states, and the loop over rows.
///
/// The generic members are inlinable, so that a closure written as a literal at the call site of `UDF.row` or `Node` is
/// specialised and inlined into the loop in the user's own module.
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

  package init(
    function: UserFunction, columns: [Column], states: [Any], count: Int,
    cancellation: Cancellation
  ) {
    self.function = function
    self.columns = columns
    self.states = states
    self.count = count
    self.cancellation = cancellation
    var validity: Bitmap?
    for (parameter, column) in zip(function.dataParameters, columns) where !parameter.isNullable {
      validity = Bitmap.both(validity, column.trueValidity)
    }
    self.validity = validity
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
    return writer.finish(validity: validity)
  }

  /// The error of a row: the function's name, the row, and what it was given.
  @usableFromInline
  package func failure(_ error: any Error, row: Int) -> ColumnarError {
    if let known = error as? ColumnarError, known.code == .cancelled { return known }
    let inputs = columns.map { column -> String in
      let text = column.text(at: Swift.min(row, column.count - 1))
      return text.count > 60 ? text.prefix(60) + "…" : text
    }
    return ColumnarError(
      .udf,
      "\"\(function.name)\" failed: \(error). The inputs were (\(inputs.joined(separator: ", "))).",
      context: [.row(row), .node(function.name)], underlying: error)
  }

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
