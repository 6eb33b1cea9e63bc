import ColumnarCore
import ColumnarIO

/// What reading a text gave: the rows in order, by their hashes, and how many were left out.
struct TextRows: Equatable {
  var hashes: [UInt64] = []

  /// Reads a text in splits of about so many bytes.
  init(_ source: any FileSource, _ target: Int) throws {
    let request = ReadRequest(columns: Array(0..<source.schema.count))
    // Of a text cut into many splits some errors come earlier than of the whole: so either is read
    // to its end before one is thrown.
    var failure: (any Error)?
    for split in try source.splits(targetBytes: target) {
      do {
        try source.read(split, request) { batch in
          if target > 1 << 10 { ColumnInspection.inspect(batch) }
          hashes += ColumnInspection.hashes(of: batch)
          return true
        }
      } catch { failure = failure ?? error }
    }
    if let failure { throw failure }
  }

  /// Ends the process if a text cut into splits reads otherwise than the whole.
  static func compare(bytes: Int, _ source: () throws -> any FileSource) throws {
    let whole = try TextRows(source(), 1 << 20)
    do {
      let cut = try TextRows(source(), max(7, bytes / 6))
      precondition(whole == cut, "splits read otherwise than the whole")
    } catch { fatalError("only the splits fail: \(error)") }
  }
}
