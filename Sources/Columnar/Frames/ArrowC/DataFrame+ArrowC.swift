import ColumnarCore
import ColumnarIO

@_exported public import struct CArrowShim.ArrowArray
@_exported public import struct CArrowShim.ArrowArrayStream
@_exported public import struct CArrowShim.ArrowSchema

extension DataFrame {
  /// Takes over all batches of an Arrow stream of another library in this process (Arrow's C Stream
  /// interface), as pyarrow, Polars, DuckDB and others hand them out.
  ///
  /// The columns are used where they lie, and released when the last frame, column or view over them
  /// is gone. New memory is taken for types that are stored otherwise here (see the reference's table
  /// on Arrow files), 32-bit list offsets, views over text that comes with offsets, and dictionaries.
  /// The struct at `stream` counts as released from this call on, also if it throws: an error of the
  /// stream has code `io` and the stream's text; arrays that break the interface have code
  /// `invalidValue`, types that there is no column for `unsupported`.
  public init(arrow stream: UnsafeMutablePointer<ArrowArrayStream>) throws {
    let reader = try ArrowCStreamReader(moving: stream, name: "Arrow stream")
    let schema = try Schema(reader.schema.fields)
    var batches: [Batch] = []
    while let batch = try reader.next() {
      if batch.count > 0 {
        batches.append(Batch(unchecked: schema, columns: batch.columns, count: batch.count))
      }
    }
    self.init(schema: schema, partitions: batches.isEmpty ? [] : [batches])
  }

  /// Takes over one Arrow array and its schema (Arrow's C Data interface): a struct's fields are the
  /// columns, another array is one column.
  ///
  /// As with `init(arrow:)`, nothing is copied, and both structs count as released from this call on.
  public init(
    arrow array: UnsafeMutablePointer<ArrowArray>, schema: UnsafeMutablePointer<ArrowSchema>
  ) throws {
    let batch = try ArrowCStreamReader.batch(moving: array, schema: schema, name: "Arrow array")
    let fields = try Schema(batch.schema.fields)
    let renamed = Batch(unchecked: fields, columns: batch.columns, count: batch.count)
    self.init(schema: fields, partitions: batch.count == 0 ? [] : [[renamed]])
  }

  /// Hands the frame out as an Arrow stream of its batches, for another library in this process.
  ///
  /// `stream` is an uninitialised or released struct; its consumer releases it and the arrays it
  /// takes from it, each once, on any thread. With the layout `.views` columns are handed out where
  /// they lie, and stay alive as long as an array does; the other layouts copy text and lists.
  /// The columns named in `dictionaryColumns` are handed out as Arrow's dictionary type: those that
  /// are dictionary-coded here with their codes and values where they lie, others get a dictionary
  /// for each batch. All else, also what is constant or coded, is handed out as plain values. Nested
  /// columns as dictionaries, and opaque ones, are an error.
  public func export(
    arrow stream: UnsafeMutablePointer<ArrowArrayStream>, layout: ArrowLayout = .views,
    dictionaryColumns: [String] = []
  ) throws {
    var left = batches[...]
    try ArrowCStreamWriter.write(
      schema, layout: layout, dictionaryColumns: dictionaryColumns, to: stream
    ) { left.popFirst() }
  }

  /// Hands the frame out as one Arrow array and its schema; as with
  /// `export(arrow:layout:dictionaryColumns:)`.
  ///
  /// Cost: a copy unless the frame has one batch.
  public func export(
    arrow array: UnsafeMutablePointer<ArrowArray>, schema target: UnsafeMutablePointer<ArrowSchema>,
    layout: ArrowLayout = .views, dictionaryColumns: [String] = []
  ) throws {
    let whole = batch
    let named = Batch(unchecked: schema, columns: whole.columns, count: whole.count)
    try ArrowCStreamWriter.write(
      named, layout: layout, dictionaryColumns: dictionaryColumns, array: array, schema: target)
  }
}
