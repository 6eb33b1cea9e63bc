import ColumnarCore
import ColumnarIO

/// The opened files of text that a path, folder or pattern stands for.
package struct TextFiles: Sendable {
  /// Their rows, one file after the other.
  package let table: any TableSource
  private let rejected: [RowRejects]

  /// Opens CSV files; in a folder those named so, packed or not.
  package init(csv path: String, _ options: CSVReadOptions) throws {
    let stated = options.schemaOverrides
    try self.init(path, endings: [".csv"], format: "csv", stated) { path, types, isOneOfMany in
      var options = options
      options.schemaOverrides.merge(types) { given, _ in given }
      options.isOneOfMany = isOneOfMany
      return try CSVSource(path: path, options: options)
    }
  }

  /// Opens JSON Lines files; in a folder those named so, packed or not.
  package init(jsonLines path: String, _ options: JSONLinesReadOptions) throws {
    let (endings, stated) = ([".jsonl", ".ndjson"], options.schemaOverrides)
    try self.init(path, endings: endings, format: "jsonl", stated) { path, types, isOneOfMany in
      var options = options
      options.schemaOverrides.merge(types) { given, _ in given }
      options.isOneOfMany = isOneOfMany
      return try JSONLinesSource(path: path, options: options)
    }
  }

  /// `open` opens a file, some of its columns with types that the other files call for; `stated` are
  /// types that one file at least must have a column for.
  private init(
    _ path: String, endings: [String], format: String, _ stated: [String: DataType],
    open: (String, [String: DataType], Bool) throws -> any TextSource
  ) throws {
    let suffixes = endings + endings.flatMap { [$0 + ".gz", $0 + ".zst"] }
    let paths = try FilePattern.paths(path, suffixes: suffixes)
    guard paths.count > 1 else {
      let source = try open(paths[0], [:], false)
      table = FileTable(source, format: format)
      rejected = [source.rejects]
      return
    }
    let files = try TextFilesTable(paths, name: path, format: format) { try open($0, $1, true) }
    let names = files.schema.names
    if let name = stated.keys.sorted().first(where: { !names.contains($0) }) {
      let hint = Suggestion.hint(for: name, among: names, what: "columns")
      throw ColumnarError(
        .columnNotFound,
        "None of the \(paths.count) files of \"\(path)\" has a column \"\(name)\" whose type could "
          + "be set. \(hint)", context: [.file(path)])
    }
    table = files
    rejected = files.rejects
  }

  /// The rows that were left out so far, a partition for each file that has any.
  package var rejects: DataFrame {
    let batches = rejected.map { $0.batch() }.filter { $0.count > 0 }
    return DataFrame(schema: RowRejects.schema, partitions: batches.map { [$0] })
  }
}
