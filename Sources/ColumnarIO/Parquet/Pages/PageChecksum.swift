import ColumnarCore

/// The CRC-32 that pages may carry.
enum PageChecksum {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
    }
  }

  /// The checksum of bytes; cost: some two nanoseconds a byte.
  static func of(_ bytes: Buffer) -> UInt32 { bytes.withBytes { of($0) } }

  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    table.withUnsafeBufferPointer { table in
      var value = ~UInt32(0)
      for byte in bytes {
        value = table[Int((value ^ UInt32(byte)) & 0xFF)] ^ value &>> 8
      }
      return ~value
    }
  }

  /// An error if a page's bytes are not those that its checksum was made of.
  static func check(_ page: ParquetPage, _ file: Buffer, _ origin: ParquetOrigin) throws {
    guard let crc = page.crc else { return }
    let found = of(file.slice(page.start..<(page.start + page.size)))
    guard found == crc else {
      throw origin.corrupt("a page's checksum is \(found) where it should be \(crc)")
    }
  }
}
