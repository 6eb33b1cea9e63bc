import ColumnarCore
import ColumnarTesting
import Glibc
import Testing

@testable import ColumnarIO

/// Files that other implementations wrote, from the Arrow project's testing repository.
@Suite struct ArrowGoldTests {
  /// The corpus beside the package; nil where it is absent, which is said once.
  static let corpus: String? = {
    let parts = #filePath.split(separator: "/").dropLast(5)
    let path = "/" + parts.joined(separator: "/") + "/shared/arrow-testing"
    if access(path, R_OK) == 0 { return path }
    print("Arrow corpus tests are skipped: there is no \(path)")
    return nil
  }()

  static func names(_ folder: String, _ suffix: String) -> [String] {
    guard let corpus, let listing = opendir("\(corpus)/\(folder)") else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(suffix), !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// The folders of gold files, and how many there are at least.
  @Test(arguments: [("1.0.0-littleendian", 9), ("2.0.0-compression", 2)])
  func goldFilesAreThere(_ folder: String, _ count: Int) {
    guard Self.corpus != nil else { return }
    #expect(Self.names(folder, ".json.gz").count >= count)
  }

  /// Every gold file in every folder: the values of its text, or a reason for not reading it.
  @Test func goldFilesHaveTheValuesOfTheirText() throws {
    guard let corpus = Self.corpus else { return }
    var read = 0
    for folder in Self.names("", "") {
      for name in Self.names(folder, ".json.gz").map({ String($0.dropLast(8)) }) {
        let base = "\(corpus)/\(folder)/\(name)"
        for end in [".arrow_file", ".stream"] where access(base + end, R_OK) == 0 {
          do {
            try Self.expectSame(base, end)
            read += 1
          } catch let error as ColumnarError where error.code == .unsupported {
            #expect(error.message.contains(name), "\(error)")
            print("\(folder)/\(name)\(end) is not read: \(error.message)")
          }
        }
      }
    }
    #expect(read >= 22)
  }

  private static func expectSame(_ base: String, _ end: String) throws {
    let name = base.split(separator: "/").suffix(2).joined(separator: "/") + end
    let reader = try ArrowFileReader(path: base + end)
    let expected = try ArrowGoldText(path: base + ".json.gz")
    #expect(reader.schema.schema.names == expected.names, "\(name)")
    #expect(reader.batchCount == expected.batchCount, "\(name)")
    for k in 0..<reader.batchCount {
      let batch = try reader.batch(at: k)
      let columns = try expected.columns(k)
      for (field, (a, b)) in zip(expected.names, zip(batch.columns, columns)) {
        #expect(Value.rows(of: a) == b, "\(name), batch \(k), column \(field)")
      }
    }
  }

  /// Inputs that once crashed other readers: errors that tell file and place.
  @Test func foundByFuzzing() throws {
    guard let corpus = Self.corpus else { return }
    var found = 0
    for folder in Self.names("", "") where folder.contains("fuzz") {
      for name in Self.names(folder, "") {
        found += 1
        let path = "\(corpus)/\(folder)/\(name)"
        let isError = Self.isRefused(path) {
          let reader = try ArrowFileReader(path: path)
          for k in 0..<reader.batchCount { Self.look(at: try reader.batch(at: k)) }
        }
        let isStreamError = Self.isRefused(path) {
          let descriptor = open(path, O_RDONLY)
          defer { close(descriptor) }
          let stream = try ArrowStreamReader(descriptor: descriptor, name: path)
          while let batch = try stream.next() { Self.look(at: batch) }
        }
        // Of those that we know there is none that could be read.
        if folder == "fuzz-stream" { #expect(isError && isStreamError, "\(name) was read") }
      }
    }
    #expect(found > 30)
  }

  /// Whether reading ends in an error; one that a file may not give is noted.
  private static func isRefused(_ path: String, _ body: () throws -> Void) -> Bool {
    do {
      try body()
      return false
    } catch {
      ParquetBadFileTests.expectTold(error, path)
      return true
    }
  }

  private static func look(at batch: Batch) {
    guard batch.count < 100_000 else { return }
    for column in batch.columns { _ = Value.rows(of: column) }
  }
}
