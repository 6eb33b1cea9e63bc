extension DataType: Codable {
  private enum Key: String, CodingKey {
    case kind, unit, zone, element, count, fields, precision, scale
  }

  private static let simple: [String: DataType] = Dictionary(
    uniqueKeysWithValues: [
      .null, .bool, .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64,
      .float32, .float64, .string, .binary, .date,
    ].map { ("\($0)", $0) })

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch kind {
    case .timestamp(let unit, let zone):
      try container.encode("timestamp", forKey: .kind)
      try container.encode(unit, forKey: .unit)
      try container.encodeIfPresent(zone, forKey: .zone)
    case .duration(let unit):
      try container.encode("duration", forKey: .kind)
      try container.encode(unit, forKey: .unit)
    case .decimal128(let precision, let scale):
      try container.encode("decimal128", forKey: .kind)
      try container.encode(precision, forKey: .precision)
      try container.encode(scale, forKey: .scale)
    case .list(let element):
      try container.encode("list", forKey: .kind)
      try container.encode(element, forKey: .element)
    case .fixedSizeList(let element, let count):
      try container.encode("fixedSizeList", forKey: .kind)
      try container.encode(element, forKey: .element)
      try container.encode(count, forKey: .count)
    case .structure(let fields):
      try container.encode("struct", forKey: .kind)
      try container.encode(fields, forKey: .fields)
    case .opaque(let type):
      throw EncodingError.invalidValue(
        self,
        .init(
          codingPath: encoder.codingPath,
          debugDescription: "values of \(type.name) live in one process only"))
    default:
      try container.encode(description, forKey: .kind)
    }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let name = try container.decode(String.self, forKey: .kind)
    switch name {
    case "timestamp":
      self = .timestamp(
        try container.decode(TimeUnit.self, forKey: .unit),
        zone: try container.decodeIfPresent(String.self, forKey: .zone))
    case "duration": self = .duration(try container.decode(TimeUnit.self, forKey: .unit))
    case "decimal128":
      self = try .decimal(
        precision: container.decode(Int.self, forKey: .precision),
        scale: container.decode(Int.self, forKey: .scale))
    case "list": self = .list(try container.decode(DataType.self, forKey: .element))
    case "fixedSizeList":
      self.init(
        .fixedSizeList(
          try container.decode(DataType.self, forKey: .element),
          max(0, try container.decode(Int.self, forKey: .count))))
    case "struct": self = .structure(try container.decode([Field].self, forKey: .fields))
    default:
      guard let type = Self.simple[name] else {
        throw DecodingError.dataCorruptedError(
          forKey: .kind, in: container, debugDescription: "unknown type \"\(name)\"")
      }
      self = type
    }
  }
}
