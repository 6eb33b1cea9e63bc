import ColumnarCore

/// A page of a column chunk, as its header tells.
struct ParquetPage: Sendable {
  enum Kind: Sendable {
    case data
    /// Levels stand in front, not compressed.
    case dataV2(definitionBytes: Int, repetitionBytes: Int, isCompressed: Bool)
    case dictionary
    /// Something to be left out.
    case other
  }

  var kind = Kind.other
  /// Where the bytes behind the header stand in the file.
  var start = 0
  /// The number of those bytes.
  var size = 0
  /// The number of bytes that they unpack to, with levels.
  var unpackedSize = 0
  var crc: UInt32?
  /// Values with nulls; of a dictionary its values.
  var valueCount = 0
  /// The number of rows, where it is told.
  var rowCount: Int?
  var encoding = ParquetEncoding.plain
  var definitionEncoding = ParquetEncoding.rle
  var repetitionEncoding = ParquetEncoding.rle

  /// Reads the header at the reader's position.
  init(_ reader: inout ThriftReader) throws {
    var (number, size, unpacked): (Int?, Int?, Int?) = (nil, nil, nil)
    var hasDetail = false
    try reader.structure { reader, id, type in
      switch (id, type) {
      case (1, _): number = try reader.integer(type)
      case (2, _): unpacked = try reader.integer(type)
      case (3, _): size = try reader.integer(type)
      case (4, _): crc = UInt32(truncatingIfNeeded: try reader.integer(type))
      case (5, .structure):
        try readData(&reader)
        hasDetail = hasDetail || number == 0
      case (7, .structure):
        try readDictionary(&reader)
        hasDetail = hasDetail || number == 2
      case (8, .structure):
        try readDataV2(&reader)
        hasDetail = hasDetail || number == 3
      default: return false
      }
      return true
    }
    guard let number, let size, let unpacked, size >= 0, unpacked >= 0, size <= Int32.max,
      unpacked <= Int32.max
    else { throw reader.corrupt("a page header makes no sense") }
    self.size = size
    unpackedSize = unpacked
    start = reader.origin.offset + reader.position
    guard [0, 2, 3].contains(number) else {
      kind = .other
      return
    }
    guard hasDetail, 0...Int(Int32.max) ~= valueCount, 0...Int(Int32.max) ~= rowCount ?? 0 else {
      throw reader.corrupt("a page header makes no sense")
    }
  }

  private static func encoding(
    _ reader: inout ThriftReader, _ type: ThriftType
  ) throws -> ParquetEncoding {
    let number = try reader.integer(type)
    guard let known = ParquetEncoding(rawValue: number) else {
      throw reader.corrupt("a page has the unknown encoding \(number)")
    }
    return known
  }

  private mutating func readData(_ reader: inout ThriftReader) throws {
    kind = .data
    try reader.structure { reader, id, type in
      switch id {
      case 1: valueCount = try reader.integer(type)
      case 2: encoding = try Self.encoding(&reader, type)
      case 3: definitionEncoding = try Self.encoding(&reader, type)
      case 4: repetitionEncoding = try Self.encoding(&reader, type)
      default: return false
      }
      return true
    }
  }

  private mutating func readDictionary(_ reader: inout ThriftReader) throws {
    kind = .dictionary
    try reader.structure { reader, id, type in
      switch id {
      case 1: valueCount = try reader.integer(type)
      case 2: encoding = try Self.encoding(&reader, type)
      default: return false
      }
      return true
    }
  }

  private mutating func readDataV2(_ reader: inout ThriftReader) throws {
    var (definitions, repetitions, isCompressed) = (0, 0, true)
    try reader.structure { reader, id, type in
      switch id {
      case 1: valueCount = try reader.integer(type)
      case 3: rowCount = try reader.integer(type)
      case 4: encoding = try Self.encoding(&reader, type)
      case 5: definitions = try reader.integer(type)
      case 6: repetitions = try reader.integer(type)
      case 7: isCompressed = try reader.bool(type)
      default: return false
      }
      return true
    }
    guard 0...Int(Int32.max) ~= definitions, 0...Int(Int32.max) ~= repetitions else {
      throw reader.corrupt("a page has levels of \(definitions) and \(repetitions) bytes")
    }
    kind = .dataV2(
      definitionBytes: definitions, repetitionBytes: repetitions, isCompressed: isCompressed)
  }
}
