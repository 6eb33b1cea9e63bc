import ColumnarCore

/// Columns of equal length with names: an immutable table in memory.
///
/// Copies share the data. Rows are held in one or more partitions, each an ordered run of batches.
public struct DataFrame: Sendable {
  /// The names and types of the columns.
  public let schema: Schema
  /// The batches of each partition, in order.
  package let partitions: [[Batch]]
  /// The number of rows.
  public let count: Int
  /// The rows that failed while the frame was computed.
  package let failedRows: Batch?

  package init(schema: Schema, partitions: [[Batch]], failedRows: Batch? = nil) {
    self.schema = schema
    self.failedRows = failedRows
    self.partitions = partitions
    count = partitions.reduce(0) { $1.reduce($0) { $0 + $1.count } }
  }

  /// A frame of named columns, which may be arrays, views of columns or columns.
  ///
  /// Unequal lengths and names that repeat are errors.
  public init(_ columns: KeyValuePairs<String, any ColumnSource>) throws {
    try self.init(columns: columns.map { ($0.key, try $0.value._column()) })
  }

  /// A frame of a dictionary's arrays, in the order of their names.
  ///
  /// A literal keeps the order it is written in.
  @_disfavoredOverload
  public init(_ columns: [String: any ColumnSource]) throws {
    try self.init(
      columns: columns.sorted { $0.key < $1.key }.map { ($0.key, try $0.value._column()) })
  }

  /// A frame of named columns.
  package init(columns: [(name: String, column: Column)]) throws {
    let schema = try Schema(columns.map { Field($0.name, $0.column.type) })
    let batch = try Batch(schema: schema, columns: columns.map(\.column))
    self.init(schema: schema, partitions: batch.count == 0 ? [] : [[batch]])
  }

  /// The frame as the start of a query.
  public var lazy: LazyFrame {
    LazyFrame(.table(MemoryTable(schema: schema, partitions: partitions)))
  }

  /// The rows whose functions failed under `onError: .collect` while this frame was computed:
  /// `function`, `row`, `inputs` and `error`, in the order of the rows.
  ///
  /// A row's number is its position in the input of the operator that called the function, nil where
  /// that is not known (in keys of a sort or join). Rows count that were computed, also where a limit
  /// left them out afterwards.
  public var failures: DataFrame { DataFrame(failedRows: failedRows) }

  /// The frame of rows that failed.
  init(failedRows: Batch?) {
    self.init(
      schema: FailedRows.schema,
      partitions: failedRows.map { $0.count > 0 ? [[$0]] : [] } ?? [])
  }

  /// The number of columns.
  public var columnCount: Int { schema.count }

  /// All batches in order.
  public var batches: [Batch] { partitions.flatMap { $0 } }

  /// The column of that name as one; an unknown one is an error with a suggestion.
  ///
  /// Cost: none if the frame has one batch, else a copy of the column.
  public func column(_ name: String) throws -> Column {
    let position = try schema.index(of: name)
    return Column.concatenating(
      batches.map { $0.columns[position] }, type: schema[position].type)
  }

  /// The values of a column as a Swift collection.
  ///
  /// A type that the column is not stored in is an error, and so is a null under a type that is not
  /// optional.
  public subscript<Value: ColumnValue>(
    name: String, as type: Value.Type = Value.self
  ) -> ColumnView<Value> {
    get throws {
      do { return try ColumnView(column(name)) } catch let error as ColumnarError {
        throw error.code == .columnNotFound ? error : error.at(.expression("column \"\(name)\""))
      }
    }
  }

  /// The rows of `range` as a frame that shares the memory.
  public func slice(_ range: Range<Int>) -> DataFrame {
    let range = range.clamped(to: 0..<count)
    var (start, kept) = (0, [[Batch]]())
    for batches in partitions {
      var part: [Batch] = []
      for batch in batches {
        let inside = range.clamped(to: start..<(start + batch.count))
        if !inside.isEmpty {
          part.append(batch.slice((inside.lowerBound - start)..<(inside.upperBound - start)))
        }
        start += batch.count
      }
      if !part.isEmpty { kept.append(part) }
    }
    return DataFrame(schema: schema, partitions: kept)
  }

  /// The frame as one batch.
  ///
  /// Cost: a copy unless it is one already.
  public var batch: Batch { Batch.concatenating(batches, schema: schema) }
}

/// What a frame's column can be made of.
public protocol ColumnSource: Sendable {
  /// The values as a column.
  func _column() throws -> Column
}

extension Array: ColumnSource where Element: ColumnValue {
  public func _column() -> Column { Element.column(of: self) }
}

extension ColumnView: ColumnSource where Element: ColumnValue {
  public func _column() -> Column { column }
}

extension Column: ColumnSource {
  public func _column() -> Column { self }
}
