import ColumnarCore
import ColumnarIO

/// Columns of one type as Arrow messages: how sealed segments lie in memory and in files.
struct CacheCodec: Sendable {
  private let encoder: IPCEncoder
  /// The schema's message, a multiple of 64 bytes.
  let schema: [UInt8]

  /// What a sealed segment consists of.
  struct Sealed {
    let column: Column
    let byteCount: Int
    let file: String?
  }

  /// An error where values of that type live in this process only.
  init(_ type: DataType) throws {
    encoder = IPCEncoder(try IPCSchema(Schema(unchecked: [Field("result", type)])))
    schema = IPCMessage.framed(encoder.schema.encoded())
  }

  /// The message of a column, not yet written.
  func plan(_ column: Column) throws -> EncodedBatch {
    try encoder.plan(
      Batch(unchecked: encoder.schema.schema, columns: [column], count: column.count))
  }

  /// The same rows in one piece of memory that nothing else is kept alive with.
  func packed(_ column: Column) throws -> Sealed {
    let memory = try plan(column).message()
    var messages = IPCMessages(memory, IPCOrigin("a cache's segment"))
    let packed = try Self.column(&messages, encoder.schema)
    return Sealed(column: packed, byteCount: memory.count, file: nil)
  }

  /// The column of a schema and a batch that stand in `memory` from `position` on.
  static func column(in memory: Buffer, from position: Int, path: String) throws -> Column {
    var messages = IPCMessages(memory, from: position, IPCOrigin(path))
    guard let schema = try messages.next() else { throw CacheFile.broken(path, "has no schema") }
    return try column(&messages, IPCSchema(schema))
  }

  private static func column(_ messages: inout IPCMessages, _ schema: IPCSchema) throws -> Column {
    // The bytes are ours and whole, as their checksum says, so the text is known to be UTF-8.
    var decoder = IPCDecoder(schema, trustsText: true)
    guard let message = try messages.next(), let batch = try decoder.decode(message),
      batch.columns.count == 1
    else { throw CacheFile.broken("a cache's segment", "has no batch") }
    return batch.columns[0]
  }
}
