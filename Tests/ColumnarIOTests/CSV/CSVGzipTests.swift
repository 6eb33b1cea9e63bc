#if Zlib
  import CZlib
  import ColumnarCore
  import Testing

  @testable import ColumnarIO

  /// One gzip member.
  func packed(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
      &stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + bytes.count / 1000 + 1024)
    let count = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        deflate(&stream, Z_FINISH)
        return output.count - Int(stream.avail_out)
      }
    }
    return Array(output.prefix(count))
  }

  @Suite struct CSVGzipTests {
    private let options = csvOptions { $0.badRows = .collect(limit: .max) }

    @Test func readsWhatThePlainFileHolds() throws {
      let folder = TemporaryFolder()
      var text = "\u{FEFF}id,text,value\n"
      for k in 0..<150_000 {
        text +=
          "\(k),\"a text, with \"\"quotes\"\" in row \(k)\nand a second line\",\(Double(k) / 8)\n"
        if k % 50_000 == 7 { text += "bad,row\n" }
      }
      let plain = try readCSV(folder.file("a.csv", text), options)
      // The name does not matter, the bytes do.
      let path = folder.file("b.csv", packed(Array(text.utf8)))
      #expect(try readCSV(path, options) == plain)
      let source = try CSVSource(path: path)
      #expect(try source.splits(targetBytes: 10).count == 1)
      let limited = try readCSV(path, request: ReadRequest(columns: [0], limit: 3))
      #expect(limited.columns[0] == ["0", "1", "2"])
    }

    @Test func membersFollowOneAnother() throws {
      let folder = TemporaryFolder()
      let text = "a,b\n" + (0..<1000).map { "\($0),x\($0)\n" }.joined()
      let bytes = Array(text.utf8)
      var file: [UInt8] = []
      var at = 0
      for length in [0, 1, 2, 3, 500, 0, 4000, bytes.count] {
        let end = min(bytes.count, at + length)
        file += packed(Array(bytes[at..<end]))
        at = end
      }
      let result = try readCSV(folder.file("x.csv.gz", file))
      #expect(result.columns[0] == (0..<1000).map { "\($0)" })
      // Zeros behind the last member are padding.
      let padded = file + [UInt8](repeating: 0, count: 100)
      #expect(try readCSV(folder.file("x.csv.gz", padded)) == result)
    }

    @Test func rowsLongerThanAPiece() throws {
      let folder = TemporaryFolder()
      let long = String(repeating: "0123456789,\n", count: 300_000)
      let text = "a,b\n1,\"\(long)\"\n2,\"cut"
      let path = folder.file("x.gz", packed(Array(text.utf8)))
      let result = try readCSV(path, options)
      #expect(result.columns == [["1"], [long]])
      #expect(result.rejects[0] == ["300003"])
    }

    @Test func skippedLinesMayFillPieces() throws {
      let folder = TemporaryFolder()
      let text = String(repeating: "x", count: 3_000_000) + "\na,b\n1,2\n"
      let path = folder.file("x.gz", packed(Array(text.utf8)))
      #expect(try readCSV(path, csvOptions { $0.skipRows = 1 }).columns == [["1"], ["2"]])
    }

    @Test func emptyLinesMayFillPieces() throws {
      let folder = TemporaryFolder()
      let text = String(repeating: "\n", count: 2_500_000)
      let path = folder.file("x.gz", packed(Array((text + "5\n").utf8)))
      let source = try CSVSource(path: path, options: csvOptions { $0.hasHeader = false })
      var rows = 0
      try source.read(source.splits(targetBytes: 1)[0], ReadRequest(columns: [])) { batch in
        rows += batch.count
        return true
      }
      #expect(rows == 2_500_001)
      #expect(try readCSV(path, csvOptions { $0.skipRows = 2_499_999 }).schema.names == ["5"])
    }

    @Test func brokenFilesAreErrors() throws {
      let text = "a,b\n" + (0..<5000).map { "\($0),x\($0)\n" }.joined()
      let file = packed(Array(text.utf8))
      #expect(
        messageOfReading(Array(file.dropLast(200)))
          == "\"x.csv\" is no valid gzip file: it ends in the middle of the compressed data; "
          + "the file was cut short.")
      #expect(
        messageOfReading(file + [1, 2, 3])
          == "\"x.csv\" is no valid gzip file: incorrect header check.")
      var flipped = file
      flipped[file.count - 6] ^= 0xFF
      #expect(
        messageOfReading(flipped) == "\"x.csv\" is no valid gzip file: incorrect data check.")
      #expect(messageOfReading([0x1F, 0x8B]).contains("is no valid gzip file"))
      #expect(messageOfReading(packed([])) == "\"x.csv\" is empty: it has not even a header.")
      var random = SeededRandom(5)
      for _ in 0..<100 {
        var mutated = file
        for _ in 0..<3 {
          mutated[Int(random.next() % UInt64(file.count))] = UInt8(random.next() & 255)
        }
        _ = messageOfReading(mutated)
      }
      let bad = packed(Array("a,b\n1,2\n3\n".utf8))
      #expect(messageOfReading(bad).hasPrefix("\"x.csv\", line 3: the row has 1 field"))
    }
  }
#endif
