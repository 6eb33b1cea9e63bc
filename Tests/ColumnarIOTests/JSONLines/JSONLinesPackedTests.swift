import ColumnarCore
import Glibc
import Testing

@testable import ColumnarIO

/// Compressed files and standard input, which come piece by piece.
@Suite struct JSONLinesPackedTests {
  private let text = (0..<35_000).map { "{\"id\":\($0),\"s\":\"some text of row \($0)\"}\n" }
    .joined()

  /// The text packed as the options say, in two writers' files one behind the other.
  private func pack(_ text: String, _ compression: TextCompression) throws -> [UInt8] {
    let folder = TemporaryFolder()
    var bytes: [UInt8] = []
    let all = Array(text.utf8)
    for part in [all.prefix(all.count / 3), all.dropFirst(all.count / 3)] {
      let writer = try TextFileWriter(path: folder.path + "/x", compression: compression)
      try Array(part).withUnsafeBytes { try writer.write($0) }
      try writer.finish()
      bytes += try MappedFile.open(folder.path + "/x").withBytes { Array($0) }
    }
    return bytes
  }

  @Test(arguments: [TextCompression.gzip(level: 1), .zstd(level: 1)])
  func packedFiles(_ compression: TextCompression) throws {
    let folder = TemporaryFolder()
    let plain = try readJSON(path: folder.file("a", text))
    let bytes = try pack(text, compression)
    #expect(bytes.count < text.utf8.count / 3)
    // The name does not matter, the bytes do.
    let path = folder.file("b", bytes)
    #expect(try readJSON(path: path) == plain)
    #expect(try readJSON(path: path, request: ReadRequest(columns: [0], limit: 2)).lines.count == 2)
    for cut in [5, bytes.count / 4, bytes.count - 1] {
      let message = messageOfJSON(Array(bytes[..<cut]))
      #expect(
        message.contains("it ends in the middle of the compressed data"), "\(cut): \(message)")
    }
    var random = SeededRandom(17)
    for _ in 0..<10 {
      var damaged = Array(bytes[..<(bytes.count / 3)])
      damaged[Int(random.next() % UInt64(damaged.count))] ^= UInt8(1 + random.next() % 255)
      #expect(!messageOfJSON(damaged).hasPrefix("no error"))
    }
    let broken = try pack("{\"a\":1}\n{\"a\":2}\n{\"a\":x}\n", compression)
    #expect(messageOfJSON(broken).hasPrefix("\"x.jsonl\", line 3: a value should stand here"))
  }

  @Test func zstdMayHoldFramesToSkip() throws {
    let frame: [UInt8] = [0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
    let bytes = try frame + pack("{\"a\":1}\n{\"a\":2}\n", .zstd()) + frame
    let folder = TemporaryFolder()
    #expect(try readJSON(path: folder.file("x", bytes)).lines == ["{\"a\":1}", "{\"a\":2}"])
    #expect(messageOfJSON(bytes + [1]).contains("no valid zstd file"))
    #expect(messageOfJSON(bytes + [1, 2, 3, 4, 5]).contains("no valid zstd file"))
  }

  @Test(arguments: ["x.csv", "x.csv.gz", "x.csv.zst"])
  func csvIsPackedByName(_ name: String) throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/" + name
    let schema = Schema(unchecked: [Field("a", .int64)])
    let writer = try CSVWriter(path: path, schema: schema)
    let column = Int.column(of: Array(0..<10_000))
    try writer.write(Batch(unchecked: schema, columns: [column], count: 10_000))
    try writer.finish()
    let bytes = try MappedFile.open(path).withBytes { Array($0.prefix(4)) }
    #expect(
      "\(PackedFormat(beginning: bytes) as PackedFormat?)".contains(
        name.hasSuffix("gz") ? "gzip" : name.hasSuffix("zst") ? "zstd" : "nil"))
    #expect(try readCSV(path).columns[0].count == 10_000)
  }

  @Test func standardInputIsReadOnce() throws {
    for bytes in [Array(text.utf8), try pack(text, .gzip()), try pack(text, .zstd())] {
      var ends: [Int32] = [0, 0]
      try #require(pipe(&ends) == 0)
      let target = ends[1]
      let writer = Thread {
        bytes.withUnsafeBytes { bytes in
          var at = 0
          while at < bytes.count {
            let count = write(
              target, bytes.baseAddress.map { $0 + at }, min(5000, bytes.count - at))
            if count <= 0 { break }
            at += count
          }
        }
        close(target)
      }
      let input = StandardInput(ends[0])
      let opened = try TextFile("-", input: input)
      let again = try TextFile("-", input: input)
      // Two openings see the same beginning.
      for file in [opened, again] {
        let window = try file.openingWindow()
        #expect(window.base.loadUnaligned(as: UInt32.self).littleEndian == 0x6469_227B)
      }
      let window = try again.window()
      var (lines, position, stop, count) = (JSONLines(), 0, Int.max, 0)
      while try lines.find(window, &position, &stop, maxBytes: 1000, path: "-") {
        count += lines.lines.count
        position = lines.next
      }
      #expect(count == 35_000)
      #expect(window.line(of: position) == 35_001)
      let error = #expect(throws: ColumnarError.self) { try again.window() }
      #expect(error?.message.contains("can be read only once") == true)
      writer.join()
      close(ends[0])
    }
  }
}

/// A thread that runs a closure.
private final class Thread {
  private var thread = pthread_t()
  private final class Body {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
  }

  init(_ run: @escaping () -> Void) {
    let body = Unmanaged.passRetained(Body(run))
    pthread_create(
      &thread, nil,
      { raw in
        if let raw { Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run() }
        return nil
      }, body.toOpaque())
  }

  func join() { pthread_join(thread, nil) }
}
