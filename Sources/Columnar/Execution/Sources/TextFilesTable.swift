import ColumnarCore
import ColumnarIO

/// Several files of text as one table: each a partition, its splits the morsels, columns found by
/// name.
package struct TextFilesTable: TableSource {
  package let name: String
  package let schema: Schema
  /// The bad rows of each file.
  let rejects: [RowRejects]
  private let tables: [FileTable]
  /// For each file the position of each column, nil where it lacks it.
  private let positions: [[Int?]]

  /// Opens the files and joins their columns by name.
  ///
  /// Where types differ, `open` is asked again for a file with the type that takes the values of all;
  /// where there is none it is an error.
  init(
    _ paths: [String], name: String, format: String,
    open: (String, [String: DataType]) throws -> any TextSource
  ) throws {
    var sources = try paths.map { try open($0, [:]) }
    var fields: [Field] = []
    var known: [String: Int] = [:]
    for source in sources {
      for field in source.schema.fields {
        guard let position = known[field.name] else {
          known[field.name] = fields.count
          fields.append(field)
          continue
        }
        guard let common = Self.common(fields[position].type, field.type) else {
          throw ColumnarError(
            .typeMismatch,
            "Column \"\(field.name)\" is \(field.type) in \"\(source.path)\" and \(fields[position].type) "
              + "in a file before it. State its type in schemaOverrides.",
            context: [.file(source.path)])
        }
        fields[position] = Field(field.name, common)
      }
    }
    for (k, source) in sources.enumerated() {
      var types: [String: DataType] = [:]
      for field in source.schema.fields {
        guard let position = known[field.name], fields[position].type != field.type else {
          continue
        }
        types[field.name] = fields[position].type
      }
      if !types.isEmpty { sources[k] = try open(paths[k], types) }
    }
    schema = Schema(unchecked: fields)
    positions = sources.map { source in fields.map { source.schema.firstIndex(of: $0.name) } }
    tables = sources.map { FileTable($0, format: format) }
    rejects = sources.map(\.rejects)
    self.name = "\(format) \(name)"
  }

  /// The type that the text of both is read as: string if there is no other.
  private static func common(_ a: DataType, _ b: DataType) -> DataType? {
    if let common = DataType.common(a, b) { return common }
    let isFlat = [a, b].allSatisfy { $0.element == nil && $0.fields == nil }
    return isFlat ? .string : nil
  }

  package var rowCount: Int? { nil }
  package var selects: Bool { true }

  package func morsels(_ request: ScanRequest) throws -> [Morsel] {
    let schema = Schema(unchecked: request.columns.map { self.schema[$0] })
    return try tables.indices.flatMap { k -> [Morsel] in
      let places = request.columns.map { positions[k][$0] }
      let selection = request.selection.map { selection in
        self.selection(selection, k)
      }
      let inner = ScanRequest(
        columns: places.compactMap { $0 }, limit: request.limit, selection: selection,
        morselRows: request.morselRows, batchRows: request.batchRows)
      return try tables[k].morsels(inner).map { morsel in
        Morsel(partition: k) { emit in
          try morsel.read { batch in try emit(Self.widened(batch, places, schema)) }
        }
      }
    }
  }

  private func selection(
    _ selection: ScanRequest.Selection, _ file: Int
  ) -> ScanRequest.Selection {
    let found = selection.columns.map { positions[file][$0] }
    let fields = Schema(unchecked: selection.columns.map { schema[$0] })
    return ScanRequest.Selection(columns: found.compactMap { $0 }, condition: .all([])) { batch in
      try selection.keep(Self.widened(batch, found, fields))
    }
  }

  /// The batch with nulls for the columns that the file lacks.
  private static func widened(_ batch: Batch, _ found: [Int?], _ schema: Schema) -> Batch {
    var next = batch.columns.makeIterator()
    let columns = found.enumerated().map { k, position in
      (position == nil ? nil : next.next()) ?? .nulls(of: schema[k].type, count: batch.count)
    }
    return Batch(unchecked: schema, columns: columns, count: batch.count)
  }
}
