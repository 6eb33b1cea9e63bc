import ColumnarCore
import ColumnarIO

/// Several files as one table: its columns, and where each file has them.
struct FileSet: Sendable {
  /// All columns: those of the files, those of their folders, their paths.
  private(set) var schema: Schema
  /// For each file the values that its path tells, by the position of the column.
  let constants: [[Int: Column]]
  private let paths: [String]
  private let failsOnMissing: Bool

  /// Joins the columns of those files that `schemas` has something of; others must have the same.
  init(
    _ files: [FilePattern.Found], _ schemas: [Schema?], _ options: FileSetOptions
  ) throws {
    var union = SchemaUnion()
    for (file, schema) in zip(files, schemas) {
      if let schema { try union.add(schema, path: file.path) }
    }
    let partitions = try HivePartitions(files, options)
    var fields = union.fields
    var positions: [Int] = []
    for field in partitions.fields {
      // What a folder says takes the place of what stands in the file.
      if let same = fields.firstIndex(where: { $0.name == field.name }) {
        fields[same] = field
        positions.append(same)
      } else {
        positions.append(fields.count)
        fields.append(field)
      }
    }
    var constants = partitions.values.map { values in
      Dictionary(uniqueKeysWithValues: zip(positions, values))
    }
    if let name = options.pathColumn {
      guard !fields.contains(where: { $0.name == name }) else {
        throw ColumnarError(
          .duplicateName,
          "The files have a column \"\(name)\" already. Give pathColumn another name.",
          context: files.first.map { [.file($0.path)] } ?? [])
      }
      for (k, file) in files.enumerated() {
        constants[k][fields.count] = String.column(of: CollectionOfOne(file.path))
      }
      fields.append(Field(name, .string))
    }
    schema = Schema(unchecked: fields)
    self.constants = constants
    paths = files.map(\.path)
    failsOnMissing = options.missingColumns == .fail
  }

  /// The same table with other types at some positions.
  func narrowed(to types: [Int: DataType]) -> FileSet {
    var narrow = self
    narrow.schema = schema.narrowed(to: types)
    return narrow
  }

  /// How file `number`, which has those columns, gives the table's.
  func columns(of number: Int, _ own: Schema) throws -> FileColumns {
    let sources = try schema.fields.enumerated().map { position, field -> FileColumns.Source in
      if let value = constants[number][position] { return .constant(value) }
      guard let found = own.firstIndex(of: field.name) else {
        guard !failsOnMissing else { throw missing([field.name], number) }
        return .constant(.nulls(of: field.type, count: 1))
      }
      let type = own[found].type
      guard type.isReadable(as: field.type) else {
        throw SchemaUnion.mismatch(field.name, field.type, paths[0], type, paths[number])
      }
      if failsOnMissing, let lacking = field.type.missingField(in: type) {
        throw missing([field.name] + lacking, number)
      }
      // Nothing but nulls, of whatever type.
      if type.kind == .null, field.type.kind != .null {
        return .constant(.nulls(of: field.type, count: 1))
      }
      return .file(found)
    }
    return FileColumns(sources: sources, own: own, table: schema, path: paths[number])
  }

  /// The error of a column, or a field of one, that a file lacks.
  private func missing(_ names: [String], _ number: Int) -> ColumnarError {
    ColumnarError(
      .columnNotFound,
      "\"\(paths[number])\" has no \(names.count > 1 ? "field" : "column") "
        + "\"\(MessageText.shown(names.joined(separator: ".")))\", which another file of the table "
        + "has. Set missingColumns to .null to have nulls there.",
      context: [.file(paths[number])])
  }
}
