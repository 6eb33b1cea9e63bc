import ColumnarCore

/// The text that stands for a type in Arrow's C interface.
enum ArrowCFormat {
  /// The format of a field as it is handed out; its children are described on their own.
  static func text(of field: IPCField) -> String {
    switch field.type {
    case .null: "n"
    case .bool: "b"
    case .fixed(let type): text(of: type)
    case .half: "e"
    // Handed out as what it became.
    case .decimal(let type, _): text(of: type)
    case .date64: "tdm"
    case .time32(let unit): "tt\(letter(unit))"
    case .bytes(let type, let reference): text(of: type, reference)
    case .fixedBytes(let width): "w:\(width)"
    case .list(.offset32): "+l"
    case .list: "+L"
    case .listView(.offset32): "+vl"
    case .listView: "+vL"
    case .fixedSizeList(let count): "+w:\(count)"
    case .structure: "+s"
    case .runs: "+r"
    }
  }

  private static func text(of type: DataType, _ reference: IPCType.Reference) -> String {
    let isText = type == .string
    return switch reference {
    case .view: isText ? "vu" : "vz"
    case .offset32: isText ? "u" : "z"
    case .offset64: isText ? "U" : "Z"
    }
  }

  private static func text(of type: DataType) -> String {
    switch type.kind {
    case .int8: "c"
    case .uint8: "C"
    case .int16: "s"
    case .uint16: "S"
    case .int32: "i"
    case .uint32: "I"
    case .int64: "l"
    case .uint64: "L"
    case .float32: "f"
    case .float64: "g"
    case .decimal128(let precision, let scale): "d:\(precision),\(scale)"
    case .date: "tdD"
    case .timestamp(let unit, let zone): "ts\(letter(unit)):\(zone ?? "")"
    case .duration(let unit): "tD\(letter(unit))"
    default: ""
    }
  }

  private static func letter(_ unit: TimeUnit) -> String {
    switch unit {
    case .second: "s"
    case .millisecond: "m"
    case .microsecond: "u"
    case .nanosecond: "n"
    }
  }

  /// The type of a format; nil if there is none like it here.
  static func type(of format: String) -> IPCType? {
    switch format {
    case "n": return .null
    case "b": return .bool
    case "e": return .half
    case "z": return .bytes(.binary, .offset32)
    case "Z": return .bytes(.binary, .offset64)
    case "vz": return .bytes(.binary, .view)
    case "u": return .bytes(.string, .offset32)
    case "U": return .bytes(.string, .offset64)
    case "vu": return .bytes(.string, .view)
    case "tdm": return .date64
    case "tts": return .time32(.second)
    case "ttm": return .time32(.millisecond)
    case "ttu": return .fixed(.duration(.microsecond))
    case "ttn": return .fixed(.duration(.nanosecond))
    case "+l", "+m": return .list(.offset32)
    case "+L": return .list(.offset64)
    case "+vl": return .listView(.offset32)
    case "+vL": return .listView(.offset64)
    case "+s": return .structure
    case "+r": return .runs
    default: return fixed(format) ?? parametric(format)
    }
  }

  private static func fixed(_ format: String) -> IPCType? {
    let types: [DataType] = [
      .int8, .uint8, .int16, .uint16, .int32, .uint32, .int64, .uint64, .float32, .float64, .date,
      .duration(.second), .duration(.millisecond), .duration(.microsecond), .duration(.nanosecond),
    ]
    return types.first { text(of: $0) == format }.map { .fixed($0) }
  }

  private static func parametric(_ format: String) -> IPCType? {
    guard let colon = format.firstIndex(of: ":") else { return nil }
    let rest = String(format[format.index(after: colon)...])
    switch String(format[..<colon]) {
    case "d": return decimal(rest)
    case "w": return positive(rest).flatMap { $0 > 0 ? .fixedBytes($0) : nil }
    case "+w": return positive(rest).map { .fixedSizeList($0) }
    case "tss": return .fixed(.timestamp(.second, zone: rest.isEmpty ? nil : rest))
    case "tsm": return .fixed(.timestamp(.millisecond, zone: rest.isEmpty ? nil : rest))
    case "tsu": return .fixed(.timestamp(.microsecond, zone: rest.isEmpty ? nil : rest))
    case "tsn": return .fixed(.timestamp(.nanosecond, zone: rest.isEmpty ? nil : rest))
    default: return nil
    }
  }

  /// `precision,scale` with the bits behind where they are not 128; a negative scale is not read.
  private static func decimal(_ text: String) -> IPCType? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2 || parts.count == 3, let precision = parts[0], let scale = parts[1],
      let bits = parts.count == 3 ? parts[2] : 128,
      let digits = DecimalMath.digits(ofBits: bits), (1...digits).contains(precision),
      (0...min(precision, DecimalMath.maxPrecision)).contains(scale)
    else { return nil }
    let type = DataType.decimal128(min(precision, DecimalMath.maxPrecision), scale: scale)
    return bits == 128 ? .fixed(type) : .decimal(type, bits: bits)
  }

  private static func positive(_ text: String) -> Int? {
    Int32(text).flatMap { $0 >= 0 ? Int($0) : nil }
  }

  /// What people call a format that is not read.
  static func name(of format: String) -> String {
    if format.hasPrefix("+u") { return "a union" }
    if format.hasPrefix("ti") { return "an interval" }
    if format.hasPrefix("d:") { return "a decimal" }
    if format == "w:0" { return "of values of no bytes" }
    return "of the format \"\(format.prefix(40))\""
  }
}
