import Testing

@testable import Columnar
@testable import ColumnarCore

/// Errors on their way out of a worker process.
@Suite struct WireErrorTests {
  @Test func placesArrive() throws {
    let places: [ColumnarError.Place] = [
      .row(3), .rows(4..<9), .node("f"), .expression("a + b"), .plan("with"),
      .file("a.csv", offset: 7), .file("b.csv"),
    ]
    var writer = WireWriter()
    writer.write(ColumnarError(.udf, "no luck", context: places))
    let error = try writer.bytes.withUnsafeBytes { bytes in
      var reader = WireReader(bytes)
      return try reader.error()
    }
    #expect(error.context == places && error.message == "no luck" && error.code == .udf)
  }
}
