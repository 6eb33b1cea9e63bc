import ColumnarCore

extension WireWriter {
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
      case .rows(let rows):
        write("rows")
        write(rows.lowerBound)
        write(rows.upperBound)
      case .element(let element):
        write("element")
        write(element)
      }
    }
  }
}

extension WireReader {
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
    case "rows":
      let (start, end) = (try int(), try int())
      guard start <= end else { throw Self.broken }
      return .rows(start..<end)
    case "element": return .element(try int())
    default: throw Self.broken
    }
  }
}

/// What a closure threw in a worker process: there its type is lost, here its text is known.
struct ErrorInWorker: Error, CustomStringConvertible {
  let description: String
}
