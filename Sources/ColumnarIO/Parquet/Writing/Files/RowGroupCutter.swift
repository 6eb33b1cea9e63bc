import ColumnarCore

/// Cuts a stream of batches into row groups, by rows and by bytes.
package struct RowGroupCutter: Sendable {
  /// The rows of a row group.
  package struct RowGroup: Sendable {
    package var batches: [Batch] = []
    package var rowCount = 0
    package var byteCount = 0
  }

  /// Rows that do not make a row group yet.
  package struct Waiting: Sendable {
    package fileprivate(set) var group = RowGroup()
    /// About the bytes that they take.
    var byteCount: Int { group.byteCount }
    /// None.
    package init() {}
  }

  private let rows: Int
  private let bytes: Int

  package init(_ options: ParquetWriteOptions) {
    rows = options.rowGroupRows
    bytes = options.rowGroupBytes
  }

  /// Adds a batch; gives the row groups that are full.
  package func add(_ batch: Batch, to waiting: inout Waiting) -> [RowGroup] {
    var full: [RowGroup] = []
    var rest = batch
    while rest.count > 0 {
      let perRow = max(1, rest.bytesPerRow)
      let room = max(0, bytes - waiting.group.byteCount) / perRow
      let least = waiting.group.rowCount == 0 ? 1 : 0
      let taken = min(rest.count, rows - waiting.group.rowCount, max(least, room))
      if taken > 0 {
        waiting.group.batches.append(rest.slice(0..<taken))
        waiting.group.rowCount += taken
        waiting.group.byteCount += taken * perRow
        rest = rest.slice(taken..<rest.count)
      }
      if taken == 0 || waiting.group.rowCount == rows { full.append(close(&waiting)) }
    }
    return full
  }

  /// What is left behind the last batch; nil if there is nothing.
  package func rest(of waiting: inout Waiting) -> RowGroup? {
    waiting.group.rowCount == 0 ? nil : close(&waiting)
  }

  private func close(_ waiting: inout Waiting) -> RowGroup {
    let group = waiting.group
    waiting.group = RowGroup()
    return group
  }
}

extension Batch {
  /// About how many bytes a row takes in memory.
  fileprivate var bytesPerRow: Int {
    count == 0 ? 0 : columns.reduce(0) { $0 + $1.writtenBytes } / count
  }
}

extension Column {
  /// About how many bytes the rows take, without what is shared with others.
  fileprivate var writtenBytes: Int {
    switch encoding {
    case .constant: return 0
    case .dictionary: return count * 4
    case .plain: break
    }
    switch type.physical {
    case .null, .opaque: return 0
    case .bool: return count / 8 + 1
    case .bytes:
      // Every eighth tells enough.
      let view = BytesView(self)
      var total = 0
      for row in stride(from: 0, to: count, by: 8) {
        let length = view.views[row].count
        total &+= length > ByteView.inlineLimit ? length : 0
      }
      return count &* 16 &+ total &* count / max(1, (count &+ 7) / 8)
    case .structure: return structChildren.reduce(0) { $0 + $1.writtenBytes }
    case .list, .fixedSizeList:
      guard count > 0 else { return 0 }
      let lists = ListView(self)
      let elements = lists.elements.slice(
        lists.range(0).lowerBound..<lists.range(count - 1).upperBound)
      return count * 8 + elements.writtenBytes
    default: return count * (type.physical.width ?? 8)
    }
  }
}
