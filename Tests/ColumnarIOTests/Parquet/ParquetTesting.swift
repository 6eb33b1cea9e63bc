import ColumnarCore
import ColumnarTesting
import Foundation
import Testing

@testable import ColumnarIO

/// What the tests of Parquet files share.
enum ParquetTesting {
  /// The folder of this file.
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path

  /// The corpus beside the package; nil where it is absent, which is said once.
  static let corpus: String? = {
    let parts = #filePath.split(separator: "/").dropLast(5)
    let path = "/" + parts.joined(separator: "/") + "/shared/parquet-testing"
    if access(path, R_OK) == 0 { return path }
    print("Parquet corpus tests are skipped: there is no \(path)")
    return nil
  }()

  /// What a file should hold, as pyarrow read it.
  struct Golden: Decodable {
    struct Column: Decodable {
      let name: String
      let hash: String
      let head: [String]
    }
    let rows: Int
    let columns: [Column]
  }

  static func goldens(_ path: String) throws -> [String: Golden] {
    try JSONDecoder().decode(
      [String: Golden].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// All values of a file by column, read in parts and batches of those sizes.
  static func values(
    of file: ParquetFile, columns: [Int]? = nil, partRows: Int = 1 << 17, batchRows: Int = 8192
  ) throws -> [[Value]] {
    let columns = columns ?? Array(0..<file.columns.count)
    var values = [[Value]](repeating: [], count: columns.count)
    for group in file.metadata.rowGroups.indices {
      let parts = ParquetPart.cut(file, group: group, columns: columns, rows: partRows)
      for part in parts {
        try part.read(ReadRequest(columns: columns), batchRows: batchRows) { batch in
          #expect(batch.count <= batchRows)
          for (k, column) in batch.columns.enumerated() {
            #expect(column.type == file.columns[columns[k]].type)
            values[k] += Value.rows(of: column)
          }
          return true
        }
      }
    }
    return values
  }

  /// Bytes as a file in memory.
  static func file(_ bytes: [UInt8], name: String = "test") throws -> ParquetFile {
    try ParquetFile(Buffer(copying: bytes), path: name)
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }
}

extension Value {
  /// The value in the notation of make_golden.py.
  var notation: String {
    switch self {
    case .null: "n;"
    case .bool(let value): value ? "t;" : "f;"
    case .int(let value): "i\(value);"
    case .uint(let value): "i\(value);"
    case .double(let value):
      value.isNaN ? "dnan;" : "d" + Self.hex(value.bitPattern.bigEndian) + ";"
    case .decimal(let value): "x\(value);"
    case .bytes(let bytes): "b" + bytes.map { Self.hex($0) }.joined() + ";"
    case .list(let values): "[" + values.map(\.notation).joined() + "]"
    case .structure(let values): "{" + values.map(\.notation).joined() + "}"
    }
  }

  private static func hex<T: FixedWidthInteger>(_ value: T) -> String {
    withUnsafeBytes(of: value) { bytes in
      bytes.map { byte in
        let text = String(byte, radix: 16)
        return text.count == 1 ? "0" + text : text
      }.joined()
    }
  }

  /// FNV-1a of the values' notation.
  static func hash(_ values: [Value]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for value in values {
      for byte in value.notation.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    return hex(hash.bigEndian)
  }
}
