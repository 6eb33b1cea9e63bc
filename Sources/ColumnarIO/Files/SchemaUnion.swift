import ColumnarCore

/// The columns of several files as those of one table, found by name.
package struct SchemaUnion {
  /// The columns, in the order in which the files bring them.
  package private(set) var fields: [Field] = []
  private var known: [String: Known] = [:]

  /// What is known of a column.
  private struct Known {
    let position: Int
    /// The file that the type is owed to.
    var path: String
    /// What each file says.
    var types: [(type: DataType, path: String)]
  }

  /// No columns yet.
  package init() {}

  /// Adds a file's columns.
  ///
  /// One name stands for one type, or for types of which one holds the values of all: int64 for
  /// int32, decimal128(9, 2) for decimal128(5, 2), the finer unit of times, structs with the fields
  /// of all; anything else is an error that names both files.
  package mutating func add(_ schema: Schema, path: String) throws {
    for field in schema.fields {
      guard var first = known[field.name] else {
        known[field.name] = Known(
          position: fields.count, path: path, types: [(field.type, path)])
        fields.append(field)
        continue
      }
      let type = fields[first.position].type
      guard let common = DataType.lossless(type, field.type) else {
        let other =
          first.types.first { DataType.lossless($0.type, field.type) == nil }
          ?? (type, first.path)
        let isDirect = first.types.contains {
          $0.path == first.path && DataType.lossless($0.type, field.type) == nil
        }
        throw isDirect
          ? Self.mismatch(field.name, type, first.path, field.type, path)
          : Self.mismatch(field.name, other.type, other.path, field.type, path)
      }
      if common != type {
        fields[first.position] = Field(field.name, common)
        first.path = path
      }
      if field.type != first.types.last?.type { first.types.append((field.type, path)) }
      known[field.name] = first
    }
  }

  /// The error of a column that has types in two files which are not read as one; of nested types it
  /// names the part that differs.
  package static func mismatch(
    _ name: String, _ a: DataType, _ path: String, _ b: DataType, _ other: String
  ) -> ColumnarError {
    switch (a.kind, b.kind) {
    case (.structure(let one), .structure(let two)):
      let types = Dictionary(two.map { ($0.name, $0.type) }) { first, _ in first }
      for field in one {
        guard let type = types[field.name], DataType.lossless(field.type, type) == nil else {
          continue
        }
        return mismatch("\(name).\(field.name)", field.type, path, type, other)
      }
    case (.list(let one), .list(let two)): return mismatch("\(name).[]", one, path, two, other)
    default: break
    }
    return ColumnarError(
      .typeMismatch,
      "Column \"\(MessageText.shown(name))\" is \(a) in \"\(path)\" and \(b) in \"\(other)\". Scan "
        + "the files one by one, cast, and join them with concat.", context: [.file(other)])
  }
}
