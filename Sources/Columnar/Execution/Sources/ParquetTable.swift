import ColumnarCore
import ColumnarIO

/// One or more Parquet files as a table: parts of row groups are the morsels, each row group a
/// partition, and columns are found by name.
package struct ParquetTable: TableSource {
  package let name: String
  package let schema: Schema
  private let files: [ParquetFile]
  /// For each file the position of each column, nil where it lacks it.
  private let positions: [[Int?]]

  /// As many rows are decoded in one go, so that all threads get some of a large row group; of
  /// fewer more would be decoded twice, because pages hold some 20,000.
  private static let partRows = 1 << 17
  private static let leastPartRows = 1 << 16

  /// Opens the files and joins their schemas by name; columns of one name and different types are an
  /// error.
  package init(_ paths: [String], name: String, options: ParquetReadOptions) throws {
    files = try paths.map { try ParquetFile(path: $0, options: options) }
    var fields: [Field] = []
    var known: [String: (type: DataType, path: String, position: Int)] = [:]
    for file in files {
      for field in file.columns.fields {
        guard let first = known[field.name] else {
          known[field.name] = (field.type, file.path, fields.count)
          fields.append(field)
          continue
        }
        if first.type.kind == .null {
          known[field.name]?.type = field.type
          fields[first.position] = field
        } else if first.type != field.type, field.type.kind != .null {
          throw ColumnarError(
            .typeMismatch,
            "Column \"\(field.name)\" is \(first.type) in \"\(first.path)\" and \(field.type) in "
              + "\"\(file.path)\". Scan the files one by one, cast, and join them with concat.",
            context: [.file(file.path)])
        }
      }
    }
    schema = Schema(unchecked: fields)
    positions = files.map { file in fields.map { file.columns.firstIndex(of: $0.name) } }
    self.name = "parquet \(name)"
  }

  package var rowCount: Int? { files.reduce(0) { $0 + $1.metadata.rowCount } }
  package var selects: Bool { true }

  package func morsels(_ request: ScanRequest) throws -> [Morsel] {
    let size = partSize(request)
    var left = request.selection == nil ? request.limit ?? .max : .max
    var (morsels, partition, firstRow) = ([Morsel](), 0, 0)
    for (file, positions) in zip(files, positions) {
      let reading = FileReading(file, positions, schema, request)
      for group in file.metadata.rowGroups.indices {
        let rows = file.metadata.rowGroups[group].rowCount
        defer {
          partition += 1
          firstRow += rows
        }
        guard left > 0, !reading.excludes(group) else { continue }
        let parts = ParquetPart.cut(
          file, group: group, columns: reading.present, rows: size)
        for part in parts where left > 0 && !part.rows.isEmpty {
          left -= min(left, part.rows.count)
          morsels.append(
            Morsel(partition: partition, firstRow: firstRow + part.rows.lowerBound) { emit in
              try reading.read(part, emit)
            })
        }
      }
    }
    return morsels
  }

  private func partSize(_ request: ScanRequest) -> Int {
    let small = (rowCount ?? 0) <= 4 * Self.leastPartRows
    let least = small ? ExecutionSize.batchRows : Self.leastPartRows
    return max(least, min(request.morselRows, Self.partRows))
  }
}

/// What a scan wants of one of several files, which may lack some of the columns.
private struct FileReading: Sendable {
  let file: ParquetFile
  let request: ScanRequest
  /// The columns to be given out.
  let schema: Schema
  /// Where they stand in the file.
  let positions: [Int?]
  /// The positions in the file of all that is looked at.
  let present: [Int]
  private let selection: ReadRequest.Selection?
  private let conditions: [ColumnCondition]

  init(
    _ file: ParquetFile, _ positions: [Int?], _ table: Schema, _ request: ScanRequest
  ) {
    func same(_ position: Int) -> Int? {
      positions[position].flatMap { file.columns[$0].type == table[position].type ? $0 : nil }
    }
    self.file = file
    self.request = request
    schema = Schema(unchecked: request.columns.map { table[$0] })
    self.positions = request.columns.map(same)
    selection = request.selection.map { selection in
      let found = selection.columns.map(same)
      let fields = selection.columns.map { table[$0] }
      return .init(columns: found.compactMap { $0 }) { batch in
        try selection.keep(Self.widened(batch, found, Schema(unchecked: fields)))
      }
    }
    conditions = (request.selection?.conditions ?? []).compactMap { condition in
      same(condition.column).map { ColumnCondition(column: $0, test: condition.test) }
    }
    present = self.positions.compactMap { $0 } + (selection?.columns ?? [])
  }

  func excludes(_ group: Int) -> Bool { file.excludes(conditions, group: group) }

  /// The batch with nulls for the columns that the file lacks.
  private static func widened(_ batch: Batch, _ found: [Int?], _ schema: Schema) -> Batch {
    var next = batch.columns.makeIterator()
    let columns = found.enumerated().map { k, position in
      (position == nil ? nil : next.next()) ?? .nulls(of: schema[k].type, count: batch.count)
    }
    return Batch(unchecked: schema, columns: columns, count: batch.count)
  }

  func read(_ part: ParquetPart, _ emit: (Batch) throws -> Flow) throws {
    let reading = ReadRequest(
      columns: positions.compactMap { $0 }, limit: request.limit, selection: selection)
    try part.read(reading, batchRows: request.batchRows) { batch in
      try emit(Self.widened(batch, positions, schema)) == .more
    }
  }
}
