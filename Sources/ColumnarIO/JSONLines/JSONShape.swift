import ColumnarCore

/// What the values of one column, or one part of a nested one, look like in the first lines.
final class JSONShape {
  private struct Kinds: OptionSet {
    let rawValue: Int
    static let bool = Kinds(rawValue: 1)
    static let number = Kinds(rawValue: 2)
    static let string = Kinds(rawValue: 4)
    static let object = Kinds(rawValue: 8)
    static let array = Kinds(rawValue: 16)
  }

  private var kinds: Kinds = []
  private var isWhole = true
  private var isInt64 = true
  private var isUInt64 = true
  /// Whether strings are dates or times; nil where that is not asked.
  private var times: CSVInference?
  private var element: JSONShape?
  private var fields: [(name: String, shape: JSONShape)] = []
  private var positions: [String: Int] = [:]

  init(infersTimes: Bool) { times = infersTimes ? CSVInference() : nil }

  /// The names and types of an object's keys, in the order in which they were seen.
  var columns: [Field] { fields.map { Field($0.name, $0.shape.type) } }

  /// The type that takes all values seen.
  var type: DataType {
    switch kinds {
    case .bool: return .bool
    case .number: return isInt64 ? .int64 : isUInt64 ? .uint64 : isWhole ? .string : .float64
    case .string:
      if let type = times?.type, type.isTemporal { return type }
      return .string
    // An object without keys leaves nothing to make a struct of.
    case .object: return fields.isEmpty ? .string : .structure(columns)
    case .array: return .list(element?.type ?? .string)
    default: return .string
    }
  }

  fileprivate func add(_ number: JSONNumber) {
    kinds.insert(.number)
    isWhole = isWhole && number.isWhole
    isInt64 = isInt64 && number.isWhole && number.int64 != nil
    isUInt64 = isUInt64 && number.isWhole && number.uint64 != nil
  }

  fileprivate func addBool() { kinds.insert(.bool) }

  fileprivate func add(_ text: [UInt8]) {
    kinds.insert(.string)
    text.withUnsafeBytes { times?.add($0) }
  }

  fileprivate func elements(_ reader: JSONShapeReader) -> JSONShape {
    kinds.insert(.array)
    if let element { return element }
    let made = JSONShape(infersTimes: reader.infersTimes)
    element = made
    return made
  }

  fileprivate func addObject() { kinds.insert(.object) }

  fileprivate func field(_ name: String, _ reader: JSONShapeReader) -> JSONShape {
    if let position = positions[name] { return fields[position].shape }
    let made = JSONShape(infersTimes: reader.infersTimes)
    positions[name] = fields.count
    fields.append((name, made))
    return made
  }
}

/// Looks at lines to find out what columns they have.
struct JSONShapeReader {
  let infersTimes: Bool
  private let maxDepth: Int
  let root: JSONShape

  init(_ options: JSONLinesReadOptions) {
    infersTimes = options.infersTimes
    maxDepth = options.clampedDepth
    root = JSONShape(infersTimes: options.infersTimes)
  }

  /// Looks at one more line, which is not blank; after an error it may have been seen in part.
  func add(_ start: UnsafeRawPointer, count: Int) throws(JSONFault) {
    var scanner = JSONScanner(start, count: count, maxDepth: maxDepth)
    guard scanner.peek() == 0x7B else { throw JSONFault(.expected(.object), scanner.at) }
    // A line with an error in it says nothing about the columns.
    var check = scanner
    try check.skipValue(depth: 0)
    try check.expectEnd()
    try value(&scanner, root, depth: 0)
  }

  private func value(
    _ scanner: inout JSONScanner, _ shape: JSONShape, depth: Int
  ) throws(JSONFault) {
    switch scanner.peek() {
    case 0x22: shape.add(try text(&scanner))
    case 0x7B: try object(&scanner, shape, depth: depth + 1)
    case 0x5B: try array(&scanner, shape, depth: depth + 1)
    case 0x2D, 0x30...0x39: shape.add(try scanner.number())
    default:
      if scanner.isNull() { return }
      shape.addBool()
      try scanner.skipValue(depth: depth)
    }
  }

  private func text(_ scanner: inout JSONScanner) throws(JSONFault) -> [UInt8] {
    let text = try scanner.string()
    let bytes = UnsafeBufferPointer(start: text.start, count: text.count)
    guard text.isEscaped else { return Array(bytes) }
    let memory = MutableBuffer(count: text.count)
    let length = try JSONEscapes.write(text.start, text.count, to: memory.pointer())
    return Array(UnsafeRawBufferPointer(start: memory.start, count: length))
  }

  private func object(
    _ scanner: inout JSONScanner, _ shape: JSONShape, depth: Int
  ) throws(JSONFault) {
    shape.addObject()
    scanner.at += 1
    guard scanner.peek() != 0x7D else {
      scanner.at += 1
      return
    }
    while true {
      guard scanner.peek() == 0x22 else { throw JSONFault(.expected(.key), scanner.at) }
      let name = String(decoding: try text(&scanner), as: UTF8.self)
      try scanner.expect(0x3A, .colon)
      try value(&scanner, shape.field(name, self), depth: depth)
      guard scanner.peek() == 0x2C else { return try scanner.expect(0x7D, .commaOrBrace) }
      scanner.at += 1
    }
  }

  private func array(
    _ scanner: inout JSONScanner, _ shape: JSONShape, depth: Int
  ) throws(JSONFault) {
    let element = shape.elements(self)
    scanner.at += 1
    guard scanner.peek() != 0x5D else {
      scanner.at += 1
      return
    }
    while true {
      try value(&scanner, element, depth: depth)
      guard scanner.peek() == 0x2C else { return try scanner.expect(0x5D, .commaOrBracket) }
      scanner.at += 1
    }
  }
}

extension JSONLinesReadOptions {
  /// The depth within what the stack has room for.
  var clampedDepth: Int { min(max(maxDepth, 1), 512) }
  /// The line length within what offsets of 32 bits reach.
  var clampedRowBytes: Int { min(max(maxRowBytes, 1), Int(Int32.max) - 1024) }
}
