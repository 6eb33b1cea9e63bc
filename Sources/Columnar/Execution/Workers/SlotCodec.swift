import ColumnarCore
import ColumnarIO

/// Columns in a slot of shared memory, as Arrow messages.
///
/// A slot holds a head (rows, and for each column whether it is constant), then for the columns
/// that vary a schema and a record batch, then the same for the constant ones, one row of each.
/// Each buffer is copied once, into the slot; who reads gets columns whose buffers are the slot.
/// Every offset, view and length is checked, so that a worker that wrote nonsense before it died is
/// an error.
final class SlotCodec: Sendable {
  /// Columns that are ready to be written.
  struct Plan {
    fileprivate let head: [UInt8]
    fileprivate let sections: [(schema: [UInt8], batch: EncodedBatch)]

    /// The bytes that `write` fills.
    let byteCount: Int

    /// Writes the columns; `target` has room for them and begins at a multiple of 64.
    func write(to target: UnsafeMutableRawPointer) {
      var rest = UnsafeMutableRawBufferPointer(start: target, count: byteCount)[...]
      func take(_ count: Int) -> UnsafeMutableRawBufferPointer {
        defer { rest = rest.dropFirst(count) }
        return UnsafeMutableRawBufferPointer(rebasing: rest.prefix(count))
      }
      take(head.count).copyBytes(from: head)
      for (schema, batch) in sections {
        take(schema.count).copyBytes(from: schema)
        batch.writeMessage(into: take(batch.messageSize))
      }
    }
  }

  /// The encoders of the types that came so far, as a rule one or two.
  private let encoders = Monitor<[[DataType]: (encoder: IPCEncoder, schema: [UInt8])]>([:])
  /// The decoder of the schema that came last, by its bytes.
  private let schemas = Monitor<[[UInt8]: IPCSchema]>([:])
  private static let origin = IPCOrigin("a slot shared with a worker process")

  /// Finds out how large the columns are, each of `count` rows; copies nothing.
  ///
  /// Opaque columns are an error.
  func plan(_ columns: [Column], count: Int) throws -> Plan {
    var head = WireWriter()
    head.write(count)
    head.write(columns.count)
    for column in columns { head.write(Self.isConstant(column)) }
    let parts = [
      (columns.filter { !Self.isConstant($0) }, count),
      (columns.filter(Self.isConstant).map { $0.storage.children[0] }, 1),
    ]
    let sections = try parts.filter { !$0.0.isEmpty }.map { columns, count in
      let (encoder, schema) = try encoder(of: columns.map(\.type))
      let batch = Batch(unchecked: encoder.schema.schema, columns: columns, count: count)
      return (schema: schema, batch: try encoder.plan(batch))
    }
    let bytes = head.bytes + [UInt8](repeating: 0, count: -head.bytes.count & 63)
    return Plan(
      head: bytes, sections: sections,
      byteCount: sections.reduce(bytes.count) { $0 + $1.schema.count + $1.batch.messageSize })
  }

  private static func isConstant(_ column: Column) -> Bool { column.encoding == .constant }

  private func encoder(of types: [DataType]) throws -> (IPCEncoder, [UInt8]) {
    try encoders.withLock { known in
      if let encoder = known[types] { return encoder }
      let schema = try IPCSchema(
        Schema(unchecked: types.enumerated().map { Field("\($0)", $1) }))
      let made = (encoder: IPCEncoder(schema), schema: IPCMessage.framed(schema.encoded()))
      known[types] = made
      return made
    }
  }

  /// The columns in `memory`, which they keep alive, and the number of rows.
  func columns(in memory: Buffer) throws -> (columns: [Column], count: Int) {
    let (flags, count, size) = try memory.withBytes { bytes in
      var reader = WireReader(bytes)
      let count = try reader.int()
      let flags = try (0..<reader.length()).map { _ in try reader.bool() }
      return (flags, count, (reader.position + 63) & ~63)
    }
    guard size <= memory.count else { throw WireReader.broken }
    var messages = IPCMessages(memory, from: size, Self.origin)
    var varying = try flags.contains(false) ? section(&messages, memory, count)[...] : []
    var constant = try flags.contains(true) ? section(&messages, memory, 1)[...] : []
    let columns = try flags.map { isConstant in
      guard let next = isConstant ? constant.popFirst() : varying.popFirst() else {
        throw WireReader.broken
      }
      return isConstant ? .constant(next, count: count) : next
    }
    return (columns, count)
  }

  private func section(
    _ messages: inout IPCMessages, _ memory: Buffer, _ count: Int
  ) throws -> [Column] {
    let start = messages.position
    guard let first = try messages.next() else { throw WireReader.broken }
    let bytes = memory.slice(start..<messages.position).withBytes { Array($0) }
    let schema = try schemas.withLock { known in
      if let schema = known[bytes] { return schema }
      let schema = try IPCSchema(first)
      known[bytes] = schema
      return schema
    }
    guard let message = try messages.next() else { throw WireReader.broken }
    var decoder = IPCDecoder(schema, trustsText: true)
    guard let batch = try decoder.decode(message), batch.count == count else {
      throw WireReader.broken
    }
    return batch.columns
  }
}
