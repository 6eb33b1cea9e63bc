import CArrowShim
import ColumnarCore

/// Makes a schema of an `ArrowSchema`, which stays its owner's.
struct ArrowCSchemaReader {
  private let origin: IPCOrigin
  private var dictionaries: [Int64: IPCField] = [:]
  private static let depthLimit = 64

  private init(_ origin: IPCOrigin) { self.origin = origin }

  /// Whether the rows are structs of the columns; else they are the values of the only column.
  static func isTable(_ schema: ArrowSchema) -> Bool {
    schema.format.map { String(cString: $0) == "+s" } ?? false && schema.dictionary == nil
  }

  /// The schema of a table or, of another type than a struct, of one column.
  static func read(_ schema: ArrowSchema, _ origin: IPCOrigin) throws -> IPCSchema {
    var reader = ArrowCSchemaReader(origin)
    guard isTable(schema) else {
      var field = try reader.field(schema, [])
      if field.name.isEmpty { field = field.named("values") }
      return IPCSchema(fields: [field], dictionaries: reader.dictionaries)
    }
    let fields = try reader.children(schema, [])
    return IPCSchema(fields: fields, dictionaries: reader.dictionaries)
  }

  private mutating func children(_ schema: ArrowSchema, _ path: [String]) throws -> [IPCField] {
    guard schema.n_children >= 0, schema.n_children == 0 || schema.children != nil else {
      throw origin.corrupt("\(shown(path)) has \(schema.n_children) parts")
    }
    guard path.count <= Self.depthLimit else {
      throw origin.unsupported(
        "nests \(shown(path)) deeper than \(Self.depthLimit) levels", hint: "Have it made flatter.")
    }
    return try (0..<Int(schema.n_children)).map { k in
      guard let child = schema.children?[k] else {
        throw origin.corrupt("\(shown(path)) lacks a part")
      }
      return try field(child.pointee, path)
    }
  }

  private mutating func field(_ schema: ArrowSchema, _ outer: [String]) throws -> IPCField {
    guard schema.release != nil else { throw origin.corrupt("a schema was released") }
    let name = schema.name.map { String(cString: $0) } ?? ""
    let path = outer + [name]
    if let dictionary = schema.dictionary?.pointee {
      return try coded(schema, try field(dictionary, outer).named(name), path)
    }
    let format = schema.format.map { String(cString: $0) } ?? ""
    guard let type = ArrowCFormat.type(of: format) else {
      throw origin.unsupported(
        "holds \(shown(path)) that is \(ArrowCFormat.name(of: format)), which is not read",
        hint: "Have the column cast or dropped where it comes from.")
    }
    let made = IPCField(name: name, type: type, children: try children(schema, path))
    if let expected = type.childCount, expected != made.children.count {
      throw origin.corrupt("\(shown(path)) has \(made.children.count) parts, not \(expected)")
    }
    if type == .runs {
      guard case .fixed(let ends) = made.children[0].type, made.children[0].codes == nil,
        ends.isSignedInteger, ends != .int8
      else { throw origin.corrupt("the runs of \(shown(path)) do not end at rows") }
    }
    return made
  }

  private mutating func coded(
    _ schema: ArrowSchema, _ values: IPCField, _ path: [String]
  ) throws -> IPCField {
    guard values.codes == nil else {
      throw origin.unsupported(
        "holds \(shown(path)) as a dictionary of a dictionary",
        hint: "Have one of the two decoded where it comes from.")
    }
    let format = schema.format.map { String(cString: $0) } ?? ""
    guard case .fixed(let codes)? = ArrowCFormat.type(of: format), codes.isInteger else {
      throw origin.corrupt("\(shown(path)) has codes of the format \"\(format.prefix(40))\"")
    }
    var field = values
    let id = Int64(dictionaries.count)
    dictionaries[id] = values
    field.codes = .init(id: id, type: codes.physical)
    return field
  }

  private func shown(_ path: [String]) -> String {
    path.isEmpty
      ? "the table" : "column \"\(path.map { String($0.prefix(80)) }.joined(separator: "."))\""
  }
}

extension IPCField {
  fileprivate func named(_ name: String) -> IPCField {
    IPCField(name: name, type: type, children: children, codes: codes)
  }
}
