import ColumnarCore

/// Reads the object of one line into a tree of columns.
struct JSONRowParser {
  private let nodes: UnsafeMutablePointer<JSONNode>
  private let ignoresUnknown: Bool
  private let takesLast: Bool
  private var scanner: JSONScanner

  init(_ tree: JSONTree, ignoresUnknown: Bool, takesLast: Bool, maxDepth: Int) {
    nodes = tree.nodes
    self.ignoresUnknown = ignoresUnknown
    self.takesLast = takesLast
    scanner = JSONScanner(UnsafeRawPointer(tree.nodes), count: 0, maxDepth: maxDepth)
  }

  /// Whether there is nothing in the line but white space; else it is the next to be read.
  mutating func isBlank(_ start: UnsafeRawPointer, count: Int) -> Bool {
    scanner = JSONScanner(start, count: count, maxDepth: scanner.maxDepth)
    return !scanner.skipSpace()
  }

  /// Appends the line that `isBlank` was asked about as a row.
  ///
  /// After an error the tree holds part of it.
  mutating func parse() throws(JSONFault) {
    guard scanner.peek() == 0x7B else { throw JSONFault(.expected(.object), scanner.at) }
    try object(0, depth: 1)
    try scanner.expectEnd()
  }

  /// Appends to a column the value that begins at `place`, in a line that was read before and ends at
  /// `end`; null for 0.
  mutating func append(_ node: Int, at place: UInt64, end: UnsafeRawPointer) throws(JSONFault) {
    guard let start = UnsafeRawPointer(bitPattern: UInt(place)) else { return appendNull(node) }
    scanner = JSONScanner(start, count: end - start, maxDepth: scanner.maxDepth)
    try value(node, depth: 1)
  }

  /// A value for a node, whatever stands there.
  private mutating func value(_ node: Int, depth: Int) throws(JSONFault) {
    let byte = scanner.peek()
    if byte == 0x6E, scanner.isNull() { return appendNull(node) }
    switch nodes[node].form {
    case .skip: try scanner.skipValue(depth: depth)
    case .later:
      nodes[node].append(UInt64(UInt(bitPattern: scanner.at)))
      try scanner.skipValue(depth: depth)
    case .int64 where byte == 0x2D || byte &- 0x30 <= 9:
      let start = scanner.at
      let number = try scanner.number()
      guard let value = number.int64 else { throw misfit(number, start, node) }
      nodes[node].append(value)
    case .float64 where byte == 0x2D || byte &- 0x30 <= 9:
      let number = try scanner.number()
      let value = number.double
      guard value.isFinite else {
        throw JSONFault(.outOfRange, number.start, length: number.count, node: node)
      }
      nodes[node].append(value)
    case .string where byte == 0x22:
      let text = try scanner.string()
      if text.isEscaped { return try appendEscaped(text.start, text.count, node) }
      nodes[node].append(text: text.start, text.count)
    case .string:
      let start = scanner.at
      try scanner.skipValue(depth: depth)
      nodes[node].append(text: start, scanner.at - start)
    case .bool where byte == 0x74 && scanner.isTrue(): nodes[node].append(1 as UInt8)
    case .bool where byte == 0x66 && scanner.isFalse(): nodes[node].append(0 as UInt8)
    case .structure where byte == 0x7B: try object(node, depth: depth + 1)
    case .list where byte == 0x5B, .fixedSizeList where byte == 0x5B:
      try array(node, depth: depth + 1)
    default: try other(node, byte, depth: depth)
    }
  }

  // MARK: Objects

  private mutating func object(_ node: Int, depth: Int) throws(JSONFault) {
    guard depth <= scanner.maxDepth else { throw JSONFault(.tooDeep, scanner.at, node: node) }
    let row = nodes[node].count
    let first = nodes[node].children.lowerBound
    let keys = nodes[node].keys.view
    var (guess, seen) = (0, 0)
    scanner.at += 1
    if scanner.peek() == 0x7D {
      scanner.at += 1
    } else {
      while true {
        guard scanner.peek() == 0x22 else {
          throw JSONFault(.expected(.key), scanner.at, node: node)
        }
        let key = try scanner.string()
        var position = guess
        if key.isEscaped {
          position = try escapedPosition(key.start, key.count, keys)
        } else if guess == keys.count || !keys.isAt(guess, key.start, key.count) {
          position = keys.position(key.start, key.count)
        }
        try scanner.expect(0x3A, .colon)
        if position < 0 {
          guard ignoresUnknown else {
            throw JSONFault(.unknownKey, key.start, length: key.count, node: node)
          }
          try scanner.skipValue(depth: depth)
        } else {
          guess = position &+ 1
          let child = first &+ position
          if nodes[child].form == .skip {
            try scanner.skipValue(depth: depth)
          } else {
            if nodes[child].count == row {
              seen &+= 1
            } else if takesLast {
              JSONTree.truncate(nodes, child, to: row)
            } else {
              throw JSONFault(.duplicateKey, key.start, length: key.count, node: child)
            }
            try value(child, depth: depth)
          }
        }
        if scanner.peek() == 0x2C {
          scanner.at += 1
          continue
        }
        try scanner.expect(0x7D, .commaOrBrace)
        break
      }
    }
    if seen < nodes[node].wanted { fill(node, row) }
    nodes[node].count = row &+ 1
  }

  /// Nulls for the keys that the object lacks.
  private func fill(_ node: Int, _ row: Int) {
    for child in nodes[node].children
    where nodes[child].count == row && nodes[child].form != .skip { appendNull(child) }
  }

  private func escapedPosition(
    _ start: UnsafePointer<UInt8>, _ count: Int, _ keys: JSONKeys.View
  ) throws(JSONFault) -> Int {
    // Eight bytes more, because keys are compared in whole words.
    let memory = MutableBuffer(count: count + 8)
    let text = memory.pointer(as: UInt8.self)
    let length = try JSONEscapes.write(start, count, to: text)
    return keys.position(text, length)
  }

  // MARK: Arrays

  private mutating func array(_ node: Int, depth: Int) throws(JSONFault) {
    guard depth <= scanner.maxDepth else { throw JSONFault(.tooDeep, scanner.at, node: node) }
    let start = scanner.at
    let child = nodes[node].children.lowerBound
    let before = nodes[child].count
    var elements = 0
    scanner.at += 1
    if scanner.peek() == 0x5D {
      scanner.at += 1
    } else {
      while true {
        try value(child, depth: depth)
        elements &+= 1
        if scanner.peek() == 0x2C {
          scanner.at += 1
          continue
        }
        try scanner.expect(0x5D, .commaOrBracket)
        break
      }
    }
    if nodes[node].form == .list {
      nodes[node].append(Int64(before &+ elements))
    } else if elements == nodes[node].size {
      nodes[node].count &+= 1
    } else {
      throw JSONFault(.size(elements), start, length: scanner.at - start, node: node)
    }
  }

  // MARK: Nulls

  private func appendNull(_ node: Int) {
    let row = nodes[node].count
    guard nodes[node].form != .skip else { return }
    if nodes[node].form != .null { nodes[node].nulls.append(Int32(truncatingIfNeeded: row)) }
    switch nodes[node].form {
    case .skip: break
    case .list:
      let end = nodes[nodes[node].children.lowerBound].count
      nodes[node].append(Int64(end))
    case .fixedSizeList:
      let child = nodes[node].children.lowerBound
      for _ in 0..<nodes[node].size { appendNull(child) }
      nodes[node].count = row &+ 1
    case .structure:
      // Some may be there already, where an object is null after all.
      for child in nodes[node].children { appendNull(child) }
      nodes[node].count = row &+ 1
    default:
      for _ in 0..<nodes[node].width { nodes[node].values.append(0 as UInt8) }
      nodes[node].count = row &+ 1
    }
  }
}

/// Values of the rarer types.
extension JSONRowParser {
  private mutating func other(_ node: Int, _ byte: UInt8, depth: Int) throws(JSONFault) {
    let start = scanner.at
    if byte == 0x22 {
      let text = try scanner.string()
      let isRead = try withText(text) { (text) throws(JSONFault) in try textual(node, text) }
      guard isRead else { throw notOfType(start, node) }
      return
    }
    guard byte == 0x2D || byte &- 0x30 <= 9 else {
      try scanner.skipValue(depth: depth)
      throw notOfType(start, node)
    }
    let number = try scanner.number()
    switch nodes[node].form {
    case .int8: try integer(number, Int8.self, node)
    case .int16: try integer(number, Int16.self, node)
    case .int32: try integer(number, Int32.self, node)
    case .uint8: try integer(number, UInt8.self, node)
    case .uint16: try integer(number, UInt16.self, node)
    case .uint32: try integer(number, UInt32.self, node)
    case .uint64:
      guard let value = number.uint64 else { throw misfit(number, start, node) }
      nodes[node].append(value)
    case .decimal: try decimal(number, node)
    case .float32:
      // Rounded once, from the text.
      let value = TextParsing.float(number.bytes) ?? .infinity
      guard value.isFinite else { throw misfit(number, start, node) }
      nodes[node].append(value)
    default: throw notOfType(start, node)
    }
  }

  private func integer<T: FixedWidthInteger & BitwiseCopyable>(
    _ number: JSONNumber, _ type: T.Type, _ node: Int
  ) throws(JSONFault) {
    guard let value = number.int64.flatMap({ T(exactly: $0) }) else {
      throw misfit(number, number.start, node)
    }
    nodes[node].append(value)
  }

  private func decimal(_ number: JSONNumber, _ node: Int) throws(JSONFault) {
    guard let (precision, scale) = nodes[node].type.decimalDigits,
      let value = TextParsing.decimal(number.bytes, precision: precision, scale: scale)
    else { throw misfit(number, number.start, node) }
    nodes[node].append(value)
  }

  /// A value that is written as text; false if the text is none.
  private func textual(_ node: Int, _ text: UnsafeRawBufferPointer) throws(JSONFault) -> Bool {
    switch nodes[node].form {
    case .date:
      guard let value = TextParsing.date(text) else { return false }
      nodes[node].append(value)
    case .timestamp:
      guard let value = TextParsing.timestamp(text, unit: nodes[node].unit) else { return false }
      nodes[node].append(value)
    case .duration:
      guard let value = TextParsing.duration(text, unit: nodes[node].unit) else { return false }
      nodes[node].append(value)
    case .float64:
      guard let value = Self.special(text) else { return false }
      nodes[node].append(value)
    case .float32:
      guard let value = Self.special(text) else { return false }
      nodes[node].append(Float(value))
    case .binary:
      let target = nodes[node].room(for: text.count)
      guard let length = Base64.decode(text, to: target) else { return false }
      nodes[node].appendFilled(length)
    default: return false
    }
    return true
  }

  /// The doubles that JSON has no numbers for.
  private static func special(_ text: UnsafeRawBufferPointer) -> Double? {
    if text.elementsEqual("NaN".utf8) { return .nan }
    if text.elementsEqual("Infinity".utf8) { return .infinity }
    return text.elementsEqual("-Infinity".utf8) ? -.infinity : nil
  }

  /// Calls `body` with a string's text.
  private func withText(
    _ text: (start: UnsafePointer<UInt8>, count: Int, isEscaped: Bool),
    _ body: (UnsafeRawBufferPointer) throws(JSONFault) -> Bool
  ) throws(JSONFault) -> Bool {
    guard text.isEscaped else {
      return try body(UnsafeRawBufferPointer(start: text.start, count: text.count))
    }
    let memory = MutableBuffer(count: text.count)
    let length = try JSONEscapes.write(text.start, text.count, to: memory.pointer())
    return try body(UnsafeRawBufferPointer(start: memory.start, count: length))
  }

  private func appendEscaped(
    _ start: UnsafePointer<UInt8>, _ count: Int, _ node: Int
  ) throws(JSONFault) {
    let target = nodes[node].room(for: count)
    let length = try JSONEscapes.write(start, count, to: target)
    nodes[node].appendFilled(length)
  }

  private func notOfType(_ start: UnsafePointer<UInt8>, _ node: Int) -> JSONFault {
    JSONFault(.notOfType, start, length: scanner.at - start, node: node)
  }

  /// A number that its column cannot hold: beyond its range, or with a fraction.
  private func misfit(
    _ number: JSONNumber, _ start: UnsafePointer<UInt8>, _ node: Int
  ) -> JSONFault {
    let isFraction = !number.isWhole && nodes[node].form != .float32
    return JSONFault(
      isFraction ? .notOfType : .outOfRange, start, length: number.count, node: node)
  }
}
