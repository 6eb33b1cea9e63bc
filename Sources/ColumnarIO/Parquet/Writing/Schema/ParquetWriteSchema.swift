import ColumnarCore

/// Our columns as the flat list of schema elements that a file begins its footer with.
///
/// Nullability is no part of our types, so all columns are optional, and so are the elements of
/// lists.
struct ParquetWriteSchema: Sendable {
  /// One entry of the list.
  struct Element: Sendable {
    var name: String
    var repetition = ParquetRepetition.optional
    var stored: ParquetStoredType?
    var isList = false
    var childCount: Int?
  }

  let schema: Schema
  private(set) var elements: [Element] = []
  private(set) var leaves: [ParquetWriteLeaf] = []
  /// The leaves of each column.
  private(set) var leavesOfColumn: [Range<Int>] = []

  /// Levels are bytes, and our own reader goes this deep.
  private static let depthLimit = 60

  /// The columns of `schema`; those that files have no place for are an error that names them.
  init(_ schema: Schema, path: String) throws {
    self.schema = schema
    elements = [Element(name: "schema", repetition: .required, childCount: schema.count)]
    for field in schema.fields {
      let first = leaves.count
      do {
        try add(field.name, field.type, at: [], definition: 0, repetition: 0)
      } catch let error as ColumnarError {
        throw error.at(.file(path))
      }
      leavesOfColumn.append(first..<leaves.count)
    }
  }

  /// Adds a field and all beneath it; `definition` and `repetition` are those of its parent.
  private mutating func add(
    _ name: String, _ type: DataType, at parent: [String], definition: Int, repetition: Int
  ) throws {
    let path = parent + [name]
    guard path.count <= Self.depthLimit else {
      throw Self.refused(path, type, "nests too deep", "Write it flatter.")
    }
    switch type.kind {
    case .list(let element), .fixedSizeList(let element, _):
      elements.append(Element(name: name, isList: true, childCount: 1))
      elements.append(Element(name: "list", repetition: .repeated, childCount: 1))
      try add(
        "element", element, at: path + ["list"], definition: definition + 2,
        repetition: repetition + 1)
    case .structure(let fields):
      guard !fields.isEmpty else {
        throw Self.refused(
          path, type, "is a struct without fields, which Parquet has no form for",
          "Drop the column.")
      }
      elements.append(Element(name: name, childCount: fields.count))
      for field in fields {
        try add(
          field.name, field.type, at: path, definition: definition + 1, repetition: repetition)
      }
    default:
      guard let stored = ParquetStoredType(type) else {
        throw Self.refused(
          path, type, "is \(type), which cannot be written to Parquet files",
          "Drop the column, or turn its values into columns of other types first.")
      }
      elements.append(Element(name: name, stored: stored))
      leaves.append(
        ParquetWriteLeaf(
          path: path, type: type, stored: stored, definition: definition + 1,
          repetition: repetition))
    }
  }

  private static func refused(
    _ path: [String], _ type: DataType, _ what: String, _ hint: String
  ) -> ColumnarError {
    let shown = MessageText.shown(path.joined(separator: "."), limit: 120)
    return ColumnarError(.unsupported, "Column \"\(shown)\" \(what). \(hint)")
  }
}

extension ParquetWriteSchema.Element {
  /// The fields of the element in a footer.
  func write(to thrift: inout ThriftWriter) {
    if let stored { thrift.int32(1, stored.physical.rawValue) }
    if childCount == nil || name != "schema" || repetition != .required {
      thrift.int32(3, repetition.rawValue)
    }
    thrift.string(4, name)
    if let childCount { thrift.int32(5, childCount) }
    if isList {
      thrift.int32(6, 3)
      thrift.structure(10) { $0.structure(3) }
    }
    if let logical = stored?.logical { logical.write(to: &thrift) }
  }
}

extension ParquetLogical {
  /// The annotation of today, and the one of before it where there is one: fields 6 and 10.
  fileprivate func write(to thrift: inout ThriftWriter) {
    if let converted { thrift.int32(6, converted) }
    switch self {
    case .string: thrift.structure(10) { $0.structure(1) }
    case .date: thrift.structure(10) { $0.structure(6) }
    case .timestamp(let unit, let isUTC):
      thrift.structure(10) {
        $0.structure(8) {
          $0.bool(1, isUTC)
          $0.structure(2) { $0.structure(unit.rawValue) }
        }
      }
    case .integer(let bits, let isSigned):
      thrift.structure(10) {
        $0.structure(10) {
          $0.int8(1, bits)
          $0.bool(2, isSigned)
        }
      }
    case .decimal(let precision, let scale):
      thrift.int32(7, scale)
      thrift.int32(8, precision)
      thrift.structure(10) {
        $0.structure(5) {
          $0.int32(1, scale)
          $0.int32(2, precision)
        }
      }
    case .null: thrift.structure(10) { $0.structure(11) }
    default: break
    }
  }

  private var converted: Int? {
    switch self {
    case .string: 0
    case .decimal: 5
    case .date: 6
    case .timestamp(.milliseconds, isUTC: true): 9
    case .timestamp(.microseconds, isUTC: true): 10
    case .integer(let bits, let isSigned):
      (isSigned ? 15 : 11) + bits.trailingZeroBitCount - 3
    default: nil
    }
  }
}
