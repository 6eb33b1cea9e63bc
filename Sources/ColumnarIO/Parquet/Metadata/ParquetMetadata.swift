import ColumnarCore

/// What a file's footer says.
package struct ParquetMetadata: Sendable {
  var elements: [ParquetElement] = []
  package var rowCount = 0
  package var rowGroups: [ParquetRowGroup] = []
  package var createdBy: String?
  /// The schema that Arrow's writers leave, in Base64.
  var arrowSchema: String?
  /// What else writers left, by key.
  package var pairs: [String: String] = [:]
  /// The order that bounds follow, per leaf: 1 the type's own, 2 that of IEEE 754, 0 unknown.
  var orders: [Int] = []
  /// Where the footer begins, which is where data ends.
  var dataEnd = 0

  /// The bytes at both ends of a file.
  static let magic = Array("PAR1".utf8)
  private static let encryptedMagic = Array("PARE".utf8)

  /// Reads the footer of a whole file.
  init(file: Buffer, _ origin: ParquetOrigin) throws {
    guard file.count >= 12 else {
      throw origin.corrupt("it has \(file.count) bytes, which is too short", at: 0)
    }
    let tail = file.slice((file.count - 4)..<file.count)
    guard !Self.has(tail, Self.encryptedMagic) else {
      throw origin.encrypted("is encrypted")
    }
    guard !file.withBytes(SystemArrow.isORC) else {
      throw origin.unsupported("is an ORC file", hint: SystemArrow.hint())
    }
    guard Self.has(tail, Self.magic) else {
      throw origin.corrupt("it does not end with \"PAR1\"", at: file.count - 4)
    }
    guard Self.has(file, Self.magic) else {
      throw origin.corrupt("it does not begin with \"PAR1\"", at: 0)
    }
    let length = Int(
      file.start.loadUnaligned(fromByteOffset: file.count - 8, as: UInt32.self).littleEndian)
    guard length <= file.count - 12 else {
      throw origin.corrupt("its footer is said to have \(length) bytes", at: file.count - 8)
    }
    dataEnd = file.count - 8 - length
    var reader = ThriftReader(
      file.slice(dataEnd..<(dataEnd + length)), origin.advanced(by: dataEnd))
    try read(&reader)
  }

  private static func has(_ bytes: Buffer, _ prefix: [UInt8]) -> Bool {
    bytes.withBytes { $0.starts(with: prefix) }
  }

  private mutating func read(_ reader: inout ThriftReader) throws {
    var hasRows = false
    try reader.structure { reader, id, type in
      switch (id, type) {
      case (2, .list):
        var found: [ParquetElement] = []
        try reader.list(of: .structure) { found.append(try ParquetElement(&$0)) }
        elements = found
      case (3, _):
        rowCount = try reader.integer(type)
        hasRows = true
      case (4, .list):
        var found: [ParquetRowGroup] = []
        try reader.list(of: .structure) { found.append(try ParquetRowGroup(&$0)) }
        rowGroups = found
      case (5, .list): try readPairs(&reader)
      case (6, _): createdBy = try reader.string(type)
      case (7, .list): orders = try Self.orders(&reader)
      case (8, _): throw reader.origin.encrypted("is encrypted")
      default: return false
      }
      return true
    }
    guard !elements.isEmpty, hasRows else { throw reader.corrupt("its footer has no schema") }
    // Each to itself checked first, so that the sum is no more than there can be.
    var total = 0
    for group in rowGroups {
      let (sum, overflow) = total.addingReportingOverflow(group.rowCount)
      guard !overflow, sum <= 1 << 48 else {
        throw reader.corrupt("its row groups have an absurd number of rows")
      }
      total = sum
    }
    guard total == rowCount else {
      throw reader.corrupt("its row groups have \(total) rows where it should have \(rowCount)")
    }
  }

  /// Keys and values that writers leave.
  private mutating func readPairs(_ reader: inout ThriftReader) throws {
    try reader.list(of: .structure) { reader in
      var (key, value) = ("", String?.none)
      try reader.structure { reader, id, type in
        switch id {
        case 1: key = try reader.string(type)
        case 2: value = try reader.string(type)
        default: return false
        }
        return true
      }
      if key == "ARROW:schema" { arrowSchema = value } else { pairs[key] = value ?? "" }
    }
  }

  private static func orders(_ reader: inout ThriftReader) throws -> [Int] {
    var found: [Int] = []
    try reader.list(of: .structure) { reader in
      var order = 0
      try reader.structure { _, id, _ in
        order = id
        return false
      }
      found.append(order)
    }
    return found
  }
}
