import ColumnarCore

/// The schema of Arrow data, as it is written and as ours.
///
/// Nullability is no part of our types: all columns are written as nullable, and what is read may
/// hold nulls or not. Metadata of fields and extension types are ignored; what an extension type
/// is stored as is read.
package struct IPCSchema: Sendable {
  let fields: [IPCField]
  /// The names and types of the columns.
  package let schema: Schema
  /// The values of each dictionary, by its number.
  let dictionaries: [Int64: IPCField]
  /// How text and lists are written.
  let layout: ArrowLayout

  /// The schema of batches to be written; opaque columns are an error.
  ///
  /// Columns at the positions `dictionaryColumns` are written as codes into a dictionary, whatever
  /// the batches' own encoding is; the others as plain values.
  package init(
    _ schema: Schema, layout: ArrowLayout = .views, dictionaryColumns: Set<Int> = []
  ) throws {
    let fields = try schema.fields.enumerated().map { k, field in
      var made = try IPCField(field.name, field.type, layout)
      if dictionaryColumns.contains(k), made.children.isEmpty, made.type != .null {
        made.codes = .init(id: Int64(k), type: .int32)
      }
      return made
    }
    self.fields = fields
    self.schema = schema
    self.layout = layout
    dictionaries = Dictionary(
      fields.compactMap { field in field.codes.map { ($0.id, field.values) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// As above, with the names of the columns that are written as codes; one that is not there, or is
  /// nested, is an error.
  init(_ schema: Schema, layout: ArrowLayout, dictionaryColumns names: [String]) throws {
    let columns = Set(try names.map { try schema.index(of: $0) })
    for position in columns {
      let field = schema[position]
      guard field.type.element == nil, field.type.fields == nil else {
        throw ColumnarError(
          .unsupported,
          "Column \"\(field.name)\" is \(field.type); only flat columns are written as "
            + "dictionaries. Take it out of dictionaryColumns.")
      }
    }
    try self.init(schema, layout: layout, dictionaryColumns: columns)
  }

  /// The schema that a stream's first message brings; another kind of message is an error, as are
  /// types that the engine has no column for.
  package init(_ message: IPCMessage) throws {
    guard message.kind == .schema else {
      throw message.bodyOrigin.corrupt("it does not begin with a schema")
    }
    self = try IPCSchemaReader.read(message.header)
  }

  init(fields: [IPCField], dictionaries: [Int64: IPCField]) {
    self.fields = fields
    self.dictionaries = dictionaries
    layout = .views
    schema = Schema(unchecked: fields.map { Field($0.name, $0.dataType) })
  }

  /// The same schema without the fields of structs that the types at some positions lack.
  func narrowed(to types: [Int: DataType]) -> IPCSchema {
    IPCSchema(
      fields: fields.enumerated().map { k, field in types[k].map(field.narrowed) ?? field },
      dictionaries: dictionaries)
  }

  /// The flatbuffer of the message that a stream begins with.
  package func encoded() -> [UInt8] { IPCMessage.metadata(.schema, flat, bodySize: 0) }

  /// The schema as a table of a flatbuffer.
  var flat: FlatValue { .table([.int16(0), .tables(fields.map(\.flat))]) }
}

extension IPCField {
  fileprivate var flat: FlatValue {
    let (tag, table) = type.flat
    let dictionary = codes.map { codes in
      FlatValue.table([.int64(codes.id), IPCType.fixed(.int32).flat.table])
    }
    return .table([
      .string(name), .bool(true), .int8(tag), table, dictionary, .tables(children.map(\.flat)),
    ])
  }
}

extension IPCType {
  /// The number of the type in Arrow's union of types, and its table.
  fileprivate var flat: (tag: UInt8, table: FlatValue) {
    switch self {
    case .null: (1, .table([]))
    case .bool: (6, .table([]))
    case .fixed(let type): fixedFlat(type)
    case .half: (3, .table([.int16(0)]))
    case .decimal(let type, _): fixedFlat(type)
    case .date64: (8, .table([.int16(1)]))
    case .time32(let unit): (9, .table([.int16(unit.flat), .int32(32)]))
    case .bytes(let type, .view): (type == .string ? 24 : 23, .table([]))
    case .bytes(let type, .offset32): (type == .string ? 5 : 4, .table([]))
    case .bytes(let type, .offset64): (type == .string ? 20 : 19, .table([]))
    case .fixedBytes(let width): (15, .table([.int32(Int32(clamping: width))]))
    case .list(.offset32): (12, .table([]))
    case .list: (21, .table([]))
    case .fixedSizeList(let count): (16, .table([.int32(Int32(clamping: count))]))
    case .structure: (13, .table([]))
    case .listView(let reference): (reference == .offset32 ? 25 : 26, .table([]))
    case .runs: (22, .table([]))
    }
  }

  private func fixedFlat(_ type: DataType) -> (UInt8, FlatValue) {
    switch type.kind {
    case .float32: (3, .table([.int16(1)]))
    case .float64: (3, .table([.int16(2)]))
    case .decimal128(let precision, let scale):
      (7, .table([.int32(Int32(precision)), .int32(Int32(scale)), .int32(128)]))
    case .date: (8, .table([.int16(0)]))
    case .timestamp(let unit, let zone):
      (10, .table([.int16(unit.flat), zone.map { .string($0) }]))
    case .duration(let unit): (18, .table([.int16(unit.flat)]))
    default:
      (2, .table([.int32(Int32(8 * (type.physical.width ?? 8))), .bool(type.isSignedInteger)]))
    }
  }
}

extension TimeUnit {
  fileprivate var flat: Int16 {
    switch self {
    case .second: 0
    case .millisecond: 1
    case .microsecond: 2
    case .nanosecond: 3
    }
  }
}
