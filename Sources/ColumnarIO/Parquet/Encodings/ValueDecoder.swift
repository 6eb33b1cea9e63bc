import ColumnarCore

/// Decodes the values of one page, nulls left out, from the first to the last.
///
/// Fixed-width values are written as they are; text and binary values as views, whose blocks are
/// added to `blocks`.
protocol ValueDecoder: AnyObject {
  /// Writes the next `count` values to `target`; fewer in the page are an error.
  func read(
    _ count: Int, into target: UnsafeMutableRawPointer, blocks: inout [Buffer]
  ) throws
  /// Leaves out the next `count` values.
  func skip(_ count: Int) throws
}

extension ParquetLeaf {
  /// The decoder of a page's values.
  func decoder(
    _ encoding: ParquetEncoding, _ bytes: Buffer, count: Int, dictionary: ParquetDictionary?,
    _ origin: ParquetOrigin
  ) throws -> any ValueDecoder {
    switch (encoding, physical) {
    case (_, _) where isDecimalBytes && !encoding.isDictionary:
      return try decimalDecoder(encoding, bytes, count: count, origin)
    case (.plainDictionary, _), (.rleDictionary, _):
      guard let dictionary else {
        throw origin.corrupt("a page has codes, but there is no dictionary")
      }
      return try DictionaryDecoder(
        bytes, dictionary, width: width, isBytes: isBytes && !isDecimalBytes, origin)
    case (.plain, .boolean): return BitDecoder(bytes, origin)
    case (.plain, .byteArray): return PlainBytesDecoder(bytes, isText: type == .string, origin)
    case (.plain, .fixedBytes) where isBytes:
      return FixedBytesDecoder(bytes, length: typeLength, origin)
    case (.plain, _): return PlainDecoder(bytes, width: width, origin)
    case (.rle, .boolean): return try BooleanRunDecoder(bytes, origin)
    case (.deltaBinaryPacked, .int32), (.deltaBinaryPacked, .int64):
      return DeltaValueDecoder(
        try DeltaDecoder(bytes, limit: count, origin), isWide: physical == .int64)
    case (.deltaLengthByteArray, .byteArray):
      return try DeltaLengthDecoder(bytes, limit: count, isText: type == .string, origin)
    case (.deltaByteArray, .byteArray), (.deltaByteArray, .fixedBytes):
      return try DeltaBytesDecoder(bytes, limit: count, self, origin)
    case (.byteStreamSplit, .float), (.byteStreamSplit, .double), (.byteStreamSplit, .int32),
      (.byteStreamSplit, .int64), (.byteStreamSplit, .fixedBytes):
      return try SplitDecoder(bytes, self, origin)
    default:
      throw origin.corrupt("\(physical) values are said to be written as \(encoding)")
    }
  }

  /// The decoder of decimals that are written as bytes.
  private func decimalDecoder(
    _ encoding: ParquetEncoding, _ bytes: Buffer, count: Int, _ origin: ParquetOrigin
  ) throws -> any ValueDecoder {
    if encoding == .plain, physical == .fixedBytes {
      return FixedDecimalDecoder(bytes, length: typeLength, origin)
    }
    let raw = try with(.binary).decoder(encoding, bytes, count: count, dictionary: nil, origin)
    return DecimalDecoder(raw, origin)
  }
}
