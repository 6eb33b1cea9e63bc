import ColumnarCore

extension WireWriter {
  /// A column type; an opaque one is written by its name, and nothing can be read for it.
  mutating func write(_ type: DataType) {
    switch type.kind {
    case .timestamp(let unit, let zone):
      write("timestamp")
      write(unit.rawValue)
      write(zone) { $0.write($1) }
    case .duration(let unit):
      write("duration")
      write(unit.rawValue)
    case .list(let element):
      write("list")
      write(element)
    case .fixedSizeList(let element, let count):
      write("fixedSizeList")
      write(element)
      write(count)
    case .structure(let fields):
      write("struct")
      write(fields.count)
      for field in fields {
        write(field.name)
        write(field.type)
      }
    default: write(type.description)
    }
  }

  /// An error with its places; what caused it goes as text.
  mutating func write(_ error: ColumnarError) {
    write(error.code.name)
    write(error.message)
    write(error.underlying.map { "\($0)" }) { $0.write($1) }
    write(error.context.count)
    for place in error.context {
      switch place.kind {
      case .file(let path, let offset):
        write("file")
        write(path)
        write(offset)
      case .plan(let text):
        write("plan")
        write(text)
      case .expression(let text):
        write("expression")
        write(text)
      case .node(let text):
        write("node")
        write(text)
      case .row(let row):
        write("row")
        write(row)
      }
    }
  }
}

extension WireReader {
  private static let simple: [String: DataType] = Dictionary(
    uniqueKeysWithValues: [
      .null, .bool, .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64,
      .float32, .float64, .string, .binary, .date,
    ].map { ("\($0)", $0) })

  mutating func dataType() throws -> DataType {
    switch try string() {
    case "timestamp":
      let unit = try timeUnit()
      return .timestamp(unit, zone: try optional { try $0.string() })
    case "duration": return .duration(try timeUnit())
    case "list": return .list(try dataType())
    case "fixedSizeList":
      let element = try dataType()
      let count = try int()
      guard count >= 0 else { throw Self.broken }
      return .fixedSizeList(element, count: count)
    case "struct":
      return .structure(
        try (0..<length()).map { _ in
          let name = try string()
          return Field(name, try dataType())
        })
    case let name:
      guard let type = Self.simple[name] else { throw Self.broken }
      return type
    }
  }

  private mutating func timeUnit() throws -> TimeUnit {
    guard let unit = TimeUnit(rawValue: try string()) else { throw Self.broken }
    return unit
  }

  mutating func error() throws -> ColumnarError {
    let code = ColumnarError.Code(name: try string())
    let message = try string()
    let underlying = try optional { try $0.string() }.map(ErrorInWorker.init)
    let context = try (0..<length()).map { _ in try place() }
    return ColumnarError(code, message, context: context, underlying: underlying)
  }

  private mutating func place() throws -> ColumnarError.Place {
    switch try string() {
    case "file":
      let path = try string()
      return .file(path, offset: try optional { try $0.int() })
    case "plan": return .plan(try string())
    case "expression": return .expression(try string())
    case "node": return .node(try string())
    case "row": return .row(try int())
    default: throw Self.broken
    }
  }
}

/// What a closure threw in a worker process: there its type is lost, here its text is known.
struct ErrorInWorker: Error, CustomStringConvertible {
  let description: String
}
