import ColumnarCore

/// Arrow data in memory, as a rule mapped from a file, in the file or the stream format, whose
/// batches can be read in any order and by several threads at once.
package final class ArrowFileReader: Sendable {
  /// Where a message stands.
  private struct Place {
    let start: Int
    let end: Int
  }

  package let path: String
  package let schema: IPCSchema
  private let bytes: Buffer
  private let places: [Place]
  private let decoder: IPCDecoder
  /// For each dictionary what it is from which batch on, ascending.
  private let dictionaries: [Int64: [(batch: Int, IPCDictionary)]]

  /// The bytes at both ends of the file format.
  static let magic = Array("ARROW1".utf8)

  /// Maps a file; which of the formats it has is told by its first bytes.
  package convenience init(path: String) throws {
    try self.init(try MappedFile.open(path), path: path)
  }

  /// Reads metadata and dictionaries; batches are left for later.
  package init(_ bytes: Buffer, path: String) throws {
    let origin = IPCOrigin(path)
    var contents = Contents(bytes, origin)
    if Self.hasPrefix(bytes, Self.magic) {
      try contents.readFile()
    } else {
      try contents.readStream()
    }
    guard let schema = contents.decoder?.schema, let decoder = contents.decoder else {
      throw origin.corrupt("it has no schema")
    }
    self.path = path
    self.bytes = bytes
    self.schema = schema
    self.decoder = decoder
    places = contents.places
    dictionaries = contents.dictionaries
  }

  private init(_ reader: ArrowFileReader, _ schema: IPCSchema) {
    path = reader.path
    bytes = reader.bytes
    places = reader.places
    dictionaries = reader.dictionaries
    self.schema = schema
    decoder = IPCDecoder(schema)
  }

  /// The same data without the fields of structs that the types at some positions lack.
  func narrowed(to types: [Int: DataType]) -> ArrowFileReader {
    ArrowFileReader(self, schema.narrowed(to: types))
  }

  private static func hasPrefix(_ bytes: Buffer, _ prefix: [UInt8]) -> Bool {
    bytes.withBytes { $0.starts(with: prefix) }
  }

  /// The number of batches.
  package var batchCount: Int { places.count }

  /// The bytes of a batch's message in the file.
  package func range(of batch: Int) -> Range<Int> { places[batch].start..<places[batch].end }

  /// The number of rows of a batch, from its metadata alone.
  package func rowCount(of batch: Int) throws -> Int {
    let message = try message(batch)
    return try IPCBody(message.header, body: message.body, message.bodyOrigin).rows
  }

  /// Reads a batch; `columns` are the positions of those to give out, nil for all.
  package func batch(at index: Int, columns: [Int]? = nil) throws -> Batch {
    try decoder.batch(try message(index), columns: columns) { id in
      dictionaries[id]?.last { $0.batch <= index }?.1
    }
  }

  private func message(_ index: Int) throws -> IPCMessage {
    let place = places[index]
    var messages = IPCMessages(bytes.slice(0..<place.end), from: place.start, IPCOrigin(path))
    guard let message = try messages.next(), message.kind == .batch else {
      throw IPCOrigin(path, offset: place.start).corrupt("no batch is where one should be")
    }
    return message
  }

  /// What opening finds out.
  private struct Contents {
    let bytes: Buffer
    let origin: IPCOrigin
    var decoder: IPCDecoder?
    var places: [Place] = []
    var dictionaries: [Int64: [(batch: Int, IPCDictionary)]] = [:]

    init(_ bytes: Buffer, _ origin: IPCOrigin) {
      self.bytes = bytes
      self.origin = origin
    }

    private mutating func add(dictionary message: IPCMessage) throws -> Int64 {
      guard let decoder else { throw origin.corrupt("a dictionary stands before the schema") }
      let (id, made) = try decoder.dictionary(message) { dictionaries[$0]?.last?.1 }
      if let last = dictionaries[id]?.last, last.batch == places.count {
        dictionaries[id]?.removeLast()
      }
      dictionaries[id, default: []].append((places.count, made))
      return id
    }

    /// Walks from message to message.
    mutating func readStream() throws {
      try checkStart()
      var messages = IPCMessages(bytes, origin)
      var start = 0
      while let message = try messages.next() {
        switch message.kind {
        case .schema where decoder == nil: decoder = IPCDecoder(try IPCSchema(message))
        case .schema: throw message.bodyOrigin.corrupt("it has a second schema")
        case .dictionary: _ = try add(dictionary: message)
        case .batch:
          guard decoder != nil else { throw origin.corrupt("a batch stands before the schema") }
          places.append(Place(start: start, end: messages.position))
        }
        start = messages.position
      }
    }

    /// Names what a file is that begins like no Arrow data.
    private func checkStart() throws {
      let isFeather = hasPrefix(bytes, Array("FEA1".utf8))
      guard !isFeather else {
        throw origin.unsupported(
          "is a Feather file of version 1", hint: "Write it anew in the Arrow file format.")
      }
      guard !bytes.withBytes(SystemArrow.isORC) else {
        throw origin.unsupported("is an ORC file", hint: SystemArrow.hint())
      }
      guard bytes.count >= 8 else { throw origin.corrupt("it is too short") }
      let first = try FlatBytes(buffer: bytes, origin: origin).load(0, as: UInt32.self)
      guard first == .max || first <= UInt32(clamping: bytes.count) else {
        throw origin.corrupt("it begins neither as an Arrow file nor as an Arrow stream")
      }
    }

    /// Reads the footer, which says where everything is.
    mutating func readFile() throws {
      let tail = 4 + ArrowFileReader.magic.count
      guard bytes.count >= 8 + tail else { throw origin.corrupt("it is too short") }
      let end = bytes.slice((bytes.count - ArrowFileReader.magic.count)..<bytes.count)
      guard hasPrefix(end, ArrowFileReader.magic) else {
        throw origin.corrupt("it does not end as an Arrow file", at: bytes.count)
      }
      let whole = FlatBytes(buffer: bytes, origin: origin)
      let length = Int(try whole.load(bytes.count - tail, as: Int32.self))
      guard length > 0, length <= bytes.count - tail - 8 else {
        throw origin.corrupt("its footer has \(length) bytes", at: bytes.count - tail)
      }
      let start = bytes.count - tail - length
      let footer = try FlatBytes(
        buffer: bytes.slice(start..<(start + length)), origin: origin.advanced(by: start)
      ).root()
      guard let schema = try footer.table(1) else { throw origin.corrupt("it has no schema") }
      decoder = IPCDecoder(try IPCSchemaReader.read(schema))
      try readDictionaries(try places(footer, 2, before: start), before: start)
      places = try places(footer, 3, before: start)
    }

    private func places(_ footer: FlatTable, _ field: Int, before limit: Int) throws -> [Place] {
      let blocks = try footer.vector(field, stride: 24)
      var total = 0
      return try (0..<blocks.count).map { k in
        let offset = try blocks.integer(k, as: Int64.self)
        let head = Int64(try blocks.integer(k, byte: 8, as: Int32.self))
        let body = try blocks.integer(k, byte: 16, as: Int64.self)
        guard offset >= 0, head >= 0, body >= 0, offset <= limit, body <= limit,
          offset + head + body <= limit
        else { throw origin.corrupt("its footer points beyond the file", at: limit) }
        // Without this a small file could have the same batch read a million times.
        total += Int(head + body)
        guard total <= limit else { throw origin.corrupt("its batches overlap", at: limit) }
        return Place(start: Int(offset), end: Int(offset + head + body))
      }
    }

    /// In a file the dictionaries belong to all batches; one may be added to, not replaced.
    private mutating func readDictionaries(_ found: [Place], before limit: Int) throws {
      var seen = Set<Int64>()
      for place in found {
        var messages = IPCMessages(bytes.slice(0..<place.end), from: place.start, origin)
        guard let message = try messages.next(), message.kind == .dictionary else {
          throw origin.corrupt("no dictionary is where one should be", at: place.start)
        }
        let id = try add(dictionary: message)
        let isDelta = try message.header.bool(2)
        guard seen.insert(id).inserted || isDelta else {
          throw origin.corrupt("it replaces dictionary \(id), as only streams may", at: place.start)
        }
      }
    }
  }
}
