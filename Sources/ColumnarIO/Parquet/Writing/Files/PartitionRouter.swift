import ColumnarCore

/// Tells rows apart by their keys: which of the partitions each belongs to.
///
/// Used by one thread at a time.
struct PartitionRouter {
  /// The rows of a batch that belong to one partition, without the keys.
  struct Part {
    let partition: Int
    let batch: Batch
  }

  /// The columns that are written: all but the keys.
  let schema: Schema
  private let keys: [Int]
  private let keyFields: [Field]
  private let kept: [Int]
  private let table: GroupTable
  /// The folder of each partition.
  private(set) var folders: [String] = []

  /// A router by the columns of those names.
  init(_ schema: Schema, keys names: [String]) throws {
    guard !names.isEmpty else {
      throw ColumnarError(.invalidPlan, "A partitioned folder needs a column to partition by.")
    }
    keys = try names.map { try schema.index(of: $0) }
    guard Set(keys).count == keys.count else {
      throw ColumnarError(.duplicateName, "A column to partition by is given twice.")
    }
    keyFields = keys.map { schema[$0] }
    for field in keyFields {
      guard field.type.isCastable(to: .string), field.type.element == nil,
        field.type.kind != .binary
      else {
        throw ColumnarError(
          .unsupported,
          "Column \"\(field.name)\" is \(field.type), which cannot name folders. Partition by "
            + "another column, or cast it to text first.")
      }
    }
    let chosen = Set(keys)
    kept = (0..<schema.count).filter { !chosen.contains($0) }
    guard !kept.isEmpty else {
      throw ColumnarError(
        .invalidPlan, "All columns are partitioned by, so that the files would have none.")
    }
    self.schema = Schema(unchecked: kept.map { schema[$0] })
    table = GroupTable(keyTypes: keyFields.map(\.type))
  }

  /// Splits a batch; the rows of each part keep their order.
  mutating func split(_ batch: Batch) throws -> [Part] {
    guard batch.count > 0 else { return [] }
    let columns = keys.map { batch.columns[$0] }
    let groups = table.assign(columns)
    try noteNew(columns, groups)
    defer { withExtendedLifetime(groups) {} }
    var counts = [Int](repeating: 0, count: folders.count)
    for row in 0..<batch.count { counts[Int(groups.pointer[row])] += 1 }
    let data = Batch(
      unchecked: schema, columns: kept.map { batch.columns[$0] }, count: batch.count)
    if let only = counts.firstIndex(of: batch.count) {
      return [Part(partition: only, batch: data)]
    }
    return rows(groups, counts).map { partition, rows in
      Part(
        partition: partition,
        batch: Batch(
          unchecked: schema, columns: data.columns.map { $0.taking(rows) }, count: rows.count))
    }
  }

  /// The rows of each group that there are any of.
  private func rows(_ groups: GroupIDs, _ counts: [Int]) -> [(Int, RowIndices)] {
    let memory = MutableBuffer(count: groups.count * 4)
    let target = memory.pointer(as: Int32.self)
    var (starts, next) = ([Int](), 0)
    for count in counts {
      starts.append(next)
      next += count
    }
    var places = starts
    for row in 0..<groups.count {
      let group = Int(groups.pointer[row])
      target[places[group]] = Int32(truncatingIfNeeded: row)
      places[group] += 1
    }
    let all = memory.freeze()
    return counts.indices.filter { counts[$0] > 0 }.map { group in
      let bytes = (starts[group] * 4)..<((starts[group] + counts[group]) * 4)
      return (group, RowIndices(buffer: all.slice(bytes), count: counts[group]))
    }
  }

  /// Names the folders of partitions that come for the first time.
  private mutating func noteNew(_ columns: [Column], _ groups: GroupIDs) throws {
    var fresh: [Int32] = []
    for row in 0..<groups.count where Int(groups.pointer[row]) == folders.count + fresh.count {
      fresh.append(Int32(truncatingIfNeeded: row))
    }
    guard !fresh.isEmpty else { return }
    let texts = try columns.map {
      BytesView(try $0.taking(RowIndices(fresh)).decoded().cast(to: .string, strict: true))
    }
    for row in fresh.indices {
      let values = zip(keyFields, texts).map { field, text in
        (field.name, text.validity?.isSet(row) ?? true ? text.string(row) : nil)
      }
      folders.append(HivePath.folder(values.map { (name: $0.0, value: $0.1) }))
    }
  }
}
