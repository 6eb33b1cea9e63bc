import ColumnarCore
import ColumnarTesting
import Foundation
import Testing

@testable import ColumnarIO

/// Layouts that few writers use, from pyarrow: each column beside the same values in a plain one.
@Suite struct ArrowOddTests {
  /// The folder that the script filled, and the names in it without those of `end`.
  static func withFiles(_ body: (String, (String) -> [String]) throws -> Void) throws {
    guard let python = PythonPeer.python else { return }
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("odd_peer.py").path
    let folder = "/tmp/columnar-odd-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let made = try PythonPeer.run(python, [script, folder])
    try #require(made.status == 0, "\(made.text)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    try body(folder) { end in
      names.filter { $0.hasSuffix(end) }.map { String($0.dropLast(end.count)) }
    }
  }

  static func rows(_ path: String, columns chosen: [Int]? = nil) throws -> [[Value]] {
    let reader = try ArrowFileReader(path: path)
    let columns = chosen ?? Array(reader.schema.fields.indices)
    var rows = columns.map { _ in [Value]() }
    for k in 0..<reader.batchCount {
      let batch = try reader.batch(at: k, columns: columns)
      for (position, column) in batch.columns.enumerated() {
        #expect(column.type == reader.schema.schema[columns[position]].type, "\(path)")
        rows[position] += Value.rows(of: column)
      }
    }
    return rows
  }

  @Test func oddLayoutsHaveTheValuesOfPlainOnes() throws {
    try Self.withFiles { folder, names in
      let pairs = names(".odd")
      #expect(pairs.count > 90)
      for name in pairs {
        let plain = try Self.rows("\(folder)/\(name).plain")
        #expect(plain[0].count >= 400)
        #expect(try Self.rows("\(folder)/\(name).odd") == plain, "\(name)")
        if plain.count > 1 {
          let last = try Self.rows("\(folder)/\(name).odd", columns: [plain.count - 1])
          #expect(last == [plain[plain.count - 1]], "\(name), passed over")
        }
        guard name.contains("stream") else { continue }
        let descriptor = open("\(folder)/\(name).odd", O_RDONLY)
        defer { close(descriptor) }
        let stream = try ArrowStreamReader(descriptor: descriptor, name: name)
        var first: [Value] = []
        while let batch = try stream.next(columns: [0]) {
          first += Value.rows(of: batch.columns[0])
        }
        #expect(first == plain[0], "\(name) as a stream")
      }
      for name in names(".refused") {
        let error = #expect(throws: ColumnarError.self) {
          try ArrowFileReader(path: "\(folder)/\(name).refused")
        }
        let kind = name.split(separator: "-")[0]
        #expect(error?.code == .unsupported, "\(name)")
        #expect(error?.message.contains("\"the column") == true, "\(name)")
        #expect(error?.message.contains(kind) == true, "\(name): \(error?.message ?? "")")
      }
    }
  }

  @Test func damagedOddLayoutsAreErrors() throws {
    try Self.withFiles { folder, names in
      var whole: [[UInt8]] = []
      for name in names(".odd") where name.hasSuffix("-stream") {
        let isShort = ["listview", "ree-int32", "dict-", "lz4", "zstd"].contains {
          name.hasPrefix($0)
        }
        if isShort {
          whole.append(Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name).odd"))))
        }
      }
      #expect(whole.count > 10)
      PropertyTest.seeds(300) { generator in
        var bytes = generator.random.pick(whole)
        for _ in 0..<generator.random.pick([1, 1, 2, 10]) {
          let at = generator.random.int(in: 0..<bytes.count)
          bytes[at] = generator.random.pick([0, 1, 0x7F, 0xFF, bytes[at] ^ 4, bytes[at] ^ 64])
        }
        do {
          let reader = try ArrowFileReader(Buffer(copying: bytes), path: "test")
          for k in 0..<reader.batchCount {
            let batch = try reader.batch(at: k)
            guard batch.count < 10_000 else { continue }
            for column in batch.columns {
              let rows = Value.rows(of: column)
              let order = RowIndices((0..<Int32(batch.count)).reversed())
              #expect(Value.rows(of: column.taking(order)) == rows.reversed())
            }
          }
        } catch {
          let code = (error as? ColumnarError)?.code
          #expect([.corruptFile, .unsupported].contains(code), "\(error)")
        }
      }
    }
  }
}
