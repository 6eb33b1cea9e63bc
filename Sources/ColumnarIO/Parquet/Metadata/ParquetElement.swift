import ColumnarCore

/// One entry of a file's flat list of schema elements.
struct ParquetElement: Sendable {
  var name = ""
  /// Nil for a group.
  var physical: ParquetPhysical?
  var typeLength = 0
  var repetition = ParquetRepetition.required
  var childCount: Int?
  var logical = ParquetLogical.none
  /// Where it stands, for errors.
  var position = 0

  init(_ reader: inout ThriftReader) throws {
    position = reader.position
    var converted: ParquetLogical?
    var annotated: ParquetLogical?
    var hasName = false
    var (scale, precision) = (0, 0)
    try reader.structure { reader, id, type in
      switch id {
      case 1:
        physical = ParquetPhysical(rawValue: try reader.integer(type))
        if physical == nil { throw reader.corrupt("its schema has an unknown physical type") }
      case 2: typeLength = try reader.integer(type)
      case 3:
        let value = try reader.integer(type)
        guard let known = ParquetRepetition(rawValue: value) else {
          throw value == 3
            ? reader.origin.unsupported(
              "holds vectors, which are not read", hint: "Write them as lists.")
            : reader.corrupt("its schema has an unknown repetition")
        }
        repetition = known
      case 4:
        name = try reader.string(type)
        hasName = true
      case 5: childCount = try reader.integer(type)
      case 6: converted = .init(converted: try reader.integer(type))
      case 7: scale = try reader.integer(type)
      case 8: precision = try reader.integer(type)
      case 10:
        guard type == .structure else { return false }
        annotated = try ParquetLogical(&reader)
      default: return false
      }
      return true
    }
    guard hasName else { throw reader.corrupt("its schema has a field without a name") }
    if case .decimal = converted { converted = .decimal(precision: precision, scale: scale) }
    // A type of a later version may have an older one beside it.
    logical =
      annotated.flatMap { $0 == .unknown ? converted : $0 } ?? converted ?? annotated ?? .none
  }
}

extension ParquetLogical {
  /// The annotation of files from before logical types.
  init(converted: Int) {
    self =
      switch converted {
      case 0: .string
      case 1: .map
      case 2: .mapKeyValue
      case 3: .list
      case 4: .enumeration
      // Its digits stand beside it.
      case 5: .decimal(precision: 0, scale: 0)
      case 6: .date
      case 7: .time(.milliseconds)
      case 8: .time(.microseconds)
      case 9: .timestamp(.milliseconds, isUTC: true)
      case 10: .timestamp(.microseconds, isUTC: true)
      case 11...14: .integer(bits: 8 << (converted - 11), isSigned: false)
      case 15...18: .integer(bits: 8 << (converted - 15), isSigned: true)
      case 19: .json
      case 20: .bson
      case 21: .interval
      default: .unknown
      }
  }

  /// The union of logical types.
  init(_ reader: inout ThriftReader) throws {
    var made = ParquetLogical.unknown
    try reader.structure { reader, id, type in
      guard type == .structure else { return false }
      switch id {
      case 1: made = .string
      case 2: made = .map
      case 3: made = .list
      case 4: made = .enumeration
      case 5:
        made = try Self.decimal(&reader)
        return true
      case 6: made = .date
      case 7, 8:
        let (unit, isUTC) = try Self.time(&reader)
        guard let unit else {
          made = .unknown
          return true
        }
        made = id == 7 ? .time(unit) : .timestamp(unit, isUTC: isUTC)
        return true
      case 10:
        made = try Self.integer(&reader)
        return true
      case 11: made = .null
      case 12: made = .json
      case 13: made = .bson
      case 14: made = .uuid
      case 15: made = .float16
      case 16: made = .variant
      default: break
      }
      return false
    }
    self = made
  }

  private static func time(_ reader: inout ThriftReader) throws -> (Unit?, isUTC: Bool) {
    var (unit, isUTC) = (Unit?.none, false)
    try reader.structure { reader, id, type in
      switch (id, type) {
      case (1, _): isUTC = try reader.bool(type)
      case (2, .structure):
        try reader.structure { _, id, _ in
          unit = Unit(rawValue: id)
          return false
        }
      default: return false
      }
      return true
    }
    return (unit, isUTC)
  }

  private static func decimal(_ reader: inout ThriftReader) throws -> ParquetLogical {
    var (precision, scale) = (0, 0)
    try reader.structure { reader, id, type in
      switch id {
      case 1: scale = try reader.integer(type)
      case 2: precision = try reader.integer(type)
      default: return false
      }
      return true
    }
    return .decimal(precision: precision, scale: scale)
  }

  private static func integer(_ reader: inout ThriftReader) throws -> ParquetLogical {
    var (bits, isSigned) = (0, true)
    try reader.structure { reader, id, type in
      switch id {
      case 1: bits = try reader.integer(type)
      case 2: isSigned = try reader.bool(type)
      default: return false
      }
      return true
    }
    return .integer(bits: bits, isSigned: isSigned)
  }
}
