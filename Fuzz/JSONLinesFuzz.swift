import ColumnarCore
import ColumnarIO

/// Reads text as JSON Lines, in one go and cut into splits, which must be the same.
enum JSONLinesFuzz {
  static func read(_ bytes: UnsafeRawBufferPointer) throws {
    FuzzFile.write(bytes)
    var failure: (any Error)?
    for options in manners {
      do {
        try TextRows.compare(bytes: bytes.count) {
          try JSONLinesSource(path: FuzzFile.path, options: options)
        }
      } catch {
        FuzzTarget.check(error)
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private static let manners: [JSONLinesReadOptions] = {
    var loose = JSONLinesReadOptions()
    loose.inferenceRows = 2
    loose.infersTimes = true
    loose.unknownKeys = .ignore
    loose.badRows = .collect()
    var given = JSONLinesReadOptions()
    given.badRows = .collect()
    given.schema = Schema(
      unchecked: [
        Field("a", .int64), Field("b", .string), Field("c", .list(.float64)),
        Field("d", .structure([Field("x", .decimal128(20, scale: 3)), Field("y", .date)])),
        Field("e", .timestamp(.microsecond)), Field("f", .binary), Field("g", .bool),
        Field("h", .float32), Field("i", .duration(.millisecond)), Field("j", .int8),
        Field("k", .uint64), Field("l", .fixedSizeList(.int16, count: 2)), Field("m", .null),
      ])
    return [loose, given, JSONLinesReadOptions()]
  }()
}
