import ColumnarCore

/// What a file says about the values of each page of a column chunk.
struct ParquetColumnIndex: Sendable {
  /// Pages of nothing but nulls.
  var nullPages: [Bool] = []
  /// Bounds of the values, in plain encoding without a length; they may be cut short.
  var minimums: [Buffer] = []
  var maximums: [Buffer] = []
  var nullCounts: [Int]?
  var nanCounts: [Int]?
  /// 0 none, 1 ascending, 2 descending.
  var boundaryOrder = 0

  /// Reads the index of a chunk of `pages` pages; lists of other lengths are an error.
  init(_ reader: inout ThriftReader, pages: Int) throws {
    try reader.structure { reader, id, type in
      switch (id, type) {
      case (1, .list):
        var found: [Bool] = []
        try reader.list(of: .yes) { found.append(try $0.byte() == 1) }
        nullPages = found
      case (2, .list): minimums = try Self.bounds(&reader)
      case (3, .list): maximums = try Self.bounds(&reader)
      case (4, _): boundaryOrder = try reader.integer(type)
      case (5, .list): nullCounts = try Self.numbers(&reader)
      case (8, .list): nanCounts = try Self.numbers(&reader)
      default: return false
      }
      return true
    }
    let lengths = [
      nullPages.count, minimums.count, maximums.count, nullCounts?.count ?? pages,
      nanCounts?.count ?? pages,
    ]
    guard lengths.allSatisfy({ $0 == pages }) else {
      throw reader.corrupt("a column index has lists of \(lengths) for \(pages) pages")
    }
  }

  private static func bounds(_ reader: inout ThriftReader) throws -> [Buffer] {
    var found: [Buffer] = []
    try reader.list(of: .binary) { found.append(try $0.binary()) }
    return found
  }

  private static func numbers(_ reader: inout ThriftReader) throws -> [Int] {
    var found: [Int] = []
    try reader.list(of: .int64) { found.append(try $0.integer(.int64)) }
    return found
  }
}
