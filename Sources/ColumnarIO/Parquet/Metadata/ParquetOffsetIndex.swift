import ColumnarCore

/// Where the pages of a column chunk stand, and with which rows they begin.
struct ParquetOffsetIndex: Sendable {
  struct Location: Sendable {
    /// Of the page's header.
    var offset = 0
    /// With the header.
    var size = 0
    /// Counted in the row group.
    var firstRow = 0
  }

  private(set) var locations: [Location] = []

  /// Reads an index; pages or rows that are not in order are an error.
  init(_ reader: inout ThriftReader, rowCount: Int) throws {
    try reader.structure { reader, id, type in
      guard id == 1, type == .list else { return false }
      var found: [Location] = []
      try reader.list(of: .structure) { found.append(try Self.location(&$0)) }
      locations = found
      return true
    }
    var (end, row) = (0, -1)
    for location in locations {
      guard location.offset >= end, location.size > 0, location.size <= Int32.max,
        location.offset <= Int.max - Int(Int32.max), location.firstRow > row
      else { throw reader.corrupt("an offset index has pages that are not in order") }
      end = location.offset + location.size
      row = location.firstRow
    }
    guard locations.first?.firstRow ?? 0 == 0, row < Swift.max(rowCount, 1) else {
      throw reader.corrupt("an offset index does not have the rows of its row group")
    }
  }

  private static func location(_ reader: inout ThriftReader) throws -> Location {
    var location = Location()
    try reader.structure { reader, id, type in
      switch id {
      case 1: location.offset = try reader.integer(type)
      case 2: location.size = try reader.integer(type)
      case 3: location.firstRow = try reader.integer(type)
      default: return false
      }
      return true
    }
    return location
  }

  /// The rows of each page of a row group of `rowCount` rows.
  func rows(of rowCount: Int) -> [Range<Int>] {
    locations.indices.map { page in
      locations[page]
        .firstRow..<(page + 1 < locations.count ? locations[page + 1].firstRow : rowCount)
    }
  }
}
