import ColumnarCore

/// Where something stands in a file.
package struct ParquetPlace: Sendable, Hashable {
  package var offset: Int
  /// Nil where it is not told.
  package var size: Int?

  /// The bytes, up to the file's end where the size is not told; nil where they are not all there.
  func bytes(in file: Buffer) -> Buffer? {
    guard offset >= 4, offset < file.count else { return nil }
    let size = size ?? file.count - offset
    guard size > 0, size <= file.count - offset else { return nil }
    return file.slice(offset..<(offset + size))
  }
}

/// The part of a column that lies in one row group.
package struct ParquetChunk: Sendable {
  /// Set where the data lies in another file.
  var filePath: String?
  var physical: ParquetPhysical?
  package var codec = ParquetCodec.uncompressed
  package var encodings: [ParquetEncoding] = []
  /// Values with nulls; of repeated fields their elements.
  package var valueCount = 0
  package var uncompressedSize = 0
  package var compressedSize = 0
  var dataOffset = 0
  var dictionaryOffset: Int?
  package var statistics = ParquetStatistics()
  var isEncrypted = false
  /// Where its offset index, column index and bloom filter stand, as the file says it.
  var offsetIndex: ParquetPlace?
  var columnIndex: ParquetPlace?
  package var bloomFilter: ParquetPlace?
  private var hasMetadata = false

  init(_ reader: inout ThriftReader) throws {
    try reader.structure { reader, id, type in
      switch (id, type) {
      case (1, _): filePath = try reader.string(type)
      case (3, .structure): try readMetadata(&reader)
      case (4...7, _) where !type.isInteger: return false
      case (4, _): offsetIndex = ParquetPlace(offset: try reader.integer(type))
      case (5, _):
        let size = try reader.integer(type)
        offsetIndex?.size = size
      case (6, _): columnIndex = ParquetPlace(offset: try reader.integer(type))
      case (7, _):
        let size = try reader.integer(type)
        columnIndex?.size = size
      case (8, _):
        isEncrypted = true
        return false
      default: return false
      }
      return true
    }
    guard hasMetadata || isEncrypted else {
      throw reader.corrupt("a column of a row group has no metadata")
    }
  }

  private mutating func readMetadata(_ reader: inout ThriftReader) throws {
    hasMetadata = true
    try reader.structure { reader, id, type in
      switch (id, type) {
      case (1, _): physical = ParquetPhysical(rawValue: try reader.integer(type))
      case (2, .list):
        var found: [ParquetEncoding] = []
        try reader.list(of: .int32) { reader in
          if let known = ParquetEncoding(rawValue: try reader.integer(.int32)) {
            found.append(known)
          }
        }
        encodings = found
      case (4, _):
        let number = try reader.integer(type)
        guard let known = ParquetCodec(rawValue: number) else {
          throw reader.origin.unsupported(
            "is packed with codec number \(number), which is not known",
            hint: "Write it with zstd or snappy.")
        }
        codec = known
      case (5, _): valueCount = try reader.integer(type)
      case (6, _): uncompressedSize = try reader.integer(type)
      case (7, _): compressedSize = try reader.integer(type)
      case (9, _): dataOffset = try reader.integer(type)
      case (11, _): dictionaryOffset = try reader.integer(type)
      case (12, .structure): statistics = try ParquetStatistics(&reader)
      // Files exist that have something else there.
      case (14...15, _) where !type.isInteger: return false
      case (14, _): bloomFilter = ParquetPlace(offset: try reader.integer(type))
      case (15, _):
        let size = try reader.integer(type)
        bloomFilter?.size = size
      default: return false
      }
      return true
    }
  }

  /// Where the chunk begins: files exist whose dictionary is said to stand at byte zero, or behind
  /// the data.
  var start: Int {
    if let dictionaryOffset, dictionaryOffset >= 4, dictionaryOffset < dataOffset {
      return dictionaryOffset
    }
    return dataOffset
  }
}

/// Some rows of a file, all columns of which lie together.
package struct ParquetRowGroup: Sendable {
  package var chunks: [ParquetChunk] = []
  package var rowCount = 0
  package var byteCount = 0

  init(_ reader: inout ThriftReader) throws {
    var hasRows = false
    try reader.structure { reader, id, type in
      switch (id, type) {
      case (1, .list):
        var found: [ParquetChunk] = []
        try reader.list(of: .structure) { found.append(try ParquetChunk(&$0)) }
        chunks = found
      case (2, _): byteCount = try reader.integer(type)
      case (3, _):
        rowCount = try reader.integer(type)
        hasRows = true
      default: return false
      }
      return true
    }
    guard hasRows, rowCount >= 0 else {
      throw reader.corrupt("a row group does not say how many rows it has")
    }
    guard rowCount <= Int32.max else {
      throw reader.origin.tooLarge("a row group has \(rowCount) rows")
    }
  }
}
