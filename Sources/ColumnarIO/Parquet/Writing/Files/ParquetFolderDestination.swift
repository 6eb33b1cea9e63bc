import ColumnarCore

/// A folder of Parquet files, one or more for every combination of key values.
///
/// `@unchecked Sendable`: rows are routed by one thread at a time, which alone touches what is
/// waiting; row groups are written by one, which alone touches the files.
package final class ParquetFolderDestination: RowGroupDestination, @unchecked Sendable {
  package let encoder: ColumnEncoder
  private let folder: AtomicFolder
  private let options: ParquetWriteOptions
  private let cutter: RowGroupCutter
  /// The columns of the files; the router is not read while another thread may change it.
  private let schema: Schema

  // What is waiting.
  private var router: PartitionRouter
  private var waiting: [RowGroupCutter.Waiting] = []
  private var waitingBytes = 0

  // The files.
  private var open: [Int: ParquetWriter] = [:]
  /// The open files, those written to longest ago first.
  private var order: [Int] = []
  private var fileCounts: [Int: Int] = [:]
  private static let openLimit = 128

  /// Starts a folder; see `AtomicFolder` and `PartitionRouter`.
  package init(
    path: String, schema: Schema, keys: [String], replaces: Bool, options: ParquetWriteOptions
  ) throws {
    router = try PartitionRouter(schema, keys: keys)
    self.schema = router.schema
    let made = try ParquetWriteSchema(router.schema, path: path)
    encoder = try ColumnEncoder(made, options, path: path)
    for column in options.sortedColumns { _ = try router.schema.index(of: column.column) }
    cutter = RowGroupCutter(options)
    self.options = options
    folder = try AtomicFolder(path, replaces: replaces)
  }

  // MARK: Rows

  package func route(_ batch: Batch) throws -> [RowGroupWork] {
    var works: [RowGroupWork] = []
    for part in try router.split(batch) {
      while waiting.count <= part.partition { waiting.append(RowGroupCutter.Waiting()) }
      let before = waiting[part.partition].byteCount
      let full = cutter.add(part.batch, to: &waiting[part.partition])
      waitingBytes += waiting[part.partition].byteCount - before
      works += full.map { work($0, part.partition) }
    }
    // No more waits than one row group may have: the largest ones go first.
    if waitingBytes > options.rowGroupBytes {
      let largest = waiting.indices.sorted { waiting[$0].byteCount > waiting[$1].byteCount }
      for partition in largest where waitingBytes > options.rowGroupBytes / 2 {
        guard let work = close(partition) else { continue }
        works.append(work)
      }
    }
    return works
  }

  private func work(
    _ group: RowGroupCutter.RowGroup, _ partition: Int, isLast: Bool = false
  ) -> RowGroupWork {
    RowGroupWork(
      group, columns: encoder.columnCount, file: partition, folder: router.folders[partition],
      isLast: isLast)
  }

  private func close(_ partition: Int, isLast: Bool = false) -> RowGroupWork? {
    waitingBytes -= waiting[partition].byteCount
    return cutter.rest(of: &waiting[partition]).map { work($0, partition, isLast: isLast) }
  }

  package func rest() throws -> [RowGroupWork] {
    var works: [RowGroupWork] = []
    while let partition = waiting.indices.last, works.count < 64 {
      if let work = close(partition, isLast: true) { works.append(work) }
      waiting.removeLast()
    }
    return works
  }

  // MARK: Files

  package func write(_ work: RowGroupWork) throws {
    let writer = try file(work)
    try writer.write(work.encoded)
    if work.isLast { try finish(work.file) }
  }

  private func file(_ work: RowGroupWork) throws -> ParquetWriter {
    if let writer = open[work.file] {
      order.removeAll { $0 == work.file }
      order.append(work.file)
      return writer
    }
    if open.count >= Self.openLimit, let oldest = order.first { try finish(oldest) }
    try folder.makeFolder(work.folder)
    let number = fileCounts[work.file, default: 0]
    fileCounts[work.file] = number + 1
    let name = "\(work.folder)/part-\(number).parquet"
    let writer = try ParquetWriter(
      path: "\(folder.temporaryPath)/\(name)", shownAs: "\(folder.path)/\(name)",
      schema: schema, options: options)
    open[work.file] = writer
    order.append(work.file)
    return writer
  }

  private func finish(_ file: Int) throws {
    order.removeAll { $0 == file }
    try open.removeValue(forKey: file)?.finish()
  }

  package func finish() throws {
    for file in order { try finish(file) }
    try folder.commit(isDurable: options.isDurable)
  }
}
