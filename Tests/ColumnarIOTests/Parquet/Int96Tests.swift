import ColumnarCore
import ColumnarTesting
import MiniParquet
import Testing

@testable import ColumnarIO

/// The oldest form of instants, near and far.
@Suite struct Int96Tests {
  /// A file of optional instants, days and nanoseconds of the day.
  private static func file(_ instants: [(day: Int64, nanoseconds: Int64)?]) -> [UInt8] {
    var page = [UInt8]()
    for instant in instants { page += MiniParquet.run(instant == nil ? 0 : 1, 1).dropFirst(4) }
    page = [UInt8(page.count), 0, 0, 0] + page
    for case let instant? in instants {
      withUnsafeBytes(of: instant.nanoseconds) { page += $0 }
      withUnsafeBytes(of: UInt32(instant.day + 2_440_588)) { page += $0 }
    }
    return MiniParquet(physical: 3, rows: instants.count, values: instants.count, page: page).file
  }

  private static func read(_ bytes: [UInt8], _ unit: TimeUnit) throws -> [Int64?] {
    var options = ParquetReadOptions()
    options.int96Unit = unit
    let padded = Buffer(copying: bytes + [UInt8](repeating: 0, count: 64)).slice(0..<bytes.count)
    let file = try ParquetFile(padded, path: "test", options: options)
    #expect(file.columns[0].type == .timestamp(unit))
    var values: [Int64?] = []
    for part in ParquetPart.cut(file, group: 0, columns: [0], rows: 100) {
      try part.read(ReadRequest(columns: [0])) { batch in
        values += Value.rows(of: batch.columns[0]).map { value in
          if case .int(let instant) = value { instant } else { nil }
        }
        return true
      }
    }
    return values
  }

  private static let day: Int64 = 86_400_000_000

  @Test func unitsAndNulls() throws {
    let bytes = Self.file([(0, 0), nil, (1, 1_500), (-1, 1_999), (-106_752, 86_399_999_999_000)])
    #expect(
      try Self.read(bytes, .microsecond)
        == [0, nil, Self.day + 1, 1 - Self.day, -106_751 * Self.day - 1])
    #expect(
      try Self.read(bytes, .second)
        == [0, nil, 86_400, -86_400, -106_751 * 86_400 - 1])
    #expect(try Self.read(bytes, .nanosecond)[3] == 1_999 - 1_000 * Self.day)
  }

  @Test func tooFarForNanoseconds() throws {
    // The years 1 and 9999, as sentinels in data of Spark and Impala.
    for day: Int64 in [-719_162, 2_932_896] {
      let bytes = Self.file([(0, 0), (day, 3_000)])
      #expect(try Self.read(bytes, .microsecond) == [0, day * Self.day + 3])
      let error = #expect(throws: ColumnarError.self) { try Self.read(bytes, .nanosecond) }
      #expect(error?.code == .unsupported)
      #expect(error?.message.contains("int96Unit") == true, "\(error?.message ?? "")")
      #expect(error?.message.contains("column \"c\"") == true, "\(error?.message ?? "")")
    }
    // What stands under a null is nobody's.
    #expect(try Self.read(Self.file([nil, (0, 1_000)]), .nanosecond) == [nil, 1_000])
  }
}
