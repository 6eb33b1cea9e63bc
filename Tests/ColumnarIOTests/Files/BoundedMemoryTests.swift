import ColumnarCore
import ColumnarTesting
import Foundation
import MiniParquet
import Testing

@testable import ColumnarIO

/// Damaged files take no more memory than their size warrants, whatever they say.
@Suite struct BoundedMemoryTests {
  /// Inputs that fuzzing found, by reader; the folder lies beside this one.
  static let fuzzed = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fuzzed").path

  static func names(_ folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().filter { !$0.hasPrefix(".") }.map { "\(folder)/\($0)" }
  }

  /// Reads a file as whatever it may be; errors are those that a file may give.
  static func read(_ path: String, as format: String) {
    do {
      switch format {
      case "parquet": try ParquetBadFileTests.read(ParquetFile(path: path))
      case "arrow":
        let reader = try ArrowFileReader(path: path)
        for k in 0..<reader.batchCount where try reader.rowCount(of: k) < 100_000 {
          for column in try reader.batch(at: k).columns { _ = Value.rows(of: column) }
        }
      case "arrows":
        let descriptor = open(path, O_RDONLY)
        defer { close(descriptor) }
        let stream = try ArrowStreamReader(descriptor: descriptor, name: path)
        while let batch = try stream.next() {
          guard batch.count < 100_000 else { continue }
          for column in batch.columns { _ = Value.rows(of: column) }
        }
      case "csv":
        let whole = try readCSV(path, csvOptions { $0.badRows = .collect() })
        #expect(try readCSV(path, csvOptions { $0.badRows = .collect() }, target: 7) == whole)
      default:
        let whole = try readJSON(path: path, jsonOptions { $0.badRows = .collect() })
        #expect(
          try readJSON(path: path, jsonOptions { $0.badRows = .collect() }, target: 7) == whole)
      }
    } catch {
      let codes = ParquetBadFileTests.expected.union([.invalidValue, .typeMismatch])
      let name = path.split(separator: "/").last ?? ""
      let error = error as? ColumnarError
      #expect(error.map { codes.contains($0.code) } == true, "\(name): \(error)")
      #expect(error?.message.contains(name) == true, "\(name): \(error)")
    }
  }

  @Test(arguments: ["parquet", "arrow", "arrows", "csv", "jsonl"])
  func whatFuzzingFound(_ format: String) {
    for path in Self.names("\(Self.fuzzed)/\(format)") { Self.read(path, as: format) }
  }

  /// All of it once more in a process that gets no more memory than half a gigabyte.
  @Test func littleMemoryIsEnough() async {
    await #expect(processExitsWith: .success) {
      _ = Value.rows(of: Int.column(of: [1]))
      let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        .split(separator: " ").first.flatMap { Int($0) }
      let most = rlim_t((pages ?? 0) * 4096 + 512 << 20)
      var limit = rlimit(rlim_cur: most, rlim_max: most)
      guard setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else { exit(1) }
      for format in ["parquet", "arrow", "arrows", "csv", "jsonl"] {
        for path in Self.names("\(Self.fuzzed)/\(format)") { Self.read(path, as: format) }
      }
      if let corpus = ParquetTesting.corpus {
        for path in Self.names("\(corpus)/bad_data") { Self.read(path, as: "parquet") }
      }
      if let corpus = ArrowGoldTests.corpus {
        for folder in Self.names(corpus) where folder.contains("fuzz") {
          for path in Self.names(folder) {
            Self.read(path, as: "arrow")
            Self.read(path, as: "arrows")
          }
        }
      }
      Self.readBombs()
    }
  }

  /// Pages of a few bytes that are said to be large, in every codec.
  private static func readBombs() {
    for codec in 0...7 {
      for size in [1 << 20, 1 << 28, 1 << 30, Int(Int32.max)] {
        for packed in [1, 1 << 10, 1 << 15] {
          let page = [UInt8](repeating: 0x5A, count: packed)
          let file = MiniParquet(physical: 6, codec: codec, unpackedSize: size, page: page).file
          do { try ParquetBadFileTests.read(file) } catch {
            let code = (error as? ColumnarError)?.code
            #expect(code.map(ParquetBadFileTests.expected.contains) == true, "\(error)")
          }
        }
      }
    }
  }
}
