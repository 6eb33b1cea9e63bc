import ColumnarCore
import ColumnarTesting
import Testing

@testable import ColumnarIO

@Suite struct HivePartitionsTests {
  static func found(_ folders: [String], isNamed: Bool = false) -> FilePattern.Found {
    .init(path: folders.joined(separator: "/") + "/x", folders: folders, isNamed: isNamed)
  }

  /// Expects the values that texts become, and their type.
  static func expect(
    _ texts: [String], as type: DataType? = nil, _ expected: DataType, _ values: [Value],
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    var options = FileSetOptions()
    if let type { options.partitionTypes["k"] = type }
    let made = try HivePartitions(texts.map { found(["k=\($0)"]) }, options)
    #expect(made.fields[0].type == expected, sourceLocation: location)
    let rows = made.values.map { Value.rows(of: $0[0])[0] }
    #expect(rows == values, sourceLocation: location)
  }

  @Test func types() throws {
    try Self.expect(["1", "-20", "03"], .int64, [.int(1), .int(-20), .int(3)])
    try Self.expect(["1970-01-02", "1970-01-01"], .date, [.int(1), .int(0)])
    try Self.expect(["1", "x"], .string, [.string("1"), .string("x")])
    try Self.expect(["1", "1.5"], .string, [.string("1"), .string("1.5")])
    let long = "99999999999999999999"
    try Self.expect([long], .string, [.string(long)])
    try Self.expect(["__HIVE_DEFAULT_PARTITION__", "7", ""], .int64, [.null, .int(7), .null])
    try Self.expect(["__HIVE_DEFAULT_PARTITION__"], .string, [.null])
    try Self.expect(["007", "1"], as: .string, .string, [.string("007"), .string("1")])
    try Self.expect(["1", "2"], as: .int8, .int8, [.int(1), .int(2)])
    let error = #expect(throws: ColumnarError.self) {
      try Self.expect(["1", "x"], as: .int64, .int64, [])
    }
    #expect(error?.message.contains("\"k=…\"") == true)
  }

  @Test func escapes() throws {
    let texts = ["a%20b%2Fc", "100%", "%zz", "%C3%BC", "ü", "a=b", "%e2%82%ac"]
    let expected = ["a b/c", "100%", "%zz", "ü", "ü", "a=b", "€"]
    try Self.expect(texts, .string, expected.map { Value.string($0) })
    let keys = try HivePartitions([Self.found(["a%20key=1", "other", "=x"])], .init())
    #expect(keys.fields.map(\.name) == ["a key"])
  }

  @Test func keysMustBeTheSame() throws {
    for (a, b) in [
      (["a=1"], ["b=1"]), (["a=1"], []), (["a=1", "b=2"], ["b=2", "a=1"]), ([], ["a=1"]),
    ] {
      let error = #expect(throws: ColumnarError.self) {
        try HivePartitions([Self.found(a), Self.found(["p"] + b)], .init())
      }
      #expect(error?.code == .typeMismatch)
      #expect(error?.message.contains("\"\(Self.found(a).path)\"") == true)
      #expect(error?.message.contains("\"\(Self.found(["p"] + b).path)\"") == true)
    }
    let twice = #expect(throws: ColumnarError.self) {
      try HivePartitions([Self.found(["a=1", "a=2"])], .init())
    }
    #expect(twice?.code == .duplicateName)
  }

  @Test func namedFilesHaveThemWhenAsked() throws {
    let files = [Self.found(["a=1"], isNamed: true)]
    #expect(try HivePartitions(files, .init()).fields.count == 0)
    var options = FileSetOptions()
    options.partitions = .hive
    #expect(try HivePartitions(files, options).fields.count == 1)
    options.partitions = .none
    #expect(try HivePartitions([Self.found(["a=1"])], options).fields.count == 0)
    options.partitionTypes = ["b": .string]
    #expect(throws: ColumnarError.self) { try HivePartitions(files, options) }
  }
}
