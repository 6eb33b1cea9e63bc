import CArrowShim
import ColumnarCore

/// Reads the batches of an Arrow stream of another library in this process.
///
/// Used by one thread at a time, as the interface asks for.
///
/// `@unchecked Sendable`: the callers see to that; the interface allows calls from any thread, one
/// after the other.
package final class ArrowCStreamReader: @unchecked Sendable {
  /// The names and types of the columns.
  package var schema: Schema { decoder.schema.schema }
  private let stream: UnsafeMutablePointer<ArrowArrayStream>
  private let decoder: IPCDecoder
  private let isTable: Bool
  private let origin: IPCOrigin
  private var isAtEnd = false

  /// Takes a stream over: the struct at `source` counts as released from then on, and what it stood
  /// for is released when this reader is gone, also when this fails.
  package init(moving source: UnsafeMutablePointer<ArrowArrayStream>, name: String) throws {
    origin = .foreign(name)
    stream = .allocate(capacity: 1)
    stream.initialize(to: source.pointee)
    source.pointee.release = nil
    do {
      guard stream.pointee.release != nil else {
        throw ColumnarError(
          .invalidValue,
          "The Arrow stream \"\(name)\" was released or read before. Have a new one exported.")
      }
      (decoder, isTable) = try Self.schema(stream, origin)
    } catch {
      Self.close(stream)
      throw error
    }
  }

  deinit { Self.close(stream) }

  private static func close(_ stream: UnsafeMutablePointer<ArrowArrayStream>) {
    if let release = stream.pointee.release { release(stream) }
    stream.deallocate()
  }

  private static func schema(
    _ stream: UnsafeMutablePointer<ArrowArrayStream>, _ origin: IPCOrigin
  ) throws -> (IPCDecoder, Bool) {
    var schema = ArrowSchema()
    let status = stream.pointee.get_schema?(stream, &schema) ?? -1
    guard status == 0 else { throw failure(status, stream, origin) }
    guard schema.release != nil else { throw origin.corrupt("it has no schema") }
    defer { schema.release?(&schema) }
    let made = try ArrowCSchemaReader.read(schema, origin)
    return (IPCDecoder(made), ArrowCSchemaReader.isTable(schema))
  }

  /// The error that a call's result stands for, with the stream's own text.
  private static func failure(
    _ status: Int32, _ stream: UnsafeMutablePointer<ArrowArrayStream>, _ origin: IPCOrigin
  ) -> ColumnarError {
    let text = stream.pointee.get_last_error?(stream).map { String(cString: $0) }
    return ColumnarError(
      .io,
      "The Arrow stream \"\(origin.name)\" failed: \(text ?? "it says no reason") "
        + "(error \(status)).")
  }

  /// The next batch, over the memory of the library that made it; nil at the end.
  ///
  /// `columns` are the positions of the columns to give out, nil for all. After an error there are no
  /// more batches.
  package func next(columns: [Int]? = nil) throws -> Batch? {
    if isAtEnd { return nil }
    isAtEnd = true
    let array = ForeignArray()
    let status = stream.pointee.get_next?(stream, array.pointer) ?? -1
    guard status == 0 else { throw Self.failure(status, stream, origin) }
    guard array.pointer.pointee.release != nil else { return nil }
    let batch = try array.batch(decoder, isTable: isTable, columns: columns, origin)
    isAtEnd = false
    return batch
  }

  /// The batch of one array and its schema, both of which are taken over, also when this fails.
  package static func batch(
    moving array: UnsafeMutablePointer<ArrowArray>,
    schema: UnsafeMutablePointer<ArrowSchema>, name: String
  ) throws -> Batch {
    let origin = IPCOrigin.foreign(name)
    let taken = ForeignArray(moving: array)
    defer {
      if let release = schema.pointee.release { release(schema) }
      schema.pointee.release = nil
    }
    guard taken.pointer.pointee.release != nil, schema.pointee.release != nil else {
      throw ColumnarError(
        .invalidValue,
        "The Arrow array \"\(name)\" or its schema was released or read before. Have it exported "
          + "anew.")
    }
    let decoder = IPCDecoder(try ArrowCSchemaReader.read(schema.pointee, origin))
    return try taken.batch(
      decoder, isTable: ArrowCSchemaReader.isTable(schema.pointee), origin)
  }
}
