/// The physical types of Parquet.
enum ParquetPhysical: Int, Sendable {
  case boolean = 0
  case int32 = 1
  case int64 = 2
  case int96 = 3
  case float = 4
  case double = 5
  case byteArray = 6
  case fixedBytes = 7
}

/// How often a field stands in its parent.
enum ParquetRepetition: Int, Sendable {
  case required = 0
  case optional = 1
  case repeated = 2
}

/// How the values of a page are written.
package enum ParquetEncoding: Int, Sendable {
  case plain = 0
  case plainDictionary = 2
  case rle = 3
  case bitPacked = 4
  case deltaBinaryPacked = 5
  case deltaLengthByteArray = 6
  case deltaByteArray = 7
  case rleDictionary = 8
  case byteStreamSplit = 9

  /// The format's own name, in small letters.
  package var name: String {
    switch self {
    case .plain: "plain"
    case .plainDictionary: "plain_dictionary"
    case .rle: "rle"
    case .bitPacked: "bit_packed"
    case .deltaBinaryPacked: "delta_binary_packed"
    case .deltaLengthByteArray: "delta_length_byte_array"
    case .deltaByteArray: "delta_byte_array"
    case .rleDictionary: "rle_dictionary"
    case .byteStreamSplit: "byte_stream_split"
    }
  }

  /// Whether the values are codes into the chunk's dictionary.
  var isDictionary: Bool { self == .plainDictionary || self == .rleDictionary }
}

/// How pages are compressed.
package enum ParquetCodec: Int, Sendable {
  case uncompressed = 0
  case snappy = 1
  case gzip = 2
  case lzo = 3
  case brotli = 4
  /// LZ4 in the framing that Hadoop uses, or without any.
  case lz4 = 5
  case zstd = 6
  case lz4Raw = 7

  /// The format's own name, in small letters.
  package var name: String { self == .lz4Raw ? "lz4_raw" : "\(self)" }
}

/// What a column of the schema stands for, beyond its physical type.
enum ParquetLogical: Equatable, Sendable {
  enum Unit: Int, Sendable {
    case milliseconds = 1
    case microseconds = 2
    case nanoseconds = 3
  }

  case none
  case string, json, bson, enumeration
  case map, mapKeyValue, list
  case decimal(precision: Int, scale: Int)
  case date
  case time(Unit)
  case timestamp(Unit, isUTC: Bool)
  case integer(bits: Int, isSigned: Bool)
  case null
  case uuid
  case float16
  case interval
  case variant
  /// Something of a later version: the physical type is what is read.
  case unknown
}
