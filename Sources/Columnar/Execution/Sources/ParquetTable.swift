import ColumnarCore
import ColumnarIO

/// One or more Parquet files as a table: parts of row groups are the morsels, each row group a
/// partition, and columns are found by name.
package struct ParquetTable: TableSource {
  package let name: String
  package let rowCount: Int?
  private let files: [OnceOpened<ParquetFile>]
  private let fileSet: FileSet

  /// As many rows are decoded in one go, so that all threads get some of a large row group; of
  /// fewer more would be decoded twice, because pages hold some 20,000.
  private static let partRows = 1 << 17
  private static let leastPartRows = 1 << 16

  /// Joins the columns of files by name; columns of one name and types that have nothing in common
  /// are an error.
  ///
  /// At least the first file is opened.
  package init(
    _ found: [FilePattern.Found], name: String, options: ParquetReadOptions,
    files setOptions: FileSetOptions
  ) throws {
    files = found.map { file in
      OnceOpened { try ParquetFile(path: file.path, options: options) }
    }
    let opensAll = setOptions.columns == .ofAllFiles
    let opened = try files.enumerated().map { k, file -> ParquetFile? in
      try opensAll || k == 0 ? file.value() : nil
    }
    fileSet = try FileSet(found, opened.map { $0?.columns }, setOptions)
    self.name = "parquet \(name)"
    rowCount =
      opened.contains { $0 == nil }
      ? nil : opened.reduce(0) { $0 + ($1?.metadata.rowCount ?? 0) }
    for (number, file) in opened.enumerated() {
      // Errors about columns come before any row is read.
      if let file { _ = try fileSet.columns(of: number, file.columns) }
    }
  }

  private init(
    name: String, rowCount: Int?, files: [OnceOpened<ParquetFile>], fileSet: FileSet
  ) {
    self.name = name
    self.rowCount = rowCount
    self.files = files
    self.fileSet = fileSet
  }

  package func narrowed(to types: [Int: DataType]) -> (any TableSource)? {
    let named = Dictionary(
      types.map { (schema[$0].name, $1) }, uniquingKeysWith: { first, _ in first })
    let narrow = files.map { file in
      OnceOpened { try file.value().narrowed(to: named) }
    }
    return ParquetTable(
      name: name, rowCount: rowCount, files: narrow, fileSet: fileSet.narrowed(to: types))
  }

  package var schema: Schema { fileSet.schema }
  package var selects: Bool { true }

  package func morsels(_ request: ScanRequest) throws -> [Morsel] {
    let size = partSize(request)
    var left = request.selection == nil ? request.limit ?? .max : .max
    var (morsels, partition) = ([Morsel](), 0)
    var firstRow: Int? = 0
    request.counts?.add(.files, files.count)
    for number in files.indices {
      if left == 0 {
        request.counts?.add(.filesByLimit)
        (partition, firstRow) = (partition + 1, nil)
        continue
      }
      if try FileColumns.excludes(fileSet.constants[number], request, schema) {
        request.counts?.add(.filesByPath)
        (partition, firstRow) = (partition + 1, nil)
        continue
      }
      let file = try files[number].value()
      let reading = try fileSet.columns(of: number, file.columns).reading(request)
      for group in file.metadata.rowGroups.indices {
        let rows = file.metadata.rowGroups[group].rowCount
        defer {
          partition += 1
          firstRow = firstRow.map { $0 + rows }
        }
        request.counts?.add(.groups)
        guard left > 0 else {
          request.counts?.add(.groupsByLimit)
          continue
        }
        if let reason = file.exclusion(reading.condition, group: group) {
          request.counts?.add(reason)
          continue
        }
        let parts = ParquetPart.cut(
          file, group: group, columns: reading.present, rows: size,
          condition: reading.condition, counts: request.counts)
        for part in parts where left > 0 && !part.rows.isEmpty {
          left -= min(left, part.rows.count)
          morsels.append(
            Morsel(
              partition: partition, firstRow: firstRow.map { $0 + part.rows.lowerBound }
            ) { emit in
              try part.read(
                reading.request, batchRows: request.batchRows, as: reading.table
              ) { batch in try emit(batch) == .more }
            })
        }
      }
    }
    return morsels
  }

  private func partSize(_ request: ScanRequest) -> Int {
    let isSmall = (rowCount ?? .max) <= 4 * Self.leastPartRows
    let least = isSmall ? ExecutionSize.batchRows : Self.leastPartRows
    return max(least, min(request.morselRows, Self.partRows))
  }
}
