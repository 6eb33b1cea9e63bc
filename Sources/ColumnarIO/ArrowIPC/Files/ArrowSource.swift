import ColumnarCore

/// An Arrow file or stream on disk, opened for queries: it is mapped, and read in splits.
package final class ArrowSource: FileSource {
  package let path: String
  package let schema: Schema
  private let reader: ArrowFileReader
  /// Rows that a condition is looked at for at once.
  private static let sliceRows = 8192
  /// A larger batch falls into several splits, which share what is read of it.
  private static let splitRows = 1 << 17

  /// The batches of a split; of one that was cut up, the rows, and the columns once they are read.
  private struct Part: Sendable {
    let batches: Range<Int>
    var rows: Range<Int>?
    var shared: SharedBatch?
  }

  /// Opens the file and reads its metadata and dictionaries.
  package convenience init(path: String) throws {
    self.init(try ArrowFileReader(path: path), path: path)
    var seen = Set<String>()
    if let twice = schema.names.first(where: { !seen.insert($0).inserted }) {
      throw ColumnarError(
        .duplicateName,
        "\"\(path)\" has two columns named \"\(twice)\". Have one renamed where it is written.",
        context: [.file(path)])
    }
  }

  private init(_ reader: ArrowFileReader, path: String) {
    self.reader = reader
    self.path = path
    schema = reader.schema.schema
  }

  package func narrowed(to types: [Int: DataType]) -> (any FileSource)? {
    ArrowSource(reader.narrowed(to: types), path: path)
  }

  package func splits(targetBytes: Int) throws -> [FileSplit] {
    var splits: [FileSplit] = []
    var batch = 0
    func add(_ part: Part) {
      splits.append(
        FileSplit(
          index: splits.count, bytes: reader.range(of: part.batches.lowerBound), detail: part))
    }
    while batch < reader.batchCount {
      let rows = try reader.rowCount(of: batch)
      if rows > 2 * Self.splitRows {
        let shared = SharedBatch(rows: rows)
        for start in stride(from: 0, to: rows, by: Self.splitRows) {
          add(
            Part(
              batches: batch..<(batch + 1), rows: start..<min(rows, start + Self.splitRows),
              shared: shared))
        }
        batch += 1
        continue
      }
      let first = batch
      var bytes = 0
      while batch < reader.batchCount, bytes < targetBytes {
        if batch > first, try reader.rowCount(of: batch) > 2 * Self.splitRows { break }
        bytes += reader.range(of: batch).count
        batch += 1
      }
      add(Part(batches: first..<batch))
    }
    return splits
  }

  package func read(
    _ split: FileSplit, _ request: ReadRequest, emit: (Batch) throws -> Bool
  ) throws {
    guard let part = split.detail as? Part else {
      throw ColumnarError(.internal, "A split of another source was given to \"\(path)\".")
    }
    var left = request.limit ?? .max
    for index in part.batches {
      guard left > 0 else { return }
      let goesOn = try read(index, part, request, &left, emit)
      if !goesOn { return }
    }
  }

  private func read(
    _ index: Int, _ part: Part, _ request: ReadRequest, _ left: inout Int,
    _ emit: (Batch) throws -> Bool
  ) throws -> Bool {
    guard let selection = request.selection else {
      return try give(batch(index, part, request.columns), &left, emit)
    }
    // The filter's columns come first: where it keeps nothing, the others are never looked at.
    let tested = try self.batch(index, nil, selection.columns).rows(part.rows)
    var kept: [(start: Int, bits: Bitmap)] = []
    var start = 0
    while start < tested.count {
      let slice = tested.slice(start..<min(tested.count, start + Self.sliceRows))
      let bits = try selection.keep(slice)
      if bits.setCount > 0 { kept.append((start, bits)) }
      start += slice.count
    }
    guard !kept.isEmpty else { return true }
    let wanted = try batch(index, part, request.columns)
    for (start, bits) in kept {
      let slice = wanted.slice(start..<(start + bits.count)).filtered(by: bits)
      guard try give(slice, &left, emit) else { return false }
    }
    return true
  }

  /// Hands a batch on, up to the limit.
  private func give(
    _ batch: Batch, _ left: inout Int, _ emit: (Batch) throws -> Bool
  ) throws -> Bool {
    let given = batch.slice(0..<min(batch.count, left))
    left -= given.count
    if given.count > 0, try !emit(given) { return false }
    return left > 0
  }

  /// The rows of a part of a batch; what several parts need is read once.
  private func batch(_ index: Int, _ part: Part?, _ columns: [Int]) throws -> Batch {
    guard let shared = part?.shared else { return try reader.batch(at: index, columns: columns) }
    let schema = Schema(unchecked: columns.map { self.schema[$0] })
    let made = try shared.columns(columns) { try reader.batch(at: index, columns: $0).columns }
    return Batch(unchecked: schema, columns: made, count: shared.rows).rows(part?.rows)
  }
}

extension Batch {
  /// These rows, or all.
  fileprivate func rows(_ range: Range<Int>?) -> Batch { range.map { slice($0) } ?? self }
}
