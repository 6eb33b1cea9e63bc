import ColumnarCore
import ColumnarIO
import Glibc

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
    guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, bytes.baseAddress, bytes.count, 0) >= 0,
      lseek(descriptor, 0, SEEK_SET) == 0
    else { fatalError("the input could not be made a file") }
    let reader = try ArrowStreamReader(descriptor: descriptor, name: FuzzTarget.fileName)
    for _ in 0..<16 {
      guard let batch = try reader.next() else { return }
      inspect(batch)
    }
  }

  private static let descriptor: Int32 = {
    let path = "/tmp/columnar-fuzz-\(getpid())"
    let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    unlink(path)
    return descriptor
  }()

  private static func inspect(_ batch: Batch) {
    ColumnInspection.inspect(batch.slice(0..<min(batch.count, FuzzTarget.rows)))
  }
}
