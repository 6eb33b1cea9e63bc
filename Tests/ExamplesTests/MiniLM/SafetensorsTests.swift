import Foundation
import Testing

@testable import MiniLM

/// Files that are damaged or of another kind are errors, never a read outside of the file.
@Suite struct SafetensorsTests {
  /// A file of a header and bytes; `length` lies about the header's length.
  private func file(
    _ header: String, bytes: Int = 0, length: UInt64? = nil
  ) throws -> TemporaryFile {
    var data = withUnsafeBytes(of: (length ?? UInt64(header.utf8.count)).littleEndian) { Data($0) }
    data += Data(header.utf8)
    for index in 0..<bytes { data.append(UInt8(index & 0x3F)) }
    return try TemporaryFile(data)
  }

  private final class TemporaryFile {
    let path = NSTemporaryDirectory() + "columnar-\(UUID().uuidString).safetensors"
    init(_ data: Data) throws { try data.write(to: URL(fileURLWithPath: path)) }
    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  private func entry(_ from: String, _ to: String, dtype: String = "F32") -> String {
    #"{"w":{"dtype":"\#(dtype)","shape":[2,2],"data_offsets":[\#(from),\#(to)]}}    "#
  }

  @Test func readsFloats() throws {
    var header =
      #"{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#
    while header.utf8.count % 8 != 0 { header += " " }
    let file = try file(header, bytes: 12)
    let tensors = try SafetensorsFile(path: file.path)
    let values = try tensors.floats("w", shape: [2])
    #expect(values.map(\.bitPattern) == [0x0706_0504, 0x0B0A_0908])
  }

  @Test func refusesFilesThatAreNone() throws {
    #expect(throws: ModelError.self) { try SafetensorsFile(path: "/no/such/file") }
    #expect(throws: ModelError.self) { try SafetensorsFile(path: NSTemporaryDirectory()) }
    for data in [Data(), Data([1, 2, 3])] {
      let file = try TemporaryFile(data)
      #expect(throws: ModelError.self) { try SafetensorsFile(path: file.path) }
    }
    for (header, length) in [
      ("{}", 3), ("{}", UInt64.max), ("{}", UInt64(Int.max)), ("nonsense", nil), ("[1]", nil),
    ] as [(String, UInt64?)] {
      let file = try file(header, length: length)
      #expect(throws: ModelError.self, "\(header) \(String(describing: length))") {
        try SafetensorsFile(path: file.path)
      }
    }
  }

  @Test func refusesTensorsOutsideOfTheFile() throws {
    let max = "9223372036854775807"
    for (from, to) in [
      ("0", "20"), ("8", "24"), ("-4", "12"), ("16", "0"), ("0", "15"), (max, max),
      ("-" + max, max),
      ("0", "1e3"),
    ] {
      let file = try file(entry(from, to), bytes: 16)
      let tensors = try SafetensorsFile(path: file.path)
      #expect(throws: ModelError.self, "\(from) \(to)") { try tensors.floats("w", shape: [2, 2]) }
    }
  }

  @Test func namesWhatDoesNotFit() throws {
    let file = try file(entry("0", "16"), bytes: 16)
    let tensors = try SafetensorsFile(path: file.path)
    #expect(message { _ = try tensors.floats("v", shape: [2, 2]) }.contains("no tensor \"v\""))
    #expect(message { _ = try tensors.floats("w", shape: [4]) }.contains("F32 [2, 2], not F32 [4]"))
    let halves = try self.file(entry("0", "8", dtype: "F16"), bytes: 8)
    let other = try SafetensorsFile(path: halves.path)
    #expect(message { _ = try other.floats("w", shape: [2, 2]) }.contains("F16"))
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "no error"
    } catch {
      return "\(error)"
    }
  }
}
