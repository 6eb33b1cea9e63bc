import ColumnarCore
import ColumnarTesting
import Testing

@testable import ColumnarIO

/// What the tests of Arrow data share.
enum IPCTesting {
  static let origin = IPCOrigin("test")

  /// A batch of one column.
  static func batch(_ columns: [Column]) -> Batch {
    let fields = columns.enumerated().map { Field("c\($0)", $1.type) }
    return Batch(unchecked: Schema(unchecked: fields), columns: columns, count: columns[0].count)
  }

  /// The schema as it comes back from its bytes.
  static func schema(_ schema: IPCSchema) throws -> IPCSchema {
    let framed = IPCMessage.framed(schema.encoded())
    var messages = IPCMessages(Buffer(copying: framed), origin)
    let message = try #require(try messages.next())
    #expect(messages.position == framed.count)
    return try IPCSchema(message)
  }

  /// The batch as it comes back from its message.
  static func roundTrip(
    _ batch: Batch, _ layout: ArrowLayout = .views, columns: [Int]? = nil
  ) throws -> Batch {
    let encoder = IPCEncoder(try IPCSchema(batch.schema, layout: layout))
    let bytes = try encoder.plan(batch).message()
    var decoder = IPCDecoder(try schema(encoder.schema))
    var messages = IPCMessages(bytes, origin)
    let message = try #require(try messages.next())
    return try #require(try decoder.decode(message, columns: columns))
  }

  static func expectSame(
    _ a: Column, _ b: Column, _ note: String, _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(a.type == b.type, "\(note)", sourceLocation: location)
    #expect(a.count == b.count, "\(note)", sourceLocation: location)
    #expect(Value.rows(of: a) == Value.rows(of: b), "\(note)", sourceLocation: location)
  }
}
