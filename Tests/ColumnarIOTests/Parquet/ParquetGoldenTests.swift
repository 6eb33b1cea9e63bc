import ColumnarCore
import ColumnarTesting
import Foundation
import MiniParquet
import Testing

@testable import ColumnarIO

/// Files that other implementations wrote, compared with what pyarrow reads.
@Suite struct ParquetGoldenTests {
  /// The files of the corpus that are refused, and what the error says.
  static let refused = [
    // Strings of more than two gigabytes in four kilobytes.
    "large_string_map.brotli.parquet": "more than is read at once"
  ]

  static func expectSame(_ path: String, _ golden: ParquetTesting.Golden) throws {
    let file = try ParquetFile(path: path)
    let name = path.split(separator: "/").last ?? ""
    #expect(file.metadata.rowCount == golden.rows, "\(name)")
    #expect(file.columns.names == golden.columns.map(\.name), "\(name)")
    for (partRows, batchRows) in [(1 << 17, 8192), (29, 11), (1 << 17, 1)] {
      // One row at a time is slow.
      if batchRows == 1, golden.rows > 1000 { continue }
      let values = try ParquetTesting.values(of: file, partRows: partRows, batchRows: batchRows)
      for (column, values) in zip(golden.columns, values) {
        let note: Comment = "\(name), column \(column.name), batches of \(batchRows)"
        #expect(values.count == golden.rows, note)
        #expect(values.prefix(3).map(\.notation) == column.head, note)
        #expect(Value.hash(values) == column.hash, note)
      }
    }
  }

  @Test func corpus() throws {
    guard let corpus = ParquetTesting.corpus else { return }
    let goldens = try ParquetTesting.goldens("\(ParquetTesting.folder)/Golden/corpus.json")
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(corpus)/data")
      .filter { $0.contains(".parquet") }
    #expect(names.count > 30)
    var others: [String] = []
    for name in names.sorted() {
      let path = "\(corpus)/data/\(name)"
      if let reason = Self.refused[name] {
        let error = #expect(throws: ColumnarError.self, "\(name)") {
          _ = try ParquetTesting.values(of: try ParquetFile(path: path))
        }
        #expect(error?.message.contains(reason) == true, "\(name): \(error?.message ?? "")")
        continue
      }
      guard let golden = goldens[name] else {
        others.append(name)
        continue
      }
      do { try Self.expectSame(path, golden) } catch { Issue.record("\(name): \(error)") }
    }
    try Self.expectSameOrRefused(others.map { "\(corpus)/data/\($0)" })
  }

  /// Files of which nobody has written down what is in them: pyarrow is asked where it is, and what
  /// is refused says why.
  static func expectSameOrRefused(_ paths: [String]) throws {
    guard !paths.isEmpty else { return }
    var goldens: [String: ParquetTesting.Golden] = [:]
    if let python = PythonPeer.python {
      let found = try PythonPeer.run(
        python, ["\(ParquetTesting.folder)/make_golden.py", "files"] + paths)
      #expect(found.status == 0, "\(found.text)")
      goldens = try JSONDecoder().decode(
        [String: ParquetTesting.Golden].self, from: Data(found.text.utf8))
    }
    for path in paths {
      do {
        if let golden = goldens[path] {
          try expectSame(path, golden)
        } else {
          try ParquetBadFileTests.read(ParquetFile(path: path))
          print("\(path) was read; there is nothing to compare it with")
        }
      } catch {
        ParquetBadFileTests.expectTold(error, path)
      }
    }
  }

  @Test func allTypesEncodingsAndCodecs() throws {
    let folder = "\(ParquetTesting.folder)/Golden"
    let goldens = try ParquetTesting.goldens("\(folder)/files.json")
    #expect(goldens.count > 20)
    for (name, golden) in goldens.sorted(by: { $0.key < $1.key }) {
      do { try Self.expectSame("\(folder)/files/\(name)", golden) } catch {
        Issue.record("\(name): \(error)")
      }
    }
  }

  /// More of the same: `make_golden.py CORPUS OUT SEED` for any seed, and OUT here.
  @Test func moreFiles() throws {
    guard let folder = ProcessInfo.processInfo.environment["COLUMNAR_PARQUET_FILES"] else { return }
    for (name, golden) in try ParquetTesting.goldens("\(folder)/files.json") {
      do { try Self.expectSame("\(folder)/files/\(name)", golden) } catch {
        Issue.record("\(name): \(error)")
      }
    }
  }

  @Test func textThatRepeatsStaysCoded() throws {
    let file = try ParquetFile(
      path: "\(ParquetTesting.folder)/Golden/files/repeated-text.parquet")
    var dictionaries: [Column] = []
    let parts = ParquetPart.cut(file, group: 0, columns: [0, 1], rows: 1 << 17)
    for part in parts {
      try part.read(ReadRequest(columns: [0, 1]), batchRows: 300) { batch in
        for column in batch.columns { #expect(column.encoding == .dictionary) }
        dictionaries.append(batch.columns[0].encodedValues)
        return true
      }
    }
    #expect(dictionaries.count == 4)
    #expect(dictionaries.allSatisfy { $0.isSameWindow(as: dictionaries[0]) })
  }

  @Test func checksums() throws {
    guard let corpus = ParquetTesting.corpus else { return }
    var options = ParquetReadOptions()
    options.verifiesChecksums = true
    let good = [
      "\(corpus)/data/datapage_v1-uncompressed-checksum.parquet",
      "\(corpus)/data/plain-dict-uncompressed-checksum.parquet",
      "\(ParquetTesting.folder)/Golden/files/crc.parquet",
    ]
    for path in good {
      _ = try ParquetTesting.values(of: try ParquetFile(path: path, options: options))
    }
    let bad = [
      "datapage_v1-corrupt-checksum.parquet", "rle-dict-uncompressed-corrupt-checksum.parquet",
    ]
    for name in bad {
      let file = try ParquetFile(path: "\(corpus)/data/\(name)", options: options)
      let error = #expect(throws: ColumnarError.self, "\(name)") {
        _ = try ParquetTesting.values(of: file)
      }
      #expect(error?.code == .corruptFile)
      #expect(error?.message.contains("checksum") == true)
    }
  }

  @Test func unsupportedColumnsCanBeLeftOut() throws {
    var options = ParquetReadOptions()
    options.unsupportedColumns = .omit
    var mini = MiniParquet(physical: 7, repetition: 0)
    (mini.typeLength, mini.decimal) = (20, (40, 2))
    mini.page = [UInt8](repeating: 0, count: 20)
    let bytes = Buffer(copying: mini.file)
    let error = #expect(throws: ColumnarError.self) {
      _ = try ParquetTesting.values(of: ParquetFile(bytes, path: "test"))
    }
    #expect(error?.code == .unsupported && error?.message.contains("40 digits") == true)
    let file = try ParquetFile(bytes, path: "test", options: options)
    #expect(file.columns.count == 0)
    #expect(file.omitted.map(\.name) == ["c"])
    #expect(file.metadata.rowCount == 1)
  }
}
