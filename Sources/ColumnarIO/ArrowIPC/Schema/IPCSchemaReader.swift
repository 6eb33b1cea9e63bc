import ColumnarCore

/// Makes a schema of the table that a message or a file's footer holds.
struct IPCSchemaReader {
  private let origin: IPCOrigin
  private var budget: FlatBudget
  private var dictionaries: [Int64: IPCField] = [:]
  /// The names from the column at the top down to the field at hand.
  private var path: [String] = []
  /// Deeper types are refused, so that no file can use up the stack.
  private static let depthLimit = 64

  private init(_ table: FlatTable) {
    origin = table.bytes.origin
    budget = FlatBudget(table.bytes)
  }

  /// Reads a schema; types that the engine has no column for are an error that names the column.
  static func read(_ table: FlatTable) throws -> IPCSchema {
    var reader = IPCSchemaReader(table)
    guard try table.integer(0, default: 0 as Int16) == 0 else {
      throw reader.origin.unsupported(
        "holds big-endian data", hint: "Have it written on or for a little-endian machine.")
    }
    let vector = try table.vector(1, stride: 4)
    let fields = try (0..<vector.count).map { k in
      try reader.field(try vector.table(k))
    }
    return IPCSchema(fields: fields, dictionaries: reader.dictionaries)
  }

  private mutating func field(_ table: FlatTable) throws -> IPCField {
    // No field takes less than this, counting its entry in its parent's list.
    try budget.spend(8, table)
    let name = try table.string(0, &budget) ?? ""
    path.append(name)
    defer { path.removeLast() }
    guard path.count <= Self.depthLimit else {
      throw origin.unsupported(
        "nests column \"\(path[0].prefix(40))\" deeper than \(Self.depthLimit) levels",
        hint: "Write it flatter.")
    }
    let vector = try table.vector(5, stride: 4)
    let tag = try table.integer(2, default: 0 as UInt8)
    guard let detail = try table.table(3) else {
      throw table.bytes.corrupt("column \"\(shown)\" has no type", at: table.position)
    }
    let made = try type(tag, detail)
    let children = try (0..<vector.count).map { k in
      try field(try vector.table(k))
    }
    if let expected = made.childCount, expected != children.count {
      throw table.bytes.corrupt(
        "column \"\(shown)\" has \(children.count) parts where \(expected) belong",
        at: table.position)
    }
    if made == .runs { try checkRuns(children[0], table) }
    var result = IPCField(name: name, type: made, children: children)
    if let dictionary = try table.table(4) {
      result.codes = try codes(dictionary, result)
    }
    return result
  }

  private func checkRuns(_ ends: IPCField, _ table: FlatTable) throws {
    if ends.codes == nil, case .fixed(let type) = ends.type, type.isSignedInteger, type != .int8 {
      return
    }
    throw table.bytes.corrupt(
      "the runs of column \"\(shown)\" end at \(ends.dataType), not at rows", at: table.position)
  }

  private mutating func codes(_ table: FlatTable, _ field: IPCField) throws -> IPCField.Codes {
    let id = try table.integer(0, default: 0 as Int64)
    var type = IPCType.fixed(.int32)
    if let index = try table.table(1) { type = try integer(index) }
    guard case .fixed(let codes) = type else {
      throw table.bytes.corrupt("column \"\(shown)\" has odd codes", at: table.position)
    }
    if let known = dictionaries[id],
      known.type != field.type || known.children != field.children
    {
      throw table.bytes.corrupt(
        "two columns share dictionary \(id) but no type", at: table.position)
    }
    dictionaries[id] = field.values
    return .init(id: id, type: codes.physical)
  }

  private mutating func type(_ tag: UInt8, _ table: FlatTable) throws -> IPCType {
    switch tag {
    case 1: return .null
    case 2: return try integer(table)
    case 3:
      switch try table.integer(0, default: 0 as Int16) {
      case 0: return .half
      case 1: return .fixed(.float32)
      case 2: return .fixed(.float64)
      default: throw odd(table)
      }
    case 4: return .bytes(.binary, .offset32)
    case 5: return .bytes(.string, .offset32)
    case 6: return .bool
    case 7: return try decimal(table)
    case 8:
      switch try table.integer(0, default: 1 as Int16) {
      case 0: return .fixed(.date)
      case 1: return .date64
      default: throw odd(table)
      }
    case 9: return try time(table)
    case 10:
      return .fixed(
        .timestamp(try unit(table, 0), zone: try table.string(1, &budget)))
    case 12, 17: return .list(.offset32)
    case 13: return .structure
    case 15:
      let width = try size(table)
      guard width > 0 else {
        // Any number of such values takes no bytes, and would take sixteen each here.
        throw origin.unsupported(
          "holds column \"\(shown)\" of values of no bytes", hint: "Have the column dropped.")
      }
      return .fixedBytes(width)
    case 16: return .fixedSizeList(try size(table))
    case 18: return .fixed(.duration(try unit(table, 1)))
    case 19: return .bytes(.binary, .offset64)
    case 20: return .bytes(.string, .offset64)
    case 21: return .list(.offset64)
    case 22: return .runs
    case 23: return .bytes(.binary, .view)
    case 24: return .bytes(.string, .view)
    case 25: return .listView(.offset32)
    case 26: return .listView(.offset64)
    default: throw unread(tag, table)
    }
  }

  private func integer(_ table: FlatTable) throws -> IPCType {
    let isSigned = try table.bool(1)
    switch try table.integer(0, default: 0 as Int32) {
    case 8: return .fixed(isSigned ? .int8 : .uint8)
    case 16: return .fixed(isSigned ? .int16 : .uint16)
    case 32: return .fixed(isSigned ? .int32 : .uint32)
    case 64: return .fixed(isSigned ? .int64 : .uint64)
    default: throw odd(table)
    }
  }

  private func decimal(_ table: FlatTable) throws -> IPCType {
    let precision = Int(try table.integer(0, default: 0 as Int32))
    let scale = Int(try table.integer(1, default: 0 as Int32))
    let bits = Int(try table.integer(2, default: 128 as Int32))
    guard let digits = DecimalMath.digits(ofBits: bits), precision > 0, precision <= digits else {
      throw odd(table)
    }
    guard scale >= 0, scale <= min(precision, DecimalMath.maxPrecision) else {
      throw origin.unsupported(
        "holds column \"\(shown)\" that is a decimal of \(precision) digits and a scale of "
          + "\(scale), which is not read",
        hint: "Have the column cast to a scale of 0 to 38 where the data is written.")
    }
    let type = DataType.decimal128(min(precision, DecimalMath.maxPrecision), scale: scale)
    return bits == 128 ? .fixed(type) : .decimal(type, bits: bits)
  }

  private func time(_ table: FlatTable) throws -> IPCType {
    let unit = try unit(table, 1)
    switch (try table.integer(1, default: 32 as Int32), unit) {
    case (32, .second), (32, .millisecond): return .time32(unit)
    case (64, .microsecond), (64, .nanosecond): return .fixed(.duration(unit))
    default: throw odd(table)
    }
  }

  private func unit(_ table: FlatTable, _ fallback: Int16) throws -> TimeUnit {
    switch try table.integer(0, default: fallback) {
    case 0: return .second
    case 1: return .millisecond
    case 2: return .microsecond
    case 3: return .nanosecond
    default: throw odd(table)
    }
  }

  private func size(_ table: FlatTable) throws -> Int {
    let size = Int(try table.integer(0, default: 0 as Int32))
    guard size >= 0 else { throw odd(table) }
    return size
  }

  /// The field at hand, for messages.
  private var shown: String { path.map { String($0.prefix(80)) }.joined(separator: ".") }

  private func odd(_ table: FlatTable) -> ColumnarError {
    table.bytes.corrupt("the type of column \"\(shown)\" makes no sense", at: table.position)
  }

  /// A type that Arrow has and the engine has not.
  private func unread(_ tag: UInt8, _ table: FlatTable) -> ColumnarError {
    let name: String? =
      switch tag {
      case 11: "an interval"
      case 14: "a union"
      default: nil
      }
    guard let name else { return odd(table) }
    return origin.unsupported(
      "holds column \"\(shown)\" that is \(name), which is not read",
      hint: "Have the column cast or dropped where the data is written.")
  }
}
