import ColumnarCore
import ColumnarIO

/// The opened files of text that a path, folder or pattern stands for.
package struct TextFiles: Sendable {
  /// Their rows, one file after the other.
  package let table: any TableSource
  private let opened: [OnceOpened<any TextSource>]

  /// Opens CSV files; in a folder those named so, packed or not.
  package init(csv path: String, _ options: CSVReadOptions, _ files: FileSetOptions) throws {
    let opening = Opening(format: "csv", stated: options.schemaOverrides) { path, types, role in
      var options = options
      options.schemaOverrides.merge(types) { given, _ in given }
      options.isOneOfMany = role != .alone
      return try CSVSource(path: path, options: options)
    }
    try self.init(path, endings: [".csv"], opening, files)
  }

  /// Opens JSON Lines files; in a folder those named so, packed or not.
  package init(
    jsonLines path: String, _ options: JSONLinesReadOptions, _ files: FileSetOptions
  ) throws {
    let opening = Opening(format: "jsonl", stated: options.schemaOverrides) { path, types, role in
      var options = options
      options.schemaOverrides.merge(types) { given, _ in given }
      options.isOneOfMany = role != .alone
      if role == .behindFirst { options.unknownKeys = options.unknownKeys ?? .ignore }
      return try JSONLinesSource(path: path, options: options)
    }
    try self.init(path, endings: [".jsonl", ".ndjson"], opening, files)
  }

  /// How files of a format are opened.
  private struct Opening: Sendable {
    let format: String
    /// Types that one file at least must have a column for.
    let stated: [String: DataType]
    /// Opens the file at a path, some of its columns with types that other files call for.
    let open: @Sendable (String, [String: DataType], Role) throws -> any TextSource
  }

  /// What a file is among those of a table.
  private enum Role {
    case alone, oneOfMany
    /// What it has besides the columns of the first is left out.
    case behindFirst
  }

  private init(
    _ path: String, endings: [String], _ opening: Opening, _ options: FileSetOptions
  ) throws {
    let suffixes = endings + endings.flatMap { [$0 + ".gz", $0 + ".zst"] }
    let found = try FilePattern.files(path, suffixes: suffixes)
    let paths = found.map(\.path)
    switch options.columns {
    case _ where paths.count == 1:
      opened = [OnceOpened(opened: try opening.open(paths[0], [:], .alone))]
    case .ofAllFiles: opened = try Self.all(paths, opening)
    case .ofFirstFile: opened = try Self.first(paths, opening)
    }
    if paths.count > 1 { try Self.check(opening.stated, opened, path) }
    let sources = opened.map { file in
      OnceOpened<any FileSource> { try file.value() }
    }
    table = try FilesTable.table(
      of: found, sources, format: opening.format, name: path, options)
  }

  /// All files, opened.
  ///
  /// Where types differ, a file is opened again with the type that takes the values of all; where
  /// there is none it is an error.
  private static func all(
    _ paths: [String], _ opening: Opening
  ) throws -> [OnceOpened<any TextSource>] {
    let sources = try paths.map { try opening.open($0, [:], .oneOfMany) }
    var common: [String: DataType] = [:]
    for source in sources {
      for field in source.schema.fields {
        guard let type = common[field.name] else {
          common[field.name] = field.type
          continue
        }
        guard let both = DataType.textual(type, field.type) else {
          throw ColumnarError(
            .typeMismatch,
            "Column \"\(field.name)\" is \(field.type) in \"\(source.path)\" and \(type) in a file "
              + "before it. State its type in schemaOverrides.", context: [.file(source.path)])
        }
        common[field.name] = both
      }
    }
    return try zip(paths, sources).map { path, source in
      let others = source.schema.fields.filter { common[$0.name] != $0.type }
      if others.isEmpty { return OnceOpened(opened: source) }
      let types = others.compactMap { field in common[field.name].map { (field.name, $0) } }
      return OnceOpened(
        opened: try opening.open(path, Dictionary(uniqueKeysWithValues: types), .oneOfMany))
    }
  }

  /// The first file, opened, and others that are opened when they are needed, with its types.
  private static func first(
    _ paths: [String], _ opening: Opening
  ) throws -> [OnceOpened<any TextSource>] {
    let first = try opening.open(paths[0], [:], .oneOfMany)
    let types = Dictionary(uniqueKeysWithValues: first.schema.fields.map { ($0.name, $0.type) })
    return [OnceOpened(opened: first)]
      + paths.dropFirst().map { path in OnceOpened { try opening.open(path, types, .behindFirst) } }
  }

  /// A type that was stated for a column that no file has is an error.
  private static func check(
    _ stated: [String: DataType], _ files: [OnceOpened<any TextSource>], _ path: String
  ) throws {
    let open = files.compactMap(\.current)
    let names = open.flatMap(\.schema.names)
    guard let name = stated.keys.sorted().first(where: { !names.contains($0) }) else { return }
    let hint = Suggestion.hint(for: name, among: names, what: "columns")
    throw ColumnarError(
      .columnNotFound,
      "None of the \(open.count) files that tell the columns of \"\(path)\" has a column \"\(name)\" whose type could be "
        + "set. \(hint)", context: [.file(path)])
  }

  /// The rows that were left out so far, a partition for each file that has any.
  package var rejects: DataFrame {
    let batches = opened.compactMap { $0.current?.rejects.batch() }.filter { $0.count > 0 }
    return DataFrame(schema: RowRejects.schema, partitions: batches.map { [$0] })
  }
}

extension DataType {
  /// The type that the text of both is read as: string if there is no other.
  fileprivate static func textual(_ a: DataType, _ b: DataType) -> DataType? {
    united(a, b) { a, b in
      if let common = common(a, b) { return common }
      let isFlat = [a, b].allSatisfy { $0.element == nil && $0.fields == nil }
      return isFlat ? .string : nil
    }
  }
}
