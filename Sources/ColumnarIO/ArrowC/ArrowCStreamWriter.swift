import CArrowShim
import ColumnarCore
import Glibc

/// A stream of batches that another library reads.
package enum ArrowCStreamWriter {
  /// What a stream that was handed out works with.
  private final class Source {
    let schema: IPCSchema
    var next: (() throws -> Batch?)?
    /// Batches that were cut because 32-bit offsets didn't reach, last first.
    var waiting: [Batch] = []
    var lastError: UnsafeMutablePointer<CChar>?

    init(_ schema: IPCSchema, _ next: @escaping () throws -> Batch?) {
      self.schema = schema
      self.next = next
    }

    deinit { free(lastError) }

    /// Keeps an error's text; its number.
    func fail(_ error: any Error) -> Int32 {
      free(lastError)
      lastError = strdup("\(error)")
      next = nil
      waiting = []
      guard let code = (error as? ColumnarError)?.code else { return EINVAL }
      switch code {
      case .io: return EIO
      case .cancelled: return ECANCELED
      case .resourcesExhausted: return ENOMEM
      case .unsupported: return ENOSYS
      default: return EINVAL
      }
    }

    /// Fills `target` with the next batch, or leaves it released at the end.
    func write(to target: UnsafeMutablePointer<ArrowArray>) throws {
      target.initialize(to: ArrowArray())
      while let batch = try waiting.popLast() ?? next?() {
        do { return try ArrowCArrayWriter.write(batch, schema, to: target) } catch let error
          as ColumnarError
          where error.code == .resourcesExhausted && batch.count > 1
        {
          let half = batch.count / 2
          waiting += [batch.slice(half..<batch.count), batch.slice(0..<half)]
        }
      }
      next = nil
    }
  }

  /// Fills `target` with a stream of what `next` gives; its consumer releases it.
  ///
  /// `next` is called when the consumer asks for a batch, by one thread at a time, until it gives nil
  /// or throws; it is let go of then, or when the stream is released. The columns of
  /// `dictionaryColumns` are handed out as codes, each batch with a dictionary of its own. Opaque
  /// columns are an error.
  package static func write(
    _ schema: Schema, layout: ArrowLayout, dictionaryColumns: [String] = [],
    to target: UnsafeMutablePointer<ArrowArrayStream>, next: @escaping () throws -> Batch?
  ) throws {
    let source = Source(
      try IPCSchema(schema, layout: layout, dictionaryColumns: dictionaryColumns), next)
    var made = ArrowArrayStream()
    made.get_schema = { stream, schema in
      guard let source = ArrowCStreamWriter.source(of: stream), let schema else { return EINVAL }
      ArrowCSchemaWriter.write(source.schema, to: schema)
      return 0
    }
    made.get_next = { stream, array in
      guard let source = ArrowCStreamWriter.source(of: stream), let array else { return EINVAL }
      do { try source.write(to: array) } catch { return source.fail(error) }
      return 0
    }
    made.get_last_error = { stream in
      ArrowCStreamWriter.source(of: stream)?.lastError.map { UnsafePointer($0) }
    }
    made.release = { stream in
      guard let stream, let held = stream.pointee.private_data else { return }
      Unmanaged<Source>.fromOpaque(held).release()
      stream.pointee.private_data = nil
      stream.pointee.release = nil
    }
    made.private_data = Unmanaged.passRetained(source).toOpaque()
    target.initialize(to: made)
  }

  private static func source(of stream: UnsafeMutablePointer<ArrowArrayStream>?) -> Source? {
    stream?.pointee.private_data.map { Unmanaged<Source>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Fills `array` and `schema` with one batch; their consumer releases both.
  package static func write(
    _ batch: Batch, layout: ArrowLayout, dictionaryColumns: [String] = [],
    array: UnsafeMutablePointer<ArrowArray>, schema: UnsafeMutablePointer<ArrowSchema>
  ) throws {
    let fields = try IPCSchema(
      batch.schema, layout: layout, dictionaryColumns: dictionaryColumns)
    try ArrowCArrayWriter.write(batch, fields, to: array)
    ArrowCSchemaWriter.write(fields, to: schema)
  }
}
