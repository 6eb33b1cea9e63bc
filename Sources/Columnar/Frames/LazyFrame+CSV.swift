@_exported public import struct ColumnarIO.CSVReadOptions
import ColumnarCore
import ColumnarIO

extension LazyFrame {
  /// A query over a CSV file, plain or packed with gzip.
  ///
  /// The file is opened, its header read and its types inferred when the query runs or is explained. Only the columns
  /// and, where they suffice, only the rows that the query uses are parsed. A bad row is an error that names file, line,
  /// column and text; to go on without bad rows and look at them later, open a `CSVFile`.
  public static func scan(
    csv path: String, options: CSVReadOptions = CSVReadOptions()
  ) -> LazyFrame {
    LazyFrame(
      .deferred(name: path) {
        FileTable(try CSVSource(path: path, options: options), format: "csv")
      })
  }
}

/// An opened CSV file, whose bad rows can be looked at after it was read.
public struct CSVFile: Sendable {
  private let source: CSVSource

  /// Opens a file and infers its types. With `options.badRows` at `.collect`, rows that cannot be read are left out and
  /// noted in `rejects`.
  public init(_ path: String, options: CSVReadOptions = CSVReadOptions()) throws {
    source = try CSVSource(path: path, options: options)
  }

  /// The names and types of its columns.
  public var schema: Schema { source.schema }

  /// A query over the file.
  public var lazy: LazyFrame { LazyFrame(.table(FileTable(source, format: "csv"))) }

  /// The rows that were left out by all queries so far: line, column, text and reason.
  public var rejects: DataFrame {
    let batch = source.rejects.batch()
    return DataFrame(schema: batch.schema, partitions: batch.count == 0 ? [] : [[batch]])
  }
}
