import ColumnarCore
import ColumnarIO

/// Reads Arrow files and streams.
enum ArrowFuzz {
  /// From memory, where batches are read in any order.
  static func readFile(_ bytes: Buffer) throws {
    let reader = try ArrowFileReader(bytes, path: FuzzTarget.fileName)
    let columns = reader.schema.schema.count
    var failure: (any Error)?
    for index in (0..<reader.batchCount).reversed().prefix(8) {
      do {
        let rows = try reader.rowCount(of: index)
        let batch = try reader.batch(at: index)
        precondition(batch.count == rows)
        inspect(batch)
        if columns > 1 { inspect(try reader.batch(at: index, columns: [columns - 1, 0])) }
      } catch {
        FuzzTarget.check(error)
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// From a descriptor, one batch after the other.
  static func readStream(_ bytes: UnsafeRawBufferPointer) throws {
    FuzzFile.write(bytes)
    let reader = try ArrowStreamReader(descriptor: FuzzFile.descriptor, name: FuzzTarget.fileName)
    for _ in 0..<16 {
      guard let batch = try reader.next() else { return }
      inspect(batch)
    }
  }

  private static func inspect(_ batch: Batch) {
    ColumnInspection.inspect(batch.slice(0..<min(batch.count, FuzzTarget.rows)))
  }
}
