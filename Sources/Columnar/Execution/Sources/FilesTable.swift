import ColumnarCore
import ColumnarIO

/// Several files of one format, whatever it is, as one table: each a partition, its splits the
/// morsels, columns found by name, and files passed over whose folders a filter excludes.
package struct FilesTable: TableSource {
  package let name: String
  private let fileSet: FileSet
  private let files: [OnceOpened<any FileSource>]

  /// The table that files of a format are: of one file of which no more is known than what stands in
  /// it, that file.
  static func table(
    of found: [FilePattern.Found], _ files: [OnceOpened<any FileSource>], format: String,
    name: String, _ options: FileSetOptions
  ) throws -> any TableSource {
    if files.count == 1, options.pathColumn == nil,
      try HivePartitions(found, options).fields.isEmpty
    {
      return FileTable(try files[0].value(), format: format)
    }
    return try FilesTable(found, files, name: "\(format) \(name)", options)
  }

  /// Joins the columns of files by name, of all or of the first one; only those are opened.
  private init(
    _ found: [FilePattern.Found], _ files: [OnceOpened<any FileSource>], name: String,
    _ options: FileSetOptions
  ) throws {
    let opensAll = options.columns == .ofAllFiles
    let opened = try files.enumerated().map { k, file in
      try opensAll || k == 0 ? file.value().schema : nil
    }
    fileSet = try FileSet(found, opened, options)
    for (number, own) in opened.enumerated() {
      // Errors about columns come before any row is read.
      if let own { _ = try fileSet.columns(of: number, own) }
    }
    self.files = files
    self.name = name
  }

  private init(name: String, _ files: [OnceOpened<any FileSource>], _ fileSet: FileSet) {
    self.name = name
    self.files = files
    self.fileSet = fileSet
  }

  package var schema: Schema { fileSet.schema }
  package var rowCount: Int? { nil }
  package var selects: Bool { true }

  package func narrowed(to types: [Int: DataType]) -> (any TableSource)? {
    let named = Dictionary(
      types.map { (schema[$0].name, $1) }, uniquingKeysWith: { first, _ in first })
    @Sendable func narrowed(_ file: any FileSource) -> (any FileSource)? {
      let own = file.schema.fields.enumerated().compactMap { position, field in
        named[field.name].map { (position, $0) }
      }
      return file.narrowed(to: Dictionary(uniqueKeysWithValues: own))
    }
    // What one of the format cannot, none can.
    guard let first = try? files.first?.value(), narrowed(first) != nil else { return nil }
    let narrow = files.map { file in
      OnceOpened {
        let whole = try file.value()
        return narrowed(whole) ?? whole
      }
    }
    return FilesTable(name: name, narrow, fileSet.narrowed(to: types))
  }

  package func morsels(_ request: ScanRequest) throws -> [Morsel] {
    request.counts?.add(.files, files.count)
    return try files.indices.flatMap { number -> [Morsel] in
      if try FileColumns.excludes(fileSet.constants[number], request, schema) {
        request.counts?.add(.filesByPath)
        return []
      }
      let file = try files[number].value()
      let reading = try fileSet.columns(of: number, file.schema).reading(request)
      return try FileTable.morsels(
        file, reading.request, partition: number, batchRows: request.batchRows
      ) { batch in
        // Which row of the file it is, nobody counts here.
        do { return try reading.table(batch) } catch let error as ColumnarError {
          throw error.withoutRows.at(.file(file.path))
        }
      }
    }
  }
}
