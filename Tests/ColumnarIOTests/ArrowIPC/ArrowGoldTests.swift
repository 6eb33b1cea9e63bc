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

  @Test func goldFilesHaveTheValuesOfTheirText() throws {
    guard let corpus = Self.corpus else { return }
    let folder = "1.0.0-littleendian"
    let names = Self.names(folder, ".json.gz").map { String($0.dropLast(8)) }
    #expect(names.count == 9)
    for name in names {
      let base = "\(corpus)/\(folder)/\(name)"
      for end in [".arrow_file", ".stream"] {
        let expected = try ArrowGoldText(path: base + ".json.gz")
        let reader = try ArrowFileReader(path: base + end)
        #expect(reader.schema.schema.names == expected.names, "\(name)\(end)")
        #expect(reader.batchCount == expected.batchCount, "\(name)\(end)")
        for k in 0..<reader.batchCount {
          let batch = try reader.batch(at: k)
          let columns = try expected.columns(k)
          for (field, (a, b)) in zip(expected.names, zip(batch.columns, columns)) {
            #expect(Value.rows(of: a) == b, "\(name)\(end), batch \(k), column \(field)")
          }
        }
      }
    }
  }

  @Test(arguments: ["lz4", "zstd"])
  func compressionIsRefusedByName(_ codec: String) throws {
    guard let corpus = Self.corpus else { return }
    for end in ["arrow_file", "stream"] {
      let error = #expect(throws: ColumnarError.self) {
        let reader = try ArrowFileReader(
          path: "\(corpus)/2.0.0-compression/generated_\(codec).\(end)")
        _ = try reader.batch(at: 0)
      }
      #expect(error?.code == .unsupported)
      #expect(error?.message.contains(codec.uppercased()) == true)
    }
  }

  /// Inputs that once crashed other readers.
  @Test func foundByFuzzing() throws {
    guard let corpus = Self.corpus else { return }
    let names = Self.names("fuzz-stream", "")
    #expect(names.count > 30)
    for name in names {
      let path = "\(corpus)/fuzz-stream/\(name)"
      let start = ContinuousClock.now
      var outcome = "read"
      do {
        let reader = try ArrowFileReader(path: path)
        for k in 0..<reader.batchCount {
          let batch = try reader.batch(at: k)
          guard batch.count < 100_000 else { continue }
          for column in batch.columns { _ = Value.rows(of: column) }
        }
      } catch let error as ColumnarError {
        outcome = "\(error.code)"
        #expect([.corruptFile, .unsupported].contains(error.code), "\(name): \(error)")
      }
      #expect(outcome != "read", "\(name) was read without an error")
      #expect(ContinuousClock.now - start < .seconds(60), "\(name)")
      let descriptor = open(path, O_RDONLY)
      defer { close(descriptor) }
      #expect(throws: ColumnarError.self, "\(name) as a stream") {
        let stream = try ArrowStreamReader(descriptor: descriptor, name: name)
        while try stream.next() != nil {}
      }
    }
  }
}
