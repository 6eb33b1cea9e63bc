import ColumnarCore

/// The columns of several files as those of one table, found by name.
package struct SchemaUnion {
  /// The columns, in the order in which the files bring them.
  package private(set) var fields: [Field] = []
  private var known: [String: (position: Int, path: String)] = [:]

  /// No columns yet.
  package init() {}

  /// Adds a file's columns.
  ///
  /// One name stands for one type, or for numbers of which one type holds all without loss, as
  /// int64 for int32 and decimal128(9, 2) for decimal128(5, 2); anything else is an error that
  /// names both files.
  package mutating func add(_ schema: Schema, path: String) throws {
    for field in schema.fields {
      guard let first = known[field.name] else {
        known[field.name] = (fields.count, path)
        fields.append(field)
        continue
      }
      let type = fields[first.position].type
      guard let common = DataType.lossless(type, field.type) else {
        throw Self.mismatch(field.name, type, first.path, field.type, path)
      }
      if common != type {
        fields[first.position] = Field(field.name, common)
        known[field.name]?.path = path
      }
    }
  }

  /// The error of a column that has types in two files which are not read as one.
  package static func mismatch(
    _ name: String, _ a: DataType, _ path: String, _ b: DataType, _ other: String
  ) -> ColumnarError {
    ColumnarError(
      .typeMismatch,
      "Column \"\(MessageText.shown(name))\" is \(a) in \"\(path)\" and \(b) in \"\(other)\". Scan "
        + "the files one by one, cast, and join them with concat.", context: [.file(other)])
  }
}

extension DataType {
  /// The type that every value of both types is a value of, unrounded; nil if there is none, or they
  /// are of different kinds.
  package static func lossless(_ a: DataType, _ b: DataType) -> DataType? {
    if a == b { return a }
    switch (a.kind, b.kind) {
    case (.null, _): return b
    case (_, .null): return a
    case (.list(let one), .list(let two)): return lossless(one, two).map { .list($0) }
    case (.list(let one), .fixedSizeList(let two, _)), (.fixedSizeList(let one, _), .list(let two)):
      return lossless(one, two).map { .list($0) }
    case (.fixedSizeList(let one, let size), .fixedSizeList(let two, let other)):
      return lossless(one, two).map {
        size == other ? .fixedSizeList($0, count: size) : .list($0)
      }
    case (.structure(let one), .structure(let two)):
      guard one.map(\.name) == two.map(\.name) else { return nil }
      let types = zip(one, two).map { lossless($0.type, $1.type) }
      let fields = zip(one, types).compactMap { field, type in type.map { Field(field.name, $0) } }
      return fields.count == one.count ? .structure(fields) : nil
    default: break
    }
    guard a.isNumeric, b.isNumeric, let common = common(a, b) else { return nil }
    if common.isInteger { return common }
    if common.isDecimal { return [a, b].allSatisfy { $0.fitsDecimal(common) } ? common : nil }
    // The bytes of the widest integer that a fraction holds.
    let most = common == .float64 ? 4 : common == .float32 ? 2 : 0
    let fits = [a, b].allSatisfy { type in
      type.isFloatingPoint || (type.isInteger && type.physical.width ?? 8 <= most)
    }
    return fits ? common : nil
  }
}
