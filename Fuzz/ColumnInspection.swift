import ColumnarCore
import ColumnarIO

/// Looks at every value of what a reader made of its input, and works with it.
enum ColumnInspection {
  /// Ends the process if a batch is not what kernels may rely upon.
  static func inspect(_ batch: Batch) {
    precondition(batch.schema.count == batch.columns.count)
    for (field, column) in zip(batch.schema.fields, batch.columns) {
      precondition(column.type == field.type && column.count == batch.count)
      inspect(column)
    }
    guard batch.count <= FuzzTarget.rows else { return }
    let backwards = RowIndices((0..<Int32(batch.count)).reversed())
    let turned = batch.taking(backwards)
    turned.columns.forEach(inspect)
    _ = batch.filtered(by: Bitmap((0..<batch.count).map { $0 % 3 != 0 }))
    let joined = Batch.concatenating([batch, turned], schema: batch.schema)
    joined.columns.forEach(inspect)
    // As hash tables do, which ask for equal hashes of equal rows.
    let hashes = hashes(of: joined)
    precondition(hashes.first == hashes.last, "equal rows differ in their hashes")
    writeAndRead(joined)
  }

  /// A hash of each row; none without columns.
  static func hashes(of batch: Batch) -> [UInt64] {
    if batch.columns.isEmpty { return [] }
    return RowHash.hash(batch.columns).withBytes {
      Array($0.bindMemory(to: UInt64.self).prefix(batch.count))
    }
  }

  private static func inspect(_ column: Column) {
    let nulls = column.nullCount
    precondition(nulls >= 0 && nulls <= column.count)
    if let validity = column.validity { precondition(validity.count == column.count) }
    if column.encoding == .dictionary {
      let values = column.storage.children[0]
      column.storage.values.withBytes { bytes in
        let codes = bytes.bindMemory(to: Int32.self)
        for row in 0..<column.count where !column.isNull(row) {
          let code = Int(codes[column.offset + row])
          precondition(code >= 0 && code < values.count, "a code without a value")
        }
      }
    }
    let plain = column.decoded()
    precondition(plain.count == column.count && plain.nullCount == nulls)
    switch plain.type.physical {
    case .bytes: inspectBytes(plain)
    case .list, .fixedSizeList: inspectLists(plain)
    case .structure:
      for child in plain.structChildren {
        precondition(child.count == plain.count)
        inspect(child)
      }
    default: break
    }
  }

  private static func inspectBytes(_ column: Column) {
    let view = BytesView(column)
    defer { withExtendedLifetime(view) {} }
    var sum: UInt8 = 0
    for row in 0..<column.count {
      view.withBytes(row) { bytes in
        for byte in bytes { sum &+= byte }
        guard column.type.kind == .string, !column.isNull(row) else { return }
        precondition(UTF8Validation.firstInvalidByte(in: bytes) == nil, "text that is not UTF-8")
      }
    }
  }

  private static func inspectLists(_ column: Column) {
    let view = ListView(column)
    defer { withExtendedLifetime(view) {} }
    var (first, last) = (Int.max, 0)
    for row in 0..<column.count {
      let range = view.range(row)
      precondition(range.lowerBound >= 0 && range.upperBound <= view.elements.count)
      (first, last) = (min(first, range.lowerBound), max(last, range.upperBound))
    }
    guard first < last, last - first <= 16 * FuzzTarget.rows else { return }
    inspect(view.elements.slice(first..<last))
  }

  /// Whatever was read can be written, and comes back.
  private static func writeAndRead(_ batch: Batch) {
    do {
      let schema = try IPCSchema(batch.schema)
      let bytes = try IPCEncoder(schema).plan(batch).message()
      var messages = IPCMessages(bytes, IPCOrigin(FuzzTarget.fileName))
      var decoder = IPCDecoder(schema)
      guard let message = try messages.next(), let back = try decoder.decode(message) else {
        fatalError("a written batch is not there")
      }
      precondition(back.count == batch.count)
      for (a, b) in zip(batch.columns, back.columns) {
        precondition(a.nullCount == b.nullCount && a.type == b.type)
      }
      precondition(hashes(of: batch) == hashes(of: back), "other values come back")
    } catch { fatalError("what was read cannot be written: \(error)") }
  }
}
