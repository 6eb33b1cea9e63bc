import ColumnarCore

/// Turns Arrow messages into batches: buffers are shared with the message where their alignment
/// allows it, and everything that kernels rely on is checked first.
///
/// The memory behind a message must be readable for 64 bytes more, as that of `MutableBuffer`,
/// `MappedFile` and shared memory with a page to spare is; it lives as long as a batch made of it.
package struct IPCDecoder: Sendable {
  package let schema: IPCSchema
  /// The dictionaries that came so far, by their number.
  private var dictionaries: [Int64: IPCDictionary] = [:]
  private let trustsText: Bool

  /// A decoder of batches of that schema.
  ///
  /// With `trustsText` text is not checked for being UTF-8: for messages that this program or a
  /// worker of it wrote. Nothing else is left unchecked.
  package init(_ schema: IPCSchema, trustsText: Bool = false) {
    self.schema = schema
    self.trustsText = trustsText
  }

  /// The batch of a message, or nil after a message that brought a dictionary.
  ///
  /// `columns` are the positions of the columns to give out, nil for all. Bytes that break the
  /// format are an error of code `corruptFile`. Cost: a look at every offset, view and text; no
  /// copy of aligned values.
  package mutating func decode(_ message: IPCMessage, columns: [Int]? = nil) throws -> Batch? {
    switch message.kind {
    case .schema: throw message.bodyOrigin.corrupt("it has a second schema")
    case .dictionary:
      let (id, dictionary) = try dictionary(message) { dictionaries[$0] }
      dictionaries[id] = dictionary
      return nil
    case .batch: return try batch(message, columns: columns) { dictionaries[$0] }
    }
  }

  /// The batch of a message of that kind, over dictionaries that the caller keeps.
  func batch(
    _ message: IPCMessage, columns: [Int]? = nil, _ dictionaries: (Int64) -> IPCDictionary?
  ) throws -> Batch {
    var body = try IPCBody(
      message.header, body: message.body, message.bodyOrigin, isOld: message.isOld)
    return try batch(&body, columns: columns, dictionaries)
  }

  /// The batch of those parts.
  func batch(
    _ body: inout IPCBody, columns: [Int]?, _ dictionaries: (Int64) -> IPCDictionary?
  ) throws -> Batch {
    let wanted = columns.map { Set($0) }
    var made = [Column?](repeating: nil, count: schema.fields.count)
    for (k, field) in schema.fields.enumerated() {
      if let wanted, !wanted.contains(k) {
        try body.skip(field)
        continue
      }
      let column = try column(field, &body, isTop: true, dictionaries)
      guard column.count == body.rows else {
        throw body.origin.corrupt(
          "column \"\(field.name)\" has \(column.count) rows in a batch of \(body.rows)")
      }
      made[k] = column
    }
    guard let columns else {
      return Batch(
        unchecked: schema.schema, columns: made.compactMap { $0 }, count: body.rows)
    }
    return Batch(
      unchecked: Schema(unchecked: columns.map { schema.schema[$0] }),
      columns: columns.compactMap { made[$0] }, count: body.rows)
  }

  /// The dictionary that a message of that kind brings or adds to, and its number.
  func dictionary(
    _ message: IPCMessage, _ known: (Int64) -> IPCDictionary?
  ) throws -> (id: Int64, IPCDictionary) {
    let table = message.header
    let id = try table.integer(0, default: 0 as Int64)
    guard let field = schema.dictionaries[id], let data = try table.table(1) else {
      throw message.bodyOrigin.corrupt("no column uses its dictionary \(id)")
    }
    var body = try IPCBody(data, body: message.body, message.bodyOrigin, isOld: message.isOld)
    let values = try column(field, &body, isTop: false, known)
    guard values.count == body.rows else {
      throw message.bodyOrigin.corrupt("dictionary \(id) is not as long as it says")
    }
    guard try table.bool(2) else { return (id, try IPCDictionary(values, message.bodyOrigin)) }
    guard let first = known(id) else {
      throw message.bodyOrigin.corrupt("dictionary \(id) is added to before it is there")
    }
    return (id, try first.adding(values, message.bodyOrigin))
  }

  func column(
    _ field: IPCField, _ body: inout IPCBody, isTop: Bool,
    _ dictionaries: (Int64) -> IPCDictionary?
  ) throws -> Column {
    let node = try body.nextNode()
    if field.codes == nil {
      if field.type == .null { return .nulls(node.count) }
      if field.type == .runs { return try runs(field, &body, node, isTop: isTop, dictionaries) }
    }
    let validity = try body.nextValidity(node)
    if let codes = field.codes {
      let coded = try coded(
        field, codes, &body, validity, node.count, dictionaries(codes.id))
      // Inside of lists and structs kernels expect plain values.
      return isTop ? coded : try decoded(coded, field, body.origin)
    }
    let count = node.count
    switch field.type {
    case .null, .runs: return .nulls(count)
    case .bool:
      return Column(bits: try body.nextBits(count), validity: validity)
    case .fixed(let type):
      let width = type.physical.width ?? 8
      return Column(
        type: type, values: try body.nextBuffer(count * width, alignment: width),
        validity: validity, count: count)
    case .half, .date64, .time32, .decimal: return try converted(field, &body, validity, count)
    case .bytes, .fixedBytes: return try text(field, &body, validity, count)
    case .list(let reference):
      return try list(field, reference, &body, validity, count, dictionaries)
    case .listView(let reference):
      return try listView(field, reference, &body, validity, count, dictionaries)
    case .fixedSizeList(let size):
      let elements = try column(field.children[0], &body, isTop: false, dictionaries)
      guard !count.multipliedReportingOverflow(by: size).overflow, elements.count >= count * size
      else {
        throw body.origin.corrupt(
          "\(count) lists of \(size) elements have \(elements.count) elements")
      }
      return Column(fixedSizeListOf: elements, size: size, validity: validity, count: count)
    case .structure: return try structure(field, &body, validity, count, dictionaries)
    }
  }

  private func coded(
    _ field: IPCField, _ codes: IPCField.Codes, _ body: inout IPCBody, _ validity: Bitmap?,
    _ count: Int, _ dictionary: IPCDictionary?
  ) throws -> Column {
    let width = codes.type.width ?? 4
    let buffer = try body.nextBuffer(count * width, alignment: width)
    guard let dictionary else {
      throw body.origin.corrupt(
        "column \"\(field.name)\" needs dictionary \(codes.id), which did not come before it")
    }
    return try dictionary.column(buffer, codes.type, validity, count, body.origin)
  }

  /// Plain values of codes; lists that are repeated too often are an error.
  private func decoded(
    _ column: Column, _ field: IPCField, _ origin: IPCOrigin
  ) throws -> Column {
    if column.encoding == .dictionary, !field.children.isEmpty {
      let codes = column.storage.values.pointer(as: Int32.self)
      try checkSpread(column.storage.children[0], column.count, field, origin) {
        Int(codes[column.offset + $0])
      }
    }
    return column.decoded()
  }

  private func text(
    _ field: IPCField, _ body: inout IPCBody, _ validity: Bitmap?, _ count: Int
  ) throws -> Column {
    let type = field.dataType
    let reader = IPCTextReader(type: type, origin: body.origin, trustsText: trustsText)
    switch field.type {
    case .fixedBytes(let width):
      guard !count.multipliedReportingOverflow(by: width).overflow else {
        throw body.origin.corrupt("a column has \(count) values of \(width) bytes")
      }
      return try reader.fixed(
        width: width, try body.nextBuffer(count * width), validity, count: count)
    case .bytes(_, .view):
      let views = try body.nextBuffer(count * 16, alignment: 8)
      let blocks = try (0..<(try body.nextBlockCount())).map { _ in try body.nextData() }
      return try reader.views(views, blocks, validity, count: count)
    case .bytes(_, .offset32):
      let offsets = try body.nextBuffer(count == 0 ? 0 : (count + 1) * 4, alignment: 4)
      let end = count == 0 ? 0 : Int(offsets.pointer(as: Int32.self)[count])
      let data = try body.nextData(upTo: max(0, end))
      if count == 0 { return .empty(type) }
      return try reader.offsets(offsets, as: Int32.self, data, validity, count: count)
    default:
      let offsets = try body.nextBuffer(count == 0 ? 0 : (count + 1) * 8, alignment: 8)
      let end = count == 0 ? 0 : Int(offsets.pointer(as: Int64.self)[count])
      let data = try body.nextData(upTo: max(0, end))
      if count == 0 { return .empty(type) }
      return try reader.offsets(offsets, as: Int64.self, data, validity, count: count)
    }
  }

  private func list(
    _ field: IPCField, _ reference: IPCType.Reference, _ body: inout IPCBody,
    _ validity: Bitmap?, _ count: Int, _ dictionaries: (Int64) -> IPCDictionary?
  ) throws -> Column {
    let width = reference == .offset32 ? 4 : 8
    // An empty column may have no offsets at all.
    let needed = count == 0 ? 0 : (count + 1) * width
    var offsets = try body.nextBuffer(needed, alignment: width)
    let elements = try column(field.children[0], &body, isTop: false, dictionaries)
    if count == 0 { return .empty(field.dataType) }
    if width == 4 { offsets = offsets.widened(count + 1) }
    let values = offsets.pointer(as: Int64.self)
    var isSorted = values[0] >= 0
    for row in 0..<count where values[row] > values[row &+ 1] { isSorted = false }
    guard isSorted, values[count] <= elements.count else {
      throw body.origin.corrupt(
        "the lists of column \"\(field.name)\" reach beyond their \(elements.count) elements")
    }
    return Column(listOf: elements, offsets: offsets, validity: validity, count: count)
  }

  private func structure(
    _ field: IPCField, _ body: inout IPCBody, _ validity: Bitmap?, _ count: Int,
    _ dictionaries: (Int64) -> IPCDictionary?
  ) throws -> Column {
    var children: [Column] = []
    for child in field.children {
      if child.isSkipped {
        try body.skip(child)
        continue
      }
      let column = try column(child, &body, isTop: false, dictionaries)
      guard column.count >= count else {
        throw body.origin.corrupt(
          "\(count) structs have \(column.count) values of field \"\(child.name)\"")
      }
      children.append(column.slice(0..<count))
    }
    return Column(
      fields: field.dataType.fields ?? [], children: children, validity: validity, count: count)
  }
}

extension Buffer {
  /// `count` Int32 values as Int64.
  func widened(_ count: Int) -> Buffer {
    let memory = MutableBuffer(count: count * 8)
    let (source, target) = (pointer(as: Int32.self), memory.pointer(as: Int64.self))
    for k in 0..<count { target[k] = Int64(source[k]) }
    withExtendedLifetime(owner) {}
    return memory.freeze()
  }
}
